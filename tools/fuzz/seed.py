#!/usr/bin/env python3
"""Writes the seeds of a fuzzing target into a folder: samples of this repository, and shared material where it is.

    seed.py zip|json FOLDER [--shared ../shared]
"""
import argparse
import glob
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LARGEST = 64 << 10


def packages(shared):
    patterns = [f"{ROOT}/samples/*/original.docx", f"{shared}/docx-cases/*.docx", f"{shared}/corpora/**/*.docx"]
    return [path for pattern in patterns for path in sorted(glob.glob(pattern, recursive=True))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=("zip", "json"))
    parser.add_argument("folder")
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    o = parser.parse_args()
    os.makedirs(o.folder, exist_ok=True)
    seeds = []
    paths = packages(o.shared) if o.target == "zip" else sorted(
        glob.glob(f"{ROOT}/samples/*/expected.json") + glob.glob(f"{o.shared}/jcs/input/*.json"))
    for path in paths:
        if os.path.getsize(path) <= LARGEST:
            with open(path, "rb") as stream:
                seeds.append(stream.read())
    for index, seed in enumerate(seeds):
        with open(f"{o.folder}/seed{index:04}", "wb") as stream:
            stream.write(seed)


if __name__ == "__main__":
    main()
