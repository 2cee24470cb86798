#!/usr/bin/env python3
"""Reads one scan with another tool, in that tool's own environment; prints one JSON object.

    scan_readers.py rapidocr|img2table FILE DPI

`lines` are the texts that the tool found, page by page from top to bottom; `tables` lists for each table its cells as
[row, column, row span, column span, text]. RapidOCR reads whole pages and knows no tables; img2table finds tables with
rulings and, given no engine for text, reads none.
"""
import io
import json
import sys

import numpy as np
from PIL import Image, ImageSequence


def pages(path, dpi):
    """The pages as pictures, at the resolution of the scan."""
    if path.endswith(".pdf"):
        import pypdfium2
        for page in pypdfium2.PdfDocument(path):
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")
    else:
        with Image.open(path) as whole:
            for page in ImageSequence.Iterator(whole):
                yield page.convert("RGB")


def rapidocr(path, dpi):
    import logging
    logging.disable(logging.CRITICAL)
    from rapidocr import RapidOCR
    engine = RapidOCR()
    lines = []
    for page in pages(path, dpi):
        lines += list(engine(np.asarray(page)[..., ::-1]).txts or [])
    return {"lines": lines, "tables": []}


def img2table(path, dpi):
    from img2table.document import Image as Picture
    tables = []
    for page in pages(path, dpi):
        buffer = io.BytesIO()
        page.save(buffer, "PNG")
        for table in Picture(buffer.getvalue(), detect_rotation=True).extract_tables(ocr=None):
            seen = {}
            for r, row in enumerate(table.content.values()):
                for c, cell in enumerate(row):
                    box = cell.bbox
                    seen.setdefault((box.x1, box.y1, box.x2, box.y2), []).append((r, c))
            cells = []
            for at in seen.values():
                rows, columns = [a[0] for a in at], [a[1] for a in at]
                cells.append([min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1, ""])
            tables.append(cells)
    return {"lines": [], "tables": tables}


if __name__ == "__main__":
    print(json.dumps({"rapidocr": rapidocr, "img2table": img2table}[sys.argv[1]](sys.argv[2], float(sys.argv[3]))))
