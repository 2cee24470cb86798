#!/usr/bin/env python3
"""Many small documents, DOCX and PDF by turns, with distinct bytes and the same every time; needs Python alone.

    small_documents.py FOLDER [--count 10000]
    small_documents.py --pages 10000 FILE.pdf         one long document in place of them

A document has prose and a table with merged heads (DOCX), or with rules around its cells (PDF), on one page, and nothing that
programs add of their own: styles, themes, fonts. `make_by_office` has all that.
"""
import argparse
import os
import random
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "make-samples")]
from docx_layout import LibreOffice  # noqa: E402
from originals import merged_table, paragraph, write_docx  # noqa: E402

FILES_A_FOLDER = 1000
WORDS = ("population households water supply budget revenue total average district county yearbook income "
         "expenditure per capita output growth share number of persons employed by sector and region").split()


def prose(rng, count):
    return " ".join(rng.choices(WORDS, k=count)).capitalize() + "."


def page_content(rng, number):
    """Drawing operators of a page: a heading, three lines, and a ruled table of 5 columns and 13 rows."""
    lines = ["BT /F1 14 Tf 72 780 Td (%s) Tj ET" % f"Report {number}"]
    lines += [f"BT /F1 10 Tf 72 {755 - 14 * i} Td ({prose(rng, 12)}) Tj ET" for i in range(3)]
    edges, top, height, rows = [72, 180, 260, 340, 420, 500], 700, 18, 13
    lines.append("0.5 w")
    lines += [f"{edges[0]} {top - height * i} m {edges[-1]} {top - height * i} l S" for i in range(rows + 1)]
    lines += [f"{x} {top} m {x} {top - height * rows} l S" for x in edges]
    for row in range(rows):
        texts = (["Region", "Total", "Men", "Women", "Change"] if row == 0 else
                 [f"District {row}"] + [f"{rng.randrange(100000):,}" for _ in range(4)])
        for column, text in enumerate(texts):
            lines.append(f"BT /F1 9 Tf {edges[column] + 4} {top - height * row - 13} Td ({text}) Tj ET")
    return "\n".join(lines)


def write_pdf(path, contents):
    """A PDF with a page for each of contents, which are made one by one."""
    with open(path, "wb") as stream:
        offsets = {}

        def put(number, body):
            offsets[number] = stream.tell()
            stream.write(f"{number} 0 obj\n{body}\nendobj\n".encode())

        stream.write(b"%PDF-1.4\n")
        put(1, "<< /Type /Catalog /Pages 2 0 R >>")
        put(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        last = 3
        for content in contents:
            put(last + 1, f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {last + 2} 0 R "
                          "/Resources << /Font << /F1 3 0 R >> >> >>")
            put(last + 2, f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
            last += 2
        pages = range(4, last + 1, 2)
        put(2, f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in pages)}] /Count {len(pages)} >>")
        table = stream.tell()
        stream.write(f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode())
        stream.write("".join(f"{offsets[n]:010d} 00000 n \n" for n in range(1, last + 1)).encode())
        stream.write(f"trailer\n<< /Size {last + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())


def make(folder, count):
    """The paths of the documents, which are written where they are not there."""
    paths = []
    for number in range(count):
        kind = ("docx", "pdf")[number % 2]
        path = os.path.join(folder, f"{number // FILES_A_FOLDER:03}", f"{number:05}.{kind}")
        paths.append(path)
        if os.path.exists(path):
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        rng = random.Random(f"small{number}")
        if kind == "docx":
            body = paragraph(f"Report {number}") + "".join(paragraph(prose(rng, 12)) for _ in range(4))
            write_docx(path, body + merged_table(rng))
        else:
            write_pdf(path, [page_content(rng, number)])
    return paths


def make_by_office(folder, count, distinct=100):
    """As many documents as LibreOffice writes them, DOCX and PDF by turns: prose and a ruled table on one page. False without LibreOffice.

    Some are made, and copied: nothing is kept from one document to the next, whose bytes may be the same.
    """
    if not shutil.which("soffice"):
        return False
    made = f"{folder}.made"
    os.makedirs(made)
    pages = []
    for number in range(distinct):
        rng = random.Random(f"office{number}")
        rows = [["Region", "Total", "Men", "Women", "Change"]]
        rows += [[f"District {row}"] + [f"{rng.randrange(100000):,}" for _ in range(4)] for row in range(1, 13)]
        body = f"<h1>Report {number}</h1>" + "".join(f"<p>{prose(rng, 12)}</p>" for _ in range(4))
        body += "<table border='1'>" + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows) + "</table>"
        pages.append(f"{made}/{number:03}.html")
        with open(pages[-1], "w") as stream:
            stream.write(f"<html><body>{body}</body></html>")
    office = LibreOffice()
    for kind in ("docx:MS Word 2007 XML", "pdf:writer_web_pdf_Export"):
        office.convert(pages, kind, made)
    office.close()
    for number in range(count):
        kind = ("docx", "pdf")[number % 2]
        below = os.path.join(folder, f"{number // FILES_A_FOLDER:03}")
        os.makedirs(below, exist_ok=True)
        shutil.copyfile(f"{made}/{number // 2 % distinct:03}.{kind}", os.path.join(below, f"{number:05}.{kind}"))
    return True


def make_long(path, pages):
    write_pdf(path, (page_content(random.Random(f"page{number}"), number) for number in range(pages)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--pages", type=int)
    o = parser.parse_args()
    if o.pages:
        make_long(o.target, o.pages)
    else:
        make(o.target, o.count)


if __name__ == "__main__":
    main()
