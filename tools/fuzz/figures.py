#!/usr/bin/env python3
"""Writes the figures of the last run of each fuzzing target (build/fuzz/TARGET.log) to RESULTS.md.

    figures.py [--seconds 600] [--results tools/score/RESULTS.md]
"""
import argparse
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools", "score"))
import results  # noqa: E402

READERS = {"docx": "Word documents, from the XML of their parts to JSON and back", "zip": "ZIP archives, all entries inflated",
           "worker": "the protocol of workers, requests and answers", "json": "JSON and canonical documents, written again"}


def last(pattern, log):
    found = re.findall(pattern, log)
    return found[-1] if found else None


def row(target):
    with open(os.path.join(ROOT, "build", "fuzz", f"{target}.log"), encoding="utf-8", errors="replace") as stream:
        log = stream.read()
    # Only a run to its limit of time is without a finding.
    is_whole = "run interrupted" in log and "SUMMARY: libFuzzer" not in log
    return [READERS[target], last(r"stat::number_of_executed_units: (\d+)", log), last(r" cov: (\d+)", log), last(r" ft: (\d+)", log),
            last(r" corp: (\d+)", log), last(r"stat::slowest_unit_time_sec:\s+(\d+)", log), last(r"stat::peak_rss_mb:\s+(\d+)", log),
            "0" if is_whole else "stopped"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--results", default=results.PATH)
    o = parser.parse_args()
    table = results.table(
        ["reader", "executions", "places covered", "features", "inputs kept", "slowest, s", "peak MB", "findings"],
        [row(target) for target in READERS if os.path.exists(os.path.join(ROOT, "build", "fuzz", f"{target}.log"))])
    text = f"`make fuzz`: libFuzzer, {o.seconds} s of CPU time for each reader; a place is an edge between basic blocks.\n\n{table}"
    print(text)
    results.write({"fuzz": ("Fuzzing", text)}, o.results)


if __name__ == "__main__":
    main()
