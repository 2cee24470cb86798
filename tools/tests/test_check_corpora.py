"""check-corpora passes what ends as documented and nothing else."""
import importlib.machinery
import importlib.util
import os
import unittest

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check-corpora")
loader = importlib.machinery.SourceFileLoader("check_corpora", path)
check = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_corpora", loader))
loader.exec_module(check)


def run(status=0, seconds=1, mebibytes=20, message=""):
    return check.Run("a.pdf", status, seconds, mebibytes, message)


class Faults(unittest.TestCase):
    def test_documented_ends_pass(self):
        self.assertEqual(check.faults(run()), [])
        for status in set(check.STATUSES) - {0}:
            self.assertEqual(check.faults(run(status, message="a.pdf: reading: expected a, found b")), [])

    def test_signals_and_other_statuses_do_not(self):
        self.assertEqual(check.faults(run(-11, message="m")), ["status -11"])
        self.assertEqual(check.faults(run(64, message="m")), ["status 64"])

    def test_time_and_memory_have_limits(self):
        self.assertEqual(check.faults(run(seconds=61)), ["61 s"])
        self.assertEqual(check.faults(run(mebibytes=2049)), ["2049 MiB"])

    def test_a_failure_has_one_line(self):
        self.assertEqual(check.faults(run(2)), ["0 lines on standard error"])
        self.assertEqual(check.faults(run(2, message="a\nb")), ["2 lines on standard error"])


if __name__ == "__main__":
    unittest.main()
