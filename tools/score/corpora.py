#!/usr/bin/env python3
"""Converts the odd, broken and hostile files of the corpora and checks how each run ends.

    corpora.py [--shared ../shared] [--jobs 2] [--seconds 60] [--megabytes 2048] [--valid] [--no-write]

Every file must end with an exit status of the documented table, by no signal, within the time and memory. With
--valid every JSON that comes out must also validate against the schema (slower). Writes its section of RESULTS.md.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import results  # noqa: E402

DOCUMENTED = {0, 1, 2, 3, 5, 8, 10, 15, 130}


def run(o, path):
    """(exit status or minus the signal, seconds, peak MB, message, output)"""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([o.boxhead, "convert", path, "-o", "-"], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        deadline, status = start + 2 * o.seconds, None
        while status is None:
            pid, code, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                status = os.waitstatus_to_exitcode(code)
            elif time.monotonic() > deadline:
                process.kill()
            else:
                time.sleep(0.01)
        process.returncode = status
        err.seek(0)
        message = (err.read().decode("utf-8", "replace").strip().splitlines() or [""])[-1]
        out.seek(0)
        return status, time.monotonic() - start, usage.ru_maxrss / 1024, message, out.read() if o.valid else b""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--megabytes", type=float, default=2048)
    parser.add_argument("--valid", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    o = parser.parse_args()
    root = os.path.join(o.shared, "corpora")
    paths = sorted(os.path.join(folder, f) for folder, _, files in os.walk(root) for f in files)
    validator = None
    if o.valid:
        import jsonschema
        validator = jsonschema.Draft202012Validator(json.loads(subprocess.run([o.boxhead, "schema"], capture_output=True).stdout))
    by_status, wrong, slowest, largest = collections.Counter(), [], (0, ""), (0, "")
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        for path, (status, seconds, megabytes, message, output) in zip(paths, pool.map(lambda p: run(o, p), paths)):
            name = os.path.relpath(path, root)
            by_status[(name.split(os.sep)[0], status)] += 1
            slowest, largest = max(slowest, (seconds, name)), max(largest, (megabytes, name))
            if status not in DOCUMENTED or status == 15:
                wrong.append(f"{name}: exit {status}: {message}")
            if status and not message:
                wrong.append(f"{name}: exit {status} without a message")
            if seconds > o.seconds or megabytes > o.megabytes:
                wrong.append(f"{name}: {seconds:.0f} s, {megabytes:.0f} MB")
            if validator and not status and (error := next(validator.iter_errors(json.loads(output)), None)):
                wrong.append(f"{name}: schema: {error.message[:120]}")
    statuses = sorted({s for _, s in by_status})
    rows = [[c, sum(by_status[(c, s)] for s in statuses)] + [by_status[(c, s)] or "" for s in statuses]
            for c in sorted({c for c, _ in by_status})]
    rows.append(["all", len(paths)] + [sum(r[i + 2] or 0 for r in rows) for i in range(len(statuses))])
    text = results.table(["corpus", "files"] + [f"exit {s}" for s in statuses], rows)
    text += f"\n\n{len(wrong)} runs end otherwise than documented" + ("." if not wrong else ":\n\n" + "\n".join(f"- {w}" for w in wrong))
    print(text)
    print(f"\nslowest {slowest[0]:.1f} s {slowest[1]}; largest {largest[0]:.0f} MB {largest[1]}")
    if not o.no_write:
        results.write({"corpora": ("Odd, broken and hostile files", text)})
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
