"""A run over many documents connects to nothing, writes to its output folder alone, and names only what is on the disk, as strace sees
it."""
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BOXHEAD = os.path.abspath(os.environ.get("BOXHEAD", os.path.join(ROOT, ".build/release/boxhead")))
# Files to run over beside the samples.
CORPORA = os.environ.get("BOXHEAD_CORPORA")

CALLS = "connect,sendto,sendmsg,bind,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,truncate,mknod,mknodat,chmod,fchmodat,chown,fchownat,utimensat,mount,pivot_root"
LINE = re.compile(r'^(?:\d+\s+)?(\w+)\((.*)$')
# A path, behind the folder that it starts from where there is one.
PATH = re.compile(r'(?:(?:\d+|AT_FDCWD)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def effects(trace, cwd):
    """The calls of a trace that went out or changed files: (call, path or address)."""
    for line in trace:
        match = LINE.match(line)
        if not match or re.search(r"= -1 E\w+ ", line):
            continue
        call, rest = match.groups()
        if call in ("connect", "bind", "sendto", "sendmsg"):
            yield call, rest
        elif call in ("open", "openat") and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", rest):
            continue
        else:
            for folder, path in PATH.findall(rest):
                yield call, os.path.normpath(os.path.join(folder or cwd, path))


def named_early(trace, cwd):
    """Files that were moved away from the folder of their worker before a syncfs that began when they were complete."""
    unsaved, being_saved = set(), set()
    for line in trace:
        if re.search(r"\bsyncfs\(", line):
            being_saved = set(unsaved)
        if re.search(r"\bsyncfs(\(| resumed).* = 0$", line):
            unsaved -= being_saved
        paths = [os.path.normpath(os.path.join(folder or cwd, path)) for folder, path in PATH.findall(line)]
        if " rename(" in line:
            unsaved.add(paths[1])
        elif " renameat(" in line and paths[0] in unsaved:
            yield paths[0]


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Strace(unittest.TestCase):
    def trace(self, folder, calls, *inputs):
        """The lines of a run over the samples."""
        # Without the sandbox, which would hide what it forbids, and makes its own folders and mounts.
        run = subprocess.run(
            ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", f"trace={calls}", "-o", f"{folder}/trace", BOXHEAD, "batch",
             *sorted(glob.glob(f"{ROOT}/samples/*/original.*")), *inputs, "-o", f"{folder}/out", "--jobs", "2",
             "--sandbox", "never", "--recognize", "never", "--office", "never"],
            stderr=subprocess.PIPE, text=True, cwd=folder)
        self.assertIn(run.returncode, (0, 3), run.stderr)
        with open(f"{folder}/trace", encoding="utf-8", errors="replace") as stream:
            return stream.read().splitlines()

    def test_no_connection_and_no_write_outside_of_the_output_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            output = os.path.join(folder, "out")
            found = list(effects(self.trace(folder, CALLS, *([CORPORA] if CORPORA else [])), folder))
            written = [path for _, path in found if path.startswith(output)]
            self.assertGreater(len(written), 10, "the trace shows what is written")
            allowed = (output + os.sep, "/dev/null", "/proc/self/", "/dev/shm/")
            strange = [(call, what) for call, what in found
                       if what != output and not what.startswith(allowed)]
            self.assertEqual(strange, [])

    def test_results_are_on_the_disk_before_they_get_their_names(self):
        with tempfile.TemporaryDirectory() as folder:
            lines = self.trace(folder, "rename,renameat,syncfs")
            self.assertGreater(sum(" renameat(" in line for line in lines), 3, "the trace shows what is named")
            self.assertEqual(list(named_early(lines, folder)), [])
            without = [line for line in lines if "syncfs" not in line]
            self.assertGreater(len(list(named_early(without, folder))), 3, "and would show what is not on the disk")

    def test_the_trace_would_show_a_connection_and_a_write(self):
        lines = ['12 connect(3, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0',
                 '12 openat(AT_FDCWD, "/etc/x", O_WRONLY|O_CREAT, 0666) = 4',
                 '12 openat(AT_FDCWD</>, "/etc/y", O_RDONLY) = 4', '12 unlink("/etc/z") = -1 ENOENT (No such file)',
                 '12 renameat(7</etc/a>, "b", AT_FDCWD</c>, "d") = 0', '12 unlink("e") = 0']
        self.assertEqual([path for _, path in effects(lines, "/cwd")][1:], ["/etc/x", "/etc/a/b", "/c/d", "/cwd/e"])


if __name__ == "__main__":
    unittest.main()
