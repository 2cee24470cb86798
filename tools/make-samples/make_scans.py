#!/usr/bin/env python3
"""Makes scans of random documents with known truth: printed, spoiled, scanned, and stored as scanners store them.

    make_scans.py --out DIR [--seed 1] [--count 96] [--quality office,fax,…] [--only INDEX] [--jobs 2]

Writes NAME.pdf (or .tiff, .png, .jpg) and NAME.truth.json: the annotation of the document (see make.py), its grids, and
under "scan" what was done to it. NAME holds seed, index, quality, ruling style and language, and depends on nothing
else: `--only INDEX` with the same options makes one scan again. Chance comes from seeded generators alone, so the same
versions of the libraries give the same bytes.

The last six qualities are not spoiled print but pages that say too much or too little about their text: see LAYERS.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import documents  # noqa: E402
import make  # noqa: E402
import scan_faults as faults  # noqa: E402
import scan_files as files  # noqa: E402

STYLES = ("full", "full", "open", "full", "hrules", "full", "three", "open", "spanner", "full", "none", "zebra")
# The engine knows no Cyrillic.
LANGUAGES = ("zh", "zh", "zh", "en", "en", "de", "fr")
NUMBER = re.compile(r"^[-+]?\d[\d.,]*%?$")


def jpeg(*range_):
    return [("pdf", "rgb", "jpeg", range_), ("jpg", "rgb", "", range_)]


GREY = [("pdf", "grey", "jpeg", (60, 85)), ("pdf", "grey", "flate", (0, 0)), ("png", "grey", "", (0, 0)), ("tiff", "grey", "", (0, 0))]
FAX = [("pdf", "bilevel", "g4", (0, 0)), ("tiff", "bilevel", "", (0, 0)), ("pdf", "bilevel", "jbig2", (0, 0))]

# name: (resolutions, files, steps on paper before the scanner, steps in the scanner); a step takes (picture, Sheet).
QUALITIES = {
    "fine": ((300, 400), GREY, [], [lambda p, s: faults.noise(p, s.rng, 2)]),
    "office": ((200,), jpeg(70, 85), [], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1, 1)), lambda p, s: faults.blur(p, s.rng, 0.6),
        lambda p, s: faults.noise(p, s.rng, 4)]),
    "coarse": ((150,), GREY, [], [lambda p, s: faults.blur(p, s.rng, 0.5), lambda p, s: faults.noise(p, s.rng, 4)]),
    "screen": ((100,), GREY, [], [lambda p, s: faults.noise(p, s.rng, 3)]),
    "askew": ((200,), jpeg(65, 85), [], [
        lambda p, s: faults.turn(p, s.rng, s.sign() * s.rng.uniform(2, 4)),
        lambda p, s: faults.shear(p, s.rng, s.rng.uniform(-0.006, 0.006)), lambda p, s: faults.noise(p, s.rng, 4)]),
    "turned": ((200,), GREY, [], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1.5, 1.5)), lambda p, s: faults.quarter(p, s.rng, s.quarters)]),
    "blurred": ((200,), jpeg(35, 60), [], [
        lambda p, s: faults.blur(p, s.rng, s.rng.uniform(1.2, 1.7)), lambda p, s: faults.noise(p, s.rng, 5)]),
    "bleed": ((200,), jpeg(65, 85), [
        lambda p, s: faults.bleed_through(p, s.rng, s.back, s.rng.uniform(0.12, 0.28)),
        lambda p, s: faults.tint(p, s.rng, (246, 240, 222), 0.05)], [lambda p, s: faults.blur(p, s.rng, 0.6)]),
    "dim": ((200,), jpeg(60, 80), [lambda p, s: faults.folded_corner(p, s.rng, s.dpi)], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1, 1)), lambda p, s: faults.uneven_light(p, s.rng, s.rng.uniform(0.3, 0.55)),
        lambda p, s: faults.dark_edges(p, s.rng, s.dpi), lambda p, s: faults.noise(p, s.rng, 5)]),
    "faded": ((200,), jpeg(60, 80), [lambda p, s: faults.spread_ink(p, s.rng, -0.5), lambda p, s: faults.fade(p, s.rng, 80, 70)], [
        lambda p, s: faults.blur(p, s.rng, 0.6), lambda p, s: faults.noise(p, s.rng, 5)]),
    "fax": ((200,), FAX, [], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1.2, 1.2)), lambda p, s: faults.blur(p, s.rng, 0.7),
        lambda p, s: faults.noise(p, s.rng, 18), lambda p, s: faults.bilevel(p, s.rng, s.rng.integers(125, 180)),
        lambda p, s: faults.speckle(p, s.rng, s.dpi, 6)]),
    "copy": ((300,), FAX, [lambda p, s: faults.spread_ink(p, s.rng, s.sign() * s.rng.uniform(0.4, 1))], [
        lambda p, s: faults.stretch(p, s.rng, 0.0008), lambda p, s: faults.blur(p, s.rng, 1), lambda p, s: faults.noise(p, s.rng, 25),
        lambda p, s: faults.bilevel(p, s.rng, s.rng.integers(110, 165)), lambda p, s: faults.speckle(p, s.rng, s.dpi, 12)]),
    "seal": ((200,), jpeg(65, 85), [lambda p, s: faults.seal(p, s.rng, s.dpi, s.numbers, faults.INK["red"])], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1, 1)), lambda p, s: faults.noise(p, s.rng, 4)]),
    "seal-fax": ((200,), FAX, [lambda p, s: faults.seal(p, s.rng, s.dpi, s.numbers, (0, 0, 0), 0.8)], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1, 1)), lambda p, s: faults.noise(p, s.rng, 15),
        lambda p, s: faults.bilevel(p, s.rng, 140)]),
    "pen": ((200,), jpeg(65, 85), [lambda p, s: faults.pen(p, s.rng, s.dpi, s.numbers, 4)], [
        lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-1, 1)), lambda p, s: faults.noise(p, s.rng, 4)]),
    "double": ((200,), GREY, [], [
        lambda p, s: faults.gutter_shadow(p, s.rng, s.dpi), lambda p, s: faults.turn(p, s.rng, s.rng.uniform(-0.6, 0.6)),
        lambda p, s: faults.noise(p, s.rng, 4)]),
}
# Pages whose text layer must be told from what they show; in the first four, pictures as in "office".
LAYERS = {
    "ocr-hidden": "an old text layer with wrong figures, invisible, over the picture",
    "ocr-under": "the same, painted and then covered by the picture",
    "stamped": "a line of text over the picture, as a document system stamps it",
    "mixed": "scanned pages and pages of text in turn",
    "no-unicode": "a page of text whose fonts say nothing about their characters",
    "in-text": "a page of text on which the tables are pictures",
}


class Sheet:
    """What the steps know of the page that they spoil."""

    def __init__(self, rng, dpi, numbers, back, quarters):
        self.rng, self.dpi, self.numbers, self.back, self.quarters = rng, dpi, numbers, back, quarters

    def sign(self):
        return -1 if self.rng.integers(2) else 1


def words_of(pdf, dpi):
    """For each page, the words with their boxes in pixels."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    text = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", done.stdout)
    root = ET.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", text))
    space, scale = "{http://www.w3.org/1999/xhtml}", dpi / 72
    return [[(tuple(float(w.get(k)) * scale for k in ("xMin", "yMin", "xMax", "yMax")), w.text or "") for w in page.iter(space + "word")]
            for page in root.iter(space + "page")]


