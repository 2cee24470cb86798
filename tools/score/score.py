#!/usr/bin/env python3
"""Converts the scoring sets and prints how exact the documents are.

    score.py [--shared ../shared] [--sets docx,messy,pdf,direct,icdar2013,real] [--match TEXT]
             [--detail] [--keep DIR] [--no-write]

Sets: `docx`, `messy`, `pdf`, `direct`, `scan` are the forms of the fixtures (score_fixture.py);
`icdar2013` and `real` are folders of PDFs with grids (score_tables.py). Where a document of `real` has
tables that go over a page, its truth holds a per-page and a joined variant; the scorer takes the one that
suits the prediction better. Without --sets or --match the figures also go to RESULTS.md.
"""
import argparse
import concurrent.futures
import importlib.util
import json
import os
import sys
from collections import Counter

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import neutral  # noqa: E402
import results  # noqa: E402
from results import figure  # noqa: E402

FORMS = {"docx": ".docx", "messy": ".messy.docx", "pdf": ".pdf", "direct": ".direct.pdf", "scan": ".scan.pdf"}
GRIDS = ("icdar2013", "real")
DEFAULT = "docx,messy,pdf,direct,icdar2013,real"
BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.01)


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Confidence:
    """Counts cells by confidence band, right and wrong."""

    def __init__(self):
        self.cells, self.wrong = Counter(), Counter()

    def add(self, value, right):
        band = max(i for i, low in enumerate(BANDS[:-1]) if value >= low)
        self.cells[band] += 1
        self.wrong[band] += not right

    def rows(self):
        return [[f"{BANDS[b]:.2f}–{min(BANDS[b + 1], 1):.2f}", self.cells[b], self.wrong[b],
                 f"{100 * self.wrong[b] / self.cells[b]:.2f} %"] for b in sorted(self.cells)]


def convert_all(boxhead, paths, jobs):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda p: neutral.convert(boxhead, p), paths))


def keep(folder, name, value):
    if folder:
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            json.dump(value, f, ensure_ascii=False, indent=1)


def score_fixtures(form, o, fixture, confidence):
    """{name: (scores, failure)} for one form of the fixtures."""
    folder = os.path.join(o.shared, "fixtures")
    names = sorted(f[:-len(".truth.json")] for f in os.listdir(folder) if f.endswith(".truth.json"))
    names = [n for n in names if o.match in n and os.path.exists(os.path.join(folder, n + FORMS[form]))]
    done = convert_all(o.boxhead, [os.path.join(folder, n + FORMS[form]) for n in names], o.jobs)
    rows = {}
    for name, (document, failure) in zip(names, done):
        with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as f:
            truth = json.load(f)
        prediction = neutral.fixture_form(document) if document else {}
        keep(o.keep, name + FORMS[form] + ".pred.json", prediction)
        rows[name] = (fixture.score(truth, prediction), failure)
        pairs = {j: i for i, j in fixture.pair_tables(truth["tables"], prediction.get("tables", [])).items()}
        for j, table in enumerate(prediction.get("tables", [])):
            want = fixture.cells_of(truth["tables"][pairs[j]]) if j in pairs else Counter()
            for cell in table["cells"]:
                if text := fixture.norm(cell["text"]):
                    confidence.add(cell["confidence"], want[fixture.box(cell) + (text,)] > 0)
        if o.detail:
            print_fixture_differences(name + FORMS[form], truth, prediction, fixture)
    return rows


def print_fixture_differences(name, truth, prediction, fixture):
    pairs = fixture.pair_tables(truth["tables"], prediction.get("tables", []))
    for i, table in enumerate(truth["tables"]):
        guess = prediction["tables"][pairs[i]] if i in pairs else {"cells": []}
        for what, of in (("cell", fixture.cells_of), ("path", fixture.given_triples)):
            want, got = of(table), of(guess)
            for sign, rest in (("-", want - got), ("+", got - want)):
                for item in sorted(rest, key=str)[:12]:
                    print(f"  {name} {table['id']} {what} {sign} {item}")
    want = Counter(fixture.norm(t) for t in fixture.reading_order(truth))
    got = Counter(fixture.norm(t) for t in prediction.get("paragraphs", []))
    for sign, rest in (("-", want - got), ("+", got - want)):
        for text in list(rest)[:12]:
            print(f"  {name} paragraph {sign} {text[:90]}")


def score_grids(name, o, grids, confidence):
    """(summary, documents, failures) for a folder of PDFs with ground-truth grids."""
    folder = os.path.join(o.shared, name)
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        truth = {k: v for k, v in json.load(f).items() if o.match in k}
    if not truth:
        return {}, {}, {}
    done = convert_all(o.boxhead, [os.path.join(folder, d["pdf"]) for d in truth.values()], o.jobs)
    predictions, failures = {}, {}
    for (key, entry), (document, failure) in zip(truth.items(), done):
        predictions[os.path.basename(entry["pdf"])] = neutral.tables_form(document) if document else []
        if failure:
            failures[key] = failure
        keep(o.keep, f"{name}.{key}.pred.json", predictions[os.path.basename(entry["pdf"])])
    summary, documents = grids.score(truth, predictions, with_teds=False)
    for key, entry in truth.items():
        predicted = predictions[os.path.basename(entry["pdf"])]
        best = max(entry["variants"], key=lambda v: grids.score_doc(v, predicted, False)["adj"][2])
        wrong = count_cells(best, predicted, grids, confidence)
        if o.detail:
            for line in wrong[:40]:
                print(f"  {name} {key} {line}")
    return summary, documents, failures


