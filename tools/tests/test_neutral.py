"""The mapping from Boxhead's JSON to the scorers' forms keeps what it should."""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "score"))
import neutral  # noqa: E402

DOCUMENT = {"blocks": [
    {"id": "b1", "kind": "heading", "label": "一、", "text": "总体情况"},
    {"id": "b2", "kind": "listItem", "label": "1.", "text": "First"},
    {"id": "b3", "kind": "pageFurniture", "text": "- 1 -"},
    {"id": "b4", "kind": "table", "caption": "Table 1", "unit": "万元", "unitText": "单位：万元", "notes": ["Note"],
     "stubColumns": 1, "bands": [{"rows": [0, 2], "headerRows": 1}],
     "fragments": [{"page": 3, "box": [0, 0, 9, 9], "rows": [0, 2]}],
     "cells": [
         {"id": "c0", "row": 0, "column": 0, "rowSpan": 1, "columnSpan": 1, "role": "stubHead", "text": ""},
         {"id": "c1", "row": 0, "column": 1, "rowSpan": 1, "columnSpan": 2, "role": "columnHeader", "text": "Total"},
         {"id": "c2", "row": 1, "column": 0, "rowSpan": 1, "columnSpan": 1, "role": "rowHeader", "text": "a"},
         {"id": "c3", "row": 1, "column": 1, "rowSpan": 1, "columnSpan": 2, "role": "data", "text": "5",
          "columnPath": ["c0", "c1"], "rowPath": ["c2"], "confidence": 0.5}]},
]}


class NeutralForms(unittest.TestCase):
    def test_texts_come_in_reading_order_without_page_furniture(self):
        self.assertEqual(neutral.fixture_form(DOCUMENT)["paragraphs"],
                         ["一、总体情况", "1. First", "Table 1", "单位：万元", "Note"])

    def test_paths_are_texts_of_data_cells_only_and_skip_blank_headers(self):
        cells = neutral.fixture_form(DOCUMENT)["tables"][0]["cells"]
        self.assertEqual(cells[3]["colPath"], ["Total"])
        self.assertEqual(cells[3]["rowPath"], ["a"])
        self.assertNotIn("colPath", cells[1])

    def test_grids_keep_page_span_and_confidence(self):
        table = neutral.tables_form(DOCUMENT)[0]
        self.assertEqual(table["page"], 3)
        self.assertEqual((table["cells"][1]["colspan"], table["cells"][3]["confidence"]), (2, 0.5))


if __name__ == "__main__":
    unittest.main()
