#!/usr/bin/env python3
"""Writes the seeds of a fuzzing target into a folder: samples of this repository, and shared material where it is.

    seed.py docx|zip|worker|json FOLDER [--shared ../shared]
"""
import argparse
import glob
import os
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LARGEST = 64 << 10
# In the order of FuzzTarget.swift.
PARTS = ("document", "styles", "numbering", "footnotes", "comments", "header1")


def packages(shared):
    patterns = [f"{ROOT}/samples/*/original.docx", f"{shared}/docx-cases/*.docx", f"{shared}/corpora/**/*.docx"]
    return [path for pattern in patterns for path in sorted(glob.glob(pattern, recursive=True))]


def parts(path):
    """The XML of the parts that the target reads, with zeros between them; None where there is none."""
    try:
        with zipfile.ZipFile(path) as package:
            read = lambda name: package.read(name) if name in package.namelist() else b""
            if any(package.getinfo(name).file_size > LARGEST for name in package.namelist() if name.startswith("word/")):
                return None
            found = [read(f"word/{name}.xml") for name in PARTS]
            return b"\0".join(found) if found[0] else None
    except Exception:  # The corpora have packages that are broken in every way.
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=("docx", "zip", "worker", "json"))
    parser.add_argument("folder")
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    o = parser.parse_args()
    os.makedirs(o.folder, exist_ok=True)
    seeds = []
    if o.target == "docx":
        seeds = list(filter(None, map(parts, packages(o.shared))))
    elif o.target in ("zip", "json"):
        paths = packages(o.shared) if o.target == "zip" else glob.glob(f"{ROOT}/samples/*/expected.json") + glob.glob(
            f"{o.shared}/jcs/input/*.json")
        for path in paths:
            if os.path.getsize(path) <= LARGEST:
                with open(path, "rb") as stream:
                    seeds.append(stream.read())
    for index, seed in enumerate(seeds):
        with open(f"{o.folder}/seed{index:04}", "wb") as stream:
            stream.write(seed)


if __name__ == "__main__":
    main()
