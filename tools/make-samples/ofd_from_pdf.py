#!/usr/bin/env python3
"""Writes a PDF anew as OFD: the same characters and rules in the same places, as `boxhead inspect` gives them.

    ofd_from_pdf.py ORIGINAL.pdf OUT.ofd [--boxhead PROGRAM] [--title TEXT] [--seal]

Made samples/annual-report-ofd: the same report in three formats must give the same tables. Consecutive characters of
one font on one baseline become one text object with distances; rules become strokes. --seal adds what offices add:
a watermark, the signature of a seal on the last page, and an attachment.
"""
import argparse
import itertools
import json
import os
import re
import subprocess

from ofd_layout import MM, Package, distances, numbers

GLYPH = re.compile(r'glyph ("(?:[^"\\]|\\.)*") at (\S+) (\S+) advance (\S+) size (\S+) font (\S+)')
RULING = re.compile(r"(horizontal|vertical) ruling [xy] (\S+) [xy] (\S+) to (\S+) thickness (\S+)")
PAGE = re.compile(r"page (\d+) size (\S+) × (\S+)")


def pages(boxhead, path, stage, pattern):
    """For each page its size and the matches of a pattern up to where merged lines begin."""
    dump = subprocess.run([boxhead, "inspect", path, "--stage", stage], capture_output=True, check=True, text=True).stdout
    out, is_merged = [], False
    for line in dump.splitlines():
        page = PAGE.match(line)
        if page:
            out.append((float(page[2]), float(page[3]), []))
            is_merged = False
        is_merged = is_merged or line.strip() == "merged"
        match = pattern.search(line)
        if match and not is_merged:
            out[-1][2].append(match.groups())
    return out


def text_objects(package, glyphs):
    """Text objects of glyphs that follow each other in one style on one baseline."""
    read = [(json.loads(t), float(x), float(y), float(a), float(s), f) for t, x, y, a, s, f in glyphs]
    lines = []
    for glyph in read:
        last = lines[-1][-1] if lines else None
        if last and last[2] == glyph[2] and last[4:] == glyph[4:] and 0 < glyph[1] - last[1] < 3 * glyph[4]:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        _, x, y, _, size, font = line[0]
        width = line[-1][1] + line[-1][3] - x
        boundary = (x * MM, (y - 0.88 * size) * MM, width * MM, 1.1 * size * MM)
        steps = [(b[1] - a[1]) * MM for a, b in itertools.pairwise(line)]
        yield package.text(boundary, package.font(font), size * MM, 0, 0.88 * size * MM, "".join(g[0] for g in line),
                           distances(steps, True))


def rules(package, rulings):
    for axis, at, start, end, thickness in rulings:
        at, start, end, half = float(at) * MM, float(start) * MM, float(end) * MM, float(thickness) * MM / 2
        if axis == "horizontal":
            box, data = (start, at - half, end - start, 2 * half), f"M 0 {numbers(half)} L {numbers(end - start, half)}"
        else:
            box, data = (at - half, start, 2 * half, end - start), f"M {numbers(half)} 0 L {numbers(half, end - start)}"
        yield package.path(box, data, 2 * half)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("original")
    parser.add_argument("out")
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--title", default="")
    parser.add_argument("--seal", action="store_true")
    o = parser.parse_args()
    glyphs = pages(o.boxhead, o.original, "glyphs", GLYPH)
    rulings = pages(o.boxhead, o.original, "rulings", RULING)
    package = Package(glyphs[0][0] * MM, glyphs[0][1] * MM, o.title)
    for (_, _, text), (_, _, lines) in zip(glyphs, rulings):
        package.pages.append([*rules(package, lines), *text_objects(package, text)])
    if o.seal:
        mark = package.text((0, 0, 80, 80), package.font("SimHei"), 14, 0, 0, "内部样本", "g 3 14",
                            matrix="0.707 -0.707 0.707 0.707 10 70", colour="220 220 220")
        look = package.element("Appearance", mark, Boundary="65 110 80 80")
        package.annotations[0] = [package.element("Annot", look, ID=package.next_id(), Type="Watermark")]
        package.seals.append((len(package.pages) - 1, (130, 220, 42, 42)))
        package.attachments.append(("附件1.xlsx", "xlsx"))
    package.dates = ("2025-01-20", "2025-01-21")
    package.save(o.out)


if __name__ == "__main__":
    main()
