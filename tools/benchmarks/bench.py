#!/usr/bin/env python3
"""CPU time and memory of whole processes, side by side with bare tools doing part of the same work.

    bench.py [--shared ../shared] [--runs 5] [--only pdf,icdar,docx,huge,memory,writers] [--no-write]

PDF: boxhead against `pdftotext -layout` on the same file, one process a document for both. DOCX: boxhead against a
bare inflate and SAX2 parse of the main part (shared score/limits/cbench.c), all files in one process for both. CPU is
user + system seconds with all children. Runs are paired and alternate, so that a busy machine disturbs both alike;
the figure is the median of the ratios.
"""
import argparse
import glob
import os
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "score")]
import originals  # noqa: E402
import results  # noqa: E402

BUILD = os.path.join("build", "benchmarks")


def cpu(commands):
    """CPU seconds of running the commands one after another, each in a process of its own; a function makes them anew."""
    commands = commands() if callable(commands) else commands
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"bench: {' '.join(command[:6])}: exit {done.returncode}: {done.stderr.decode()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def paired(ours, theirs, runs):
    """(median of ours, median of theirs, median of the ratios); a first pair warms the caches."""
    pairs = []
    for i in range(runs + 1):
        pair = (cpu(ours), cpu(theirs)) if i % 2 else (cpu(theirs), cpu(ours))[::-1]
        if i:
            pairs.append(pair)
    a, b = zip(*pairs)
    return statistics.median(a), statistics.median(b), statistics.median(x / y for x, y in pairs)


def peak(command):
    """Peak resident MB of a process tree's largest process, by /usr/bin/env python's own wait."""
    code = ("import os,sys,resource,subprocess;"
            "r=subprocess.run(sys.argv[1:],stdin=subprocess.DEVNULL,stdout=subprocess.DEVNULL).returncode;"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);sys.exit(r)")
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, check=True)
    return int(done.stdout) / 1024


def compiled(source, *libraries):
    """A compiled C program, or None where it cannot be built."""
    binary = os.path.join(BUILD, os.path.splitext(os.path.basename(source))[0])
    if not os.path.exists(binary) or os.path.getmtime(binary) < os.path.getmtime(source):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", *libraries], capture_output=True, text=True)
        if flags.returncode:
            return None
        subprocess.run(["gcc", "-O2", "-w", "-o", binary, source, *flags.stdout.split()], check=True)
    return binary


def convert(o, *paths):
    return [o.boxhead, "convert", *paths, "--to", "ndjson", "-o", "-"] if len(paths) > 1 else [o.boxhead, "convert", *paths, "-o", "-"]


FORMS = ["markdown", "html", "csv", "csv --long", "xlsx", "docling"]