def painted(pdf, dpi, renderer):
    """The pages as pictures. PDFium has no stand-ins for Chinese fonts that are not embedded; poppler has."""
    if renderer == "pdfium":
        import pypdfium2
        document = pypdfium2.PdfDocument(pdf)
        return [np.ascontiguousarray(page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[..., :3]) for page in document]
    from PIL import Image
    with tempfile.TemporaryDirectory() as folder:
        program = ["pdftoppm"] if renderer == "splash" else ["pdftocairo", "-png"]
        subprocess.run([*program, "-r", str(dpi), pdf, os.path.join(folder, "page")], check=True)
        pages = []
        for name in sorted(os.listdir(folder)):
            with Image.open(os.path.join(folder, name)) as page:
                pages.append(np.asarray(page.convert("RGB")))
        return pages


def spoiled(pages, words, quality, rng, dpi, quarters):
    """The pages as the scanner leaves them."""
    _, _, paper, scanner = QUALITIES[quality]
    out = []
    for index, page in enumerate(pages):
        numbers = [box for box, text in words[index] if NUMBER.match(text) and len(text) > 2]
        sheet = Sheet(rng, dpi, numbers, pages[(index + 1) % len(pages)], quarters)
        for step in paper:
            page = step(page, sheet)
        out.append(page)
    if quality == "double":
        blank = np.full_like(out[0], 255)
        pairs = [out[i:i + 2] + [blank] * (i + 1 == len(out)) for i in range(0, len(out), 2)]
        out = [np.hstack(pair) for pair in pairs]
    for index, page in enumerate(out):
        sheet = Sheet(rng, dpi, [], page, quarters)
        for step in scanner:
            page = step(page, sheet)
        out[index] = np.ascontiguousarray(page)
    return out


