"""What the generator claims about its tables holds by construction; no producer is needed to see it."""
import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "make-samples"))
import documents  # noqa: E402
import tables  # noqa: E402


def made(count=150):
    for i in range(count):
        style = tables.STYLES[i % len(tables.STYLES)]
        feature = (None, "long", "wide", "continued", None)[i % 5]
        yield documents.random_document(random.Random(f"test{i}"), f"d{i}", style, feature=feature)


class GeneratedTables(unittest.TestCase):
    def test_every_position_belongs_to_exactly_one_cell(self):
        for d in made():
            for t in d.tables:
                seen = [(r, c) for k in t.cells for r in range(k.row, k.row + k.rowspan) for c in range(k.col, k.col + k.colspan)]
                self.assertEqual(len(seen), len(set(seen)), d.name)
                self.assertEqual(set(seen), {(r, c) for r in range(t.rows) for c in range(t.columns)}, d.name)

    def test_every_value_has_a_column_path_and_a_row_path_of_header_texts(self):
        for d in made():
            for t in d.tables:
                heads = {c.text.replace("\n", "").replace(" ", "") for c in t.cells if c.role != "data"}
                for c in t.cells:
                    if c.role == "data":
                        self.assertTrue(c.column_path and c.row_path, d.name)
                        for text in c.column_path + c.row_path:
                            self.assertIn(text.replace("\n", "").replace(" ", ""), heads, d.name)

    def test_columns_are_wide_enough_and_fit_the_page(self):
        for d in made():
            for t in d.tables:
                self.assertLessEqual(sum(documents.column_widths(t, d.words, d.style, d.width)), d.width + 0.01)

    def test_the_same_seed_makes_the_same_document(self):
        one, two = ([json.dumps(d.truth(), ensure_ascii=False) for d in made(30)] for _ in range(2))
        self.assertEqual(one, two)

    def test_a_table_continued_by_hand_is_cut_between_rows_that_no_cell_joins(self):
        for d in made():
            if d.continued_after:
                self.assertFalse(any(c.row < d.continued_after < c.row + c.rowspan for c in d.tables[0].cells), d.name)


if __name__ == "__main__":
    unittest.main()