def writer_rows(o, originals_):
    """What each form adds to a conversion to JSON, in percent of its CPU time, or costs in its place, and what bare tools need
    for the same files.

    Each run gets a folder of its own, and all of them stay to the end: a file system takes long to make files where
    as many were removed a moment ago.
    """
    rows = []
    cells = compiled(os.path.join(HERE, "cells.c"), "xlsxwriter")
    with tempfile.TemporaryDirectory() as root:
        folder = lambda: tempfile.mkdtemp(dir=root)
        command = lambda path, forms: lambda: [[o.boxhead, "convert", path, "-o", folder(), "--to", *forms.split()]]
        for name, path in originals_:
            grids = folder()
            cpu([[o.boxhead, "convert", path, "-o", grids + os.sep, "--to", "csv"]])
            bare = {"csv": lambda: [["cp", "-r", grids, folder()]]}
            if cells:
                bare["xlsx"] = [[cells, os.path.join(root, "cells.xlsx"), *sorted(glob.glob(os.path.join(grids, "*.csv")))]]
            for form in FORMS + [",".join(f for f in FORMS if " " not in f)]:
                json = command(path, "json")
                ours, theirs, ratio = paired(command(path, "json," + form), json, o.runs)
                instead = "" if "," in form else f"{(paired(command(path, form), json, o.runs)[2] - 1) * 100:+.1f}"
                floor = "" if form not in bare else f"{paired(bare[form], json, o.runs)[2] * 100:.1f}"
                label = form if "," not in form else "all of them"
                rows.append([name, label, f"{theirs:.3f}", f"{ours:.3f}", f"{(ratio - 1) * 100:+.1f}", instead, floor])
                print(rows[-1], flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="pdf,icdar,pages,docx,huge,memory,writers")
    parser.add_argument("--no-write", action="store_true")
    o = parser.parse_args()
    os.makedirs(BUILD, exist_ok=True)
    wanted, rows, memory = o.only.split(","), [], []
    text = lambda path: ["pdftotext", "-layout", path, "-"]
    long_pdf = originals.long_pdf(os.path.join(BUILD, "long.pdf"))

    def row(name, files, figures, goal):
        a, b, ratio = figures
        rows.append([name, files, f"{a:.3f}", f"{b:.3f}", f"{ratio:.2f}", goal])
        print(rows[-1], flush=True)

    if "pdf" in wanted:
        row("320 pages, prose and tables: pdftotext -layout", 1, paired([convert(o, long_pdf)], [text(long_pdf)], o.runs), "≤ 1.3")
        real = os.path.join(o.shared, "real", "pdf")
        if os.path.isdir(real):
            path = originals.repeated_pdf(os.path.join(BUILD, "real.pdf"), [os.path.join(real, f) for f in sorted(os.listdir(real))], 6)
            row("published pages, repeated: pdftotext -layout", 1, paired([convert(o, path)], [text(path)], o.runs), "≤ 1.3")
    icdar = os.path.join(o.shared, "icdar2013", "pdf")
    if "icdar" in wanted and os.path.isdir(icdar):
        paths = [os.path.join(icdar, f) for f in sorted(os.listdir(icdar))]
        row("ICDAR 2013: pdftotext -layout", len(paths),
            paired([convert(o, p) for p in paths], [text(p) for p in paths], o.runs), "≤ 1.3")
    if "pages" in wanted:
        for name, ruled in (("ruled", True), ("without rulings", False)):
            short, long = (originals.table_pdf(os.path.join(BUILD, f"table-{pages}-{int(ruled)}.pdf"), pages, ruled)
                           for pages in (100, 200))
            row(f"one table over 200 pages, {name}: over 100 pages", 1,
                paired([convert(o, long)], [convert(o, short)], o.runs), "≤ 2.2")
    source = os.path.join(o.shared, "score", "limits", "cbench.c")
    bare = compiled(source, "libxml-2.0", "libzip") if {"docx", "huge"} & set(wanted) else None
    if bare and "docx" in wanted:
        paths = originals.small_docx(os.path.join(BUILD, "docx"))
        figures = paired([convert(o, *paths)], [[bare, "saxpush", "1", *paths]], o.runs)
        row("small DOCX: inflate + SAX2", len(paths), figures, f"≥ 500 a second; found {len(paths) / figures[0]:.0f}")
    if bare and "huge" in wanted:
        path = originals.huge_docx(os.path.join(BUILD, "huge.docx"))
        row("DOCX of 38 MB of XML: inflate + SAX2", 1, paired([convert(o, path)], [[bare, "saxpush", "1", path]], o.runs), "≤ 2.5")
        memory.append(["DOCX of 38 MB of XML: inflate + SAX2", f"{peak(convert(o, path)):.0f}",
                       f"{peak([bare, 'saxpush', '1', path]):.0f}"])
        print(memory[-1], flush=True)
    if "memory" in wanted:
        for times in (1, 3):
            path = originals.repeated_pdf(os.path.join(BUILD, f"long-x{times}.pdf"), [long_pdf], times)
            memory.append([f"{320 * times} pages: pdftotext -layout", f"{peak(convert(o, path)):.0f}", f"{peak(text(path)):.0f}"])
            print(memory[-1], flush=True)
    if "writers" in wanted:
        files = [("320 pages, prose and tables", long_pdf), ("DOCX of 38 MB of XML", originals.huge_docx(os.path.join(BUILD, "huge.docx")))]
        body = results.table(["document", "form", "JSON alone, CPU s", "JSON and it, CPU s", "% more", "% more in place of JSON", "bare tools, %"], writer_rows(o, files))
        if not o.no_write:
            results.write({"writers": ("Forms of output", body + "\n\nGoal: at most 10 % more. CSV makes a file of each table and Excel a sheet; the PDF has some "
                                     "300 tables and the DOCX some 2,000, so that the former is the time of the file system. Bare tools: "
                                     "`cp -r` of the same CSV files; the same cells by libxlsxwriter (tools/benchmarks/cells.c).")})
    body = []
    if rows:
        body.append(results.table(["what, against what", "files", "boxhead CPU s", "other CPU s", "ratio", "goal"], rows))
    if memory:
        body.append(results.table(["peak resident MB", "boxhead", "other"], memory))
    if not o.no_write and o.only == parser.get_default("only"):
        results.write({"speed": ("Speed and memory", "\n\n".join(body) + f"\n\nMedians of {o.runs} alternating pairs; the ratio is the median of the pairs' ratios.")})


if __name__ == "__main__":
    main()
