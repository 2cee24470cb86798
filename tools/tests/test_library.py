"""The library: its header, its Python package, errors, threads, and memory over many calls."""
import concurrent.futures
import glob
import importlib
import math
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
BOXHEAD = os.path.abspath(os.environ.get("BOXHEAD", os.path.join(ROOT, ".build/release/boxhead")))
LIBRARY = os.path.join(os.path.dirname(BOXHEAD), "libBoxheadLibrary.so")
SAMPLES = {os.path.basename(os.path.dirname(p)): p for p in sorted(glob.glob(os.path.join(ROOT, "samples", "*", "original.*")))}
PACKAGES = os.path.join(ROOT, "tools", "python")

MANY_CALLS = """
import os, sys
import boxhead

paths, rounds = sys.argv[2:], int(sys.argv[1])
contents = [open(p, "rb").read() for p in paths] + [b"no document", b"", b"{}"]

def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

def some(count):
    for i in range(count):
        try:
            boxhead.convert(contents[i % len(contents)], name="a")
        except boxhead.BoxheadError:
            pass

some(rounds // 10)
before = resident()
some(rounds)
print(resident() - before)
"""


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["BOXHEAD_LIBRARY"] = LIBRARY
        sys.path.insert(0, PACKAGES)
        cls.boxhead = importlib.import_module("boxhead")

    @classmethod
    def tearDownClass(cls):
        sys.path.remove(PACKAGES)

    def test_json_is_that_of_the_program(self):
        self.assertGreaterEqual(len(SAMPLES), 5)
        for path in SAMPLES.values():
            printed = subprocess.run([BOXHEAD, "convert", path], check=True, capture_output=True).stdout
            document = self.boxhead.convert(path)
            self.assertEqual(document.json, printed)
            self.assertEqual(self.boxhead.convert(document.json).json, printed)
            with open(path, "rb") as f:
                self.assertEqual(self.boxhead.convert(f.read(), name=os.path.basename(path)).json, printed)
        schema = subprocess.run([BOXHEAD, "schema"], check=True, capture_output=True).stdout.decode()
        self.assertEqual(self.boxhead.schema(), schema)
        version = subprocess.run([BOXHEAD, "--version"], check=True, capture_output=True).stdout.decode().split()[-1]
        self.assertEqual(self.boxhead.version(), version)

    def test_options_are_those_of_the_program(self):
        path = SAMPLES["annual-report-pdf"]
        printed = subprocess.run([BOXHEAD, "convert", path, "--pages", "2"], check=True, capture_output=True).stdout
        self.assertEqual(self.boxhead.convert(path, pages="2").json, printed)

    def test_errors_have_kinds(self):
        b = self.boxhead
        for source, options, kind in ((b"no document", {}, b.NotADocument), (b"", {}, b.NotADocument), (b"{}", {}, b.NotADocument),
                                      (SAMPLES["annual-report-docx"], {"pages": "2"}, b.BadRequest),
                                      (SAMPLES["annual-report-pdf"], {"pages": "nine"}, b.BadRequest),
                                      (SAMPLES["annual-report-pdf"], {"recognize": "maybe"}, b.BadRequest)):
            with self.assertRaises(kind) as caught:
                b.convert(source, **options)
            self.assertIn("expected", str(caught.exception))
        with self.assertRaises(FileNotFoundError):
            b.convert(os.path.join(ROOT, "no such file"))

    def test_values_stand_under_their_headers(self):
        table = self.boxhead.convert(SAMPLES["household-survey-weasyprint"]).tables[0]
        frame = table.to_pandas()
        self.assertEqual(frame.columns.nlevels, 3)
        self.assertEqual(frame.loc[("All dwellings", "Detached house"), ("Spending (EUR)", "2022", "Heating")].item(), 1120)
        self.assertEqual(frame[("Households¹", "Number", "")].iloc[0], 5118)
        missing = frame[("Spending (EUR)", "2023", "Heating")].iloc[-1]
        self.assertTrue(math.isnan(missing))
        for document in map(self.boxhead.convert, SAMPLES.values()):
            for table in document.tables:
                for band, part in enumerate(table.data["bands"]):
                    frame = table.to_pandas(band)
                    cells = [c for c in table.cells if c.role == "data" and part["rows"][0] <= c.row < part["rows"][1]]
                    rows, columns = (sorted({getattr(c, k) for c in cells}) for k in ("row", "column"))
                    self.assertEqual(frame.shape, (len(rows), len(columns)))
                    for cell in cells:
                        found = frame.iat[rows.index(cell.row), columns.index(cell.column)]
                        if cell.missing:
                            self.assertTrue(math.isnan(found))
                        else:
                            self.assertEqual(found, cell.text if cell.value is None else cell.value)

    def test_threads_do_not_disturb_each_other(self):
        alone = {path: self.boxhead.convert(path).json for path in SAMPLES.values()}
        work = list(SAMPLES.values()) * 12
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for path, json_bytes in zip(work, pool.map(lambda p: self.boxhead.convert(p).json, work)):
                self.assertEqual(json_bytes, alone[path])

    def test_memory_stays_flat(self):
        paths = [SAMPLES["annual-report-docx"], SAMPLES["household-survey-weasyprint"]]
        done = subprocess.run([sys.executable, "-c", MANY_CALLS, "10000", *paths], check=True, capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": PACKAGES, "BOXHEAD_LIBRARY": LIBRARY})
        self.assertLess(float(done.stdout), 8, "megabytes over 10,000 calls")

    def test_only_its_own_functions_are_visible(self):
        names = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], check=True, capture_output=True, text=True).stdout
        found = {line.split()[-1] for line in names.splitlines() if line.split()[1] == "T"}
        self.assertEqual(found, {f"boxhead_{n}" for n in ("convert", "schema", "buffer_free", "error_free", "version")})

    def test_a_wheel_works_where_it_is_unpacked(self):
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "make-wheel.py"), "--library", LIBRARY, "--output", folder],
                                  check=True, capture_output=True, text=True).stdout.strip()
            target = os.path.join(folder, "packages")
            subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--disable-pip-version-check",
                            "--target", target, made], check=True)
            code = "import boxhead, sys; print(len(boxhead.convert(sys.argv[1]).tables), boxhead.__file__)"
            environment = {k: v for k, v in os.environ.items() if k != "BOXHEAD_LIBRARY"}
            done = subprocess.run([sys.executable, "-c", code, SAMPLES["annual-report-pdf"]], check=True, capture_output=True,
                                  text=True, env={**environment, "PYTHONPATH": target})
            self.assertEqual(done.stdout.split(maxsplit=1), ["3", os.path.join(target, "boxhead", "__init__.py") + "\n"])


if __name__ == "__main__":
    unittest.main()
