"""Documents as DOCX, printed by LibreOffice; the DOCX stays beside the PDF as a second original of the same truth."""
import os
import shutil
import subprocess
import tempfile
import zipfile
from html import escape

from documents import column_widths

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"""
ROOT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
PARTS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(points):
    return int(round(points * 20))


def run(text, size, bold=False):
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(t, False) for t in text.split("\n"))
    return (f'<w:r><w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/></w:rPr>'
            f'<w:t xml:space="preserve">{lines}</w:t></w:r>')


def paragraph(text, size, align="left", bold=False, indent=0, before=0, after=6, keep=False, style=None, page_break=False):
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if keep else "")
    properties += "<w:pageBreakBefore/>" if page_break else ""
    properties += f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"/>'
    properties += f'<w:ind w:left="{twips(max(indent, 0))}" w:firstLine="{twips(max(-indent, 0))}"/><w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, size, bold) if text else ''}</w:p>"


def border(side, width):
    if not width:
        return f'<w:{side} w:val="nil"/>'
    return f'<w:{side} w:val="single" w:sz="{max(2, int(width * 8))}" w:space="0" w:color="000000"/>'


def cell_borders(d, table, cell, rows):
    """Sides of a cell by ruling style; `rows` are the first and last row of the piece."""
    s = d.style
    band = next(b for b in table.bands if b["start"] <= cell.row < b["end"])
    last_head = cell.row + cell.rowspan == band["start"] + band["headerRows"]
    in_head = cell.row < band["start"] + band["headerRows"]
    left = right = top = bottom = 0
    if s.rules in ("full", "open"):
        top = bottom = s.line
        left = s.line if s.rules == "full" or cell.col > 0 else 0
        right = s.line if s.rules == "full" or cell.col + cell.colspan < table.columns else 0
    elif s.rules == "hrules":
        top = bottom = s.line
    elif s.rules in ("three", "spanner"):
        top = s.heavy if cell.row == rows[0] else 0
        bottom = s.heavy if cell.row + cell.rowspan - 1 == rows[1] else s.line if in_head and last_head else 0
        if s.rules == "spanner" and in_head and not last_head and cell.colspan > 1 and cell.role == "columnHeader":
            bottom = s.line
    return "".join(border(side, w) for side, w in (("top", top), ("left", left), ("bottom", bottom), ("right", right)))


def cell_xml(d, table, cell, widths, merge, rows, fill):
    s = d.style
    width = sum(widths[cell.col:cell.col + cell.colspan])
    properties = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    if cell.colspan > 1:
        properties += f'<w:gridSpan w:val="{cell.colspan}"/>'
    if merge:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    properties += f"<w:tcBorders>{cell_borders(d, table, cell, rows)}</w:tcBorders>"
    if fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#")}"/>'
    valign = {"middle": "center", "bottom": "bottom"}[cell.valign]
    properties += f'<w:vAlign w:val="{valign}"/>'
    text = "" if merge == "continue" else "\n".join(cell.text) if cell.narrow else cell.text
    indent = cell.indent * 1.4 * s.size
    if s.indent_by_spaces and cell.indent:
        text, indent = ("\u3000" if d.words.tag == "zh" else "\u00a0\u00a0\u00a0") * cell.indent + text, 0
    return (f"<w:tc><w:tcPr>{properties}</w:tcPr>"
            f"{paragraph(text, s.size, cell.align, cell.bold, indent, s.pad_y, s.pad_y)}</w:tc>")


def table_xml(d, table, rows, repeat):
    """The rows (header rows first) as one w:tbl."""
    s, widths = d.style, column_widths(table, d.words, d.style, d.width)
    heads = {r for b in table.bands for r in range(b["start"], b["start"] + b["headerRows"])}
    out = [f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
           f'<w:jc w:val="{"center" if s.centered else "left"}"/><w:tblLayout w:type="fixed"/>'
           f'<w:tblCellMar><w:left w:w="{twips(s.pad_x)}" w:type="dxa"/><w:right w:w="{twips(s.pad_x)}" w:type="dxa"/></w:tblCellMar>'
           f"</w:tblPr><w:tblGrid>{''.join(f'<w:gridCol w:w=%s/>' % repr(str(twips(w))) for w in widths)}</w:tblGrid>".replace("'", '"')]
    owner = {(r, c): cell for cell in table.cells for r in range(cell.row, cell.row + cell.rowspan)
             for c in range(cell.col, cell.col + cell.colspan)}
    for r in rows:
        properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if repeat and r < table.header_rows else "")
        fill = s.head_fill if r in heads else s.band_fill if (r - table.header_rows) % 2 else None
        cells, c = [], 0
        while c < table.columns:
            cell = owner[(r, c)]
            merge = None if cell.rowspan == 1 else "restart" if r == cell.row else "continue"
            cells.append(cell_xml(d, table, cell, widths, merge, (rows[0], rows[-1]), fill))
            c = cell.col + cell.colspan
        out.append(f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>")
    return "".join(out) + "</w:tbl>"


def body(d, long):
    out, zh = [], d.words.tag == "zh"
    for kind, block in d.blocks:
        if kind == "title":
            out.append(paragraph(block, d.size * 1.4, "center", True, after=10, style="Title"))
        elif kind == "heading":
            out.append(paragraph(block, d.size * 1.1, bold=True, before=8, keep=True, style="Heading1"))
        elif kind == "paragraph":
            out.append(paragraph(block, d.size, "both", indent=-2 * d.size if zh else 0))
        else:
            t = block
            if t.caption:
                out.append(paragraph(t.caption, d.size, "center" if d.style.centered else "left", True, before=6, after=2, keep=True))
            if t.unit_line:
                out.append(paragraph(t.unit_line, d.style.size, "right", after=2, keep=True))
            head = [*range(t.header_rows)]
            if d.continued_after:
                out.append(table_xml(d, t, head + [*range(t.header_rows, d.continued_after)], False))
                out.append(paragraph(d.continued_line(), d.style.size, "center", after=2, page_break=True))
                out.append(table_xml(d, t, head + [*range(d.continued_after, t.rows)], False))
            else:
                out.append(table_xml(d, t, [*range(t.rows)], t.repeat_header and long and len(t.bands) == 1))
            out += [paragraph(n, d.style.size - 0.5, after=1) for n in t.notes]
            out.append(paragraph("", 6, after=0))
    return "".join(out)


def write(d, long, path):
    landscape = ' w:orient="landscape"' if d.page[0] > d.page[1] else ""
    section = (f'<w:sectPr><w:footerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
               f'w:type="default" r:id="rId2"/><w:pgSz w:w="{twips(d.page[0])}" w:h="{twips(d.page[1])}"{landscape}/>'
               f'<w:pgMar w:top="{twips(d.margin)}" w:bottom="{twips(d.margin)}" w:left="{twips(d.margin)}" '
               f'w:right="{twips(d.margin)}" w:header="400" w:footer="500" w:gutter="0"/></w:sectPr>')
    before, _, after = d.footer.partition("{p}")
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    foot = f'{run(before, 9)}{field}{run(after, 9)}' if d.footer else ""
    font = escape(d.font)
    language = {"zh": "zh-CN", "en": "en-US", "de": "de-DE", "fr": "fr-FR", "ru": "ru-RU"}[d.words.tag]
    parts = {
        "[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "word/_rels/document.xml.rels": PARTS,
        "word/document.xml": f"{HEAD}<w:document {NAMESPACE}><w:body>{body(d, long)}{section}</w:body></w:document>",
        "word/footer1.xml": f'{HEAD}<w:ftr {NAMESPACE}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{foot}</w:p></w:ftr>',
        "word/styles.xml": f'{HEAD}<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" '
                           f'w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/><w:lang w:val="{language}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
                           '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
                           '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>'
                           '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
                           '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)


class LibreOffice:
    """One run of LibreOffice for a whole batch."""
    name = "libreoffice"

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="boxhead-libreoffice-")

    def print(self, jobs):
        folders = {}
        for d, long, path in jobs:
            docx = path[:-len(".pdf")] + ".docx"
            write(d, long, docx)
            folders.setdefault(os.path.dirname(path), []).append(docx)
        for folder, files in folders.items():
            self.convert(files, "pdf", folder)

    def convert(self, files, kind, folder):
        """Writes files in another form (`pdf`, or `docx:` and the name of a filter), under their names, into a folder."""
        for i in range(0, len(files), 100):
            subprocess.run(["soffice", f"-env:UserInstallation=file://{self.profile}", "--headless", "--convert-to",
                            kind, "--outdir", folder, *files[i:i + 100]], check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=1200)

    def close(self):
        shutil.rmtree(self.profile, ignore_errors=True)
