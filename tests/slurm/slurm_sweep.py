"""What the tests on a real Slurm share: a sweep of the toy, the cluster, and the same sweep without Slurm."""

import filecmp
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
from scratch_test import ScratchTest  # noqa: E402
from slurm_lab import SlurmLab, missing  # noqa: E402

SKIPPED = 77  # exit code that ctest knows

SWEEP = """\
[sweep]
name = "paint"
base = "toy:white"
design = "grid"
replicates = 2
outputs = ["painted", "waste_share"]
[sweep.set]
"run.end" = {end}
"toy.sleep_ms" = {sleep}
[[sweep.axis]]
key = "paint.speed"
values = [1.0, 2.0]
[[sweep.axis]]
key = "paint.by_night"
values = [false, true]
"""


class SlurmSweep(ScratchTest):
    program = ""  # the toy application, from the command line of the test

    def setUp(self):
        super().setUp()
        self.lab = SlurmLab(self.path("lab"))
        os.chmod(self.folder, 0o755)
        self.lab.__enter__()
        self.addCleanup(self.lab.close)

    def toy(self, *words, code=0):
        done = subprocess.run([self.program, *words, "--json", "-q"], cwd=self.folder, env=self.lab.environment, capture_output=True, text=True,
                              timeout=300, check=False)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return json.loads(done.stdout)

    def send(self, sweep, *options):
        """Hands the sweep file to Slurm. @return what was said of it"""
        self.write("paint.toml", sweep)
        return self.toy("sweep", "paint.toml", "--launch", "slurm", "--out", "P", *options)

    def status(self):
        return self.toy("status", "P")

    def task_logs(self):
        logs = sorted(Path(self.path("P/slurm/log")).glob("*"))
        return "\n".join(f"{path.name}: {path.read_text(errors='replace')}" for path in logs)

    def wait_until_done(self, seconds):
        try:
            self.lab.wait(lambda: not self.lab.jobs(), seconds, "empty queue")
        except TimeoutError as error:
            self.fail(f"{error}\n{self.lab.jobs()}\n{self.task_logs()}")

    def compare_with_this_machine(self):
        """The same sweep file without Slurm gives the same ensemble, byte for byte."""
        self.toy("sweep", "paint.toml", "--out", "Q", "--store", "store-q")
        for plan in ("P", "Q"):
            self.toy("gather", plan)
        self.assertTrue(filecmp.cmp(self.path("P/ensemble.h5"), self.path("Q/ensemble.h5"), shallow=False))


def main():
    why = missing()
    if why:
        print(f"left out: a Slurm of its own {why}")
        sys.exit(SKIPPED)
    SlurmSweep.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
