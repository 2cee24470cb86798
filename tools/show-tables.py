#!/usr/bin/env python3
"""Prints the tables of converted documents for people, and whether several documents hold the same ones.

    show-tables.py [--paths N] FILE.json…
"""
import argparse
import json
import unicodedata


def width(text):
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def fitted(text, columns):
    out = ""
    for ch in text:
        if width(out + ch) > columns:
            return out[:-1] + "…"
        out += ch
    return out + " " * (columns - width(out))


def content(table):
    """What must be equal between two originals of one report."""
    return [(c["row"], c["column"], c["rowSpan"], c["columnSpan"], c["role"], "".join(c["text"].split())) for c in table["cells"]]


def show(document, paths):
    for number, table in enumerate((b for b in document["blocks"] if b["kind"] == "table"), 1):
        text = {c["id"]: c["text"].replace("\n", " ") for c in table["cells"]}
        data = [c for c in table["cells"] if c["role"] == "data"]
        pages = "–".join(str(p) for p in sorted({f["page"] for f in table.get("fragments", [])}))
        print(f"\nTable {number}: {table['rowCount']} rows, {table['columnCount']} columns, {len(data)} values"
              + (f", page {pages}" if pages else ""))
        telling = [c for c in data if c.get("value")] or data  # values other than 0 say more
        step = max(1, len(telling) // paths)
        for cell in telling[::step][:paths]:
            row = " › ".join(text[i] for i in cell.get("rowPath", []))
            column = " › ".join(text[i] for i in cell.get("columnPath", []))
            print(f"  {fitted(row, 44)}  {fitted(column, 40)}  {cell['text']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=int, default=6, help="how many values of each table to print")
    parser.add_argument("files", nargs="+")
    o = parser.parse_args()
    documents = []
    for path in o.files:
        with open(path, encoding="utf-8") as f:
            documents.append(json.load(f))
    show(documents[0], o.paths)
    tables = [[content(b) for b in d["blocks"] if b["kind"] == "table"] for d in documents]
    for path, other in zip(o.files[1:], tables[1:]):
        print(f"\n{path}: " + ("the same tables, cell by cell" if other == tables[0] else "NOT the same tables"))


if __name__ == "__main__":
    main()
