#!/usr/bin/python3
"""Sweeps from the file to the ensemble, with everything that may happen on the way.

usage: test_sweep.py PROGRAM   (the toy application)
"""
import json
import math
import os
import shutil
import signal
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sweep_case import GRID, SweepTest  # noqa: E402

import h5py  # noqa: E402
import numpy as np  # noqa: E402
import xarray  # noqa: E402


class Chain(SweepTest):
    def test_plan_run_status_gather(self):
        self.write("grid.toml", GRID)
        shown = self.json("sweep", "grid.toml", "--dry-run")
        self.assertEqual((shown["runs"], shown["points"], shown["results_there"]), (8, 4, 0))
        self.assertFalse(os.path.exists(self.path("results")))
        self.call("sweep", "grid.toml", "--plan-only")
        rows = self.manifest("results/grid")
        self.assertEqual([(r["index"], r["point"], r["replicate"], r["seed"], r["paint.speed"], r["paint.by_night"]) for r in rows][:4],
                         [("0", "0", "0", "1", "1.0", "false"), ("1", "0", "1", "2", "1.0", "false"),
                          ("2", "1", "0", "1", "1.0", "true"), ("3", "1", "1", "2", "1.0", "true")])
        self.assertEqual(len({r["id"] for r in rows}), 8)
        self.assertTrue(all(len(r["id"]) == 16 for r in rows))
        self.assertEqual(self.json("status", "results/grid")["missing"], 8)
        done = self.json("sweep", "grid.toml", "--jobs", "2")
        self.assertEqual((done["finished"], done["reused"], done["failed"]), (8, 0, 0))
        again = self.json("run", "--plan", "results/grid")
        self.assertEqual((again["finished"], again["reused"]), (0, 8))
        self.assertEqual(self.store(), sorted(f"{r['id']}.h5" for r in rows))
        status = self.json("status", "results/grid")
        self.assertEqual((status["finished"], status["missing"], status["stale"]), (8, 0, False))
        self.call("gather", "results/grid")
        self.check_ensemble(rows)

    def check_ensemble(self, rows):
        for engine in ("h5netcdf", "netcdf4"):
            with xarray.open_dataset(self.path("results/grid/ensemble.h5"), engine=engine) as data:
                self.assertEqual(data.painted.dims, ("run", "time", "colour"))
                self.assertEqual(data.painted.shape, (8, 6, 3))
                self.assertEqual(list(data.param_paint_speed.values), [float(r["paint.speed"]) for r in rows])
                self.assertEqual(data.param_paint_speed.attrs["key"], "paint.speed")
                self.assertEqual(data.param_paint_speed.attrs["units"], "m2/day")
                self.assertEqual(list(data.param_paint_by_night.values), [r["paint.by_night"] == "true" for r in rows])
                self.assertEqual([str(i) for i in data.id.values], [r["id"] for r in rows])
                self.assertEqual(list(data.seed.values), [1, 2] * 4)
                self.assertIn("scenario", data.painted.coords)
        with h5py.File(self.path("results/grid/ensemble.h5")) as ensemble:
            self.assertEqual(ensemble.attrs["status"], "complete")
            for i, row in enumerate(rows):
                with h5py.File(self.path(f"results/store/{row['id']}.h5")) as run:
                    for name in ("painted", "waste_share"):
                        self.assertTrue(np.array_equal(run[name][:], ensemble[name][i]))

    def test_a_planned_run_is_the_run_itself_and_has_its_id(self):
        self.write("grid.toml", GRID)
        self.call("sweep", "grid.toml")
        row = self.manifest("results/grid")[5]
        out = self.json("run", "base.toml", "--set", "run.end=2015-07-01", "--set", f"paint.speed={row['paint.speed']}", "--set",
                        f"paint.by_night={row['paint.by_night']}", "--seed", row["seed"])["result"]
        self.assertEqual(os.path.basename(out), row["id"] + ".h5")
        self.assertEqual(self.bytes(out), self.bytes(f"results/store/{row['id']}.h5"))

    def test_ishigami_through_the_chain(self):
        axes = "".join(f'[[sweep.axis]]\nkey = "ishigami.x{i}"\nfrom = {-math.pi!r}\nto = {math.pi!r}\n' for i in (1, 2, 3))
        self.write("ishigami.toml", '[sweep]\nbase = "toy:white"\ndesign = "saltelli"\npoints = 4\noutputs = ["ishigami"]\n'
                   '[sweep.set]\n"run.end" = 2015-02-01\n' + axes)
        self.call("sweep", "ishigami.toml", "--set", "paint.painters=1")
        self.call("gather", "results/ishigami")
        with xarray.open_dataset(self.path("results/ishigami/ensemble.h5"), engine="h5netcdf") as data:
            self.assertEqual(data.sizes["run"], 4 * 5)
            x = [data[f"param_ishigami_x{i}"].values for i in (1, 2, 3)]
            y = np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
            self.assertTrue(np.allclose(data.ishigami.values[:, 0], y, atol=1e-12))
            self.assertTrue(np.array_equal(x[0][8:12], x[0][4:8]))  # the block AB_1 has column 1 of B

    def test_batch(self):
        self.write("night.toml", 'extends = "base.toml"\n[run]\nname = "night"\n[paint]\nby_night = true\n')
        done = self.json("batch", "base.toml", "night.toml", "--seeds", "3:5", "--set", "run.end=2015-04-01", "--outputs", "painted")
        self.assertEqual(done["finished"], 6)
        self.assertEqual([(r["scenario"], r["seed"]) for r in self.manifest("results/batch")],
                         [(s, str(n)) for s in ("base.toml", "night.toml") for n in (3, 4, 5)])
        self.call("gather", "results/batch", "--out", "both.h5")
        with xarray.open_dataset(self.path("both.h5"), engine="h5netcdf") as data:
            mean = data.painted.groupby("scenario").mean().sum(("time", "colour"))
            self.assertGreater(float(mean.sel(scenario="night.toml")), 1.3 * float(mean.sel(scenario="base.toml")))
        self.assertEqual(self.call("gather", "results/batch", "--out", "both.h5", code=5).stderr.count("--force"), 1)

    def test_a_longer_design_and_more_replicates_keep_what_is_there(self):
        axis = '[[sweep.axis]]\nkey = "paint.speed"\nfrom = 1.0\nto = 4.0\n'
        head = '[sweep]\nbase = "base.toml"\ndesign = "sobol"\n[sweep.set]\n"run.end" = 2015-02-01\n'
        self.write("s.toml", head.replace("[sweep.set]", "points = 3\n[sweep.set]") + axis)
        self.assertEqual(self.json("sweep", "s.toml")["finished"], 3)
        ids = [r["id"] for r in self.manifest("results/s")]
        self.assertEqual([r["paint.speed"] for r in self.manifest("results/s")], ["2.5", "3.25", "1.75"])
        self.write("s.toml", head.replace("[sweep.set]", "points = 7\nreplicates = 2\n[sweep.set]") + axis)
        done = self.json("sweep", "s.toml")
        self.assertEqual((done["finished"], done["reused"]), (11, 3))
        self.assertEqual([r["id"] for r in self.manifest("results/s")][0:6:2], ids)

    def test_whole_numbers_and_listed_values_in_sampled_designs(self):
        self.write("m.toml", '[sweep]\nbase = "base.toml"\ndesign = "lhs"\npoints = 9\n[sweep.set]\n"run.end" = 2015-02-01\n'
                   '[[sweep.axis]]\nkey = "paint.painters"\nfrom = 1\nto = 3\n'
                   '[[sweep.axis]]\nkey = "paint.tool"\nvalues = ["brush", "roller", "spray_gun"]\n'
                   '[[sweep.axis]]\nkey = "shock.rain.size"\nfrom = -1\nto = 1\n')
        self.call("sweep", "m.toml", "--plan-only")
        rows = self.manifest("results/m")
        self.assertEqual(sorted(r["paint.painters"] for r in rows), sorted("123" * 3))
        self.assertEqual(sorted(r["paint.tool"] for r in rows), sorted(["brush", "roller", "spray_gun"] * 3))
        self.assertTrue(all("." in r["shock.rain.size"] for r in rows))
        with open(self.path("results/m/plan.json"), encoding="utf-8") as file:
            self.assertEqual([a["type"] for a in json.load(file)["axes"]], ["integer", "text", "number"])

    def test_shards_are_parts_that_make_the_whole(self):
        self.write("grid.toml", GRID)
        counts = [self.json("sweep", "grid.toml", "--shard", f"{i}/3")["finished"] for i in (1, 2, 3)]
        self.assertEqual(counts, [3, 3, 2])
        self.assertEqual(self.json("status", "results/grid")["finished"], 8)


