"""Boxhead's JSON in the neutral forms that the scorers read.

`fixture_form` is what score_fixture.py wants (tables with header paths, paragraphs in reading order),
`tables_form` what score_tables.py wants (one list of grids with pages). Both keep each cell's
confidence under a key that the scorers ignore.
"""
import json
import subprocess


def convert(boxhead, path, timeout=60, arguments=()):
    """The document as JSON, or None and the reason: (document, None) or (None, "exit 2: …")."""
    try:
        done = subprocess.run([boxhead, "convert", path, "-o", "-", *arguments], capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=timeout)
    except subprocess.TimeoutExpired:
        return None, f"no result within {timeout} s"
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return None, f"exit {done.returncode}: {lines[-1] if lines else 'no message'}"
    return json.loads(done.stdout), None


def tables(document):
    return [block for block in document["blocks"] if block["kind"] == "table"]


def pages(block):
    """The pages a table stands on, in order; page 1 for formats without pages."""
    numbers = [f["page"] for f in block.get("fragments", [])]
    numbers += [p["page"] for p in block.get("provenance", []) if "page" in p]
    return sorted(set(numbers)) or [1]


def confidence(table, cell):
    return min(cell.get("confidence", 1), table.get("confidence", 1))


def fixture_form(document):
    neutral, paragraphs = [], []
    for block in document["blocks"]:
        kind = block["kind"]
        if kind == "table":
            text = {c["id"]: c.get("text", "") for c in block["cells"]}
            cells = []
            for c in block["cells"]:
                cell = {"row": c["row"], "col": c["column"], "rowspan": c.get("rowSpan", 1),
                        "colspan": c.get("columnSpan", 1), "text": c.get("text", ""), "role": c["role"],
                        "confidence": confidence(block, c)}
                if c["role"] == "data":
                    for ours, theirs in (("columnPath", "colPath"), ("rowPath", "rowPath")):
                        cell[theirs] = [text[i] for i in c.get(ours, []) if text[i].strip()]
                cells.append(cell)
            bands = block.get("bands") or []
            neutral.append({"cells": cells, "headerRows": bands[0]["headerRows"] if bands else 0,
                            "stubCols": block.get("stubColumns", 0)})
            around = [block.get("caption"), block.get("unitText") or block.get("unitLine")]
            paragraphs += [t for t in around if t]
            paragraphs += block.get("notes") or block.get("footnotes") or []
        elif kind not in ("pageFurniture", "figure"):
            paragraphs.append(printed(block))
    return {"tables": neutral, "paragraphs": paragraphs}


def printed(block):
    """Label and text as on the page."""
    label, text = block.get("label") or "", block.get("text") or ""
    wide = label and ord(label[-1]) > 0x2E7F
    return label + ("" if wide or not label or not text else " ") + text


def tables_form(document):
    return [{"page": pages(block)[0], "pages": pages(block),
             "cells": [{"row": c["row"], "col": c["column"], "rowspan": c.get("rowSpan", 1),
                        "colspan": c.get("columnSpan", 1), "text": c.get("text", ""),
                        "confidence": confidence(block, c)} for c in block["cells"]]}
            for block in tables(document)]
