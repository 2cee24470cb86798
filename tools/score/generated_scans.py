#!/usr/bin/env python3
"""Makes scans of generated documents (make_scans.py), converts them and prints by quality how much comes out exact.

    generated_scans.py [--out build/scans] [--keep] [--write] [--peers] [--detail] [… as make_scans.py]

A grid is exact when every cell with text has its place and spans and no text stands elsewhere. A number is right when the
cell at its place reads the same after NFKC without white space. A wrong number has no mark when its cell has no `review.*` note
and a confidence of 0.9 or more; where the grid is not exact, any unmarked number counts that no cell of the truth holds. The
prose error is that of characters, each paragraph against the stretch of the document that is most like it. --keep
scores what OUT already holds. --peers also runs other tools on the first scans of each quality, which is slow. With
--write the figures go to RESULTS.md.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "make-samples")]
import results  # noqa: E402
from rapidfuzz import fuzz  # noqa: E402
from rapidfuzz.distance import Levenshtein  # noqa: E402

TRUST = 0.9
RULED = ("full", "open")
PEERS = {"rapidocr": ["rapidocr==3.10.0", "onnxruntime", "pypdfium2"], "img2table": ["img2table", "pypdfium2", "pillow"]}
DASHES = str.maketrans({"—": "-", "–": "-", "−": "-", "‐": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'"})


def norm(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "").translate(DASHES))


def is_number(text):
    return re.fullmatch(r"[-+(]*\d[\d.,']*\)?%?", text) is not None


def measured(command):
    """(output, CPU seconds, peak megabytes) of a program; output is None when it fails."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return out.read() if process.returncode == 0 else None, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def own_form(document):
    """Boxhead's JSON as (tables, texts); a cell is (text, confidence, marked)."""
    marked = {n.get("at") for n in document["notes"] if n["code"].startswith("review.")}
    tables, texts = [], []
    for block in document["blocks"]:
        if block["kind"] == "table":
            tables.append({(c["row"], c["column"], c.get("rowSpan", 1), c.get("columnSpan", 1)):
                           (norm(c.get("text")), c.get("confidence", 1), c["id"] in marked) for c in block["cells"]})
            texts += [block.get("caption"), block.get("unitText"), *(block.get("notes") or [])]
        elif block["kind"] != "pageFurniture":
            texts.append((block.get("label") or "") + (block.get("text") or ""))
    return tables, [norm(t) for t in texts if t]


def wanted(grid):
    return {(c["row"], c["col"], c["rowspan"], c["colspan"]): norm(c["text"]) for c in grid["cells"]}


def fitting(want, got, sections):
    """What was read, with labels of section rows as wide as in truth: without rules a label alone in its row may be a
    cell of the first column or of all columns."""
    wide = {(p[0], p[1], p[2], 1): p for p in want if p[0] in sections and p not in got}
    return {wide.get(p, p): v for p, v in got.items()}


def pairs(want, got):
    """For each true table the predicted one that shares most cells with it, or None."""
    left, out = dict(enumerate(got)), []
    for table in want:
        share = lambda i: len({(*p[:2], t) for p, t in table.items() if t} & {(*p[:2], v[0]) for p, v in left[i].items()})
        best = max(left, key=share, default=None)
        out.append(left.pop(best) if best is not None and share(best) else {})
    return out


def prose_errors(truth, texts):
    """(wrong characters, characters) of titles, headings and paragraphs."""
    whole, wrong, count = "".join(texts), 0, 0
    for block in truth["blocks"]:
        text = norm(block.get("text"))
        if text:
            place = fuzz.partial_ratio_alignment(text, whole) if whole else None
            near = whole[place.dest_start:place.dest_end] if place else ""
            wrong, count = wrong + min(len(text), Levenshtein.distance(text, near)), count + len(text)
    return wrong, count


