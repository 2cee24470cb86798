"""Documents drawn on a ReportLab canvas: rulings as strokes, thin rectangles or once per cell, fonts embedded or not."""
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from documents import column_widths

FILES = {  # family: (regular, bold, index in a collection)
    "Liberation Serif": ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
                         "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf", 0),
    "Liberation Sans": ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
                        "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf", 0),
    "DejaVu Sans": ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", 0),
    "DejaVu Serif": ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
                     "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf", 0),
    "AR PL UMing CN": ("/usr/share/fonts/truetype/arphic/uming.ttc", None, 0),
    "AR PL UKai CN": ("/usr/share/fonts/truetype/arphic/ukai.ttc", None, 0),
    "WenQuanYi Zen Hei": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", None, 0),
}
UNEMBEDDED = {"Noto Serif CJK SC": "STSong-Light", "Noto Sans CJK SC": "STSong-Light"}
STANDARD = {"Liberation Serif": ("Times-Roman", "Times-Bold"), "Liberation Sans": ("Helvetica", "Helvetica-Bold")}
registered = {}


def fonts(d):
    """(regular, bold) names for a document's font; registers what is not registered yet.

    The standard fonts, which are not embedded, are used where Latin-1 has all characters.
    """
    standard = d.font in STANDARD and d.style.indent_by_spaces and all(
        ord(ch) < 256 for t in d.tables for c in t.cells for ch in c.text)
    key = (d.font, standard)
    if key not in registered:
        if standard:
            registered[key] = STANDARD[d.font]
        elif d.font in UNEMBEDDED:
            pdfmetrics.registerFont(UnicodeCIDFont(UNEMBEDDED[d.font]))
            registered[key] = (UNEMBEDDED[d.font],) * 2
        else:
            regular, bold, index = FILES[d.font]
            pdfmetrics.registerFont(TTFont(d.font, regular, subfontIndex=index))
            if bold:
                pdfmetrics.registerFont(TTFont(d.font + " Bold", bold, subfontIndex=index))
            registered[key] = (d.font, d.font + " Bold" if bold else d.font)
    return registered[key]


def break_lines(text, font, size, width, words):
    """Lines that fit; Chinese breaks anywhere except before closing punctuation, the rest at spaces."""
    lines = []
    for paragraph in text.split("\n"):
        if words.tag == "zh":
            pieces, run = [], ""
            for ch in paragraph:
                if ch.isascii() and ch.isalnum() or ch in ".,%-":
                    run += ch
                else:
                    pieces += ([run] if run else []) + [ch]
                    run = ""
            pieces += [run] if run else []
            glue = ""
        else:
            pieces, glue = paragraph.split(" "), " "
        line = ""
        for piece in pieces:
            trial = line + glue + piece if line else piece
            if line and pdfmetrics.stringWidth(trial, font, size) > width and piece not in "，。；：、）”":
                lines.append(line)
                line = piece
            else:
                line = trial
        lines.append(line)
    return lines


class Pages:
    """A canvas with a cursor; y runs down from the top margin."""

    def __init__(self, path, d, surface=canvas.Canvas):
        self.d = d
        self.sideways = d.turn in ("rotate", "sideways")
        # ReportLab itself swaps the sides of a page that it rotates.
        media = (d.page[1], d.page[0]) if d.turn == "sideways" else d.page
        self.canvas = surface(path, pagesize=media, pageCompression=1, invariant=1)
        self.regular, self.bold = fonts(d)
        self.number = 0
        self.start()

    def start(self):
        c, d = self.canvas, self.d
        self.number += 1
        if self.sideways:
            c.translate(d.page[1], 0)
            c.rotate(90)
            if d.turn == "rotate":
                c.setPageRotation(90)
        self.y = d.margin
        if d.footer:
            self.text(d.footer.replace("{p}", str(self.number)), d.page[0] / 2, d.page[1] - d.margin / 2, self.regular, 9, "center")

    def turn_page(self):
        self.canvas.showPage()
        self.start()

    def text(self, text, x, y, font, size, align="left"):
        c = self.canvas
        if "DejaVu" not in font:  # the others lack the narrow no-break space, and nothing falls back
            text = text.replace("\u202f", "\u00a0")
        c.setFont(font, size)
        y = self.d.page[1] - y
        {"left": c.drawString, "center": c.drawCentredString, "right": c.drawRightString}[align](x, y, text)

    def room(self, height):
        if self.y + height > self.d.page[1] - self.d.margin:
            self.turn_page()

    def paragraph(self, text, size, bold=False, align="left", indent=0, before=0, after=6):
        d, font = self.d, self.bold if bold else self.regular
        lines = break_lines("\u3000" * indent + text, font, size, d.width, d.words)
        self.room(min(len(lines), 2) * size * 1.4 + before + (60 if bold else 0))
        self.y += before
        x = {"left": d.margin, "center": d.page[0] / 2, "right": d.page[0] - d.margin}[align]
        for line in lines:
            self.room(size * 1.4)
            self.y += size * 1.4
            self.text(line, x, self.y - size * 0.35, font, size, align)
        self.y += after


