#!/usr/bin/env python3
"""Checks converted documents against independent implementations.

    jcs_check.py [--boxhead .build/release/boxhead] [--jobs N] FILE...

Every file is converted twice; the bytes must be equal, validate against `boxhead schema` (jsonschema), and be
exactly what another implementation of RFC 8785 (rfc8785) makes of them. An original that is refused with a
documented exit code passes with a line that says so. Exit status 1 when any check fails.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys

import jsonschema
import rfc8785

DOCUMENTED = {1, 2, 3, 5, 8, 10, 15, 130}


def unique(pairs):
    """An object of the JSON, refusing a key that occurs twice."""
    keys = [k for k, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"an object repeats a key: {sorted(k for k in keys if keys.count(k) > 1)[0]}")
    return dict(pairs)


def check(boxhead, validator, path, timeout):
    """(state, message) with state 'ok', 'refused' or 'failed'."""
    runs = []
    for _ in range(2):
        try:
            done = subprocess.run([boxhead, "convert", path, "-o", "-"], capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=timeout)
        except subprocess.TimeoutExpired:
            return "failed", f"no result within {timeout} s"
        if done.returncode:
            message = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
            state = "refused" if done.returncode in DOCUMENTED else "failed"
            return state, f"exit {done.returncode}: {message}"
        runs.append(done.stdout)
    if runs[0] != runs[1]:
        return "failed", "a second run gives other bytes"
    try:
        document = json.loads(runs[0], object_pairs_hook=unique)
    except ValueError as error:
        return "failed", f"not JSON: {error}"
    errors = sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.absolute_path)))
    if errors:
        where = "/".join(map(str, errors[0].absolute_path))
        return "failed", f"schema: {where}: {errors[0].message[:200]} ({len(errors)} in all)"
    canonical = rfc8785.dumps(document)
    if canonical != runs[0].removesuffix(b"\n"):
        at = next((i for i, (a, b) in enumerate(zip(canonical, runs[0])) if a != b), min(len(canonical), len(runs[0])))
        return "failed", f"canonical form: byte {at}: expected {canonical[at - 20:at + 20]!r}, found {runs[0][at - 20:at + 20]!r}"
    return "ok", f"{len(runs[0])} bytes"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--quiet", action="store_true", help="print failures only")
    parser.add_argument("files", nargs="+")
    o = parser.parse_args()
    schema = json.loads(subprocess.run([o.boxhead, "schema"], capture_output=True, check=True).stdout)
    kind = jsonschema.validators.validator_for(schema)
    if kind is not jsonschema.Draft202012Validator:
        sys.exit("jcs_check: the schema does not declare JSON Schema 2020-12")
    kind.check_schema(schema)
    validator = kind(schema)
    counts = {"ok": 0, "refused": 0, "failed": 0}
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        outcomes = pool.map(lambda p: check(o.boxhead, validator, p, o.timeout), o.files)
        for path, (state, message) in zip(o.files, outcomes):
            counts[state] += 1
            if state == "failed" or not o.quiet:
                print(f"{state:8}{path}: {message}", flush=True)
    print(f"{counts['ok']} documents valid and canonical, {counts['refused']} refused, {counts['failed']} failed")
    sys.exit(1 if counts["failed"] else 0)


if __name__ == "__main__":
    main()
