#!/usr/bin/env python3
"""Runs other tools on the same documents and writes their figures into their own sections of RESULTS.md.

    peers.py [--shared ../shared] [--sets pdf,word] [--only pdfplumber,mammoth]

The adapters for PDF are ../shared/score/peers, those for Word `word_readers.py`; each tool gets a Python environment
of its own under .venv-peers. Slow, so it is run on demand only; a tool that cannot be installed or fails is listed as
not run.
"""
import argparse
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import results  # noqa: E402
import word_peers  # noqa: E402
from results import figure  # noqa: E402
from score import load  # noqa: E402

PEERS = [  # name, adapter, variant, packages
    ("pdfplumber", "pdfplumber_.py", "lines", ["pdfplumber"]),
    ("camelot lattice", "camelot_.py", "lattice", ["camelot-py", "pypdfium2"]),
    ("PyMuPDF", "pymupdf_.py", "classic", ["pymupdf"]),
    ("img2table", "img2table_.py", "", ["img2table"]),
    ("tablers", "tablers_.py", "", ["tablers"]),
]


def environment(packages):
    folder = os.path.join(".venv-peers", packages[0])
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True,
                   stdin=subprocess.DEVNULL)
    return python


def run(python, adapter, variant, pdfs):
    """{file name: line of the adapter}"""
    variant = ["--variant", variant] if variant else []
    done = subprocess.run([python, adapter, *variant, *pdfs], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=7200)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no output"])[-1])
    return {os.path.basename(line["pdf"]): line for line in lines}


def score_peer(python, adapter, variant, o, fixture, grids):
    cells = []
    for name in ("icdar2013", "real"):
        folder = os.path.join(o.shared, name)
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
            truth = json.load(f)
        lines = run(python, adapter, variant, [os.path.join(folder, d["pdf"]) for d in truth.values()])
        s, _ = grids.score(truth, {k: v["tables"] for k, v in lines.items()}, with_teds=False)
        cells += [figure(s["adj_doc_f"]), figure(s["exact"]), figure(s["span_f"]), figure(s["det"]), s["extra"]]
    folder = os.path.join(o.shared, "fixtures")
    names = sorted(f[:-len(".truth.json")] for f in os.listdir(folder) if f.endswith(".truth.json"))
    lines = run(python, adapter, variant, [os.path.join(folder, n + ".pdf") for n in names])
    exact = total = 0
    for name in names:
        with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as f:
            s = fixture.score(json.load(f), {"tables": lines.get(name + ".pdf", {"tables": []})["tables"]})
        exact, total = exact + s["grids"], total + s["tables"]
    return cells + [f"{exact}/{total}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--sets", default="pdf,word")
    parser.add_argument("--only", default="", help="comma-separated names")
    o = parser.parse_args()
    fixture = load(os.path.join(o.shared, "score", "score_fixture.py"), "score_fixture")
    if "word" in o.sets.split(","):
        title_and_body = word_peers.section(o, environment, fixture)
        if not o.only:
            results.write({"word-peers": title_and_body})
    if "pdf" in o.sets.split(","):
        pdf_peers(o, fixture)


def pdf_peers(o, fixture):
    grids = load(os.path.join(o.shared, "score", "score_tables.py"), "score_tables")
    one = ["adjacency", "exact", "span", "found", "extra"]
    head = ["tool"] + ["icdar " + t for t in one] + ["real " + t for t in one] + ["fixtures .pdf grids"]
    rows = []
    for name, adapter, variant, packages in PEERS:
        if o.only and name not in o.only.split(","):
            continue
        try:
            python = environment(packages)
            row = score_peer(python, os.path.join(o.shared, "score", "peers", adapter), variant, o, fixture, grids)
        except (subprocess.SubprocessError, RuntimeError, OSError) as error:
            row = ["not run: " + str(error)[:60]] + [""] * 10
        rows.append([name] + row)
        print(rows[-1], flush=True)
        results.write({"peers": ("Other tools on the same PDFs", results.table(head, rows))})


if __name__ == "__main__":
    main()