def score(truth, tables, texts):
    """Counter of what is right, and a list of what is not."""
    out, faults = collections.Counter(), []
    want = [wanted(g) for g in truth["grids"]]
    known = {t for table in want for t in table.values()}
    out["tables"], out["extra"] = len(want), max(0, len(tables) - len(want))
    for index, (table, got) in enumerate(zip(want, pairs(want, tables))):
        sections = {c["row"] for c in truth["tables"][index]["cells"] if c["role"] == "section"}
        got = fitting(table, got, sections)
        exact = all(p in got for p, t in table.items() if t) and all(p in table for p, v in got.items() if v[0])
        out["grids"] += exact
        style = "ruled" if truth["layout"]["rules"] in RULED else "open"
        out[style], out[style + "Grids"] = out[style] + 1, out[style + "Grids"] + exact
        if not exact:
            lost = [p for p, t in table.items() if t and p not in got]
            faults.append(f"grid of table {index + 1}: lost {len(lost)} of {len(table)}, first {lost[:1]}")
        for place, text in table.items():
            if not text:
                continue
            cell = got.get(place)
            right = cell is not None and cell[0] == text
            out["cells"], out["cellsRight"] = out["cells"] + 1, out["cellsRight"] + right
            if is_number(text):
                out["numbers"], out["numbersRight"] = out["numbers"] + 1, out["numbersRight"] + right
                if not right and exact:
                    silent = cell[1] >= TRUST and not cell[2]
                    out["silent"] += silent
                    faults.append(f"number {text} at {place[:2]} read as {cell[0] or 'nothing'}, {cell[1]:.2f}{' WITHOUT MARK' if silent else ''}")
        if not exact:
            silent = [v[0] for v in got.values() if is_number(v[0]) and v[0] not in known and v[1] >= TRUST and not v[2]]
            out["silent"] += len(silent)
            faults += [f"number {t} is nowhere in truth, WITHOUT MARK" for t in silent]
    out["proseWrong"], out["prose"] = prose_errors(truth, texts)
    return out, faults


def found_numbers(truth, lines):
    """How many numbers of the tables stand as a word in any line, wherever: what a reader without tables can show."""
    words = collections.Counter(norm(w) for line in lines for w in [line, *re.split(r"\s+", line)])
    numbers = collections.Counter(t for g in truth["grids"] for t in wanted(g).values() if is_number(t))
    return sum(min(n, words[t]) for t, n in numbers.items()), sum(numbers.values())


def peer(name, python, truths, folder):
    """Counters by quality for another tool."""
    out = collections.defaultdict(collections.Counter)
    for truth in truths:
        scan = truth["scan"]
        output, cpu, memory = measured([python, os.path.join(HERE, "scan_readers.py"), name,
                                        os.path.join(folder, scan["file"]), str(scan["dpi"])])
        one = out[scan["quality"]]
        one["cpu"], one["pages"], one["failed"] = one["cpu"] + cpu, one["pages"] + scan["pages"], one["failed"] + (output is None)
        one["memory"] = max(one["memory"], memory)
        read = json.loads(output.splitlines()[-1]) if output else {"lines": [], "tables": []}
        tables = [{tuple(c[:4]): (norm(c[4]), 0, True) for c in t} for t in read["tables"]]
        one["tables"] += len(truth["grids"])
        places = [{p for p, t in wanted(g).items() if t} for g in truth["grids"]]
        one["grids"] += sum(any(want <= set(t) and len(t) == len(wanted(g)) for t in tables) for want, g in zip(places, truth["grids"]))
        hits, count = found_numbers(truth, read["lines"])
        wrong, prose = prose_errors(truth, [norm(t) for t in read["lines"]])
        one.update({"found": hits, "numbers": count, "proseWrong": wrong, "prose": prose})
        print(name, scan["file"], f"{cpu:.1f} s {memory:.0f} MB", flush=True)
    return out


def share(a, b, digits=1):
    return f"{a}/{b} {100 * a / b:.{digits}f}" if b else ""


def percent(a, b):
    return f"{100 * a / b:.2f} %" if b else ""


