"""The supervisor of tools/spark without Spark: each document gets an answer, whatever it does to the worker."""
import glob
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BOXHEAD = os.path.abspath(os.environ.get("BOXHEAD", os.path.join(ROOT, ".build/release/boxhead")))
SAMPLES = sorted(glob.glob(os.path.join(ROOT, "samples", "*", "original.*")))

sys.path.insert(0, os.path.join(ROOT, "tools", "spark"))
from boxhead_spark import rows, worker  # noqa: E402

# A worker that does to itself what the name of a document says.
ODD_WORKER = textwrap.dedent("""\
    #!%s
    import json, os, signal, sys, time
    def say(**line):
        print(json.dumps(line, separators=(",", ":")), flush=True)
    print(os.getpid(), file=open(os.environ["STARTS"], "a"), flush=True)
    say(hello={"version": "9", "optionsHash": "abc"})
    for line in sys.stdin:
        request = json.loads(line)
        i, name = request["id"], request["name"]
        say(id=i, page=1)
        if name == "crash": os.kill(os.getpid(), signal.SIGSEGV)
        if name == "killed": os.kill(os.getpid(), signal.SIGKILL)
        if name == "hang": time.sleep(1000)
        if name == "babble": print("no JSON", flush=True)
        if name == "signs":
            for page in range(1000): say(id=i, page=page); time.sleep(0.05)
        if name == "waits": say(id=i, waits=True); time.sleep(1.5); say(id=i, waits=False)
        if name == "words": print("bad font", file=sys.stderr, flush=True); os._exit(3)
        if name == "once" and len(open(os.environ["STARTS"]).readlines()) == 1: os._exit(1)
        if name == "memory":
            say(id=i, ok=False, error={"code": "memory", "stage": "extraction", "retryable": True, "message": "m"}, last=True)
            os._exit(1)
        say(id="another", ok=True)
        say(id=i, ok=True, sha256="0" * 64, pages=1, tables=0, records=0, cpuSeconds=0.25, document={"blocks": []})
    """ % sys.executable)


class OddWorkers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        program, self.starts = f"{folder.name}/worker", f"{folder.name}/starts"
        with open(program, "w") as stream:
            stream.write(ODD_WORKER)
        os.chmod(program, 0o755)
        os.environ["STARTS"] = self.starts
        self.settings = worker.Settings(program=(program,), stall=0.8)

    def convert(self, name, **settings):
        settings = worker.dataclasses.replace(self.settings, **settings)
        supervisor = worker.Supervisor(settings)
        self.addCleanup(supervisor.close)
        answer = supervisor.convert(path=f"/in/{name}", name=name)
        self.assertTrue(supervisor.convert(path="/in/good", name="good").ok, "the next document is converted")
        return answer

    def started(self):
        with open(self.starts) as stream:
            return [int(line) for line in stream]

    def test_a_worker_that_dies_or_hangs_is_replaced_twice_and_its_document_has_a_verdict(self):
        for name, code in (("crash", "crash"), ("killed", "killed"), ("hang", "stalled"), ("babble", "crash"), ("memory", "memory")):
            with self.subTest(name):
                if os.path.exists(self.starts):
                    os.unlink(self.starts)
                answer = self.convert(name)
                self.assertEqual((answer.ok, answer.code), (False, code))
                self.assertEqual(len(self.started()), 3)
                for process in self.started()[:2]:
                    self.assertFalse(os.path.exists(f"/proc/{process}"), "a worker is left")

    def test_a_document_that_is_converted_at_the_second_attempt_is_converted(self):
        self.assertTrue(self.convert("once").ok)

    def test_signs_of_life_do_not_stretch_the_deadline(self):
        start = time.monotonic()
        answer = self.convert("signs", deadline=0.2)
        self.assertEqual(answer.code, "deadline")
        self.assertEqual(len(self.started()), 2, "it is tried once")
        self.assertLess(time.monotonic() - start, 10)

    def test_a_worker_that_waits_for_another_program_does_not_stall(self):
        self.assertTrue(self.convert("waits").ok)

    def test_the_last_words_of_a_worker_are_in_the_message(self):
        self.assertIn("(status 3) after page 1: bad font", self.convert("words").message)

    def test_a_worker_serves_until_it_is_recycled(self):
        supervisor = worker.Supervisor(worker.dataclasses.replace(self.settings, recycle=2))
        for _ in range(5):
            self.assertTrue(supervisor.convert(path="/in/good", name="good").ok)
        supervisor.close()
        self.assertEqual(len(self.started()), 3)

    def test_a_row_has_the_columns_in_their_order(self):
        supervisor = worker.Supervisor(self.settings)
        self.addCleanup(supervisor.close)
        values = dict(zip([name for name, _ in rows.COLUMNS], rows.row(supervisor, "file:/in/good", "1" * 64, path="/in/good")))
        self.assertEqual((values["key"], values["ok"], values["coreMs"]), ("0" * 64 + "|9|abc", True, 250))
        self.assertEqual(values["document"], '{"blocks":[]}')
        values = dict(zip([name for name, _ in rows.COLUMNS], rows.row(supervisor, "file:/in/crash", "1" * 64, path="/in/crash")))
        self.assertEqual((values["key"], values["ok"], values["errorCode"], values["errorPage"]),
                         ("1" * 64 + "|9|abc", False, "crash", 2))

    def test_a_program_that_is_no_worker_is_an_error_of_the_installation(self):
        for program in ("/bin/true", "/nowhere/boxhead"):
            with self.assertRaises(worker.WorkerMissing):
                worker.Supervisor(worker.Settings(program=(program,))).hello()


