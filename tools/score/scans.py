#!/usr/bin/env python3
"""Converts the scanned documents of known content and counts what is exact.

    scans.py [--shared ../shared] [--match TEXT] [--detail] [--no-write]

Per document and quality: tables whose grid (spans) is exact, cells and numbers that are exact, wrong numbers
that carry no mark (no note, confidence of 0.9 or more), and the character error rate of prose. Texts are compared after NFKC
without white space. The same with Tesseract alone, for two qualities, and the scanned fixtures follow, which are
scored as the others are. Without --match the figures go to RESULTS.md. Needs `tools/setup --with-recognition`; with
BOXHEAD_RECOGNITION=/nonexistent it measures Tesseract in all qualities.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import results  # noqa: E402
import score as sets  # noqa: E402

# Pages take long with Tesseract; the deadline is for a machine without load.
DEADLINE = "300"
QUALITIES = ("clean300", "grey200", "degr200", "fax150", "rot90", "rot180")
NUMBER = re.compile(r"^[-+]?[\d.,]+%?$")
TRUST = 0.9
HEADINGS = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")


def norm(text):
    text = unicodedata.normalize("NFKC", text or "").replace("“", '"').replace("”", '"').replace("—", "-")
    return re.sub(r"\s+", "", text)


def distance(a, b):
    """Levenshtein distance, with a band that is wide enough for prose that is nearly right."""
    try:
        from rapidfuzz.distance import Levenshtein
        return Levenshtein.distance(a, b)
    except ImportError:
        row = list(range(len(b) + 1))
        for i, x in enumerate(a, 1):
            row, last = [i], row
            for j, y in enumerate(b, 1):
                row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y)))
        return row[-1]


def spans(cell):
    return cell["row"], cell["column"], cell.get("rowSpan", 1), cell.get("columnSpan", 1)


def score(truth, document):
    tables = [b["table"] if "table" in b else b for b in document["blocks"] if b["kind"] == "table"]
    marked = {n["at"] for n in document["notes"] if n.get("at") and n["code"].startswith("review.")}
    out = {"tables": len(truth["tables"]), "found": len(tables), "grids": 0, "cells": 0, "cellsRight": 0,
           "numbers": 0, "numbersRight": 0, "unmarked": 0, "marked": 0, "wrong": []}
    used = set()
    for want in truth["tables"]:
        best = max((t for t in range(len(tables)) if t not in used), default=None,
                   key=lambda t: len({(c["r"], c["c"], norm(c["text"])) for c in want["cells"]}
                                     & {(c["row"], c["column"], norm(c["text"])) for c in tables[t]["cells"]}))
        got = {}
        if best is not None:
            used.add(best)
            got = {spans(c): c for c in tables[best]["cells"]}
        places = {(c["r"], c["c"], c["rs"], c["cs"]) for c in want["cells"]}
        out["grids"] += places == set(got)
        for c in want["cells"]:
            text, place = norm(c["text"]), (c["r"], c["c"], c["rs"], c["cs"])
            cell = got.get(place, {"text": "", "confidence": 1, "id": ""})
            right = norm(cell["text"]) == text
            out["cells"] += 1
            out["cellsRight"] += right
            if NUMBER.match(text):
                out["numbers"] += 1
                out["numbersRight"] += right
                isMarked = cell["confidence"] < TRUST or cell["id"] in marked
                out["unmarked"] += not right and not isMarked
                out["marked"] += right and isMarked
            if not right:
                out["wrong"].append((want["name"], place, text, cell["text"], cell["confidence"], cell["id"] in marked))
    # The truth has no headings of tables, which stand as captions or headings in the document.
    prose = "".join(norm(t) for k in ("page1", "after_tables") for t in truth["paragraphs"][k])
    got = "".join(text for b in document["blocks"] if b["kind"] not in ("table", "pageFurniture")
                  for text in [norm((b.get("label") or "") + (b.get("text") or ""))]
                  if not any(distance(text, heading) <= 2 for heading in HEADINGS))
    out["cer"] = distance(prose, got) / max(1, len(prose))
    out["prose"] = (prose, got)
    return out


def convert(boxhead, path, environment=None):
    """The document, CPU seconds and the largest memory in MB."""
    process = subprocess.Popen([boxhead, "convert", "--timeout", DEADLINE, path], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})
    # Nothing is printed before the document is complete, so reading one pipe after the other cannot block.
    output, error = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{path}: {error.decode().strip()}")
    return json.loads(output), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(o, qualities, environment=None):
    """A table of figures by quality."""
    folder = os.path.join(o.shared, "scans")
    rows = []
    for quality in qualities:
        total = {}
        cpu = pages = peak = 0
        for name in sorted(f[:-len(".gt.json")] for f in os.listdir(folder) if f.endswith(".gt.json")):
            if o.match not in f"{name}_{quality}":
                continue
            with open(os.path.join(folder, name + ".gt.json"), encoding="utf-8") as f:
                truth = json.load(f)
            document, seconds, memory = convert(
                o.boxhead, os.path.join(folder, f"{name}_{quality}.pdf"), environment)
            one = score(truth, document)
            cpu, pages, peak = cpu + seconds, pages + len(document["pages"]), max(peak, memory)
            if o.detail:
                print(f"{name}_{quality}: grids {one['grids']}/{one['tables']} (found {one['found']}), cells "
                      f"{one['cellsRight']}/{one['cells']}, numbers {one['numbersRight']}/{one['numbers']}, "
                      f"unmarked {one['unmarked']}, marked right {one['marked']}, prose {100 * one['cer']:.2f} %, "
                      f"{seconds:.1f} s")
                for wrong in one["wrong"][:60]:
                    print("   ", *wrong)
            for key, value in one.items():
                if isinstance(value, (int, float)):
                    total[key] = total.get(key, 0) + value
            total["documents"] = total.get("documents", 0) + 1
        if total:
            rows.append([quality, f"{total['grids']}/{total['tables']}", f"{total['cellsRight']}/{total['cells']}",
                         f"{total['numbersRight']}/{total['numbers']}", total["unmarked"], total["marked"],
                         f"{100 * total['cer'] / total['documents']:.2f} %", f"{cpu / pages:.2f}", f"{peak:.0f}"])
    body = results.table(["quality", "grids", "cells", "numbers", "wrong, no mark", "right, marked", "prose error",
                          "CPU s a page", "peak MB"], rows)
    print(body)
    return body


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--match", default="")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    o = parser.parse_args()
    body = measure(o, QUALITIES)
    if o.match:
        return
    tesseract = measure(o, QUALITIES, {"BOXHEAD_RECOGNITION": "/nonexistent"})
    o.jobs, o.keep, o.detail = 1, None, False
    fixture = sets.load(os.path.join(o.shared, "score", "score_fixture.py"), "score_fixture")
    fixtures = sets.score_fixtures("scan", o, fixture, sets.Confidence())
    figure = results.figure
    more = results.table(
        ["fixture", "grids", "cell F1", "text", "paragraphs"],
        [[name, f"{s['grids']}/{s['tables']}", figure(s["cellF1"]), figure(s["text"]), figure(s["paragraphF1"])]
         for name, (s, _) in fixtures.items()])
    print(more)
    if not o.no_write:
        results.write({"scans": ("Scanned documents", "Two documents with three tables each, printed and scanned in six "
                                 "ways (`tools/score/scans.py`), and three scanned fixtures (150 pixels an inch, skew, noise); "
                                 "one has no rulings. PP-OCRv6 tiny and small, one thread. A wrong number "
                                 "has no mark if its cell has no `review.*` note and a confidence of 0.9 or more. "
                                 "Of document C, black seals lie over figures in the fax. Memory is the largest resident set.\n\n"
                                 + body + "\n\nWith Tesseract alone:\n\n" + tesseract + "\n\n" + more)})


if __name__ == "__main__":
    main()