def count_cells(truth, predicted, grids, confidence):
    """Sorts every predicted cell into right or wrong; returns the differences as lines."""
    predicted = [t for t in predicted if grids.grid(t)]
    pairs = {j: i for i, (j, _) in grids.match([(t, grids.grid(t)) for t in truth],
                                               [(t, grids.grid(t)) for t in predicted]).items()}
    lines = [f"table {i} on page {truth[i]['page']}: not found" for i in range(len(truth)) if i not in pairs.values()]
    for j, table in enumerate(predicted):
        want = set(grids.grid(truth[pairs[j]])) if j in pairs else set()
        cells = [c for c in table["cells"] if grids.strip_ws(c["text"])]
        top, left = min(c["row"] for c in cells), min(c["col"] for c in cells)
        got = set()
        for c in cells:
            place = (c["row"] - top, c["col"] - left, c["rowspan"], c["colspan"], grids.strip_ws(c["text"]))
            got.add(place)
            confidence.add(c["confidence"], place in want)
        head = f"table {pairs[j]}" if j in pairs else "extra table"
        lines += [f"{head} page {table['page']} - {p}" for p in sorted(want - got)]
        lines += [f"{head} page {table['page']} + {p}" for p in sorted(got - want)][:8 if j not in pairs else None]
    return lines


def fixture_line(rows):
    scores = [s for s, _ in rows.values()]
    mean = lambda key: figure(sum(s[key] for s in scores) / max(1, len(scores)))
    return [len(scores), f"{sum(s['grids'] for s in scores)}/{sum(s['tables'] for s in scores)}", mean("cellF1"),
            mean("pathF1"), mean("text"), mean("paragraphF1"), sum(s["furnitureLeaks"] for s in scores),
            sum(1 for _, failure in rows.values() if failure)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--sets", default=DEFAULT)
    parser.add_argument("--match", default="", help="only documents whose name contains this")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--detail", action="store_true", help="print what differs")
    parser.add_argument("--keep", help="folder for the predictions in neutral form")
    parser.add_argument("--no-write", action="store_true", help="leave RESULTS.md alone")
    o = parser.parse_args()
    if not os.path.isdir(o.shared):
        sys.exit(f"score: the scoring sets are not part of the repository and not in {o.shared}")
    fixture = load(os.path.join(o.shared, "score", "score_fixture.py"), "score_fixture")
    grids = load(os.path.join(o.shared, "score", "score_tables.py"), "score_tables")
    sections, bands = {}, Confidence()
    forms, folders, failed = {}, {}, []
    for name in o.sets.split(","):
        if name in FORMS:
            forms[name] = score_fixtures(name, o, fixture, bands)
            failed += [f"{n}{FORMS[name]}: {f}" for n, (_, f) in forms[name].items() if f]
        elif name in GRIDS:
            folders[name] = score_grids(name, o, grids, bands)
            failed += [f"{n}: {f}" for n, f in folders[name][2].items()]
        else:
            sys.exit(f"score: no set named {name}")

    body = []
    if forms:
        head = ["fixtures", "documents", "grids exact", "cell F1", "path F1", "text", "paragraphs", "leaks", "failed"]
        body.append(results.table(head, [[n] + fixture_line(r) for n, r in forms.items()]))
        rows = [[n + FORMS[form], f"{s['grids']}/{s['tables']}", s["predictedTables"], figure(s["cellF1"]),
                 figure(s["pathF1"]), figure(s["text"]), figure(s["paragraphF1"]), s["furnitureLeaks"], failure or ""]
                for form, documents in forms.items() for n, (s, failure) in documents.items()]
        head = ["document", "grids", "got", "cell F1", "path F1", "text", "paragraphs", "leaks", "failure"]
        sections["fixtures"] = ("Fixtures, by document", results.table(head, rows))
    rows = []
    for name, (s, documents, failures) in folders.items():
        if not s:
            continue
        rows.append([name, s["docs"], s["tables"], figure(s["adj_doc_f"]), figure(s["exact"]), figure(s["span_f"]),
                     figure(s["cell_f"]), figure(s["det"]), s["extra"], len(failures)])
        lines = [[k, "%d/%d" % (d["counts"]["exact"], d["counts"]["tables"]), *map(figure, d["adj"]),
                  "%d/%d" % (d["counts"]["tp_span"], d["counts"]["gt_span"]),
                  "%d/%d" % (d["counts"]["det"], d["counts"]["tables"]), d["counts"]["extra"], failures.get(k, "")]
                 for k, d in documents.items()]
        head = ["document", "exact", "adjacency P", "R", "F1", "spans", "found", "extra", "failure"]
        sections[name] = (f"{name}, by document", results.table(head, lines))
    if rows:
        head = ["tables to be found", "documents", "tables", "adjacency F1", "exact", "span F1", "cell F1", "found",
                "extra", "failed"]
        body.append(results.table(head, rows))
    sections["summary"] = ("Accuracy", "\n\n".join(body))
    head = ["confidence", "cells", "wrong", "share"]
    sections["confidence"] = ("Wrong cells by confidence", results.table(head, bands.rows())
                              + "\n\nText cells of all sets above; right means row, column, spans and text.")

    if o.match or o.detail or len(o.sets.split(",")) == 1:
        for name in ("fixtures", *GRIDS):
            if name in sections:
                print(sections[name][1] + "\n")
    print(sections["summary"][1] + "\n\n" + sections["confidence"][1])
    for line in failed[:20]:
        print("failed:", line)
    if len(failed) > 20:
        print(f"… and {len(failed) - 20} more")
    if not o.match and not o.no_write and o.sets == DEFAULT:
        results.write(sections)


if __name__ == "__main__":
    main()
