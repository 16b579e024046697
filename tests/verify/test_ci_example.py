#!/usr/bin/python3
"""The steps of scripts/examples/ci.yml do what they say, in a repository with scenarios of its own.

usage: test_ci_example.py PROGRAM
"""
import os
import re
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

WORKFLOW = os.path.normpath(os.path.join(HERE, "../../scripts/examples/ci.yml"))
PROGRAM = ""


def steps():
    """(name, commands) of each step that runs something, in the order of the workflow."""
    with open(WORKFLOW, encoding="utf-8") as file:
        text = file.read()
    found = re.findall(r"^ {6}- name: (.*)\n {8}run: \|\n((?: {10}.*\n)+)", text, flags=re.M)
    return [(name, re.sub(r"^ {10}", "", body, flags=re.M)) for name, body in found]


class Workflow(ScratchTest):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("scenarios"))
        os.mkdir(self.path("bin"))
        os.symlink(PROGRAM, self.path("bin/fabrica"))
        self.write("scenarios/mine.toml", 'extends = "fabrica:toyland"\n[run]\nname = "mine"\nend = 2015-07-01\n[population]\nspin_up_years = 1\n')

    def sh(self, commands):
        environment = {**os.environ, "PATH": self.path("bin") + ":" + os.environ["PATH"], "GITHUB_STEP_SUMMARY": self.path("summary.md")}
        return subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=self.folder, capture_output=True, text=True, timeout=300,
                              check=False, env=environment)

    def run_steps(self):
        """Exit codes of the steps after the build."""
        return {name: self.sh(body).returncode for name, body in steps()[1:]}

    def test_the_workflow_passes_until_a_result_moves(self):
        names = [name for name, _ in steps()]
        self.assertEqual(names, ["Build Fabrica", "Scenarios are valid", "Results are what they were", "Results do not depend on threads"])
        with open(WORKFLOW, encoding="utf-8") as file:
            update = re.search(r"^# {5}(fabrica verify .*)$", file.read(), flags=re.M)[1]
        made = self.sh(update)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(set(self.run_steps().values()), {0})
        with open(self.path("summary.md"), encoding="utf-8") as file:
            self.assertIn("# All 1 runs of scenarios agree", file.read())
        with open(self.path("scenarios/mine.toml"), "a", encoding="utf-8") as file:
            file.write("[credit]\npolicy_rate = 0.05\n")
        self.assertEqual(list(self.run_steps().values()), [0, 4, 4])
        with open(self.path("summary.md"), encoding="utf-8") as file:
            self.assertIn("| mine | moved |", file.read())
        self.write("scenarios/mine.toml", "[run]\nnaem = 1\n")
        self.assertEqual(list(self.run_steps().values()), [3, 3, 3])

    def test_what_the_build_step_names_is_there(self):
        root = os.path.normpath(os.path.join(HERE, "../.."))
        body = dict(steps())["Build Fabrica"]
        self.assertIn("fabrica/scripts/install_packages build", body)
        self.assertTrue(os.access(os.path.join(root, "scripts/install_packages"), os.X_OK))
        with open(os.path.join(root, "CMakeLists.txt"), encoding="utf-8") as file:
            self.assertIn("option(FABRICA_TESTS", file.read())


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
