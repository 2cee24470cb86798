"""Scans of generated documents: the checks of the generator, and what the scorer counts as right.

Both run in processes of their own: pictures make them large, and memory that another test measures of a program begins
with that of the process that starts it.
"""
import importlib.util
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
NEEDED = ("cv2", "numpy", "PIL", "reportlab", "weasyprint")


class GeneratedScans(unittest.TestCase):
    def check(self, file):
        done = subprocess.run([sys.executable, os.path.join(HERE, file)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    @unittest.skipUnless(all(map(importlib.util.find_spec, NEEDED)), "needs tools/setup --with-generators")
    def test_generator(self):
        self.check("generated_scans_checks.py")

    def test_scores(self):
        self.check("generated_scans_scores.py")


if __name__ == "__main__":
    unittest.main()
