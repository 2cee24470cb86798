"""The files of tools/cluster: what their shells do with the statuses and signals of boxhead batch."""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CLUSTER = os.path.join(HERE, "..", "cluster")
# In place of boxhead: ends with the status in STATUS, and at a signal a little later with 130.
ODD_BOXHEAD = """#!/bin/bash
echo "$@" > "$CALLS"
trap 'sleep 0.3; exit 130' TERM
if [ "$STATUS" = wait ]; then echo ready >> "$CALLS"; while :; do sleep 0.05; done; fi
exit $STATUS
"""


def kubernetes():
    """The shell of the container, as YAML unfolds it."""
    with open(f"{CLUSTER}/kubernetes.yaml") as stream:
        text = stream.read()
    block = re.search(r"- \|\n((?: {14}.*\n)+)", text)[1]
    return ["sh", "-c", re.sub(r"(?m)^ {14}", "", block)]


class Cluster(unittest.TestCase):
    def run_script(self, command, status, stops=False, **more):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("boxhead", ODD_BOXHEAD), ("scontrol", "#!/bin/sh\necho $@ > $CALLS.scontrol\n")):
                with open(f"{folder}/{name}", "w") as stream:
                    stream.write(text)
                os.chmod(f"{folder}/{name}", 0o755)
            environment = dict(os.environ, PATH=f"{folder}:{os.environ['PATH']}", CALLS=f"{folder}/calls", STATUS=status, **more)
            process = subprocess.Popen(command, env=environment)
            if stops:
                end = time.time() + 30
                calls = pathlib.Path(folder, "calls")
                while time.time() < end and not (calls.exists() and "ready" in calls.read_text()):
                    time.sleep(0.02)
                process.send_signal(signal.SIGTERM)
            process.wait(30)
            with open(f"{folder}/calls") as stream:
                return process.returncode, stream.read(), os.path.exists(f"{folder}/calls.scontrol")

    def test_a_pod_is_complete_when_all_documents_have_a_verdict(self):
        for status, expected in (("0", 0), ("3", 0), ("2", 0), ("5", 5), ("1", 1)):
            found, call, _ = self.run_script(kubernetes(), status, JOB_COMPLETION_INDEX="0")
            self.assertEqual(found, expected)
            self.assertIn("--shard 1/200", call)

    def test_a_pod_that_is_stopped_waits_for_what_was_begun_and_is_not_complete(self):
        self.assertEqual(self.run_script(kubernetes(), "wait", stops=True, JOB_COMPLETION_INDEX="199")[0], 130)

    def test_a_task_that_is_stopped_is_queued_again(self):
        slurm = {"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "8", "SLURM_CPUS_PER_TASK": "4", "SLURM_ARRAY_JOB_ID": "77"}
        command = ["bash", f"{CLUSTER}/slurm.sh", "/in/", "/out"]
        self.assertEqual(self.run_script(command, "3", **slurm),
                         (0, "batch /in/ -o /out --shard 2/8 --jobs 4 --log-format json\n", False))
        self.assertEqual(self.run_script(command, "5", **slurm)[::2], (5, False))
        self.assertEqual(self.run_script(command, "wait", stops=True, **slurm)[::2], (0, True))


if __name__ == "__main__":
    unittest.main()