class Boxhead(unittest.TestCase):
    def test_rows_agree_with_the_ledger_of_a_batch(self):
        with tempfile.TemporaryDirectory() as folder:
            bad = f"{folder}/bad.pdf"
            with open(bad, "wb") as stream:
                stream.write(b"no document")
            paths = SAMPLES + [bad]
            run = subprocess.run([BOXHEAD, "batch", *paths, "-o", f"{folder}/out", "--jobs", "1"], stderr=subprocess.DEVNULL)
            self.assertEqual(run.returncode, 3)
            with sqlite3.connect(f"{folder}/out/.boxhead/ledger.sqlite") as ledger:
                entries = {source: rest for source, *rest in ledger.execute(
                    "SELECT source, key, state, code, pages, tables, files FROM document")}
            ledger.close()
            self.assertEqual(sorted(entries), sorted(paths))
            supervisor = worker.Supervisor(worker.Settings(program=(BOXHEAD,)))
            for path in paths:
                with open(path, "rb") as stream:
                    content = stream.read()
                sha256 = rows.hash_of_file(path)
                self.assertEqual(sha256, hashlib.sha256(content).hexdigest())
                by_path = rows.row(supervisor, path, sha256, path=path)
                by_bytes = rows.row(supervisor, path, sha256, content=content)
                values, other = (dict(zip([name for name, _ in rows.COLUMNS], row)) for row in (by_path, by_bytes))
                values.pop("coreMs"), other.pop("coreMs")
                self.assertEqual(values, other)
                key, state, code, pages, tables, files = entries[path]
                self.assertEqual((values["key"], values["ok"], values["errorCode"]), (key, state == "done", code))
                if values["ok"]:
                    self.assertEqual((values["pages"], values["tables"]), (pages, tables))
                    with open(f"{folder}/out/{json.loads(files)[0]['name']}", encoding="utf-8") as stream:
                        self.assertEqual(values["document"], stream.read().rstrip("\n"))
                if "annual-report" in path:
                    self.assertEqual(values["family"], "cn.gov.disclosure.annual-report")
                    self.assertEqual(values["year"], json.loads(values["record"])["year"])
            supervisor.close()

    def test_what_cannot_be_read_has_no_key(self):
        supervisor = worker.Supervisor(worker.Settings(program=(BOXHEAD,)))
        self.addCleanup(supervisor.close)
        values = dict(zip([name for name, _ in rows.COLUMNS], rows.row(supervisor, "/nowhere.pdf", None, path="/nowhere.pdf")))
        self.assertEqual((values["ok"], values["errorCode"], values["key"]), (False, "fileAccess", None))


if __name__ == "__main__":
    unittest.main()
