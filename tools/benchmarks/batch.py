#!/usr/bin/env python3
"""Measures `boxhead batch` over many small documents, and a long one, and writes its section of RESULTS.md.

    batch.py [--count 10000] [--pages 10000] [--boxhead .build/release/boxhead] [--no-write]

One worker against two, the supervisor's share of CPU time, memory over time, a kill −9 half way, and a PDF of very many
pages. Wall time says something on an idle machine only; the load at the time is given beside it. Results are waited for until they
are on the disk: with TMPDIR on a tmpfs this measures the cores and not the disk.
"""
import argparse
import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "score")]
import results  # noqa: E402
import small_documents  # noqa: E402


def own_seconds(process):
    """CPU time of one process without its children, to the nanosecond; of threads that have not ended."""
    total = 0
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/schedstat") as stream:
            total += int(stream.read().split()[0])
    return total / 1e9


def private_megabytes(process):
    with open(f"/proc/{process}/status") as stream:
        return next(int(line.split()[1]) / 1024 for line in stream if line.startswith("RssAnon"))


def ask(output, question):
    """The first value of a question to the ledger of a run; 0 while there is none."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{output}/.boxhead/ledger.sqlite?mode=ro", uri=True)) as ledger:
            return ledger.execute(question).fetchone()[0] or 0
    except sqlite3.OperationalError:
        return 0


class Run:
    """A run of boxhead batch, looked at while it runs."""

    def __init__(self, o, inputs, output, jobs, stop_at=None):
        start = time.monotonic()
        process = subprocess.Popen([os.path.abspath(o.boxhead), "batch", f"{inputs}/", "-o", output, "--jobs", str(jobs)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.memory, self.own = [], 0.0
        while process.poll() is None:
            try:
                self.own = max(self.own, own_seconds(process.pid))
                self.memory.append(private_megabytes(process.pid))
            except (OSError, StopIteration, IndexError):
                pass
            if stop_at and ask(output, "SELECT count(*) FROM document WHERE state <> 'open'") > stop_at:
                process.kill()
            time.sleep(0.1)
        self.seconds = time.monotonic() - start
        # Workers are killed inside of their sandbox, so that the system keeps no account of them; the ledger does.
        self.workers = ask(output, "SELECT sum(cpuSeconds) FROM document")
        self.cpu = self.own + self.workers
        self.status = process.returncode
        self.documents = ask(output, "SELECT count(*) FROM document WHERE run = (SELECT max(id) FROM run)")
        half = len(self.memory) // 2
        self.middle, self.peak = max(self.memory[:half], default=0), max(self.memory, default=0)


def file_system(folder):
    """The kind of file system, as `stat` calls it."""
    return subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip()


def rows(output):
    with contextlib.closing(sqlite3.connect(f"{output}/.boxhead/ledger.sqlite")) as ledger:
        found = ledger.execute("SELECT state, count(*), count(DISTINCT name) FROM document GROUP BY state").fetchall()
    return found


class Mix:
    """The runs over many small documents of one kind."""

    def __init__(self, o, inputs):
        output = lambda name: f"{inputs}-{name}"
        # Twice each, in an order that a machine whose speed drifts cannot favour.
        one, two = Run(o, inputs, output("one"), 1), Run(o, inputs, output("two"), 2)
        again_two, again_one = Run(o, inputs, output("again-two"), 2), Run(o, inputs, output("again-one"), 1)
        killed = Run(o, inputs, output("killed"), 2, stop_at=o.count // 2)
        rest = Run(o, inputs, output("killed"), 2)
        for run in (one, two, again_two, again_one, rest):
            assert run.status == 0, f"status {run.status}"
        for name in ("one", "two", "killed"):
            assert rows(output(name)) == [("done", o.count, o.count)], rows(output(name))
        # What was in flight is open, and everything that had its verdict is not done again.
        assert rest.documents <= o.count - killed.documents, "documents were converted again"
        self.cells = [
            f"{o.count / two.cpu:.0f}",
            f"{o.count / two.seconds:.0f}",
            f"{(one.seconds + again_one.seconds) / (two.seconds + again_two.seconds):.2f}",
            f"{(two.cpu + again_two.cpu) / (one.cpu + again_one.cpu):.2f}",
            f"{1000 * two.workers / o.count:.2f}",
            f"{1000 * two.own / o.count:.2f}",
            f"{100 * two.own / two.cpu:.1f}",
            f"{two.middle:.1f}, {two.peak:.1f}",
            str(killed.documents),
            str(max(0, rest.documents + killed.documents - o.count)),
        ]


ROWS = [
    ("documents a CPU second", ""), ("documents a second, two workers", ""), ("wall time with one worker over that with two", "≥ 1.8"),
    ("CPU time with two workers over that with one", ""), ("workers' CPU ms a document", ""), ("supervisor's CPU ms a document", ""),
    ("supervisor's share of CPU time, %", "≤ 5"), ("supervisor's private memory, first half and peak, MB", "flat"),
    ("verdicts before kill −9 half way", ""), ("documents converted again after it", "0"),
]


def measure(o, folder):
    load = os.getloadavg()[0]
    small_documents.make(f"{folder}/bare", o.count)
    mixes = [("bare", Mix(o, f"{folder}/bare"))]
    if small_documents.make_by_office(f"{folder}/office", o.count):
        mixes.insert(0, ("of LibreOffice", Mix(o, f"{folder}/office")))
    os.mkdir(f"{folder}/long")
    small_documents.make_long(f"{folder}/long/short.pdf", o.pages // 10)
    short = Peak(o, f"{folder}/long/short.pdf")
    small_documents.make_long(f"{folder}/long/long.pdf", o.pages)
    long = Peak(o, f"{folder}/long/long.pdf")
    many = results.table(["what", *(name for name, _ in mixes), "goal"],
                         [[what, *(mix.cells[i] for _, mix in mixes), goal] for i, (what, goal) in enumerate(ROWS)])
    pages = results.table(["what", f"{o.pages // 10} pages", f"{o.pages} pages", "goal"], [
        ["peak memory of a PDF, MB", f"{short.megabytes:.0f}", f"{long.megabytes:.0f}", "flat"],
        ["of that the file itself", f"{short.file:.0f}", f"{long.file:.0f}", ""],
        ["CPU s", f"{short.cpu:.1f}", f"{long.cpu:.1f}", ""],
    ])
    return (f"{o.count} documents of a page, DOCX and PDF by turns (`tools/benchmarks/batch.py`), on {os.cpu_count()} cores with a load of "
            f"{load:.1f} by others, results on {file_system(folder)}; wall time says little where that is not near 0. Bare documents are the least "
            f"that the formats allow, without styles or fonts: of the supervisor's time for one, more than half is the system's, for giving a file "
            f"its name and seeing it to the disk.\n\n{many}\n\n{pages}")


class Peak:
    """CPU time and peak memory of a conversion, of the worker that reads the document."""

    def __init__(self, o, path):
        process = subprocess.Popen([os.path.abspath(o.boxhead), "convert", path, "-o", f"{path}.json"])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"status {process.returncode}"
        self.cpu, self.megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        self.file = os.path.getsize(path) / 2**20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--no-write", action="store_true")
    o = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="boxhead-batch-") as folder:
        text = measure(o, folder)
    print(text)
    if not o.no_write:
        results.write({"batch": ("Many documents", text)})


if __name__ == "__main__":
    main()
