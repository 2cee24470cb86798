"""Originals to measure on, made from nothing and the same every time: a long PDF, many small DOCX, one huge DOCX."""
import os
import random
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "make-samples"))
DATE = (2024, 1, 1, 0, 0, 0)


def long_pdf(path, pages=320):
    """Prose and tables mixed, by ReportLab, with embedded TrueType fonts; a ruled table on every second page."""
    if os.path.exists(path):
        return path
    import documents
    import tables
    from reportlab_layout import Pages, TableDrawing
    from texts import LANGUAGES
    rng = random.Random("long")
    style = documents.random_style(random.Random("style"), "full")
    words = LANGUAGES["en"]
    d = documents.Document("long", words, style, "Liberation Serif", 10.5, documents.A4, 60, "{p}")
    out = Pages(path, d)
    while out.number < pages:
        out.paragraph(rng.choice(words.headings), 12, True, before=8)
        for _ in range(7):
            out.paragraph(" ".join(rng.sample(words.prose, 4)), 10.5)
        table = documents.fitting_table(rng, d, "t", False, False)
        drawing = TableDrawing(out, table, rng)
        out.paragraph(table.caption or "Table", 10.5, True, after=2)
        drawing.draw(False)
        out.y += 8
    out.canvas.save()
    return path


def table_pdf(path, pages, ruled):
    """One table over many pages, its heads on the first one only, ruled or without any line."""
    if os.path.exists(path):
        return path
    from reportlab.pdfgen import canvas
    rng = random.Random("table")
    edges = [60, 200, 280, 360, 440, 520]
    page = canvas.Canvas(path, pagesize=(595, 842), invariant=1)
    for number in range(pages):
        page.setFont("Helvetica", 9)
        top, rows = 780, 48
        for row in range(rows):
            y = top - 15 * row
            if number == 0 and row == 0:
                for column, head in enumerate(["Region", "Total", "Men", "Women", "Change"]):
                    page.drawString(edges[column] + 4, y, head)
            else:
                page.drawString(edges[0] + 4, y, f"District {number * rows + row}")
                for column in range(1, 5):
                    page.drawRightString(edges[column + 1] - 4, y, f"{rng.randrange(100000):,}")
            if ruled:
                page.line(edges[0], y - 4, edges[-1], y - 4)
        if ruled:
            page.line(edges[0], top + 11, edges[-1], top + 11)
            for x in edges:
                page.line(x, top + 11, x, top - 15 * (rows - 1) - 4)
        page.drawCentredString(297, 30, str(number + 1))
        page.showPage()
    page.save()
    return path


def repeated_pdf(path, sources, times):
    """The pages of PDFs many times over."""
    if not os.path.exists(path):
        subprocess.run(["qpdf", "--empty", "--deterministic-id", "--warning-exit-0", "--pages", *sources * times, "--", path],
                       check=True, stderr=subprocess.DEVNULL)
    return path


W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
         '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>')


def paragraph(text):
    return f'<w:p><w:pPr><w:spacing w:after="120"/></w:pPr><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


def cell(text, span=1, merge=""):
    properties = '<w:tcW w:w="1500" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + merge
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def merged_table(rng):
    """14 rows: a boxhead of two levels, a stub of merged cells, values."""
    rows = [cell("Region", 2, '<w:vMerge w:val="restart"/>') + cell("2022", 2) + cell("2023", 2),
            cell("", 2, "<w:vMerge/>") + "".join(cell(t) for t in ("Number", "Share") * 2)]
    for i in range(12):
        merge = '<w:vMerge w:val="restart"/>' if i % 3 == 0 else "<w:vMerge/>"
        rows.append(cell(f"Group {i // 3 + 1}" if i % 3 == 0 else "", 1, merge) + cell(f"Item {i + 1}")
                    + "".join(cell(str(rng.randint(0, 9999))) for _ in range(4)))
    grid = "".join('<w:gridCol w:w="1500"/>' for _ in range(6))
    return ('<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>' + grid + "</w:tblGrid>"
            + "".join(f"<w:tr>{r}</w:tr>" for r in rows) + "</w:tbl>")


def write_docx(path, body):
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("word/document.xml", document)):
            z.writestr(zipfile.ZipInfo(name, DATE), text, zipfile.ZIP_DEFLATED)


def small_docx(folder, count=1000):
    """Documents of some prose and one merged table of 14 rows each."""
    from texts import LANGUAGES
    os.makedirs(folder, exist_ok=True)
    paths = []
    for i in range(count):
        path = os.path.join(folder, f"{i:04}.docx")
        paths.append(path)
        if not os.path.exists(path):
            rng = random.Random(f"docx{i}")
            prose = LANGUAGES[rng.choice(["en", "zh"])].prose
            body = "".join(paragraph(rng.choice(prose)) for _ in range(12))
            write_docx(path, body + merged_table(rng) + paragraph(rng.choice(prose)))
    return paths


def huge_docx(path, size=38_000_000):
    """One document whose main part is 38 MB of XML: prose and merged tables, as long reports have them."""
    if not os.path.exists(path):
        from texts import LANGUAGES
        rng, parts, length = random.Random("huge"), [], 0
        vocabulary = " ".join(LANGUAGES["en"].prose + LANGUAGES["de"].prose).split()
        while length < size:
            piece = "".join(paragraph(" ".join(rng.choices(vocabulary, k=30))) for _ in range(20)) + merged_table(rng)
            parts.append(piece)
            length += len(piece.encode())
        write_docx(path, "".join(parts))
    return path