class Trouble(SweepTest):
    def slow(self, days_ms=2):
        self.write("slow.toml", GRID.replace('"run.end" = 2015-07-01', f'"run.end" = 2015-07-01\n"toy.sleep_ms" = {days_ms}'))
        return "slow.toml"

    def test_killed_twice_and_resumed_gives_the_same_bytes(self):
        sweep = self.slow()
        self.call("sweep", sweep, "--out", "calm", "--store", "calm_store", "--jobs", "2")
        self.call("gather", "calm")
        for results in (2, 4):
            self.kill(self.halted("sweep", sweep, "--jobs", "2", "--checkpoint-every", "1", when=lambda n=results: n <= len(self.results()) < 8))
        done = self.json("sweep", sweep, "--jobs", "2", "--checkpoint-every", "1")
        self.assertGreater(done["reused"], 0)
        self.assertEqual(done["finished"] + done["reused"], 8)
        self.call("gather", "results/slow")
        self.assertEqual(self.bytes("results/slow/ensemble.h5"), self.bytes("calm/ensemble.h5"))
        self.assertEqual([f for f in self.store() if not f.endswith(".h5") or "ckpt" in f], [])  # nothing is left over

    def results(self):
        return [f for f in self.store(".h5") if ".ckpt" not in f]

    def owners(self):
        """Processes that have a run; a lock is made first, and then says whose it is."""
        found = []
        for name in self.store(".lock"):
            try:
                with open(self.path(f"results/store/{name}"), encoding="utf-8") as file:
                    found.append(json.load(file)["pid"])
            except (FileNotFoundError, json.JSONDecodeError):
                pass
        return found

    def halted(self, *arguments, when):
        """A process that stands still, with its children, while `when()` is true. On a busy machine the moment may pass before it is seen: then
        what came of it is removed, and it begins again."""
        for _ in range(20):
            there = set(self.store())
            process = self.start(*arguments)
            self.addCleanup(self.kill, process)
            while process.poll() is None:
                if when():
                    os.killpg(process.pid, signal.SIGSTOP)
                    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
                    if process.poll() is None and when():
                        return process
                    self.go_on(process)
                time.sleep(0.01)
            for name in set(self.store()) - there:
                os.remove(self.path(f"results/store/{name}"))
        return self.fail("it never came to that")

    @staticmethod
    def go_on(process):
        os.killpg(process.pid, signal.SIGCONT)

    @staticmethod
    def kill(process):
        """The process and its children."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def test_a_killed_run_goes_on_from_its_checkpoint(self):
        self.call("sweep", self.slow(5), "--plan-only")
        run = self.manifest("results/slow")[0]["id"]
        log = self.path("log")
        arguments = ["run", "--plan", "results/slow", "--index-range", "0:1", "--checkpoint-every", "1"]
        self.kill(self.halted(*arguments, when=lambda: f"{run}.ckpt.h5" in self.store()))
        self.call(*arguments, TOY_LOG=log)
        with open(log, encoding="utf-8") as file:
            (_, first, last), = [line.split() for line in file]
        self.assertGreaterEqual(int(first), 31)
        self.assertEqual(int(last), 181)
        self.call("run", "--plan", "results/slow", "--index-range", "0:1")
        shutil.move(self.path(f"results/store/{run}.h5"), self.path("resumed.h5"))
        self.call("run", "--plan", "results/slow", "--index-range", "0:1")
        self.assertEqual(self.bytes("resumed.h5"), self.bytes(f"results/store/{run}.h5"))

    def test_a_damaged_checkpoint_is_not_used(self):
        self.call("sweep", self.slow(3), "--plan-only")
        run = self.manifest("results/slow")[0]["id"]
        self.kill(self.halted("run", "--plan", "results/slow", "--index-range", "0:1", "--checkpoint-every", "1", when=lambda: f"{run}.ckpt.h5" in self.store()))
        name = self.path(f"results/store/{run}.ckpt.h5")
        content = bytearray(self.bytes(name))
        content[len(content) // 2] ^= 255
        with open(name, "wb") as file:
            file.write(content)
        result = self.call("run", "--plan", "results/slow", "--index-range", "0:1")
        self.assertIn("is not used", result.stderr)
        self.assertEqual(self.json("status", "results/slow")["finished"], 1)

    def test_terminated_it_stops_and_can_go_on(self):
        process = self.halted("sweep", self.slow(10), "--checkpoint-every", "1", when=lambda: any(f.endswith(".ckpt.h5") for f in self.store()))
        process.terminate()  # the process alone: it tells its children
        self.go_on(process)
        self.assertEqual(process.wait(60), 75)
        self.assertEqual([f for f in self.store() if f.endswith(".lock")], [])
        self.assertNotEqual([f for f in self.store() if ".ckpt" in f], [])
        self.assertEqual(self.json("run", "--plan", "results/slow")["left"], 0)

    def test_a_run_that_is_told_to_end_as_it_begins_lets_go_of_its_lock(self):
        self.call("sweep", self.slow(10), "--plan-only")
        for _ in range(5):
            process = self.start("run", "--plan", "results/slow", "--index-range", "0:1")
            while not self.store(".lock") and process.poll() is None:
                pass  # at once
            process.terminate()
            self.assertIn(process.wait(60), (0, 75, 143))  # 0: it was done before
            self.assertEqual(self.store(".lock"), [])

    def test_a_run_that_crashes_fails_alone(self):
        self.write("c.toml", '[sweep]\nbase = "base.toml"\n[sweep.set]\n"run.end" = 2015-02-01\n'
                   '[[sweep.axis]]\nkey = "toy.crash"\nvalues = [false, true]\n'
                   '[[sweep.axis]]\nkey = "toy.fail"\nvalues = [false, true]\n')
        done = self.json("sweep", "c.toml", code=1)
        self.assertEqual((done["finished"], done["failed"]), (1, 3))
        found = {f["index"]: f for f in self.failures("results/c")}
        self.assertEqual((found[1]["kind"], found[1]["exit_code"], found[1]["reason"]), ("model", 1, "the paint is dry"))
        self.assertIn("the paint is dry", json.dumps(self.json("status", "results/c")))
        crashed = [f for f in found.values() if f["kind"] == "crash"]
        self.assertEqual({f["signal"] for f in crashed}, {signal.SIGSEGV})
        again = self.json("sweep", "c.toml", code=1)  # they are not tried again by themselves...
        self.assertEqual((again["finished"], again["failed"], again["failed_before"]), (0, 0, 3))
        self.assertEqual(len(self.failures("results/c")), 3)
        self.assertEqual(self.json("run", "--plan", "results/c", "--retry", code=1)["failed"], 3)  # ...only when asked
        self.assertEqual(len(self.failures("results/c")), 6)
        refused = self.call("gather", "results/c", code=1).stderr
        self.assertIn("3 of 4 runs have no good result: 1, 2, 3", refused)
        self.call("gather", "results/c", "--allow-missing")
        with h5py.File(self.path("results/c/ensemble.h5")) as data:
            self.assertEqual(list(data["present"]), [1, 0, 0, 0])
            self.assertFalse(np.isnan(data["painted"][0]).any())
            self.assertTrue(np.isnan(data["painted"][1:]).all())

    def test_a_killed_run_is_tried_again_and_the_sweep_goes_on(self):
        process = self.halted("sweep", self.slow(5), "--jobs", "1", when=self.owners)
        os.kill(self.owners()[0], signal.SIGKILL)
        self.go_on(process)
        self.assertEqual(process.wait(120), 0)
        self.assertEqual([f["kind"] for f in self.failures("results/slow")], ["killed"])

    def test_two_processes_on_one_run_make_one_result(self):
        self.call("sweep", self.slow(5), "--plan-only")
        one = ["run", "--plan", "results/slow", "--index-range", "0:1"]
        process = self.halted(*one, when=self.owners)
        self.assertEqual(self.json("status", "results/slow")["running"], 1)
        second = self.call(*one, code=75)
        self.assertIn(f"is being run by process {process.pid} on", second.stderr)
        both = self.json("run", "--plan", "results/slow", "--index-range", "0:2", code=75)
        self.assertEqual((both["finished"], both["elsewhere"]), (1, 1))
        self.go_on(process)
        self.assertEqual(process.wait(60), 0)
        self.assertIn("is done already", self.call(*one).stderr)

    def test_racers(self):
        self.call("sweep", self.slow(1), "--plan-only")
        racers = [self.start("run", "--plan", "results/slow", "--jobs", "2") for _ in range(4)]
        codes = [racer.wait(120) for racer in racers]
        self.assertTrue(set(codes) <= {0, 75}, codes)
        self.assertEqual(self.json("run", "--plan", "results/slow")["reused"], 8)
        self.assertFalse(os.path.exists(self.path("results/slow/failures.jsonl")))

    def test_a_damaged_result_is_found_and_made_again(self):
        self.write("grid.toml", GRID)
        self.call("sweep", "grid.toml")
        self.call("gather", "results/grid", "--out", "before.h5")
        rows = self.manifest("results/grid")
        damaged = self.path(f"results/store/{rows[3]['id']}.h5")
        with h5py.File(damaged, "r+") as file:
            file["painted"][0, 0] += 1
        with open(self.path(f"results/store/{rows[4]['id']}.h5"), "r+b") as file:
            file.truncate(1000)
        shutil.copy(self.path(f"results/store/{rows[0]['id']}.h5"), self.path(f"results/store/{rows[5]['id']}.h5"))
        status = self.json("status", "results/grid")
        self.assertEqual((status["finished"], status["damaged"]), (5, 3))
        self.assertEqual([p["index"] for p in status["problems"]], [3, 4, 5])
        self.assertEqual(self.call("gather", "results/grid", code=None).returncode in (1, 5), True)
        self.assertFalse(os.path.exists(self.path("results/grid/ensemble.h5")))
        self.assertEqual(self.json("sweep", "grid.toml")["finished"], 3)
        self.call("gather", "results/grid")
        self.assertEqual(self.bytes("results/grid/ensemble.h5"), self.bytes("before.h5"))

    def test_one_number_of_a_data_table_makes_every_run_stale(self):
        self.write("grid.toml", GRID)
        self.call("sweep", "grid.toml")
        self.write("data/walls.csv", "# source: a test\nwall,colour,area_m2,provenance\nnorth,red,12.6,assumed\n")
        status = self.json("status", "results/grid")
        self.assertTrue(status["stale"])
        self.assertIn("data/walls.csv", status["stale_reason"])
        self.assertEqual(self.call("status", "results/grid").stdout.count("Every run is stale"), 1)
        refused = self.call("run", "--plan", "results/grid", code=3).stderr
        self.assertIn("help: plan again: toy sweep grid.toml --out results/grid", refused)
        one = self.call("run", "--plan", "results/grid", "--index-range", "0:1", code=None)
        self.assertEqual((one.returncode, "is stale" in one.stderr), (3, True))
        self.assertEqual(self.json("sweep", "grid.toml")["finished"], 8)

    def test_a_result_of_another_version(self):
        self.write("grid.toml", GRID)
        self.call("sweep", "grid.toml")
        new = {"TOY_MODEL_VERSION": "abd"}
        self.assertIn("the plan is of model abc, and this is model abd", self.json("status", "results/grid", **new)["stale_reason"])
        refused = self.call("run", "--plan", "results/grid", code=3, **new).stderr
        self.assertIn("plan again", refused)
        self.assertIn("is stale", self.call("run", "--plan", "results/grid", "--index-range", "0:1", code=3, **new).stderr)
        self.assertEqual(self.json("sweep", "grid.toml", **new)["finished"], 8)
        self.assertEqual(len(self.store(".h5")), 16)  # the old ones are kept


if __name__ == "__main__":
    SweepTest.program = sys.argv.pop(1)
    unittest.main()
