"""Other tools on the same Word documents: the shared cases, the fixtures' grids, and how fast they are.

Used by `peers.py`. A case counts when all its probes hold on what the tool puts out; the cases that must end in
an error are not asked. Speed is CPU time, all children included, on the small documents that `make bench` makes.
"""
import json
import os
import re
import subprocess
import sys

import neutral
import results

HERE = os.path.dirname(os.path.abspath(__file__))
READERS = os.path.join(HERE, "word_readers.py")
PEERS = [  # name, packages, how many small documents are timed
    ("mammoth", ["mammoth"], 100),
    ("pandoc", ["pypandoc-binary"], 40),
    ("docx2python", ["docx2python"], 100),
    ("python-docx", ["python-docx"], 100),
]


def read(python, name, paths):
    """What the peer says of each file, in order."""
    done = subprocess.run([python, READERS, name, *paths], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=3600)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) != len(paths):
        raise RuntimeError((done.stderr.strip().splitlines() or ["fewer results than files"])[-1])
    return lines


def read_own(boxhead, path):
    """Boxhead's document in the form of `word_readers.py`."""
    document, failure = neutral.convert(boxhead, path)
    if failure:
        return {"error": failure}
    out = {"raw": json.dumps(document, ensure_ascii=False), "headings": [], "tables": [], "images": 0}
    text = []

    def add(block):
        text.append(neutral.printed(block))
        for inline in block.get("inlines", []):
            out["images"] += inline["kind"] == "image"
            text.append(inline.get("text", "") if inline["kind"] == "equation" else "")
        if block["kind"] == "heading":
            out["headings"].append([block["level"], block["text"]])
        if "cells" not in block:
            return
        text.extend(block[k] for k in ("caption", "unitText", "alternativeText") if k in block)
        if block["kind"] == "table":
            cells = [{"row": c["row"], "col": c["column"], "rowspan": c["rowSpan"], "colspan": c["columnSpan"],
                      "text": c["text"]} for c in block["cells"]]
            out["tables"].append({"cells": cells, "headerRows": block["bands"][0]["headerRows"]})
        for cell in block["cells"]:
            if cell.get("blocks"):
                for inner in cell["blocks"]:
                    add(inner)
            else:
                text.append(cell["text"])
        text.extend(block["footnotes"])

    for block in document["blocks"]:
        add(block)
    out["text"] = "\n".join(text + [c["text"] for c in document["comments"]])
    return out


def squeezed(text):
    return " ".join(str(text).split())


def grid(cells, names):
    row, column, height, width = names
    out = [(c[row], c[column], c.get(height, 1), c.get(width, 1), squeezed(c.get("text") or "")) for c in cells]
    # Blank cells of one position and no cell at all are the same thing.
    return sorted(c for c in out if c[4] or c[2] > 1 or c[3] > 1)


def holds(probe, got, expected):
    kind, s, number = probe["k"], probe.get("s"), probe.get("i", 0)
    text = got["text"]
    if kind in ("text", "not", "once"):
        return {"text": s in text, "not": s not in text, "once": text.count(s) == 1}[kind]
    if kind in ("textre", "rawre"):
        # The JSON says columnCount where the probes know other tools' words.
        own = "columnCount\": [2-9]" if "column-count" in s else s
        return bool(re.search(s, text) if kind == "textre" else re.search(s, got["raw"]) or re.search(own, got["raw"]))
    if kind == "raw":
        return s in got["raw"]
    if kind == "order":
        places = [text.find(t) for t in s]
        return -1 not in places and places == sorted(places)
    if kind == "heading":
        return [probe["l"], s] in got["headings"]
    if kind == "label":
        return bool(re.search(re.escape(probe["l"]) + r"\s*" + re.escape(s), text))
    if kind == "image":
        return got["images"] > 0
    if kind == "ntables":
        return len(got["tables"]) == probe["n"]
    if kind == "hrows":
        return number < len(got["tables"]) and got["tables"][number]["headerRows"] == probe["n"]
    if kind == "grid":
        wanted = [b for b in expected.get("tables_flat") or expected["blocks"] if b["type"] == "table"][number]
        return number < len(got["tables"]) and grid(
            got["tables"][number]["cells"], ("row", "col", "rowspan", "colspan")) == grid(wanted["cells"], ("r", "c", "rs", "cs"))
    return kind == "bounded"


def cases(shared):
    """{path: expectation} of the cases that have content."""
    folder = os.path.join(shared, "docx-cases")
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".docx"):
            with open(os.path.join(folder, name[:-5] + ".expected.json"), encoding="utf-8") as file:
                expected = json.load(file)
            if not expected.get("expect_error"):
                found[os.path.join(folder, name)] = expected
    return found


def joined(probes, name, is_own):
    """Word shows two adjacent tables of one grid as one, and so does Boxhead."""
    if not (is_own and name.startswith("t25-")):
        return probes
    return [{**p, "n": 1} if p["k"] == "ntables" else p for p in probes]


def score(read_all, shared, fixture, is_own=False):
    """[cases right, fixture grids] of a reader of many paths."""
    expected = cases(shared)
    right = [name for (path, e), got in zip(expected.items(), read_all(list(expected)))
             if (name := os.path.basename(path)) and "error" not in got
             and all(holds(p, got, e) for p in joined(e["probes"], name, is_own))]
    cells = [f"{len(right)}/{len(expected)}"]
    folder = os.path.join(shared, "fixtures")
    names = sorted(f[:-len(".truth.json")] for f in os.listdir(folder) if f.endswith(".truth.json"))
    for form in (".docx", ".messy.docx"):
        exact = total = 0
        for name, got in zip(names, read_all([os.path.join(folder, n + form) for n in names])):
            with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as file:
                s = fixture.score(json.load(file), {"tables": got.get("tables", [])})
            exact, total = exact + s["grids"], total + s["tables"]
        cells.append(f"{exact}/{total}")
    return cells


def rate(command, paths, cpu):
    """Documents a second of CPU, by the best of three runs."""
    return len(paths) / min(cpu([[*command, *paths]]) for _ in range(3))


def section(o, environment, fixture):
    """(title, body) of the section of RESULTS.md."""
    sys.path.insert(0, os.path.join(HERE, "..", "benchmarks"))
    from bench import cpu  # noqa: E402
    import originals  # noqa: E402
    small = originals.small_docx(os.path.join("build", "benchmarks", "docx"))
    rows = []
    wanted = lambda name: not o.only or name in o.only.split(",")
    if wanted("boxhead"):
        own = lambda paths: [read_own(o.boxhead, p) for p in paths]
        speed = rate([o.boxhead, "convert", "--to", "ndjson", "-o", "-"], small, cpu)
        rows.append(["boxhead", *score(own, o.shared, fixture, is_own=True), f"{speed:.0f}"])
        print(rows[-1], flush=True)
    for name, packages, count in PEERS:
        if not wanted(name):
            continue
        try:
            python = environment(packages)
            figures = score(lambda paths: read(python, name, paths), o.shared, fixture)
            row = [*figures, f"{rate([python, READERS, name, '--plain'], small[:count], cpu):.0f}"]
        except (subprocess.SubprocessError, RuntimeError, OSError, SystemExit) as error:
            row = ["not run: " + str(error)[:60], "", "", ""]
        rows.append([name, *row])
        print(rows[-1], flush=True)
    head = ["tool", "cases right", "fixtures .docx grids", "fixtures .messy.docx grids", "small documents a CPU second"]
    return "Other tools on the same Word documents", results.table(head, rows)
