"""What the scorer of generated scans counts as right. Run by test_generated_scans.py, see there."""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "score"))
import generated_scans  # noqa: E402


class Scores(unittest.TestCase):
    """What counts as right, by hand-made readings of one table."""

    TRUTH = {"layout": {"rules": "full"}, "blocks": [{"type": "paragraph", "text": "A line of prose."}],
             "tables": [{"cells": [{"row": 0, "role": "columnHeader"}]}],
             "grids": [{"cells": [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2, "text": "Head"},
                                  {"row": 1, "col": 0, "rowspan": 1, "colspan": 1, "text": "1,234"},
                                  {"row": 1, "col": 1, "rowspan": 1, "colspan": 1, "text": "5.6 %"}]}]}

    def read(self, **cells):
        table = {(0, 0, 1, 2): ("Head", 1, False), (1, 0, 1, 1): ("1,234", 1, False), (1, 1, 1, 1): ("5.6%", 1, False)}
        return generated_scans.score(self.TRUTH, [table | cells.get("cells", {})], ["Alineofprose."])[0]

    def test_what_is_right_counts_as_right(self):
        s = self.read()
        self.assertEqual((s["grids"], s["numbersRight"], s["numbers"], s["silent"], s["proseWrong"]), (1, 2, 2, 0, 0))

    def test_a_wrong_number_is_silent_unless_it_is_doubted(self):
        for value, silent in ((("1,284", 0.99, False), 1), (("1,284", 0.99, True), 0), (("1,284", 0.5, False), 0)):
            s = self.read(cells={(1, 0, 1, 1): value})
            self.assertEqual((s["grids"], s["numbersRight"], s["silent"]), (1, 1, silent))

    def test_text_outside_of_the_true_places_breaks_the_grid(self):
        self.assertEqual(self.read(cells={(2, 0, 1, 1): ("7", 1, False)})["grids"], 0)
        self.assertEqual(self.read(cells={(2, 0, 1, 1): ("", 1, False)})["grids"], 1)


if __name__ == "__main__":
    unittest.main()
