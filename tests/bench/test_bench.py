#!/usr/bin/env python3
"""Runs every benchmark at a tiny size: its lines are complete, and what it computes does not depend on threads or repetitions."""
import json
import subprocess
import sys
import unittest

PROGRAM = ""
FIELDS = {
    "name": str,
    "parameters": dict,
    "metric": str,
    "unit": str,
    "repetitions": int,
    "note": str,
    "version": str,
    "model_version": str,
    "cpu": str,
    "cores": int,
    "load": (int, float),
}
PEERS = {"kernel", "window_loop", "priority_queue", "ns3"}


def bench(*arguments):
    return subprocess.run([PROGRAM, "bench", *arguments], capture_output=True, text=True, check=False)


def tiny(*arguments):
    done = bench("--tiny", "--json", "--scenario", "fabrica:toyland", "--threads", "1,2", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def work_of(line):
    """What was computed: everything that could change a hash."""
    others = {k: v for k, v in line["parameters"].items() if k not in ("threads", "engine", "design")}
    return line["name"], json.dumps(others, sort_keys=True)


class Bench(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lines = tiny()

    def test_each_benchmark_has_lines(self):
        listed = subprocess.run([PROGRAM, "list", "benchmarks", "--json"], capture_output=True, text=True, check=True)
        names = {entry["name"] for entry in json.loads(listed.stdout)["benchmarks"]}
        self.assertGreaterEqual(len(names), 14)
        self.assertEqual(names, {line["name"] for line in self.lines})

    def test_each_line_has_all_fields(self):
        for line in self.lines:
            for field, kind in FIELDS.items():
                self.assertIsInstance(line[field], kind, (field, line))
            if line["repetitions"] == 0:
                self.assertTrue(line["note"] and line["min"] is None and line["median"] is None, line)
            else:
                self.assertLessEqual(line["min"], line["median"], line)
                self.assertTrue(line["cpu_min"] is None or line["cpu_min"] >= 0, line)
            self.assertTrue(line["hash"] is None or len(line["hash"]) == 16, line)

    def test_hashes_agree_between_threads_and_designs(self):
        hashes = {}
        for line in self.lines:
            if line["hash"] is not None:
                hashes.setdefault(work_of(line), set()).add(line["hash"])
        self.assertGreater(len(hashes), 15)
        for work, found in hashes.items():
            self.assertEqual(len(found), 1, work)

    def test_hashes_agree_between_runs(self):
        again = {work_of(line): line["hash"] for line in tiny("phold", "hub", "--repeat", "3") if line["hash"]}
        first = {work_of(line): line["hash"] for line in self.lines if line["hash"]}
        self.assertGreater(len(again), 5)
        for work, found in again.items():
            self.assertEqual(first[work], found)

    def test_phold_runs_beside_its_peers(self):
        engines = {line["parameters"]["engine"] for line in self.lines if line["name"] == "phold"}
        self.assertEqual(engines, PEERS)

    def test_math_is_right_to_one_unit_of_the_last_place(self):
        errors = {l["parameters"]["function"]: l["min"] for l in self.lines if l["metric"] == "largest_error"}
        self.assertLess(max(v for k, v in errors.items() if not k.startswith("pow")), 1.0)

    def test_a_snapshot_tells_time_bytes_and_agents(self):
        lines = {(l["metric"], l["parameters"]["threads"]): l for l in self.lines if l["name"] == "snapshot"}
        for threads in (1, 2):
            agents, size = (lines[metric, threads]["min"] for metric in ("agents", "file"))
            self.assertGreater(agents, 50)
            self.assertGreater(size, 500 * agents)
            for metric in ("save", "restore"):
                seconds, rate = (lines[name, threads]["min"] for name in (metric, metric + "_of_a_million_agents"))
                self.assertGreater(seconds, 0)
                self.assertAlmostEqual(rate * agents / 1e6 / seconds, 1, 3)

    def test_the_size_can_be_chosen(self):
        line = tiny("nullhandler", "--agents", "77")[0]
        self.assertEqual(line["parameters"]["agents"], 77)

    def test_bad_words_are_refused(self):
        for arguments, said in (
            (["pholt"], "did you mean 'phold'"),
            (["phold", "--threads", "0"], "--threads '0'"),
            (["phold", "--threads", "1,,2"], "--threads '1,,2'"),
            (["phold", "--thread", "1"], "--threads"),
            (["phold", "--repeat", "0"], "--repeat"),
            (["phold", "--agents", "-1"], "--agents"),
        ):
            done = bench(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertIn(said, done.stderr)

    def test_all_wrong_names_are_told(self):
        done = bench("pholt", "queue")
        self.assertIn("'pholt'", done.stderr)
        self.assertIn("'queue'", done.stderr)

    def test_a_wrong_scenario_is_refused(self):
        done = bench("national", "--scenario", "fabrica:toyland", "--set", "run.scale=7")
        self.assertEqual(done.returncode, 3)
        self.assertIn("run.scale", done.stderr)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
