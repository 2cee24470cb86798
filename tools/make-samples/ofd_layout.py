"""Documents as OFD (GB/T 33190-2016): the pages of reportlab_layout drawn on a surface that writes OFD.

`Package` writes the parts of a document from pages of drawn objects, all in millimetres. `Surface` has those methods
of a ReportLab canvas that the layout calls. How a document is written is drawn by lot from its name: one text object
for a line, a word or a character; distances written out or repeated with `g`; paths with their own boundary or that of
the page; rules in a composite or page block; a template page; a watermark, a stamp and a seal.
"""
import math
import random
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from reportlab.pdfbase import pdfmetrics

import reportlab_layout

MM = 25.4 / 72
NAMESPACE = "http://www.ofdspec.org/2016"


def number(value):
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def numbers(*values):
    return " ".join(number(v) for v in values)


def distances(values, repeat):
    """A list of distances; with `repeat`, runs of three and more are written as `g count value`."""
    texts, out, i = [number(v) for v in values], [], 0
    while i < len(texts):
        end = i
        while end < len(texts) and texts[end] == texts[i]:
            end += 1
        if repeat and end - i >= 3:
            out.append(f"g {end - i} {texts[i]}")
        else:
            out += texts[i:end]
        i = end
    return " ".join(out)


class Package:
    """The parts of one document; pages are lists of XML of drawn objects."""

    def __init__(self, width, height, title="", prefix="ofd"):
        self.width, self.height, self.title = width, height, title
        self.prefix = prefix  # "" writes the default namespace
        self.pages, self.fonts, self.composites, self.identifier = [], {}, [], 100
        self.template = None          # objects that stand under each page
        self.annotations = {}         # page index: XML of annotations
        self.seals = []               # (page index, boundary)
        self.attachments = []         # (name, format)
        self.dates = None             # (creation date, modification date)

    def next_id(self):
        self.identifier += 1
        return self.identifier

    def tag(self, name):
        return f"{self.prefix}:{name}" if self.prefix else name

    def element(self, name, content=None, **attributes):
        own = "".join(f" {k}={quoteattr(str(v))}" for k, v in attributes.items() if v is not None)
        if content is None:
            return f"<{self.tag(name)}{own}/>"
        return f"<{self.tag(name)}{own}>{content}</{self.tag(name)}>"

    def font(self, name, bold=False):
        """The id of a font, which is declared at its first use."""
        if (name, bold) not in self.fonts:
            self.fonts[name, bold] = self.next_id()
        return self.fonts[name, bold]

    def text(self, boundary, font, size, x, y, text, dx=None, dy=None, matrix=None, colour=None, **attributes):
        fill = self.element("FillColor", Value=colour) if colour else ""
        code = self.element("TextCode", escape(text), X=number(x), Y=number(y), DeltaX=dx or None, DeltaY=dy or None)
        return self.element("TextObject", fill + code, ID=self.next_id(), Boundary=numbers(*boundary), CTM=matrix, Font=font,
                            Size=number(size), **attributes)

    def path(self, boundary, data, width=None, colour=None, filled=False):
        name = "FillColor" if filled else "StrokeColor"
        paint = self.element(name, Value=colour) if colour else ""
        kind = {"Fill": "true", "Stroke": "false"} if filled else {"LineWidth": number(width)}
        return self.element("PathObject", paint + self.element("AbbreviatedData", data), ID=self.next_id(),
                            Boundary=numbers(*boundary), **kind)

    def root(self, name, content):
        space = f"xmlns:{self.prefix}" if self.prefix else "xmlns"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{self.tag(name)} {space}="{NAMESPACE}">{content}</{self.tag(name)}>'

    def content(self, objects, template=False):
        area = self.element("Area", self.element("PhysicalBox", numbers(0, 0, self.width, self.height)))
        under = self.element("Template", TemplateID=2, ZOrder="Background") if template else ""
        layer = self.element("Layer", "".join(objects), ID=self.next_id(), Type="Body")
        return self.root("Page", under + area + self.element("Content", layer))

    def save(self, path):
        e, parts = self.element, {}
        info = e("DocID", "0123456789abcdef0123456789abcdef") + (e("Title", escape(self.title)) if self.title else "")
        if self.dates:
            info += e("CreationDate", self.dates[0]) + e("ModDate", self.dates[1])
        body = e("DocInfo", info + e("Creator", "make-samples")) + e("DocRoot", "Doc_0/Document.xml")
        body += e("Signatures", "/Doc_0/Signs/Signatures.xml") if self.seals else ""
        parts["OFD.xml"] = self.root("OFD", e("DocBody", body)).replace("OFD xmlns", 'OFD Version="1.0" DocType="OFD" xmlns', 1)
        for i, page in enumerate(self.pages):
            parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = self.content(page, self.template is not None)
        common = e("MaxUnitID", self.identifier + 1000)
        common += e("PageArea", e("PhysicalBox", numbers(0, 0, self.width, self.height)))
        common += e("PublicRes", "PublicRes.xml") + (e("DocumentRes", "DocumentRes.xml") if self.composites else "")
        if self.template is not None:
            common += e("TemplatePage", ID=2, BaseLoc="Tpls/Tpl_0/Content.xml")
            parts["Doc_0/Tpls/Tpl_0/Content.xml"] = self.content(self.template)
        fonts = "".join(e("Font", ID=i, FontName=name, FamilyName=name, Bold="true" if bold else None)
                        for (name, bold), i in self.fonts.items())
        parts["Doc_0/PublicRes.xml"] = self.root("Res", e("Fonts", fonts))
        if self.composites:
            units = "".join(e("CompositeGraphicUnit", e("Content", content), ID=i, Width=number(self.width),
                              Height=number(self.height)) for i, content in self.composites)
            parts["Doc_0/DocumentRes.xml"] = self.root("Res", e("CompositeGraphicUnits", units))
        pages = "".join(e("Page", ID=1000 + i, BaseLoc=f"Pages/Page_{i}/Content.xml") for i in range(len(self.pages)))
        extra = ""
        if self.annotations:
            extra += e("Annotations", "Annots/Annotations.xml")
            listed = "".join(e("Page", e("FileLoc", f"Page_{i}/Annotation.xml"), PageID=1000 + i) for i in self.annotations)
            parts["Doc_0/Annots/Annotations.xml"] = self.root("Annotations", listed)
            for i, annotations in self.annotations.items():
                parts[f"Doc_0/Annots/Page_{i}/Annotation.xml"] = self.root("PageAnnot", "".join(annotations))
        if self.attachments:
            extra += e("Attachments", "Attachs/Attachments.xml")
            parts["Doc_0/Attachs/Attachments.xml"] = self.root("Attachments", "".join(
                e("Attachment", e("FileLoc", name), ID=i, Name=name, Format=form) for i, (name, form) in enumerate(self.attachments)))
        if self.seals:
            listed = "".join(e("Signature", ID=i, Type="Seal", BaseLoc=f"Sign_{i}/Signature.xml") for i in range(len(self.seals)))
            parts["Doc_0/Signs/Signatures.xml"] = self.root("Signatures", e("MaxSignId", 1) + listed)
            for i, (page, boundary) in enumerate(self.seals):
                stamp = e("StampAnnot", ID=1, PageRef=1000 + page, Boundary=numbers(*boundary))
                parts[f"Doc_0/Signs/Sign_{i}/Signature.xml"] = self.root("Signature", e("SignedInfo", stamp) + e("SignedValue", "SignedValue.dat"))
        parts["Doc_0/Document.xml"] = self.root("Document", e("CommonData", common) + e("Pages", pages) + extra)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            for name in ["OFD.xml"] + sorted(n for n in parts if n != "OFD.xml"):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                z.writestr(entry, parts[name])


