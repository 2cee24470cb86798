#!/usr/bin/env python3
"""Generates random tables, converts them and prints how many come out exact, by style and producer.

    generated.py [--count 300] [--seed 1] [--out build/generated] [--keep] [--write] [… as make.py]

A table is exact when every non-blank cell has its place, spans and text (score_tables.py); its paths are exact when
every value has its column path and row path (column numbers and letters may count as headers or not). The documents
with a table that is not exact are listed in OUT/failures.txt with the first difference, and the first ones printed;
`make.py --only INDEX` with the same options makes one again. --keep scores what OUT already holds. With --write the
figures go to RESULTS.md; 50 pages without a table are always part of the run.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "score")]
import make  # noqa: E402
import neutral  # noqa: E402
import results  # noqa: E402
import tables  # noqa: E402
from score import load  # noqa: E402

GOALS = {"full": 99, "open": 99, "hrules": 95, "three": 95, "spanner": 95, "zebra": 90, "none": 90}


def paths_equal(truth, predicted, scorer):
    """Whether all values have their paths, reference rows left out on both sides."""
    reference = truth.get("referenceRow")
    numbers = {c["col"]: scorer.norm(c["text"]) for c in truth["cells"] if reference is not None and c["row"] == reference}
    norm = lambda path: tuple(scorer.norm(t) for t in path or [])
    want = {(c["row"], c["col"]): (norm(c["columnPath"]), norm(c["rowPath"]))
            for c in truth["cells"] if c["role"] == "data" and c["text"].strip()}
    got = {}
    for c in predicted["cells"]:
        if c["role"] == "data" and c["text"].strip():
            column = norm(c.get("colPath"))
            if column and column[-1] == numbers.get(c["col"]):
                column = column[:-1]
            got[(c["row"], c["col"])] = (column, norm(c.get("rowPath")))
    if want == got:
        return None
    place = next((p for p in sorted(want) if got.get(p) != want[p]), None)
    if place is None:
        extra = sorted(set(got) - set(want))[0]
        return f"value at {extra} is a header in truth"
    return f"at {place} {' > '.join(want[place][0])} | {' > '.join(want[place][1])} read as " + (
        f"{' > '.join(got[place][0])} | {' > '.join(got[place][1])}" if place in got else "no value")


def difference(want, got):
    """The first cells that differ between two grids."""
    lost, gained = sorted(set(want) - set(got)), sorted(set(got) - set(want))
    show = lambda cells: "; ".join(f"r{r}c{c} {h}x{w} {t[:24]}" for r, c, h, w, t in cells[:2])
    return f"lost {len(lost)}: {show(lost)} | got {len(gained)}: {show(gained)}"


def with_wide_sections(grid, got, annotation):
    """What was read, with the labels of section rows as wide as in truth: without rules a label alone in its row may
    be a cell of the first column or of all columns."""
    wide = {t for t in grid if any(c["role"] == "section" and c["row"] == t[0] for c in annotation["cells"])}
    narrow = {(r, c, h, 1, text): (r, c, h, w, text) for r, c, h, w, text in wide}
    return sorted(narrow.get(t, t) for t in got)


class Tally:
    """Exact grids and exact paths among tables, by any key."""

    def __init__(self):
        self.tables, self.grids, self.paths = collections.Counter(), collections.Counter(), collections.Counter()

    def add(self, key, grid, path):
        self.tables[key] += 1
        self.grids[key] += grid
        self.paths[key] += path

    def share(self, key, what):
        n = self.tables[key]
        return f"{getattr(self, what)[key]}/{n} {100 * getattr(self, what)[key] / n:.1f}" if n else ""


def total(tally, what, maker=None):
    """The share over all keys, or over those of one producer."""
    keys = [k for k in tally.tables if maker is None or k[1] == maker]
    n, hit = sum(tally.tables[k] for k in keys), sum(getattr(tally, what)[k] for k in keys)
    return f"{hit}/{n} {100 * hit / n:.1f}" if n else ""


def score_document(folder, name, document, scorers):
    """[(grid exact, paths exact, kinds, message)] for each table, and the number of extra tables."""
    fixture, grids = scorers
    with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as f:
        truth = json.load(f)
    predicted = neutral.tables_form(document) if document else []
    meanings = neutral.fixture_form(document)["tables"] if document else []
    want = [(t, grids.grid(t)) for t in truth["grids"]]
    got = [(t, grids.grid(t)) for t in predicted]
    shown = [i for i, (_, g) in enumerate(got) if g]
    pairs = {i: (shown[j], s) for i, (j, s) in grids.match(want, [got[i] for i in shown]).items()}
    rows = []
    for i, (_, grid) in enumerate(want):
        annotation = truth["tables"][i]
        kinds = annotation["kinds"] + [f"feature-{truth['feature'] or 'none'}"]
        j, overlap = pairs.get(i, (None, 0))
        if j is None or overlap < 0.5:
            rows.append((False, False, kinds, "not found"))
            continue
        read = got[j][1]
        if name.split("-")[3] not in tables.RULED:
            read = with_wide_sections(grid, read, annotation)
        exact = grid == read
        wrong = paths_equal(annotation, meanings[j], fixture) if exact else None
        rows.append((exact, exact and not wrong, kinds,
                     f"path {wrong}" if wrong else None if exact else "grid " + difference(grid, read)))
    return rows, len(shown) - len(pairs), truth


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    make.options(parser)
    parser.add_argument("--out", default="build/generated")
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--keep", action="store_true", help="score what is there, generate nothing")
    parser.add_argument("--show", type=int, default=30, help="how many failures to print")
    parser.add_argument("--write", action="store_true")
    o = parser.parse_args()
    scorers = tuple(load(os.path.join(o.shared, "score", n + ".py"), n) for n in ("score_fixture", "score_tables"))
    if o.keep:
        with open(os.path.join(o.out, "truth.json"), encoding="utf-8") as f:
            truth = json.load(f)
    else:
        truth = make.make(o)
    plain = os.path.join(o.out, "prose")
    if not os.path.exists(os.path.join(plain, "truth.json")):
        make.make(argparse.Namespace(**{**vars(o), "out": plain, "style": "prose", "count": 50, "seed": 1}))
    with open(os.path.join(plain, "truth.json"), encoding="utf-8") as f:
        pages = sorted(json.load(f))

    names = [n for n in truth if os.path.exists(os.path.join(o.out, n + ".truth.json"))]
    names += [n + ".docx" for n in names if os.path.exists(os.path.join(o.out, n + ".docx"))]
    paths = [os.path.join(o.out, n if n.endswith(".docx") else n + make.ending(n)) for n in names]
    paths += [os.path.join(plain, n + ".pdf") for n in pages]
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        done = list(pool.map(lambda p: neutral.convert(o.boxhead, p), paths))

    by_cell, by_style, by_kind, by_language = Tally(), Tally(), Tally(), Tally()
    extra, failures, missed = 0, [], 0
    for name, (document, failure) in zip(names, done):
        rows, more, annotation = score_document(o.out, name.removesuffix(".docx"), document, scorers)
        extra += more
        if more and not failure:
            failures.append(f"{name} extra tables: {more}")
        _, _, maker, style, language = name.split("-")
        if name.endswith(".docx"):  # the original of a LibreOffice PDF, in a column of its own
            for i, (grid, path, kinds, message) in enumerate(rows):
                by_cell.add((style, "docx"), grid, path)
                if message:
                    failures.append(f"{name} t{i + 1} [{' '.join(kinds)}] {failure or message}")
            continue
        for i, (grid, path, kinds, message) in enumerate(rows):
            by_cell.add((style, maker), grid, path)
            by_style.add(style, grid, path)
            by_language.add(language, grid, path)
            for kind in kinds:
                by_kind.add(kind, grid, path)
            missed += message == "not found"
            if message:
                failures.append(f"{name} t{i + 1} [{' '.join(kinds)}] {failure or message}")
    styles = [s for s in tables.STYLES if by_style.tables[s]]
    makers = [m for m in (*make.PRODUCERS, "docx", "ofd") if any(by_cell.tables[(s, m)] for s in styles)]
    rows = [[s] + [by_cell.share((s, m), "grids") for m in makers]
            + [by_style.share(s, "grids"), by_style.share(s, "paths"), f"{GOALS[s]}"] for s in styles]
    rows.append(["paths exact, all styles"] + [total(by_cell, "paths", maker=m) for m in makers]
                + ["", total(by_style, "paths"), ""])
    text = [results.table(["grids exact", *makers, "all PDF", "paths exact", "goal %"], rows)]
    kinds = [[k, by_kind.share(k, "grids"), by_kind.share(k, "paths")] for k in sorted(by_kind.tables)]
    kinds += [[k, by_language.share(k, "grids"), by_language.share(k, "paths")] for k in sorted(by_language.tables)]
    text.append(results.table(["feature, stub, language", "grids exact", "paths exact"], kinds))
    seeds = ", ".join(sorted({n.split("-")[0][1:] for n in names}))
    text.append(f"{sum(not n.endswith('.docx') for n in names)} documents of seed {seeds}, {sum(by_style.tables.values())} tables, {missed} not found, "
                f"{extra} found where none is.")
    false = [(n, len(neutral.tables(d)) if d else 0, f) for n, (d, f) in zip(pages, done[len(names):]) 
             if f or neutral.tables(d)]
    verdict = f"{len(pages)} documents without a table: {sum(n for _, n, _ in false if n)} tables found in them" + (
        ": " + ", ".join(n for n, _, _ in false) if false else "") + "."
    text.append(verdict)
    print("\n\n".join(text))
    with open(os.path.join(o.out, "failures.txt"), "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in failures)
    if failures:
        print(f"\n{len(failures)} failures, all in {o.out}/failures.txt; the first:")
        print("\n".join(failures[:o.show]))
    if o.write:
        results.write({"generated": ("Generated tables", "\n\n".join(text))})


if __name__ == "__main__":
    main()