class TableDrawing:
    """One table: column widths, row heights, then pieces of it on pages."""

    def __init__(self, pages, table, rng):
        d = pages.d
        self.pages, self.table, self.d, self.s = pages, table, d, d.style
        self.how = rng.choice(["stroke", "stroke", "rectangle", "cell"])
        self.widths = column_widths(table, d.words, d.style, d.width)
        self.leading = d.style.size * 1.25
        self.heights = [0.0] * table.rows
        self.lines = {}
        for cell in sorted(table.cells, key=lambda c: c.rowspan):
            font = pages.bold if cell.bold else pages.regular
            width = sum(self.widths[cell.col:cell.col + cell.colspan]) - 2 * self.s.pad_x - self.indent(cell)
            lines = [cell.text] if cell.nowrap else break_lines(cell.text, font, self.s.size, width + 0.5, d.words)
            if cell.diagonal or cell.narrow:
                lines = list(cell.diagonal or cell.text)
            self.lines[id(cell)] = lines
            need = len(lines) * self.leading + 2 * self.s.pad_y + 1
            lack = need - sum(self.heights[cell.row:cell.row + cell.rowspan])
            if lack > 0:
                for r in range(cell.row, cell.row + cell.rowspan):
                    self.heights[r] += lack / cell.rowspan

    def indent(self, cell):
        return cell.indent * 1.4 * self.s.size

    def draw(self, may_break):
        table, pages = self.table, self.pages
        height = sum(self.heights)
        if not may_break and not self.d.continued_after:
            pages.room(height + 4)
            return self.piece(range(table.rows))
        header, row = range(table.header_rows), table.header_rows
        first = True
        while row < table.rows:
            top = sum(self.heights[r] for r in header) if first or table.repeat_header else 0
            limit = self.d.page[1] - self.d.margin - pages.y - top
            end, used = row, 0.0
            while end < table.rows and end != (self.d.continued_after if first else None):
                group = self.group(end)
                tall = sum(self.heights[end:group])
                if used + tall > limit and (end > row or pages.y > self.d.margin + 40):
                    break
                used, end = used + tall, group
            if end > row:
                shown = [*header] if first or table.repeat_header else []
                self.piece(shown + [*range(row, end)])
                first = False
            row = end
            if row < table.rows:
                pages.turn_page()
                if self.d.continued_after and not first:
                    pages.paragraph(self.d.continued_line(), self.s.size, align="center", after=3)

    def group(self, row):
        """The end of the rows that a page must not part."""
        end, r = row + 1, row
        while r < end:
            for c in self.table.cells:
                if c.row == r:
                    end = max(end, c.row + c.rowspan, c.row + 2 if c.role == "section" else 0)
            r += 1
        return min(end, self.table.rows)

    def piece(self, rows):
        d, s, pages, table = self.d, self.s, self.pages, self.table
        place, y = {}, pages.y
        for r in rows:
            place[r] = (y, y + self.heights[r])
            y += self.heights[r]
        total = sum(self.widths)
        left = d.margin + ((d.width - total) / 2 if s.centered else 0)
        edges = [left + sum(self.widths[:i]) for i in range(table.columns + 1)]
        heads = {r for b in table.bands for r in range(b["start"], b["start"] + b["headerRows"])}
        for i, r in enumerate(rows):
            fill = s.head_fill if r in heads else s.band_fill if (r - table.header_rows) % 2 else None
            if fill:
                self.fill(edges[0], place[r][0], edges[-1], place[r][1], fill)
        for cell in table.cells:
            if cell.row in place:
                box = (edges[cell.col], place[cell.row][0], edges[cell.col + cell.colspan],
                       place[cell.row + cell.rowspan - 1][1])
                self.cell(cell, box)
                self.rules(cell, box, heads)
        if s.rules in ("three", "spanner"):
            top = place[rows[0]][0]
            self.horizontal(edges[0], edges[-1], top, s.heavy)
            self.horizontal(edges[0], edges[-1], y, s.heavy)
            shown = [r for r in rows if r in heads]
            if shown:
                self.horizontal(edges[0], edges[-1], place[shown[-1]][1], s.line)
        pages.y = y + 4

    def fill(self, x0, y0, x1, y1, colour):
        c = self.pages.canvas
        c.saveState()
        c.setFillColor(HexColor(colour))
        c.rect(x0, self.d.page[1] - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        c.restoreState()

    def horizontal(self, x0, x1, y, width):
        self.rule(x0, y, x1, y, width)

    def rule(self, x0, y0, x1, y1, width):
        c, h = self.pages.canvas, self.d.page[1]
        if self.how == "rectangle":
            half = width / 2
            c.rect(x0 - half, h - y1 - half, x1 - x0 + width, y1 - y0 + width, stroke=0, fill=1)
        else:
            c.setLineWidth(width)
            c.line(x0, h - y0, x1, h - y1)

    def rules(self, cell, box, heads):
        s, (x0, y0, x1, y1) = self.s, box
        if s.rules in ("full", "open"):
            if self.how == "cell":
                self.pages.canvas.setLineWidth(s.line)
                if s.rules == "full":
                    self.pages.canvas.rect(x0, self.d.page[1] - y1, x1 - x0, y1 - y0)
                    return
            self.rule(x0, y0, x1, y0, s.line)
            self.rule(x0, y1, x1, y1, s.line)
            if s.rules == "full" or cell.col > 0:
                self.rule(x0, y0, x0, y1, s.line)
            if s.rules == "full" or cell.col + cell.colspan < self.table.columns:
                self.rule(x1, y0, x1, y1, s.line)
        elif s.rules == "hrules":
            self.rule(x0, y0, x1, y0, s.line)
            self.rule(x0, y1, x1, y1, s.line)
        elif s.rules == "spanner" and cell.row in heads and cell.colspan > 1 and cell.role == "columnHeader":
            if cell.row + cell.rowspan in heads:
                self.rule(x0 + s.spanner_gap, y1, x1 - s.spanner_gap, y1, s.line)

    def cell(self, cell, box):
        s, (x0, y0, x1, y1) = self.s, box
        lines, pages = self.lines[id(cell)], self.pages
        font = pages.bold if cell.bold else pages.regular
        if cell.diagonal:
            c, h = pages.canvas, self.d.page[1]
            c.setLineWidth(s.line)
            c.line(x0, h - y0, x1, h - y1)
            pages.text(cell.diagonal[0], x1 - 2, y0 + s.size + 1, font, s.size, "right")
            pages.text(cell.diagonal[1], x0 + 2, y1 - 3, font, s.size)
            return
        tall = len(lines) * self.leading
        top = y1 - s.pad_y - tall if cell.valign == "bottom" else y0 + (y1 - y0 - tall) / 2
        x = {"left": x0 + s.pad_x + self.indent(cell), "center": (x0 + x1) / 2, "right": x1 - s.pad_x}[cell.align]
        for i, line in enumerate(lines):
            if line:
                pages.text(line, x, top + i * self.leading + s.size * 0.95, font, s.size, cell.align)


class ReportLab:
    name = "reportlab"
    surface = canvas.Canvas  # what the pages are drawn on

    def print(self, jobs):
        import random
        for d, long, path in jobs:
            rng = random.Random(d.name)
            pages = Pages(path, d, self.surface)
            for kind, block in d.blocks:
                if kind == "title":
                    pages.paragraph(block, d.size * 1.45, True, "center", after=10)
                elif kind == "heading":
                    pages.paragraph(block, d.size * 1.12, True, before=8)
                elif kind == "paragraph":
                    pages.paragraph(block, d.size, indent=2 if d.words.tag == "zh" else 0)
                else:
                    self.table(pages, block, long, rng)
            pages.canvas.save()

    def table(self, pages, table, long, rng):
        d = pages.d
        drawing = TableDrawing(pages, table, rng)
        if not long and not d.continued_after:
            pages.room(sum(drawing.heights) + 24 * bool(table.caption) + 18 * bool(table.unit_line) + 14 * len(table.notes))
        if table.caption:
            pages.paragraph(table.caption, d.size, True, "center" if d.style.centered else "left", before=4, after=2)
        if table.unit_line:
            pages.paragraph(table.unit_line, d.style.size, align="right", after=2)
        drawing.draw(long)
        for note in table.notes:
            pages.paragraph(note, d.style.size - 0.5, after=1)
        pages.y += 8

    def close(self):
        pass