def page_texts(path):
    """The text of each page, in the order in which it was drawn."""
    with zipfile.ZipFile(path) as z:
        pages = sorted((n for n in z.namelist() if "/Pages/" in n), key=lambda n: int(re.search(r"Page_(\d+)", n).group(1)))
        return ["".join(re.findall(r"TextCode[^>]*>([^<]*)<", z.read(n).decode())).replace("&amp;", "&").replace("&lt;", "<")
                .replace("&gt;", ">") for n in pages]


class Surface:
    """What reportlab_layout draws on; places come in points from the bottom left, as in PDF."""

    def __init__(self, path, pagesize, **_):
        self.path, (self.width, self.height) = path, pagesize
        rng = random.Random(path.rsplit("/", 1)[-1])
        self.package = Package(self.width * MM, self.height * MM, prefix=rng.choice(["ofd", "ofd", ""]))
        self.unit = rng.choice(["line", "line", "word", "character"])
        self.repeat = rng.random() < 0.6
        self.tight = rng.random() < 0.6       # boundaries of their own for paths
        self.grouping = rng.choice([None, "block", "composite"])
        self.with_template, self.with_watermark, self.with_seal = (rng.random() < 0.4 for _ in range(3))
        self.objects, self.rules, self.states = [], [], []
        self.matrix = (1, 0, 0, 1, 0, 0)
        self.line_width, self.fill, self.font = 1, "0 0 0", (None, 10)

    # -- the state of the canvas

    def setFont(self, name, size):
        self.font = (name, size)

    def setLineWidth(self, width):
        self.line_width = width

    def setFillColor(self, colour):
        self.fill = " ".join(str(round(255 * c)) for c in colour.rgb())

    def saveState(self):
        self.states.append((self.fill, self.line_width, self.matrix))

    def restoreState(self):
        self.fill, self.line_width, self.matrix = self.states.pop()

    def translate(self, x, y):
        a, b, c, d, e, f = self.matrix
        self.matrix = (a, b, c, d, a * x + c * y + e, b * x + d * y + f)

    def rotate(self, degrees):
        a, b, c, d, e, f = self.matrix
        cos, sin = round(math.cos(math.radians(degrees)), 12), round(math.sin(math.radians(degrees)), 12)
        self.matrix = (a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, e, f)

    def place(self, x, y):
        """A point in millimetres from the top left of the page."""
        a, b, c, d, e, f = self.matrix
        return (a * x + c * y + e) * MM, (self.height - (b * x + d * y + f)) * MM

    # -- text

    def drawString(self, x, y, text):
        name, size = self.font
        width = lambda t: pdfmetrics.stringWidth(t, name, size)
        pieces = {"line": [text], "word": re.findall(r" *[^ ]+", text), "character": list(text)}[self.unit]
        for piece in pieces:
            self.piece(x, y, piece, [width(ch) for ch in piece])
            x += width(piece)

    def piece(self, x, y, text, widths):
        name, size = self.font
        left, base = self.place(x, y)
        a, b, c, d, _, _ = self.matrix
        turned = (a, b, c, d) != (1, 0, 0, 1)
        long, tall = sum(widths) * MM, size * MM
        # The corners of the line's box, turned with it, say what its boundary is.
        corners = [(a * u + c * v, -(b * u + d * v)) for u in (0, long) for v in (-0.2 * tall, 0.9 * tall)]
        box_x, box_y = min(u for u, _ in corners), min(v for _, v in corners)
        boundary = (left + box_x, base + box_y, max(u for u, _ in corners) - box_x, max(v for _, v in corners) - box_y)
        start_x, start_y, matrix = -box_x, -box_y, None
        if turned:
            matrix, start_x, start_y = numbers(a, -b, -c, d, -box_x, -box_y), 0, 0
        bold = name.endswith(("Bold", "-Bold"))
        font = self.package.font(name.replace("-Bold", "").replace(" Bold", ""), bold)
        self.objects.append(self.package.text(boundary, font, tall, start_x, start_y, text,
                                              distances([w * MM for w in widths[:-1]], self.repeat), matrix=matrix))

    def drawCentredString(self, x, y, text):
        self.drawString(x - pdfmetrics.stringWidth(text, *self.font) / 2, y, text)

    def drawRightString(self, x, y, text):
        self.drawString(x - pdfmetrics.stringWidth(text, *self.font), y, text)

    # -- paths

    def boundary(self, points, margin):
        if not self.tight:
            return 0, 0, self.width * MM, self.height * MM
        x, y = min(p[0] for p in points) - margin, min(p[1] for p in points) - margin
        return x, y, max(p[0] for p in points) + margin - x, max(p[1] for p in points) + margin - y

    def draw(self, points, closed, filled):
        width = self.line_width * MM
        box = self.boundary(points, 0 if filled else width / 2)
        data = " ".join(f"{'L' if i else 'M'} {numbers(p[0] - box[0], p[1] - box[1])}" for i, p in enumerate(points))
        target = self.rules if self.grouping and not filled else self.objects
        target.append(self.package.path(box, data + (" C" if closed else ""), width, self.fill if filled else None, filled))

    def line(self, x0, y0, x1, y1):
        self.draw([self.place(x0, y0), self.place(x1, y1)], False, False)

    def rect(self, x, y, width, height, stroke=1, fill=0):
        points = [self.place(*p) for p in ((x, y), (x + width, y), (x + width, y + height), (x, y + height))]
        self.draw(points, True, bool(fill))

    # -- pages

    def setPageRotation(self, _):
        raise ValueError("OFD pages are never rotated")

    def showPage(self):
        package = self.package
        if self.rules and self.grouping == "block":
            self.objects.append(package.element("PageBlock", package.element("PageBlock", "".join(self.rules))))
        elif self.rules:
            unit = package.next_id()
            package.composites.append((unit, "".join(self.rules)))
            self.objects.append(package.element("CompositeObject", ID=package.next_id(), ResourceID=unit,
                                                Boundary=numbers(0, 0, package.width, package.height)))
        package.pages.append(self.objects)
        self.objects, self.rules, self.matrix = [], [], (1, 0, 0, 1, 0, 0)

    def save(self):
        self.showPage()
        package = self.package
        font = package.font("SimSun")
        if self.with_template:  # a bar at the edge of the page and a letter head that repeats
            package.template = [package.path((0, 0, package.width, 6), f"M 0 0 L {number(package.width)} 0 L {number(package.width)} 6 L 0 6 C",
                                             colour="230 230 250", filled=True)]
        if self.with_watermark:
            turn = numbers(0.707, -0.707, 0.707, 0.707, 0, 40)
            mark = package.text((0, 0, 60, 60), font, 12, 0, 0, "样本", "12", matrix=turn, colour="200 200 200")
            look = package.element("Appearance", mark, Boundary=numbers(40, 60, 60, 60))
            package.annotations[0] = [package.element("Annot", look, ID=package.next_id(), Type="Watermark")]
        if self.with_seal:
            package.seals.append((len(package.pages) - 1, (package.width - 60, package.height - 60, 40, 40)))
        package.save(self.path)


class OFD(reportlab_layout.ReportLab):
    name = "ofd"
    surface = Surface
