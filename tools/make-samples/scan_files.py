"""Pictures of pages to the files that scanners write: PDF with one picture a page, TIFF, PNG, JPEG.

A PDF is written object by object, because the libraries at hand encode pictures anew: JPEG, Flate, CCITT group 4, and
JBIG2. JBIG2 streams hold one generic region in MMR coding, which shares its bytes with group 4; Debian 12 has no
encoder for symbols and arithmetic coding.
"""
import io
import struct
import zlib

import numpy as np
from PIL import Image


def image(picture, mode):
    """The picture for Pillow; `mode` is "rgb", "grey" or "bilevel"."""
    made = Image.fromarray(picture)
    if mode == "rgb":
        return made
    made = made.convert("L")
    return made.point(lambda v: 255 * (v >= 128)).convert("1", dither=Image.Dither.NONE) if mode == "bilevel" else made


def group4(made):
    """The bytes of CCITT group 4 coding, ink as black runs."""
    ink = Image.fromarray(~np.asarray(made))
    buffer = io.BytesIO()
    ink.save(buffer, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(buffer) as tiff:
        offsets, counts = tiff.tag_v2[273], tiff.tag_v2[279]
    if len(offsets) != 1:
        raise ValueError("expected one strip")
    return buffer.getvalue()[offsets[0]:offsets[0] + counts[0]]


def jbig2(made):
    """An embedded JBIG2 stream: page information and one lossless generic region, MMR-coded."""
    width, height = made.size
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(made)
    segment = lambda number, kind, data: struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
    return segment(0, 48, page) + segment(1, 39, region)


def stream(picture, mode, coding, quality):
    """(entries of the image's dictionary, bytes of its stream)"""
    made = image(picture, mode)
    colours = "/DeviceRGB" if mode == "rgb" else "/DeviceGray"
    entry = f"/Type /XObject /Subtype /Image /Width {made.size[0]} /Height {made.size[1]} /ColorSpace {colours} " \
            f"/BitsPerComponent {1 if mode == 'bilevel' else 8}"
    if coding == "jpeg":
        buffer = io.BytesIO()
        made.save(buffer, "JPEG", quality=quality)
        return entry + " /Filter /DCTDecode", buffer.getvalue()
    if coding == "g4":
        return entry + f" /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {made.size[0]} /Rows {made.size[1]} >>", group4(made)
    if coding == "jbig2":
        return entry + " /Filter /JBIG2Decode", jbig2(made)
    return entry + " /Filter /FlateDecode", zlib.compress(made.tobytes(), 6)


class PDF:
    """A PDF being written; objects are numbered from 1, the first two are the catalogue and the pages."""

    def __init__(self):
        self.objects, self.pages = [b"<< /Type /Catalog /Pages 2 0 R >>", b""], []

    def add(self, entries, data=None):
        body = entries.encode("latin-1") if isinstance(entries, str) else entries
        if data is not None:
            body = b"<< " + body + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"
        self.objects.append(body)
        return len(self.objects)

    def page(self, size, content, resources):
        text = self.add("", content.encode("latin-1"))
        self.pages.append(self.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]:.2f} {size[1]:.2f}] "
                                   f"/Resources << {resources} >> /Contents {text} 0 R >>"))

    def bytes(self):
        kids = " ".join(f"{n} 0 R" for n in self.pages)
        self.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode()
        out, offsets = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start)
        return bytes(out)


def old_layer(words, scale, height, visible):
    """Text operators that put words (box in pixels, text) where the picture shows them; Helvetica, Latin-1 only."""
    out = ["BT", f"{0 if visible else 3} Tr"]
    for (left, top, right, bottom), text in words:
        plain = text.encode("latin-1", "replace").decode("latin-1").replace("\\", "").replace("(", "").replace(")", "")
        size = max(4, (bottom - top) * scale * 0.8)
        out.append(f"/F1 {size:.2f} Tf 1 0 0 1 {left * scale:.2f} {height - bottom * scale + 0.2 * size:.2f} Tm ({plain}) Tj")
    return "\n".join(out + ["ET"])


def write_pdf(path, pictures, mode, coding, dpi, quality=75, before=None, after=None):
    """One picture a page. `before` and `after` give each page operators that stand before and after its picture."""
    pdf = PDF()
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for index, picture in enumerate(pictures):
        size = (picture.shape[1] * 72 / dpi, picture.shape[0] * 72 / dpi)
        shown = pdf.add(*stream(picture, mode, coding, quality))
        content = [before[index] if before else "", f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Im1 Do Q", after[index] if after else ""]
        pdf.page(size, "\n".join(content), f"/XObject << /Im1 {shown} 0 R >> /Font << /F1 {font} 0 R >>")
    with open(path, "wb") as f:
        f.write(pdf.bytes())


def write_images(stem, pictures, mode, ending, dpi, quality=75):
    """TIFF with all pages, or PNG and JPEG with the first; returns the path."""
    made = [image(p, mode) for p in pictures]
    path = f"{stem}.{ending}"
    options = {"dpi": (dpi, dpi)}
    if ending == "tiff":
        made[0].save(path, save_all=True, append_images=made[1:], compression="group4" if mode == "bilevel" else "tiff_lzw", **options)
    else:
        made[0].save(path, **options, **({"quality": quality} if ending == "jpg" else {}))
    return path
