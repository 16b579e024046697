"""What the tests of the Python package share: the package on the path, a program, a scratch folder, what is not installed."""

import os
import subprocess
import sys
import unittest
from importlib.util import find_spec
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "scripts"
TOY_SCENARIO = ROOT / "tests/cli/scenarios/white.toml"
sys.path[:0] = [str(SCRIPTS), str(ROOT / "tests/support")]
from scratch_test import ScratchTest  # noqa: E402

SKIPPED = 77  # exit code that ctest knows


class PythonTest(ScratchTest):
    program = ""  # its path, from the command line of the test

    def setUp(self):
        super().setUp()
        before = Path.cwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)

    def command(self, *words, **more):
        """Runs python3 -m fabrica in the scratch folder, with the program in variable FABRICA."""
        environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "FABRICA": self.program, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.run([sys.executable, "-m", "fabrica", *map(str, words)], cwd=self.folder, env=environment, capture_output=True, text=True,
                              timeout=600, check=False, **more)


def main(*modules):
    """Runs the tests with the program that the command line names; skips them all where a Python module is missing."""
    absent = [name for name in modules if find_spec(name) is None]
    if absent:
        print(f"not installed: {', '.join(absent)} (scripts/install_packages analysis)")
        sys.exit(SKIPPED)
    PythonTest.program = os.path.abspath(sys.argv.pop(1))
    os.environ["FABRICA"] = PythonTest.program
    unittest.main()
