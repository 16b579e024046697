"""What the tests of reports share: the data of a page, and runs that several of them read."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402


def data_of(page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    found = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.S)
    assert len(found) == 1, page
    return json.loads(found[0])


def numbers(text):
    return [None if word == "-" else float(word) for word in text.split()]


def indicator(data, title):
    return next(one for part in data["sections"] for one in part["indicators"] if one["title"] == title)


def run(program, *arguments, folder=None):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=280, check=False)


def make_runs():
    """Runs that several tests read: toyland with two seeds and a policy, the toy with rules."""
    ReportTest.runs = tempfile.mkdtemp(prefix="report-test-")
    unittest.addModuleCleanup(shutil.rmtree, ReportTest.runs)
    policy = """extends = "fabrica:toyland"
[run]
name = "grants"
title = "Toyland </script> with <b>grants</b> & \\"quotes\\""
[policy.help]
kind = "investment_subsidy"
from = 2015-07-01
rate = 0.2
[policy.help.sources]
kind = "assumed: for a test"
"""
    with open(os.path.join(ReportTest.runs, "grants.toml"), "w", encoding="utf-8") as file:
        file.write(policy)
    scenarios = {"base": "fabrica:toyland", "grants": "grants.toml"}
    for name, scenario in scenarios.items():
        for seed in ("1", "2", "3"):
            done = run(ReportTest.fabrica, "run", scenario, "--seed", seed, "--set", "run.end=2017-01-01", "-q", "--out", f"{name}{seed}.h5", folder=ReportTest.runs)
            assert done.returncode == 0, done.stderr


class ReportTest(ScratchTest):
    toy = fabrica = runs = ""

    def report(self, *arguments, program=None):
        return run(program or self.fabrica, "report", *arguments, folder=self.folder)

    def page(self, *inputs, program=None):
        done = self.report(*inputs, "--out", "page.html", "--force", program=program)
        self.assertEqual(done.returncode, 0, done.stderr)
        return data_of(self.path("page.html"))


def shared(name):
    return os.path.join(ReportTest.runs, name)


def main():
    """Paths of the programs are the first arguments."""
    ReportTest.toy, ReportTest.fabrica = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
