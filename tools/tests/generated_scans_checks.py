"""The generator of scans: the same seed gives the same bytes, files hold the pictures they were given, truth is true.

Run by test_generated_scans.py, see there.
"""
import argparse
import glob
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "make-samples"), os.path.join(HERE, "..", "score")]
import make_scans  # noqa: E402
import numpy as np  # noqa: E402
import scan_faults  # noqa: E402
import scan_files  # noqa: E402
from PIL import Image  # noqa: E402

HAS_FONTS = os.path.exists("/usr/share/fonts/truetype/arphic/uming.ttc")


def options(folder, **more):
    parser = argparse.ArgumentParser()
    make_scans.options(parser)
    o = parser.parse_args([])
    return argparse.Namespace(**{**vars(o), "out": folder, "jobs": 1, **more})


class GeneratedScans(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def picture(self):
        """Black rectangles and a line on white, of a width that is no multiple of eight."""
        picture = np.full((403, 301, 3), 255, np.uint8)
        picture[40:60, 20:280] = 0
        picture[100:103, 7:] = 0
        picture[200:390, 150:153] = 0
        return picture

    def test_each_coding_gives_the_picture_back(self):
        for mode, coding in (("rgb", "flate"), ("grey", "flate"), ("bilevel", "flate"), ("bilevel", "g4"), ("bilevel", "jbig2")):
            path = os.path.join(self.folder, coding + mode + ".pdf")
            scan_files.write_pdf(path, [self.picture()] * 2, mode, coding, 72)
            stem = os.path.join(self.folder, coding + mode)
            subprocess.run(["pdfimages", "-png", path, stem], check=True)
            pages = sorted(glob.glob(stem + "-*.png"))
            self.assertEqual(len(pages), 2)
            for page in pages:
                with Image.open(page) as made:
                    self.assertTrue(np.array_equal(np.asarray(made.convert("RGB")), self.picture()), (mode, coding))

    def test_image_files_have_all_pages_and_their_resolution(self):
        for mode, ending, count in (("bilevel", "tiff", 2), ("grey", "tiff", 2), ("grey", "png", 1), ("rgb", "jpg", 1)):
            path = scan_files.write_images(os.path.join(self.folder, mode), [self.picture()] * 2, mode, ending, 200)
            with Image.open(path) as made:
                self.assertEqual(getattr(made, "n_frames", 1), count)
                self.assertAlmostEqual(float(made.info["dpi"][0]), 200, delta=0.1)

    def test_faults_keep_the_size_and_leave_their_input_alone(self):
        page = self.picture()
        before = page.copy()
        boxes = [(20, 40, 280, 60)]
        for name, fault in (("turn", lambda r: scan_faults.turn(page, r, 3)), ("seal", lambda r: scan_faults.seal(page, r, 200, boxes, (0, 0, 0))),
                            ("pen", lambda r: scan_faults.pen(page, r, 200, boxes, 3)), ("fold", lambda r: scan_faults.folded_corner(page, r, 200)),
                            ("light", lambda r: scan_faults.uneven_light(page, r, 0.5)), ("edges", lambda r: scan_faults.dark_edges(page, r, 200)),
                            ("bleed", lambda r: scan_faults.bleed_through(page, r, page, 0.3)), ("speckle", lambda r: scan_faults.speckle(page, r, 200, 20))):
            made, again = (fault(np.random.default_rng(1)) for _ in range(2))
            self.assertEqual(made.shape, page.shape, name)
            self.assertTrue(np.array_equal(made, again), name)
            self.assertFalse(np.array_equal(made, before), name)
            self.assertTrue(np.array_equal(page, before), name)

    def test_a_plan_depends_on_seed_and_index_only(self):
        o = options(self.folder)
        for index in (0, 17, 63):
            random.random()
            one, two = (make_scans.plan(o, index)[0] for _ in range(2))
            self.assertEqual(json.dumps(one.truth(), ensure_ascii=False), json.dumps(two.truth(), ensure_ascii=False))

    @unittest.skipUnless(HAS_FONTS, "needs the fonts of the generators")
    def test_the_same_seed_makes_the_same_bytes_with_the_truth_on_the_pages(self):
        folders = [os.path.join(self.folder, n) for n in ("a", "b")]
        wanted = ("office", "fax", "double", "ocr-hidden", "in-text")
        for folder in folders:
            os.makedirs(folder)
            for index in range(len(wanted)):
                make_scans.make_one(options(folder, quality=",".join(wanted)), index)
        names = sorted(os.path.basename(p) for p in glob.glob(folders[0] + "/*"))
        self.assertEqual(len(names), 2 * len(wanted))
        for name in names:
            one, two = (hashlib.sha256(pathlib.Path(f, name).read_bytes()).digest() for f in folders)
            self.assertEqual(one, two, name)
        for path in glob.glob(folders[0] + "/*.truth.json"):
            truth = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
            scan = truth["scan"]
            self.assertEqual([len(g["cells"]) for g in truth["grids"]], [len(t["cells"]) for t in truth["tables"]])
            for grid in truth["grids"]:
                self.assertLessEqual(max(grid["pages"]), scan["pages"])
            if scan["file"].endswith(".pdf"):
                told = subprocess.run(["pdfinfo", os.path.join(folders[0], scan["file"])], capture_output=True, text=True, check=True).stdout
                self.assertIn(f"Pages:           {scan['pages']}\n", told)

    def test_an_old_text_layer_has_other_figures_than_the_page(self):
        words = [((0, 0, 10, 10), "1,234.56")] * 50
        wrong = make_scans.wrong_words(words, random.Random(1))
        self.assertTrue(any(text != "1,234.56" for _, text in wrong))
        self.assertTrue(all(len(text) == 8 and text[1] == "," for _, text in wrong))


if __name__ == "__main__":
    unittest.main()
