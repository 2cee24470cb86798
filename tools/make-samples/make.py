#!/usr/bin/env python3
"""Makes PDFs of random tables with known truth, or of pages without any table.

    make.py --out DIR [--seed 1] [--count 300] [--style full,…|prose] [--producer chromium,…]
            [--language zh,…] [--feature long,…] [--only INDEX] [--jobs 2]

Writes NAME.pdf and NAME.truth.json (the form of the fixtures, with the grids as score_tables.py reads them under
"grids"), and truth.json with the grids of all documents. NAME holds seed, index, producer, style and language, and
depends on nothing else: `--only INDEX` with the same options makes one document again, byte for byte where the
producer writes no dates. Producers: weasyprint, chromium, reportlab, libreoffice (from DOCX, kept beside the PDF); and ofd, on request
only, which writes NAME.ofd.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import documents  # noqa: E402
import prose  # noqa: E402
import tables  # noqa: E402

PRODUCERS = ("weasyprint", "chromium", "reportlab", "libreoffice")
FEATURES = {None: 60, "long": 13, "continued": 6, "wide": 9, "side": 4, "rotate": 6, "sideways": 6}


def producer(name):
    if name == "ofd":
        from ofd_layout import OFD
        return OFD()
    if name == "reportlab":
        from reportlab_layout import ReportLab
        return ReportLab()
    if name == "libreoffice":
        from docx_layout import LibreOffice
        return LibreOffice()
    import html_layout
    return html_layout.Chromium() if name == "chromium" else html_layout.WeasyPrint()


def plan(o, index):
    """The document with this index; a pure function of the options and the index."""
    producers, styles = o.producer.split(","), o.style.split(",")
    maker, style = producers[index % len(producers)], styles[index // len(producers) % len(styles)]
    rng = random.Random(f"{o.seed}/{index}/{maker}/{style}")
    language = rng.choice(o.language.split(",")) if o.language else None
    feature = rng.choices(list(FEATURES), list(FEATURES.values()))[0]
    if o.feature:
        feature = rng.choice([None if f == "none" else f for f in o.feature.split(",")])
    if feature == "side" and maker not in ("weasyprint", "chromium"):
        feature = None
    if feature == "continued" and style == "none":
        feature = "long"  # without any rule nothing tells a table continued by hand from a second one
    if feature == "rotate" and maker == "ofd":
        feature = "sideways"  # the format has no rotation of pages
    d = documents.random_document(rng, "", style, language, feature)
    d.name = f"g{o.seed}-{index:05}-{maker}-{style}-{d.words.tag}"
    return d, feature


def turn(path, d):
    """Turns a landscape page as its document wants: the page dictionary's /Rotate, or the content itself."""
    run = lambda *options: subprocess.run(["qpdf", path, *options, "--replace-input", "--deterministic-id"], check=True)
    run("--rotate=+270:1-z")
    run("--flatten-rotation")
    if d.turn == "rotate":
        run("--rotate=+90:1-z")


def ending(name):
    """The ending of a document's file by its name, in which the producer stands."""
    return ".ofd" if "-ofd-" in name else ".pdf"


def page_texts(path):
    if path.endswith(".ofd"):
        from ofd_layout import page_texts
        return page_texts(path)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    return text.split("\f")[:-1]


def table_pages(path, d):
    """For each table the pages it stands on, found by its longer values in the text of the pages."""
    pages = [re.sub(r"\s+", "", page) for page in page_texts(path)]
    texts = [{re.sub(r"\s+", "", c.text) for c in t.cells if c.role in ("data", "rowHeader")} for t in d.tables]
    out = []
    for i, own in enumerate(texts):
        own -= set().union(*(other for j, other in enumerate(texts) if j != i))
        values = {v for v in own if len(v) >= 4} or own
        hits = [sum(v in page for v in values) for page in pages]
        if len(texts) == 1:  # only a document's single table is ever cut by a page
            found = [n + 1 for n, count in enumerate(hits) if count >= max(1, 0.12 * len(values))] or [1]
            out.append(list(range(found[0], found[-1] + 1)))
        else:
            out.append([hits.index(max(hits)) + 1])
    return out, len(pages)


def finish(d, feature, path):
    """Writes the truth beside the document; returns its grids."""
    if d.turn and not path.count("-reportlab-") and not path.count("-ofd-"):
        turn(path, d)
    pages, count = table_pages(path, d)
    grids = [{"page": p[0], "pages": p, "cells": t.grid()} for t, p in zip(d.tables, pages)]
    truth = d.truth() | {"feature": feature, "pdf": {"pages": count, "tablePages": {t.id: p for t, p in zip(d.tables, pages)}},
                         "grids": grids}
    with open(os.path.splitext(path)[0] + ".truth.json", "w", encoding="utf-8") as f:
        json.dump(truth, f, ensure_ascii=False, indent=1)
    return grids


def make_group(o, name, indices):
    """All documents of one producer; returns {name: entry of truth.json}."""
    maker, out = producer(name), {}
    try:
        planned = [plan(o, i) for i in indices]
        jobs = [(d, feature == "long", os.path.join(o.out, d.name + ending(d.name))) for d, feature in planned]
        maker.print(jobs)
    finally:
        maker.close()
    for (d, feature), (_, _, path) in zip(planned, jobs):
        out[d.name] = {"pdf": d.name + ending(d.name), "variants": [finish(d, feature, path)]}
    return out


def make_prose(o):
    import html_layout
    makers, truth = {}, {}
    try:
        for index in range(o.count):
            name, page = prose.page(random.Random(f"{o.seed}/prose/{index}"), index)
            maker = ("weasyprint", "chromium")[index % 2]
            if maker not in makers:
                makers[maker] = html_layout.Chromium() if maker == "chromium" else html_layout.WeasyPrint()
            name = f"p{o.seed}-{index:03}-{maker}-{name}"
            makers[maker].print_html(page, os.path.join(o.out, name + ".pdf"))
            truth[name] = {"pdf": name + ".pdf", "variants": [[]]}
    finally:
        for maker in makers.values():
            maker.close()
    return truth


def make(o):
    os.makedirs(o.out, exist_ok=True)
    if o.style == "prose":
        truth = make_prose(o)
    else:
        names = o.producer.split(",")
        indices = [o.only] if o.only is not None else range(o.count)
        groups = {n: [i for i in indices if names[i % len(names)] == n] for n in names}
        # Halves keep every core busy to the end.
        tasks = [(n, g[k::2]) for n, g in groups.items() for k in range(2) if g[k::2]]
        truth = {}
        with concurrent.futures.ProcessPoolExecutor(o.jobs) as pool:
            for part in pool.map(make_group, [o] * len(tasks), [n for n, _ in tasks], [g for _, g in tasks]):
                truth |= part
    truth = dict(sorted(truth.items()))
    with open(os.path.join(o.out, "truth.json"), "w", encoding="utf-8") as f:
        json.dump(truth, f, ensure_ascii=False)
    return truth


def options(parser):
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--style", default=",".join(tables.STYLES))
    parser.add_argument("--producer", default=",".join(PRODUCERS))
    parser.add_argument("--language", default="")
    parser.add_argument("--feature", default="", help="none, long, continued, wide, side, rotate, sideways")
    parser.add_argument("--only", type=int, help="the document with this index alone")
    parser.add_argument("--jobs", type=int, default=2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options(parser)
    parser.add_argument("--out", required=True)
    o = parser.parse_args()
    print(len(make(o)), "documents in", o.out)


if __name__ == "__main__":
    main()
