"""What the tests of sweeps share: a scratch folder with a base scenario, and the toy application."""
import csv
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

GRID = """[sweep]
base = "base.toml"
design = "grid"
replicates = 2
outputs = ["painted", "waste_share"]
[sweep.set]
"run.end" = 2015-07-01
[[sweep.axis]]
key = "paint.speed"
values = [1.0, 2.5]
[[sweep.axis]]
key = "paint.by_night"
values = [false, true]
"""


# Under the address sanitizer too a run that crashes dies of its signal.
CRASHES = {"ASAN_OPTIONS": "handle_segv=0"}


class SweepTest(ScratchTest):
    program = ""

    def setUp(self):
        super().setUp()
        os.mkdir(self.path("data"))
        self.write("data/walls.csv", "# source: a test\nwall,colour,area_m2,provenance\nnorth,red,12.5,assumed\n")
        self.write("base.toml", 'extends = "toy:white"\n[run]\nname = "base"\n[data]\nwalls = "data/walls.csv"\n')

    def call(self, *arguments, code=0, **environment):
        result = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=300, check=False,
                                env={**os.environ, **CRASHES, **environment})
        if code is not None:
            self.assertEqual(result.returncode, code, result.stderr + result.stdout)
        return result

    def json(self, *arguments, code=0, **environment):
        return json.loads(self.call(*arguments, "--json", code=code, **environment).stdout)

    def start(self, *arguments, **environment):
        """A process in a group of its own, so that it can be killed with its children."""
        return subprocess.Popen([self.program, *arguments], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                env={**os.environ, **CRASHES, **environment}, start_new_session=True)

    def manifest(self, plan):
        with open(self.path(f"{plan}/manifest.csv"), encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def failures(self, plan):
        with open(self.path(f"{plan}/failures.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def bytes(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def store(self, suffix=""):
        folder = self.path("results/store")
        return sorted(name for name in os.listdir(folder) if name.endswith(suffix)) if os.path.isdir(folder) else []
