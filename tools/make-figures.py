#!/usr/bin/env python3
"""Makes the figures of the article on tables from samples, with `boxhead draw`.

    make-figures.py [--boxhead .build/release/boxhead]

Each figure is the part of one or more drawn pages around a table, in few colours. The same program on the same
machine makes the same bytes; other fonts or another version of poppler give other pictures of the page.
"""
import argparse
import json
import os
import subprocess
import tempfile

from PIL import Image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESOURCES = os.path.join(ROOT, "Sources", "Conversion", "Documentation.docc")
RESOLUTION = 192  # pixels an inch, as `boxhead draw` has them
COLORS = 48

# Name, sample, number of the table in the document, stage.
FIGURES = [
    ("table-ruled-rulings", "water-supply-chromium", 1, "rulings"),
    ("table-ruled-grid", "water-supply-chromium", 1, "grid"),
    ("table-ruled-headers", "water-supply-chromium", 1, "headers"),
    ("table-unruled-words", "household-survey-weasyprint", 1, "words"),
    ("table-unruled-grid", "household-survey-weasyprint", 1, "grid"),
    ("table-unruled-headers", "household-survey-weasyprint", 1, "headers"),
    ("table-stitched-headers", "annual-report-pdf", 1, "headers"),
]


def pieces(boxhead, original, number):
    """Page and box of each piece of a table."""
    document = json.loads(subprocess.run([boxhead, "convert", original], check=True, capture_output=True).stdout)
    tables = [block for block in document["blocks"] if block["kind"] == "table"]
    return [(piece["page"], piece["box"]) for piece in tables[number - 1]["fragments"]]


def part(path, box):
    """The drawing around a box: room for labels at the left, a line of text above and below."""
    image = Image.open(path).convert("RGB")
    left, top, right, bottom = (value * RESOLUTION / 72 for value in box)
    return image.crop((max(0, int(left - 104)), max(0, int(top - 50)),
                       min(image.width, int(right + 24)), min(image.height, int(bottom + 50))))


def figure(boxhead, folder, sample, number, stage):
    original = os.path.join(ROOT, "samples", sample, "original.pdf")
    parts = []
    for page, box in pieces(boxhead, original, number):
        subprocess.run([boxhead, "draw", original, "--page", str(page), "--stage", stage, "-o", folder], check=True)
        parts.append(part(os.path.join(folder, f"original-p{page:03}-{stage}.png"), box))
    gap = 6  # a grey line where a page ends
    whole = Image.new("RGB", (max(p.width for p in parts), sum(p.height + gap for p in parts) - gap), "#888888")
    top = 0
    for p in parts:
        whole.paste(p, (0, top))
        top += p.height + gap
    return whole.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boxhead", default=os.path.join(ROOT, ".build", "release", "boxhead"))
    o = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, sample, number, stage in FIGURES:
            path = os.path.join(RESOURCES, name + ".png")
            figure(o.boxhead, folder, sample, number, stage).save(path, optimize=True)
            print(f"{os.path.relpath(path, ROOT)}  {os.path.getsize(path) // 1024} KB")


if __name__ == "__main__":
    main()
