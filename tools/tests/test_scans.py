"""Pictures of pages: what comes out with each engine, and what without any."""
import json
import os
import re
import subprocess
import tempfile
import unittest

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


class ScanTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        base = os.path.join(cls.folder.name, "page")
        subprocess.run(["pdftoppm", "-r", "200", "-l", "1", "-singlefile", "-png", SAMPLE, base], check=True)
        cls.picture = base + ".png"
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
