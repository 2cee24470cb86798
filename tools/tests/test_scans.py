"""Pictures of pages: what comes out with each engine, and what without any."""
import glob
import json
import os
import re
import struct
import subprocess
import tempfile
import unittest
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BOXHEAD = os.path.join(ROOT, os.environ.get("BOXHEAD", ".build/release/boxhead"))
SAMPLE = os.path.join(ROOT, "samples", "water-supply-chromium", "original.pdf")
NUMBER = re.compile(r"^[-+]?[\d.,]+%?$")
TRUST = 0.9


def run(path, **environment):
    return subprocess.run([BOXHEAD, "convert", path], capture_output=True, env={**os.environ, **environment})


def tables(document):
    return [b.get("table", b) for b in document["blocks"] if b["kind"] == "table"]


def grid(table):
    return sorted((c["row"], c["column"], c["rowSpan"], c["columnSpan"]) for c in table["cells"])


def upside_down(path):
    """A PNG of the first page of a PDF, turned by 180 degrees."""
    grey = subprocess.run(["pdftoppm", "-r", "200", "-l", "1", "-gray", path], capture_output=True, check=True).stdout
    _, width, height, _, pixels = re.match(rb"(P5)\s+(\d+)\s+(\d+)\s+(\d+)\s(.*)", grey, re.S).groups()
    width, height = int(width), int(height)
    rows = b"".join(b"\0" + pixels[i:i + width][::-1] for i in range(width * (height - 1), -1, -width))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"pHYs", struct.pack(">IIB", 7874, 7874, 1)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class ScanTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        base = os.path.join(cls.folder.name, "page")
        subprocess.run(["pdftoppm", "-r", "200", "-l", "1", "-singlefile", "-png", SAMPLE, base], check=True)
        cls.picture = base + ".png"
        cls.turned = base + "-turned.png"
        with open(cls.turned, "wb") as stream:
            stream.write(upside_down(SAMPLE))
        cls.original = json.loads(run(SAMPLE).stdout)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_without_an_engine_the_error_says_what_to_install(self):
        done = run(self.picture, BOXHEAD_RECOGNITION="/nonexistent", TESSDATA_PREFIX="/nonexistent")
        self.assertEqual(done.returncode, 7, done.stderr)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"tools/setup --with-recognition", done.stderr)

    def test_tesseract_alone_gives_the_same_grid_and_marks_what_it_reads_wrongly(self):
        done = run(self.picture, BOXHEAD_RECOGNITION="/nonexistent")
        if done.returncode == 7:
            self.skipTest("Tesseract is not installed")
        self.compare(done, "Tesseract")

    def test_tesseract_alone_turns_a_page_that_lies_upside_down(self):
        done = run(self.turned, BOXHEAD_RECOGNITION="/nonexistent")
        if done.returncode == 7 or b"page.orientationUnknown" in done.stdout:
            self.skipTest("Tesseract is not installed, or not what it knows of orientation")
        self.compare(done, "Tesseract")

    def test_a_page_that_nothing_can_turn_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            data = next((d for d in glob.glob("/usr/share/tesseract-ocr/*/tessdata")), None)
            if data is None:
                self.skipTest("Tesseract is not installed")
            for name in os.listdir(data):
                if not name.startswith("osd"):
                    os.symlink(os.path.join(data, name), os.path.join(folder, name))
            done = run(self.picture, BOXHEAD_RECOGNITION="/nonexistent", TESSDATA_PREFIX=folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"page.orientationUnknown", done.stdout)

    def test_the_default_engine_turns_a_page_that_lies_upside_down(self):
        done = run(self.turned)
        if done.returncode == 7 or b"PP-OCR" not in done.stdout:
            self.skipTest("the models are not installed")
        self.compare(done, "PP-OCR")

    def test_the_default_engine_gives_the_same_grid_and_marks_what_it_reads_wrongly(self):
        done = run(self.picture)
        if done.returncode == 7 or b"PP-OCR" not in done.stdout:
            self.skipTest("the models are not installed")
        right = self.compare(done, "PP-OCR")
        self.assertEqual(right, 1)

    def compare(self, done, engine):
        """The share of numbers that are right; asserts the grid and a mark on every wrong number."""
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads(done.stdout)
        self.assertTrue(any(engine in n["message"] for n in document["notes"] if n["code"] == "page.recognized"))
        self.assertEqual([p["origin"] for p in document["pages"]], ["recognized"])
        marked = {n["at"] for n in document["notes"] if n["code"].startswith("review.") and n.get("at")}
        wanted, found = tables(self.original), tables(document)
        self.assertEqual([grid(t) for t in found], [grid(t) for t in wanted])
        numbers = right = 0
        for want, got in zip(wanted, found):
            texts = {(c["row"], c["column"]): c["text"] for c in want["cells"]}
            for cell in got["cells"]:
                text = texts[cell["row"], cell["column"]]
                if not NUMBER.match(text):
                    continue
                numbers += 1
                if cell["text"] == text:
                    right += 1
                else:
                    self.assertTrue(cell["id"] in marked or cell["confidence"] < TRUST,
                                    f"{text} read as {cell['text']} without a mark")
        self.assertGreater(numbers, 20)
        return right / numbers


if __name__ == "__main__":
    unittest.main()
