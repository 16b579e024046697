#!/usr/bin/python3
"""Runs a program behind sim::cli as a process: exit codes, streams, files, signals.

usage: test_cli.py PROGRAM   (the toy application)
"""
import json
import os
import pty
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

PROGRAM = ""


class CliTest(ScratchTest):
    def toy(self, *arguments, env=None):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
                              env={**os.environ, **(env or {})})

    def terminal(self):
        try:
            return pty.openpty()
        except OSError as reason:  # a container without /dev/pts
            return self.skipTest(str(reason))


class Usage(CliTest):
    def test_nothing_to_do_shows_the_help_on_stderr(self):
        result = self.toy()
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("Usage: toy", result.stderr)

    def test_help_and_version_go_to_stdout(self):
        self.assertIn("Exit codes", self.toy("--help").stdout)
        self.assertIn("--dry-run", self.toy("run", "--help").stdout)
        self.assertEqual(self.toy("--version").stdout, "toy 1.0 (model abc)\n")

    def test_a_mistyped_verb_gets_a_suggestion(self):
        result = self.toy("rnu")
        self.assertEqual(result.returncode, 2)
        self.assertIn("did you mean 'run'", result.stderr)

    def test_a_mistyped_option_gets_a_suggestion_and_the_verb_in_the_hint(self):
        result = self.toy("run", "toy:white", "--theads", "2")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("did you mean '--threads'", result.stderr)
        self.assertIn("`toy run --help`", result.stderr)

    def test_every_wrong_use_is_code_2(self):
        for arguments in (["run"], ["run", "a", "b"], ["run", "toy:white", "--threads", "x"], ["run", "toy:white", "--threads", "-1"],
                          ["run", "toy:white", "--backend", "gpu"], ["run", "toy:white", "--out"], ["run", "toy:white", "--color", "pink"],
                          ["run", "toy:white", "--max-memory", "much"], ["compare", "a"], ["list", "colors-of-all"], ["explain"],
                          ["explain", "zzz"], ["--quiet"], ["run", "toy:white", "--set"], ["check", "--json=maybe", "toy:white"]):
            result = self.toy(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertIn("error", result.stderr, arguments)

    def test_messages_of_wrong_use_say_what_is_wanted(self):
        for arguments, text in ((["run", "toy:white", "--threads", "2.5"], "'2.5' is no whole number from 0 to 4096"),
                                (["run", "toy:white", "--seed", "abc"], "'abc' is no whole number from 0 to 4294967295"),
                                (["run", "toy:white", "--until", "2020-01-01"], "--until 2020-01-01 is outside the run"),
                                (["run", "toy:white", "--until", "2014-12-31"], "the run goes from 2015-01-01 to 2016-01-01"),
                                (["compare", "a.h5"], "other is required")):
            result = self.toy(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertIn(text, result.stderr)


class Run(CliTest):
    def test_the_result_is_on_stdout_and_the_progress_on_stderr(self):
        result = self.toy("run", "toy:white")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("painted_m2  2190", result.stdout)
        self.assertEqual(len([line for line in result.stderr.splitlines() if "%" in line]), 10)
        last = result.stdout.splitlines()[-1]
        self.assertRegex(last, r"^Results are in results/white/[0-9a-f]{16}\.h5\. Next: toy compare ")
        self.assertTrue(os.path.exists(self.path(last.split()[3].rstrip("."))))

    def test_quiet_leaves_stderr_empty(self):
        self.assertEqual(self.toy("run", "toy:white", "-q").stderr, "")

    def test_json_is_one_flat_object(self):
        result = self.toy("run", "toy:white", "--json", "--seed", "5", "--set", "paint.speed=3", "--set", "paint.by_night=true", "-o", "a.h5")
        self.assertEqual(result.stdout.count("\n"), 1)
        summary = json.loads(result.stdout)
        self.assertEqual(summary, {"status": "finished", "result": "a.h5", "days": 365, "painted_m2": 3285.0, "seed": 5, "by_night": True})

    def test_the_same_scenario_has_the_same_path_and_another_seed_another(self):
        where = [json.loads(self.toy("run", "toy:white", "--dry-run", "--json", *more).stdout)["result"] for more in ([], [], ["--seed", "2"])]
        self.assertEqual(where[0], where[1])
        self.assertNotEqual(where[0], where[2])

    def test_nothing_is_overwritten_without_force(self):
        self.write("a.h5", "precious")
        result = self.toy("run", "toy:white", "--out", "a.h5")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("--force", result.stderr)
        with open(self.path("a.h5"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "precious")
        self.assertEqual(self.toy("run", "toy:white", "--out", "a.h5", "--force").returncode, 0)

    def test_a_place_that_cannot_be_written_is_found_before_the_run(self):
        self.write("file", "")
        os.mkdir(self.path("folder"))
        for out in ("nowhere/a.h5", "file/a.h5", "folder"):
            result = self.toy("run", "toy:white", "--out", out)
            self.assertEqual(result.returncode, 5, out)
            self.assertNotIn("%", result.stderr)

    def test_a_failed_write_is_code_5(self):
        self.assertEqual(self.toy("run", "toy:white", "--out", "/proc/a.h5").returncode, 5)

    def test_a_dry_run_prints_what_it_would_take_and_writes_nothing(self):
        result = self.toy("run", "toy:white", "--dry-run", "--json")
        summary = json.loads(result.stdout)
        self.assertEqual((summary["runs"], summary["memory_bytes"], summary["output_bytes"]), (1, 1003000.0, 10000.0))
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_run_too_large_is_refused_with_its_estimate(self):
        for arguments in (["--max-memory", "1k"], ["--set", "paint.painters=1000000000", "--max-memory", "100G"]):
            result = self.toy("run", "toy:white", *arguments)
            self.assertEqual(result.returncode, 3)
            self.assertIn("of memory, and may take", result.stderr)
            self.assertEqual(os.listdir(self.folder), [])

    def test_an_invalid_scenario_is_code_3_and_writes_nothing(self):
        result = self.toy("run", "toy:white", "--set", "paint.speed=-1")
        self.assertEqual((result.returncode, result.stdout, os.listdir(self.folder)), (3, "", []))
        self.assertIn("--set:1:13: error: paint.speed = -1", result.stderr)

    def test_failures_while_running_are_code_1(self):
        self.assertEqual(self.toy("run", "toy:white", "--set", "toy.fail=true").returncode, 1)
        result = self.toy("run", "toy:white", "--set", "toy.stop=true", "--json")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(json.loads(result.stdout)["status"], "stopped")
        self.assertIn("guard 'paint' tripped", result.stderr)

    def test_a_result_that_cannot_be_printed_is_code_5(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            code = subprocess.run([PROGRAM, "list", "colours"], stdout=full, stderr=subprocess.DEVNULL, check=False).returncode
        self.assertEqual(code, 5)

    def interrupted(self, number, *more):
        process = subprocess.Popen([PROGRAM, "run", "toy:white", "--set", "toy.sleep_ms=50", "--json", *more], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.7)
        process.send_signal(number)
        stdout, _ = process.communicate(timeout=30)
        self.assertEqual(json.loads(stdout)["status"], "interrupted")
        return process.returncode

    def test_signals_end_the_run_at_the_next_window(self):
        self.assertEqual(self.interrupted(signal.SIGINT, "-o", "a.h5"), 130)
        self.assertEqual(self.interrupted(signal.SIGTERM, "-o", "b.h5"), 143)

    def test_an_interrupted_run_with_a_checkpoint_is_code_75(self):
        os.mkdir(self.path("notes"))
        self.write("s.toml", 'extends = "toy:white"\n[data]\nfolder = "notes"\n')
        process = subprocess.Popen([PROGRAM, "run", "s.toml", "--set", "toy.sleep_ms=50"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.7)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=30), 75)

    def test_a_terminal_gets_a_bar(self):
        master, slave = self.terminal()
        subprocess.run([PROGRAM, "run", "toy:white"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=slave, check=True)
        os.close(slave)
        self.assertIn(b"[##############################] 100 %", os.read(master, 65536))
        os.close(master)


class Check(CliTest):
    def test_a_valid_scenario(self):
        result = self.toy("check", "toy:studies/night")
        self.assertEqual(result.returncode, 0)
        self.assertIn("is valid", result.stdout)

    def test_resolved_shows_where_each_value_comes_from_and_loads_again(self):
        result = self.toy("check", "toy:studies/night", "--resolved", "--seed", "3")
        self.assertRegex(result.stdout, r"size = -0\.25 +# .*night\.toml:9:8")
        self.assertRegex(result.stdout, r"until = 2015-06-01 +# .*white\.toml:17:9")
        self.assertRegex(result.stdout, r"seed = 3 +# --set:1:10")
        self.assertRegex(result.stdout, r"drift = 0\.0 +# default")
        self.write("again.toml", result.stdout)
        digests = [json.loads(self.toy("check", *arguments, "--json").stdout)["sha256"] for arguments in (["again.toml"], ["toy:studies/night", "--seed", "3"])]
        self.assertEqual(digests[0], digests[1])

    def test_json_lists_the_errors(self):
        self.write("s.toml", "[run]\nseed = -1\nsed = 2\n")
        result = self.toy("check", "s.toml", "--json")
        self.assertEqual(result.returncode, 3)
        report = json.loads(result.stdout)
        self.assertFalse(report["valid"])
        self.assertEqual([(e["file"], e["line"], e["column"]) for e in report["errors"]], [("s.toml", 2, 8), ("s.toml", 3, 1)])

    def test_json_of_a_valid_scenario_names_its_files(self):
        report = json.loads(self.toy("check", "toy:studies/night", "--json", "--resolved").stdout)
        self.assertEqual(sorted(report["files"]), ["toy:studies/night.toml", "toy:white.toml"])
        self.assertEqual(report["resolved"]["paint"]["by_night"], True)

    def test_a_missing_scenario_gets_a_suggestion(self):
        self.write("mine.toml", "")
        self.assertIn("did you mean 'mine.toml'", self.toy("check", "mien.toml").stderr)
        self.assertIn("did you mean 'toy:white'", self.toy("check", "white").stderr)
        self.assertIn("did you mean 'white.toml'", self.toy("check", "toy:whit").stderr)

    def test_colours_are_for_terminals_or_on_demand(self):
        self.write("s.toml", "x = 1\n")
        self.assertNotIn("\033[", self.toy("check", "s.toml").stderr)
        self.assertIn("\033[", self.toy("check", "s.toml", "--color", "always").stderr)
        master, slave = self.terminal()
        for env, coloured in (({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
            subprocess.run([PROGRAM, "check", "s.toml"], cwd=self.folder, stderr=slave, env={**os.environ, **env}, check=False)
            self.assertEqual(b"\033[" in os.read(master, 65536), coloured)
        os.close(slave)
        os.close(master)

    def test_a_root_can_be_given(self):
        os.makedirs(self.path("a/b"))
        self.write("base.toml", "[run]\nseed = 3\n")
        self.write("a/b/s.toml", 'extends = "../../base.toml"\n')
        self.assertEqual(self.toy("check", "a/b/s.toml").returncode, 3)
        self.assertEqual(self.toy("check", "a/b/s.toml", "--root", ".").returncode, 0)


class Others(CliTest):
    def test_explain(self):
        self.assertIn("choice: brush | roller | spray_gun", self.toy("explain", "paint.tool").stdout)
        self.assertIn("did you mean 'speed'", self.toy("explain", "spedd").stderr)
        self.assertIn("## paint", self.toy("explain", "--markdown").stdout)

    def test_list(self):
        self.assertIn("toy:studies/night  White walls by night", self.toy("list", "scenarios").stdout)
        names = [entry["name"] for entry in json.loads(self.toy("list", "parameters", "--json").stdout)["parameters"]]
        self.assertIn("rule.NAME.amount_cny", names)
        self.assertIn("did you mean 'colours'", self.toy("list", "colors").stderr)

    def test_new_writes_a_scenario_that_is_valid_and_keeps_it(self):
        self.assertEqual(self.toy("new", "mine.toml").returncode, 0)
        self.assertEqual(self.toy("check", "mine.toml").returncode, 0)
        self.assertEqual(self.toy("new", "mine.toml").returncode, 5)
        self.assertEqual(self.toy("new", "mine.toml", "--force", "--extends", "none").returncode, 0)
        self.assertEqual(self.toy("check", "mine.toml").returncode, 0)
        self.assertIn("# seed = 1", self.toy("new", "-").stdout)

    def test_compare_of_what_is_no_result_is_code_5(self):
        self.write("a.h5", "no result")
        self.assertEqual(self.toy("compare", "a.h5", "missing.h5").returncode, 5)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
