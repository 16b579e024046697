#!/usr/bin/python3
"""The recipes of scripts/README.md: other launchers over one plan, each giving the same ensemble. test_launchers.py TOY_PROGRAM."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
from scratch_test import ScratchTest  # noqa: E402
from slurm_sweep import SWEEP  # noqa: E402

MPI_AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1"}


def recipes():
    """{tool: command}, from the table of scripts/README.md."""
    text = (ROOT / "scripts/README.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").replace("\\|", "\0").split("|") for line in text.splitlines() if line.startswith("| ")]
    return {row[0].strip(): row[1].strip().strip("`").replace("\0", "|") for row in rows if len(row) == 2}


class Launchers(ScratchTest):
    program = ""

    def setUp(self):
        super().setUp()
        os.mkdir(self.path("bin"))
        os.symlink(self.program, self.path("bin/fabrica"))
        shutil.copytree(ROOT / "scripts/examples", self.path("scripts/examples"))
        self.environment = {**os.environ, **MPI_AS_ROOT, "PATH": f"{self.path('bin')}:/usr/bin:{os.environ['PATH']}", "HOME": self.folder}
        self.write("ev.toml", SWEEP.format(end="2015-02-01", sleep=0).replace('"paint"', '"ev"'))

    def shell(self, command):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              timeout=600, check=False)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stderr}\n{done.stdout}")
        return done.stdout

    def launch(self, name, tool):
        if shutil.which(tool) is None:
            self.skipTest(f"{tool} is not installed")
        self.shell("fabrica sweep ev.toml --plan-only -q")
        self.shell(recipes()[name])
        status = json.loads(self.shell("fabrica status results/ev --json"))
        self.assertEqual([status["finished"], status["problems"]], [8, []])
        self.shell("fabrica gather results/ev -q && fabrica sweep ev.toml --out calm --store calm/store -q && fabrica gather calm -q")
        self.assertTrue(filecmp.cmp(self.path("results/ev/ensemble.h5"), self.path("calm/ensemble.h5"), shallow=False))

    def test_xargs(self):
        self.launch("xargs", "xargs")

    def test_parallel(self):
        self.launch("GNU parallel", "parallel")

    def test_mpirun(self):
        self.launch("MPI", "mpirun")

    def test_snakemake(self):
        self.launch("Snakemake", "snakemake")


class Contract(Launchers):
    test_xargs = test_parallel = test_mpirun = test_snakemake = None

    def test_one_run_for_openmole_dakota_and_their_like(self):
        """`fabrica run S --set k=v --seed n --json`: one flat object of numbers and text, exit code 0."""
        said = self.shell("fabrica run toy:white --set paint.speed=2.5 --seed 3 --json --out one.h5")
        summary = json.loads(said)
        self.assertEqual(said.count("\n"), 1)
        self.assertEqual([summary["status"], summary["seed"], summary["painted_m2"]], ["finished", 3, 2.5 * 365 * 3])
        self.assertFalse([value for value in summary.values() if isinstance(value, (dict, list))])


if __name__ == "__main__":
    Launchers.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
