#!/usr/bin/env python3
"""Compares records with their truth: annual reports of the fixtures, and department budgets made for it.

    records.py [--shared ../shared] [--match TEXT] [--detail] [--forms docx,messy,pdf,direct] [--seeds 1] [--no-write]

Per form of the originals: records whose agency, year, generation and values are all right, values that are right,
identities that were evaluated and those with the right sides and result, as printed and with blanks as 0; then
documents of no family, which must have no record. The budgets are ten documents for each seed, each as DOCX and PDF
(`tools/make-samples/budgets.py`; needs tools/setup --with-generators). Rewrites the section `records` of RESULTS.md.
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "make-samples"))
import neutral  # noqa: E402
import results  # noqa: E402

FORMS = {"docx": ".docx", "messy": ".messy.docx", "pdf": ".pdf", "direct": ".direct.pdf", "scan": ".scan.pdf"}
FAMILY = "cn.gov.disclosure.annual-report"


def values(truth):
    """{(table, row, column): value} of a truth's record; a table of one column is written as one list."""
    out = {}
    for name, rows in truth.items():
        if isinstance(rows, dict):
            for row, cells in rows.items():
                for column, value in (cells.items() if isinstance(cells, dict) else [("count", cells)]):
                    out[name, row, column] = value
    return out


def found(record):
    """The same of a record, where the document has a cell."""
    out = {}
    for table in record["tables"]:
        for i, row in enumerate(table["rows"]):
            for j, column in enumerate(table["columns"]):
                if table["cells"][i][j] is not None:
                    out[table["name"], row, column] = table["values"][i][j]
    return out


def compare_budget(truth, document):
    """The same as `compare` for a made budget, whose identities all hold or cannot be told."""
    record = (document or {}).get("record")
    want = values(truth["tables"])
    score = {"records": 1, "exact": 0, "values": len(want), "right": 0, "identities": 0, "held": 0}
    if not record or record["family"] != truth["family"]:
        return score, [("record", truth["family"], record and record["family"])]
    differences = [(k, truth[k], record[k]) for k in ("agency", "year", "generation") if truth[k] != record[k]]
    if "furtherRecords" in document:
        differences.append(("records", 1, 1 + len(document["furtherRecords"])))
    got = found(record)
    missing = object()
    for key in sorted(set(want) | set(got)):
        if want.get(key, missing) == got.get(key, missing):
            score["right"] += 1
        else:
            differences.append((".".join(key), want.get(key, "no such value"), got.get(key, "no such value")))
    for identity in record["identities"]:
        score["identities"] += 1
        right = identity["holds"] is not False and identity["holdsIfBlankIsZero"] is not False
        score["held"] += right
        if not right:
            differences.append((identity["id"], identity["left"], identity["right"]))
    score["exact"] = not differences
    return score, differences


def budgets(o):
    """Rows of the made documents by form."""
    import budgets as maker
    totals = {}
    for seed in range(1, o.seeds + 1):
        folder = os.path.join("build", "budgets", str(seed))
        for name in maker.make(folder, seed):
            if o.match not in name:
                continue
            with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as f:
                truth = json.load(f)
            for form in ("docx", "pdf"):
                document, failure = neutral.convert(o.boxhead, os.path.join(folder, f"{name}.{form}"))
                if failure:
                    print(f"{name}.{form}: {failure}")
                score, differences = compare_budget(truth, document)
                total = totals.setdefault(form, {})
                for key, value in score.items():
                    total[key] = total.get(key, 0) + value
                if o.detail and differences:
                    print(f"{seed}/{name}.{form}: {len(differences)} differences")
                    for difference in differences[:20]:
                        print("   ", *difference)
    return [[form, f"{t['exact']}/{t['records']}", f"{t['right']}/{t['values']}", f"{t['held']}/{t['identities']}"]
            for form, t in totals.items()]


def sides(identity):
    return identity["left"], identity["right"], identity["holds"]