def report(order, totals):
    rows = []
    for quality in [*order, "all"]:
        t = totals[quality]
        if t["pages"]:
            rows.append([quality, t["pages"], share(t["ruledGrids"], t["ruled"]), share(t["openGrids"], t["open"]),
                         share(t["cellsRight"], t["cells"]), share(t["numbersRight"], t["numbers"], 2), t["silent"],
                         percent(t["proseWrong"], t["prose"]), f"{t['cpu'] / t['pages']:.2f}", f"{t['memory']:.0f}"])
    return results.table(["quality", "pages", "ruled grids", "other grids", "cells", "numbers", "wrong, no mark", "prose error",
                          "CPU s a page", "peak MB"], rows)


def report_peers(own, peers):
    """Totals of all tools over the same scans."""
    rows = []
    for name, by_quality in [("boxhead", own), *peers.items()]:
        t = sum(by_quality.values(), collections.Counter())
        memory = max(c["memory"] for c in by_quality.values())
        rows.append([name, t["pages"], share(t["grids"], t["tables"]) if name != "rapidocr" else "",
                     share(t["found"], t["numbers"], 2) if name != "img2table" else "",
                     percent(t["proseWrong"], t["prose"]) if name != "img2table" else "",
                     f"{t['cpu'] / t['pages']:.2f}", f"{memory:.0f}", t["failed"]])
    return results.table(["tool", "pages", "grids", "numbers found anywhere", "prose error", "CPU s a page", "peak MB", "failed"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    import make_scans
    make_scans.options(parser)
    parser.add_argument("--out", default="build/scans")
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--keep", action="store_true", help="score what is there, generate nothing")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--write", action="store_true")
    o = parser.parse_args()
    if not o.keep:
        make_scans.make_scans(o)
    truths = []
    for name in sorted(os.listdir(o.out)):
        if name.endswith(".truth.json"):
            with open(os.path.join(o.out, name), encoding="utf-8") as f:
                truths.append(json.load(f))
    order = [q for q in [*make_scans.QUALITIES, *make_scans.LAYERS] if q in o.quality.split(",")]
    truths = [t for t in truths if t["scan"]["quality"] in order and (o.only is None or int(t["name"].split("-")[1]) == o.only)]
    first = [t for q in order for t in [t for t in truths if t["scan"]["quality"] == q][:1]]
    totals, compared = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for truth in truths:
        scan = truth["scan"]
        output, cpu, memory = measured([o.boxhead, "convert", os.path.join(o.out, scan["file"])])
        tables, texts = own_form(json.loads(output)) if output else ([], [])
        one, faults = score(truth, tables, texts)
        one.update({"pages": scan["pages"], "cpu": cpu, "failed": output is None})
        groups = [totals[scan["quality"]], totals["all"]]
        if truth in first:
            groups.append(compared[scan["quality"]])
            words = texts + [v[0] for t in tables for v in t.values()]
            one["found"], _ = found_numbers(truth, words)
        for total in groups:
            total["memory"] = max(total["memory"], memory)
            total.update(one)
        if o.detail:
            print(f"{truth['name']}: grids {one['grids']}/{one['tables']}, numbers {one['numbersRight']}/{one['numbers']}, prose "
                  f"{one['proseWrong']}/{one['prose']}, {cpu / scan['pages']:.2f} s a page, {memory:.0f} MB{'' if output else ' FAILED'}")
            for fault in faults[:25]:
                print("   ", fault)
    body = report(order, totals)
    print(body)
    text = f"{len(truths)} documents of seed {o.seed} (`tools/make-samples/make_scans.py` says what each quality is).\n\n{body}"
    if o.peers:
        from peers import environment
        others = {}
        for name, packages in PEERS.items():
            try:
                others[name] = peer(name, environment(packages), first, o.out)
            except (subprocess.SubprocessError, OSError) as error:
                print(name, "not run:", error)
        peers_table = report_peers(compared, others)
        print(peers_table)
        text += (f"\n\nThe first scan of each quality, read by RapidOCR 3.10 (whole pages, no tables) and img2table (rulings only, no text) "
                 f"too. A process for each document, start included.\n\n{peers_table}")
    if o.write:
        results.write({"scans-generated": ("Generated scans", text)})


if __name__ == "__main__":
    main()
