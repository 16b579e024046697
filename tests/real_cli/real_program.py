"""A test case that runs the real program as a process in a scratch folder of its own."""
import json
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402


class RealProgram(ScratchTest):
    program = ""  # its path, from the command line of the test

    def fabrica(self, *arguments, **more):
        return subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=600, check=False, **more)

    def toyland(self, out, *more):
        """Runs Toyland and returns its summary."""
        result = self.fabrica("run", "fabrica:toyland", "-o", out, "--json", *more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)


def main():
    RealProgram.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