def compare(truth, document):
    """(counts, differences) of one document."""
    record = (document or {}).get("record")
    want, checks = values(truth["record"]), truth["validation"]
    score = {"records": 1, "exact": 0, "values": len(want), "right": 0, "identities": len(checks["asPrinted"]), "evaluated": 0, "same": 0, "sameAsZero": 0}
    if not record or record["family"] != FAMILY:
        return score, [("record", FAMILY, record and record["family"])]
    differences = [(k, truth["record"][a], record[b]) for k, a, b in
                   (("agency", "agency", "agency"), ("year", "year", "year"), ("generation", "format", "generation"))
                   if truth["record"][a] != record[b]]
    got = found(record)
    missing = object()
    for key in sorted(set(want) | set(got)):
        if want.get(key, missing) == got.get(key, missing):
            score["right"] += 1
        else:
            differences.append((".".join(key), want.get(key, "no such value"), got.get(key, "no such value")))
    identities = {i["id"]: i for i in record["identities"]}
    for field, name, count in (("asPrinted", "holds", "same"), ("blankAsZero", "holdsIfBlankIsZero", "sameAsZero")):
        for expected in checks[field]:
            got = identities.get(expected["id"])
            if got is not None and field == "asPrinted":
                score["evaluated"] += 1
            right = got is not None and (sides(got) == sides(expected) if name == "holds" else got[name] == expected["holds"])
            score[count] += right
            if not right:
                differences.append((field + " " + expected["id"], expected, got))
    for name in sorted(set(identities) - {i["id"] for i in checks["asPrinted"]}):
        differences.append(("identity", "none", name))
    score["exact"] = not differences
    return score, differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=os.environ.get("SHARED", "../shared"))
    parser.add_argument("--boxhead", default=os.environ.get("BOXHEAD", ".build/release/boxhead"))
    parser.add_argument("--forms", default="docx,messy,pdf,direct")
    parser.add_argument("--match", default="")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--seeds", type=int, default=1, help="how many times ten budgets to make")
    parser.add_argument("--no-write", action="store_true")
    o = parser.parse_args()
    folder = os.path.join(o.shared, "fixtures")
    names = sorted(f[:-len(".truth.json")] for f in os.listdir(folder) if f.endswith(".truth.json") and o.match in f)
    rows, general, falsely = [], 0, []
    for form in o.forms.split(","):
        total = {}
        for name in names:
            path = os.path.join(folder, name + FORMS[form])
            if not os.path.exists(path):
                continue
            with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as f:
                truth = json.load(f)
            document, failure = neutral.convert(o.boxhead, path)
            if failure:
                print(f"{os.path.basename(path)}: {failure}")
            if truth["record"] is None:
                general += 1
                if document and "record" in document:
                    falsely.append(os.path.basename(path))
                continue
            score, differences = compare(truth, document)
            for key, value in score.items():
                total[key] = total.get(key, 0) + value
            if o.detail and differences:
                print(f"{os.path.basename(path)}: {len(differences)} differences")
                for difference in differences[:20]:
                    print("   ", *difference)
        if total:
            rows.append([form, f"{total['exact']}/{total['records']}", f"{total['right']}/{total['values']}",
                         f"{total['evaluated']}/{total['identities']}", f"{total['same']}/{total['identities']}",
                         f"{total['sameAsZero']}/{total['identities']}"])
    body = results.table(["form", "records exact", "values", "identities evaluated", "as printed", "blank as 0"], rows)
    body += f"\n\nDocuments of no family: {general}, with a record: {len(falsely)} {' '.join(falsely)}".rstrip() + "."
    made = budgets(o)
    body += "\n\nDepartment budgets and accounts with their “三公”经费, ten layouts:\n\n" + results.table(
        ["form", "records exact", "values", "identities that do not fail"], made)
    print(body)
    if not (o.no_write or o.match):
        results.write({"records": ("Records", "Annual reports of the fixtures against their truth (`tools/score/records.py`): agency, year, "
                                   "generation and every value with its row and column; sides and result of every identity.\n\n" + body)})


if __name__ == "__main__":
    main()