def wrong_words(words, rng):
    """What an old program read: figures exchanged, the rest kept."""
    return [(box, re.sub(r"\d", lambda m: str((int(m.group()) + 3) % 10) if rng.random() < 0.3 else m.group(), text))
            for box, text in words]


def plan(o, index):
    """The document, quality, and producer of this index; a pure function of the options and the index."""
    names = o.quality.split(",")
    quality, style = names[index % len(names)], STYLES[index // len(names) % len(STYLES)]
    rng = random.Random(f"{o.seed}/scan/{index}/{quality}/{style}")
    feature = "long" if quality in ("double", "mixed") else rng.choice([None, None, None, "wide"])
    if quality == "in-text":
        feature = None
    d = documents.random_document(rng, "", style, rng.choice(LANGUAGES), feature)
    d.name = f"s{o.seed}-{index:04}-{quality}-{style}-{d.words.tag}"
    maker = "weasyprint" if quality in ("no-unicode", "in-text") else rng.choice(["weasyprint", "reportlab"])
    return d, feature, quality, maker, rng


def print_document(d, feature, maker, path):
    producer = make.producer(maker)
    try:
        producer.print([(d, feature == "long", path)])
    finally:
        producer.close()


def without_unicode(source, path):
    """The document with the maps from its glyphs to characters taken out, and with the names of its fonts' tables kept."""
    plain = path + ".qdf"
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", source, plain], check=True)
    with open(plain, "rb") as f:
        data = re.sub(rb"/ToUnicode \d+ 0 R", lambda m: b" " * len(m.group()), f.read())
    with open(plain, "wb") as f:
        f.write(data)
    subprocess.run(["qpdf", "--deterministic-id", "--warning-exit-0", plain, path], check=True)
    os.remove(plain)


def cropped(picture, margin):
    """The part with ink, and a margin."""
    ink = np.argwhere(picture.min(axis=2) < 200)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    return picture[max(0, top - margin):bottom + margin, max(0, left - margin):right + margin]


def table_pictures(d, folder, dpi, rng):
    """HTML of the document with a picture in place of each table; captions and notes stay text."""
    import base64
    import copy
    import html_layout
    from PIL import Image
    parts, page = [], html_layout.html(d)
    maker = html_layout.WeasyPrint()
    for table in d.tables:
        whole = html_layout.table_html(d, table, False)
        start, end = whole.index("<table"), whole.rindex("</table>") + len("</table>")
        alone = copy.copy(d)
        alone.blocks, alone.footer = [], ""
        source = os.path.join(folder, "table.pdf")
        maker.print_html(html_layout.html(alone).replace("<body>", "<body>" + whole[start:end]), source)
        picture = faults.noise(faults.blur(cropped(painted(source, dpi, "splash")[0], dpi // 40), rng, 0.5), rng, 3)
        file = os.path.join(folder, "table.jpg")
        Image.fromarray(picture).save(file, quality=85)
        with open(file, "rb") as f:
            data = base64.b64encode(f.read()).decode()
        width = picture.shape[1] * 72 / dpi
        parts.append((whole[start:end], f'<img style="width:{width:.1f}pt" src="data:image/jpeg;base64,{data}">'))
    for old, new in parts:
        page = page.replace(old, new)
    return page, maker


def truth_of(d, feature, source, quality, dpi, maker, renderer, file):
    """The annotation, with the pages of the scan; two pages of the document are one of a double scan."""
    pages, count = make.table_pages(source, d)
    if quality == "double":
        pages, count = [sorted({(n + 1) // 2 for n in p}) for p in pages], (count + 1) // 2
    grids = [{"page": p[0], "pages": p, "cells": t.grid()} for t, p in zip(d.tables, pages)]
    return d.truth() | {"feature": feature, "grids": grids, "scan": {
        "file": file, "quality": quality, "dpi": dpi, "pages": count, "producer": maker, "renderer": renderer}}


def make_one(o, index):
    """Makes one scan; returns (name, file)."""
    d, feature, quality, maker, chance = plan(o, index)
    rng = np.random.default_rng([o.seed, index])
    look = quality if quality in QUALITIES else "office"
    dpi = chance.choice(QUALITIES[look][0])
    renderer = chance.choice(["splash", "cairo", "pdfium"])
    if maker == "reportlab" and d.font in ("Noto Serif CJK SC", "Noto Sans CJK SC"):
        renderer = "splash"
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source.pdf")
        print_document(d, feature, maker, source)
        stem = os.path.join(o.out, d.name)
        file = d.name + ".pdf"
        truth = truth_of(d, feature, source, quality, dpi, maker, renderer, file)
        if quality == "no-unicode":
            without_unicode(source, stem + ".pdf")
        elif quality == "in-text":
            page, printer = table_pictures(d, folder, chance.choice([150, 200]), rng)
            printer.print_html(page, stem + ".pdf")
        else:
            words = words_of(source, dpi)
            pictures = spoiled(painted(source, dpi, renderer), words, look, rng, dpi, chance.choice([1, 2, 3]))
            form, mode, coding, qualities = chance.choice(QUALITIES[look][1])
            strength = chance.randint(*qualities) if qualities != (0, 0) else 75
            before = after = None
            height = [p.shape[0] * 72 / dpi for p in pictures]
            if quality in ("ocr-hidden", "ocr-under"):
                layer = [files.old_layer(wrong_words(w, chance), 72 / dpi, h, quality == "ocr-under") for w, h in zip(words, height)]
                before, after = (layer, None) if quality == "ocr-under" else (None, layer)
            elif quality == "stamped":
                after = [f"BT /F1 8 Tf 0 0.3 0.7 rg 1 0 0 1 30 {h - 18:.2f} Tm (Received 2023-04-17 No. 20230417-0081 page {n + 1}) Tj ET"
                         for n, h in enumerate(height)]
            if quality in LAYERS or form == "pdf":
                files.write_pdf(stem + ".pdf", pictures, mode, coding or "jpeg", dpi, strength, before, after)
            elif form != "tiff" and len(pictures) > 1:  # one file holds one page
                files.write_pdf(stem + ".pdf", pictures, mode, coding or "flate", dpi, strength)
            else:
                truth["scan"]["file"] = os.path.basename(files.write_images(stem, pictures, mode, form, dpi, strength))
            if quality == "mixed":
                mix(stem + ".pdf", source)
    with open(stem + ".truth.json", "w", encoding="utf-8") as f:
        json.dump(truth, f, ensure_ascii=False, indent=1)
    return d.name, truth["scan"]["file"]


def mix(scan, source):
    """Every second page of the scan gives way to that of the document itself."""
    whole = scan + ".all"
    os.rename(scan, whole)
    subprocess.run(["qpdf", "--empty", "--collate", "--deterministic-id", "--pages", whole, "1-z:odd", source, "1-z:even", "--", scan],
                   check=True)
    os.remove(whole)


def make_scans(o):
    os.makedirs(o.out, exist_ok=True)
    indices = [o.only] if o.only is not None else range(o.count)
    with concurrent.futures.ProcessPoolExecutor(o.jobs) as pool:
        return dict(pool.map(make_one, [o] * len(indices), indices))


def options(parser):
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=88)
    parser.add_argument("--quality", default=",".join([*QUALITIES, *LAYERS]))
    parser.add_argument("--only", type=int, help="the scan with this index alone")
    parser.add_argument("--jobs", type=int, default=2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options(parser)
    parser.add_argument("--out", required=True)
    o = parser.parse_args()
    print(len(make_scans(o)), "scans in", o.out)


if __name__ == "__main__":
    main()
