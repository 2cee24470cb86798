"""Word documents that are made to harm: what they cost, and that nothing is opened on their behalf.

Each file ends in a result or in an error with a message, within a second of CPU time and 100 MB. A trace of the system
calls shows that the program opens the same files as for a harmless document, and makes no connection.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "benchmarks"))
from originals import RELS, TYPES, W, paragraph  # noqa: E402

BOXHEAD = os.environ.get("BOXHEAD", os.path.join(HERE, "..", "..", ".build", "release", "boxhead"))
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CANARY = "/tmp/boxhead-canary"
SECONDS, MEGABYTES = 1.0, 100


def part(body, before=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'


def laughs():
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return part(paragraph("&a9;"), f"<!DOCTYPE w [{entities}]>")


def nested(count):
    return part("<w:tbl><w:tr><w:tc>" * count + paragraph("x") + "</w:tc></w:tr></w:tbl>" * count)


def relationships(*targets):
    entries = "".join(f'<Relationship Id="r{i}" Type="{R}/{kind}" Target="{target}" TargetMode="External"/>'
                      for i, (kind, target) in enumerate(targets))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


REMOTE = relationships(("image", "http://127.0.0.1:9/a.png"), ("aFChunk", f"file://{CANARY}"),
                       ("attachedTemplate", "http://127.0.0.1:9/t.dotx"), ("subDocument", CANARY))
DRAWING = ('<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
           'r:link="r0"/></w:drawing></w:r></w:p>')
FILES = {  # name: (main part, further parts, exit status)
    "harmless": (part(paragraph("text")), {}, 0),
    "bomb": (part(paragraph("BOMB")), {}, 10),
    "billion laughs": (laughs(), {}, 2),
    "external entity": (part(paragraph("&e;"), f'<!DOCTYPE w [<!ENTITY e SYSTEM "file://{CANARY}">]>'), {}, 2),
    "external DTD": (part(paragraph("x"), '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">'), {}, 2),
    "3,000 nested tables": (nested(3000), {}, 10),
    "attribute of 12 MB": (part(f'<w:p w:rsidR="{"A" * 12_000_000}">' + "</w:p>"), {}, 10),
    "span of two billion": (part('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>' + paragraph("x")
                                 + "</w:tc><w:tc>" + paragraph("y") + "</w:tc></w:tr></w:tbl>"), {}, 0),
    "parts elsewhere": (part(DRAWING + '<w:altChunk r:id="r1"/><w:subDoc r:id="r3"/>' + paragraph("text")),
                        {"word/_rels/document.xml.rels": REMOTE}, 0),
    "encoding of a file": (part(paragraph("x")).replace("UTF-8", "IBM-1047"), {}, 2),
}


class HostileWord(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not os.access(BOXHEAD, os.X_OK):
            raise unittest.SkipTest("no release build")
        cls.folder = tempfile.TemporaryDirectory()
        cls.paths = {}
        for name, (main, parts, _) in FILES.items():
            cls.paths[name] = path = os.path.join(cls.folder.name, name.replace(" ", "-") + ".docx")
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
                for entry, text in {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": main,
                                    **parts}.items():
                    with package.open(entry, "w") as out:
                        # In pieces: what this process holds counts for its children too.
                        start, bomb, end = text.partition("BOMB")
                        out.write(start.encode())
                        for _ in range(300 if bomb else 0):
                            out.write(b"x" * 1_000_000)
                        out.write(end.encode())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_cost(self):
        for name, (_, _, status) in FILES.items():
            with self.subTest(name):
                with open(os.path.join(self.folder.name, "errors"), "wb") as errors:
                    process = subprocess.Popen([BOXHEAD, "convert", self.paths[name]], stdout=subprocess.DEVNULL,
                                               stderr=errors, stdin=subprocess.DEVNULL)
                    _, ended, usage = os.wait4(process.pid, 0)
                    process.returncode = os.waitstatus_to_exitcode(ended)
                with open(errors.name, encoding="utf-8") as errors:
                    message = errors.read()
                self.assertEqual(process.returncode, status, message)
                self.assertEqual(message.count("\n"), int(status != 0), message)
                self.assertLess(usage.ru_utime + usage.ru_stime, SECONDS)
                self.assertLess(usage.ru_maxrss / 1024, MEGABYTES)

    def test_nothing_is_opened(self):
        if not shutil.which("strace"):
            self.skipTest("strace is not installed")
        usual = self.opened("harmless")
        self.assertIn(("openat", "ORIGINAL"), usual)
        for name in FILES:
            with self.subTest(name):
                self.assertLessEqual(self.opened(name) - usual, set())

    def opened(self, name):
        """The files that the program asks for, and the calls that have to do with a network or another program."""
        trace = os.path.join(self.folder.name, "trace")
        subprocess.run(["strace", "-f", "-qq", "-e", "trace=%file,%network,execve", "-e", "signal=none", "-o", trace,
                        BOXHEAD, "convert", self.paths[name]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       stdin=subprocess.DEVNULL, check=False)
        found = set()
        with open(trace, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                call = re.match(r"\d+ +(\w+)\(", line)
                if call:
                    paths = re.findall(r'"([^"]*)"', line.replace(self.paths[name], "ORIGINAL"))
                    found.add((call[1], *paths[:1]))
        return found


if __name__ == "__main__":
    unittest.main()
