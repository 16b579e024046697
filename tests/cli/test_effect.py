#!/usr/bin/python3
"""`effect` as a process: pairs, forks, what is reused, refusals, failures, budgets.

usage: test_effect.py PROGRAM   (the toy application)

The toy paints 30 m2 a month for each unit of speed and painter, times 1 + luck of the month; the luck depends on seed, month and colour.
"""
import json
import os
import signal
import statistics
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

PROGRAM = ""


class EffectTest(ScratchTest):
    def setUp(self):
        super().setUp()
        self.write("base.toml", 'extends = "toy:white"\n[run]\nname = "base"\n')
        self.write("rain.toml", 'extends = "base.toml"\n[run]\nname = "rain"\n[[shock]]\nid = "storm"\non = 2015-07-01\nsize = -0.25\n')
        self.write("night.toml", 'extends = "base.toml"\n[run]\nname = "night"\n[paint]\nby_night = true\n')
        self.write("same.toml", 'extends = "base.toml"\n[run]\nname = "same"\ntitle = "The same under another name"\n')

    def effect(self, *arguments, log=None):
        environment = {**os.environ, **({"TOY_LOG": self.path(log)} if log else {})}
        return subprocess.run([PROGRAM, "effect", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120, check=False,
                              env=environment)

    def json(self, *arguments, code=0, log=None):
        result = self.effect(*arguments, "--json", log=log)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout.count("\n"), 1)
        return json.loads(result.stdout)

    def days(self, log):
        with open(self.path(log), encoding="utf-8") as file:
            return [tuple(map(int, line.split())) for line in file]

    def results(self, folder="results"):
        return sorted(os.path.join(at, name)[len(self.folder) + 1:] for at, _, names in os.walk(self.path(folder)) for name in names)


class Statistics(EffectTest):
    def test_the_effect_of_a_shock_by_hand(self):
        # speed 2 x 3 painters x 30 = 180 m2 a month of each colour; the storm takes a quarter of red, 45, times 1 + 0.1 luck
        found = self.json("base.toml", "rain.toml", "--series", "painted", "--at", "2015-12")
        effect, = found["effects"]
        self.assertEqual((effect["policy"], effect["series"], effect["unit"], effect["pairs"]), ("rain", "painted", "m2", 16))
        self.assertAlmostEqual(effect["effect"], -45, delta=3)
        self.assertAlmostEqual(effect["base"], 540, delta=15)
        differences = [pair["policy"] - pair["base"] for pair in effect["values"]]
        self.assertAlmostEqual(effect["effect"], statistics.fmean(differences), places=9)
        self.assertEqual([pair["seed"] for pair in effect["values"]], list(range(1, 17)))
        half = 2.1314495 * statistics.stdev(differences) / 4  # Student's t, 15 degrees of freedom, 16 pairs
        self.assertAlmostEqual(effect["half_width"], half, places=6)
        self.assertAlmostEqual(effect["interval"]["low"], effect["effect"] - half, places=6)
        variances = [statistics.variance([pair[side] for pair in effect["values"]]) for side in ("base", "policy")]
        ratio = sum(variances) / statistics.variance(differences)
        self.assertAlmostEqual(effect["variance_ratio"], ratio, places=6)
        self.assertAlmostEqual(effect["unpaired_runs"], 32 * ratio, places=4)
        self.assertEqual(effect["zero_share"], 0)

    def test_no_colour_but_the_shock_s_is_touched(self):
        found = self.json("base.toml", "rain.toml", "--series", "painted[colour=red],painted[colour=blue]", "--at", "2015")
        red, blue = found["effects"]
        self.assertEqual(found["comparisons"], 2)
        self.assertLess(red["interval"]["high"], 0)
        self.assertEqual((blue["effect"], blue["zero_share"], blue["interval"]), (0, 1, {"low": 0, "high": 0}))

    def test_a_policy_equal_to_the_base_has_effect_exactly_zero(self):
        found = self.json("base.toml", "same.toml", "--series", "painted,waste_share", "--halfwidth", "0.5%")
        self.assertIn("nothing", found["policies"][0]["past"])
        for effect in found["effects"]:
            self.assertEqual((effect["effect"], effect["zero_share"], effect["half_width"]), (0, 1, 0))
        self.assertEqual(found["identical_pairs"], {"same": 16})

    def test_a_policy_with_a_size_of_zero_is_off_bit_for_bit(self):
        self.write("calm.toml", 'extends = "rain.toml"\n[[shock]]\nid = "storm"\nsize = 0.0\n')
        found = self.json("base.toml", "calm.toml", "--series", "painted,waste_share,spent")
        self.assertEqual([effect["zero_share"] for effect in found["effects"]], [1, 1, 1])
        self.assertEqual(found["identical_pairs"], {"calm": 16})

    def test_the_half_width_asked_for_is_reached_in_one_further_stage(self):
        first = self.json("base.toml", "night.toml", "--series", "painted")["effects"][0]
        wanted = self.json("base.toml", "rain.toml", "--series", "painted", "--at", "2015-12", "--halfwidth", "1.2")["effects"][0]
        self.assertGreater(wanted["pairs_needed"], 16)
        self.assertEqual(wanted["pairs"], wanted["pairs_needed"])
        self.assertLessEqual(wanted["half_width"], 1.2)
        self.assertEqual(first["pairs"], 16)

    def test_relative_widths_points_and_one_for_each_series(self):
        found = self.json("base.toml", "rain.toml", "--series", "painted,waste_share", "--at", "2015-12", "--halfwidth", "1%,0.1pp")
        self.assertAlmostEqual(found["effects"][0]["half_width_wanted"], 5.4, delta=0.2)
        self.assertEqual(found["effects"][1]["half_width_wanted"], 0.001)

    def test_a_cap_on_pairs_is_kept_and_told(self):
        result = self.effect("base.toml", "rain.toml", "--series", "painted", "--at", "2015-12", "--halfwidth", "0.1", "--max-pairs", "20")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"the half-width is [0-9.]+, not 0\.1 .*takes [0-9]{3,} pairs: raise --max-pairs")

    def test_the_first_stage_without_a_difference_is_not_the_end(self):
        self.write("late.toml", 'extends = "base.toml"\n[run]\nname = "late"\n[[shock]]\nid = "late"\non = 2015-12-15\nsize = 0.5\ncolour = "blue"\n')
        found = self.json("base.toml", "late.toml", "--series", "painted[colour=red]", "--halfwidth", "1%")
        self.assertEqual((found["effects"][0]["pairs"], found["effects"][0]["effect"]), (64, 0))

    def test_the_table(self):
        result = self.effect("base.toml", "rain.toml", "night.toml", "--series", "painted", "--from", "2015-08-01", "--window", "3")
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = result.stdout.splitlines()
        self.assertIn("Policy  rain: shares the past up to 2015-07-01 (then shock.storm differs)", lines)
        self.assertIn("Policy  night: paint.by_night differs from the first day on; there is no shared past, run from the start", lines)
        self.assertIn("Mean of 2015-08-01 to 2015-10-31, seeds 1 to 16, 48 runs made, 0 reused", lines)
        self.assertRegex(result.stdout, r"\nnight +painted +m2 +5\d\d\.\d+ +270 +270 to 270 +16 +0 % +- +-\n")
        self.assertIn("The 2 intervals hold together with 95 % (Bonferroni).", lines)
        self.assertRegex(result.stderr, r"16 of 16 seeds run")

    def test_threads_change_nothing(self):
        found = [self.json("base.toml", "rain.toml", "--series", "painted", "--threads", threads, "--store", "r" + threads) for threads in ("1", "4")]
        self.assertEqual(found[0], found[1])

    def test_another_first_seed(self):
        found = self.json("base.toml", "rain.toml", "--series", "painted", "--seed", "40")
        self.assertEqual([pair["seed"] for pair in found["effects"][0]["values"]], list(range(40, 56)))


class Past(EffectTest):
    def test_the_shared_past_is_run_once_for_each_seed(self):
        self.json("base.toml", "rain.toml", "--series", "painted", log="log")
        days = self.days("log")
        self.assertEqual(len(days), 48)  # a past and two futures for each seed
        self.assertEqual(sorted({(begin, end) for _, begin, end in days}), [(0, 181), (181, 365)])
        self.assertFalse([name for name in self.results() if "past" in name])

    def test_a_fork_is_the_run_from_the_start(self):
        forked = self.json("base.toml", "rain.toml", "--series", "painted", "--store", "forked")
        for scenario in ("base.toml", "rain.toml"):
            subprocess.run([PROGRAM, "run", scenario, "--seed", "3", "-q", "-o", scenario + ".h5"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
            of_three = [name for name in self.results("forked") if name.endswith(".h5") and self.same(name, scenario + ".h5")]
            self.assertEqual(len(of_three), 1, scenario)
        self.assertEqual(forked["policies"][0]["fork"], "2015-07-01")

    def same(self, a, b):
        return subprocess.run([PROGRAM, "compare", a, b], cwd=self.folder, capture_output=True, check=False).returncode == 0

    def test_several_policies_fork_from_one_past_at_the_earliest_difference(self):
        self.write("sun.toml", 'extends = "base.toml"\n[run]\nname = "sun"\n[[shock]]\nid = "sun"\non = 2015-10-01\nsize = 0.25\n')
        found = self.json("base.toml", "sun.toml", "rain.toml", "--series", "painted", log="log")
        self.assertEqual(sorted({(begin, end) for _, begin, end in self.days("log")}), [(0, 181), (181, 365)])
        self.assertEqual(len(self.days("log")), 16 * 4)
        self.assertEqual([policy["fork"] for policy in found["policies"]], ["2015-10-01", "2015-07-01"])

    def test_an_undated_difference_is_run_from_the_start(self):
        found = self.json("base.toml", "night.toml", "--series", "painted", log="log")
        self.assertEqual({(begin, end) for _, begin, end in self.days("log")}, {(0, 365)})
        self.assertIsNone(found["policies"][0]["fork"])
        self.assertEqual(found["policies"][0]["first_difference"], "paint.by_night")

    def test_runs_that_are_there_are_reused_and_damaged_ones_repeated(self):
        first = self.json("base.toml", "rain.toml", "--series", "painted")
        again = self.json("base.toml", "rain.toml", "--series", "painted", log="log")
        self.assertEqual((first["runs_made"], first["runs_reused"], again["runs_made"], again["runs_reused"]), (32, 0, 0, 32))
        self.assertEqual(first["effects"], again["effects"])
        self.assertFalse(os.path.exists(self.path("log")))
        victim = self.path([name for name in self.results() if name.endswith(".h5")][5])
        with open(victim, "r+b") as file:
            file.truncate(os.path.getsize(victim) // 2)
        repaired = self.json("base.toml", "rain.toml", "--series", "painted")
        self.assertEqual((repaired["runs_made"], repaired["effects"]), (1, first["effects"]))

    def test_further_pairs_build_on_the_first(self):
        self.json("base.toml", "rain.toml", "--series", "painted")
        more = self.json("base.toml", "rain.toml", "--series", "waste_share", "--pairs", "20")
        self.assertEqual((more["runs_made"], more["runs_reused"]), (8, 32))

    def test_a_run_of_the_run_verb_is_reused(self):
        subprocess.run([PROGRAM, "run", "base.toml", "-q"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(self.json("base.toml", "rain.toml", "--series", "painted")["runs_reused"], 1)

    def test_discard_leaves_nothing_but_what_was_there(self):
        self.json("base.toml", "rain.toml", "--series", "painted", "--pairs", "16", "--store", "kept")
        kept = self.results("kept")
        self.json("base.toml", "night.toml", "--series", "painted", "--store", "kept", "--discard")
        self.assertEqual(self.results("kept"), kept)
        self.json("base.toml", "night.toml", "--series", "painted", "--store", "gone", "--discard")
        self.assertEqual(self.results("gone"), [])


class Failures(EffectTest):
    def test_a_failed_run_is_told_and_its_pair_left_out(self):
        arguments = ("base.toml", "rain.toml", "--series", "painted", "--set", "toy.fail_seed=5")
        found = self.json(*arguments, code=1)
        self.assertEqual([(run["seed"], run["name"]) for run in found["failed"]], [(5, "base"), (5, "rain")])
        self.assertIn("the paint is dry", found["failed"][0]["reason"])
        self.assertEqual(found["effects"][0]["pairs"], 15)
        self.assertIn("seed 5, base: the paint is dry", self.effect(*arguments).stdout)

    def test_a_guard_that_stops_every_run_leaves_no_effect(self):
        found = self.json("base.toml", "night.toml", "--series", "painted", "--set", "toy.stop=true", code=1)
        self.assertEqual((found["effects"], len(found["failed"])), ([], 32))
        self.assertIn("guard 'paint' tripped", found["failed"][0]["reason"])

    def test_an_interrupted_study_tells_what_it_has_and_goes_on_later(self):
        command = [PROGRAM, "effect", "base.toml", "rain.toml", "--series", "painted", "--set", "toy.sleep_ms=1", "--threads", "1", "--json"]
        process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 30
        while len([name for name in (self.results() if os.path.isdir(self.path("results")) else []) if name.endswith(".h5")]) < 5 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        found = json.loads(process.communicate(timeout=60)[0])
        self.assertEqual(process.returncode, 75)
        self.assertTrue(found["interrupted"])
        self.assertTrue(all("interrupted" in run["reason"] for run in found["failed"]))
        done = found["runs_made"]
        self.assertGreaterEqual(done, 4)
        rest = self.json(*command[2:-1])
        self.assertEqual((rest["runs_made"], rest["runs_reused"], rest["failed"]), (32 - done, done, []))

    def test_a_folder_that_cannot_be_made_is_told_before_anything_runs(self):
        self.write("file", "")
        for folder in ("file", "file/sub", "/proc/none"):
            result = self.effect("base.toml", "rain.toml", "--series", "painted", "--store", folder, log="log")
            self.assertEqual((result.returncode, result.stdout), (5, ""), result.stderr)
            self.assertRegex(result.stderr, "cannot be made|there is no folder")
        self.assertFalse(os.path.exists(self.path("log")))


class Refusals(EffectTest):
    def refused(self, code, text, *arguments):
        result = self.effect(*arguments)
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        self.assertIn(text, result.stderr)
        self.assertFalse(os.path.exists(self.path("results")))

    def test_wrong_use(self):
        two = ("base.toml", "rain.toml")
        self.refused(2, "say which policy", "base.toml", "--series", "painted")
        self.refused(2, "say with --series", *two)
        self.refused(2, "did you mean 'painted'", *two, "--series", "paintd")
        self.refused(2, "there is no series 'x'", *two, "--series", "x,painted")
        self.refused(2, "did you mean 'colour'", *two, "--series", "painted[color=red]")
        self.refused(2, "did you mean 'green'", *two, "--series", "painted[colour=gren]")
        self.refused(2, "is one number a month", *two, "--series", "waste_share[colour=red]")
        self.refused(2, "does not end its choice", *two, "--series", "painted[colour=red")
        for width in ("x", "0", "-1", "1 m2", "nan", "5%%"):
            self.refused(2, "is no width", *two, "--series", "painted", "--halfwidth=" + width)
        self.refused(2, "painted is no share", *two, "--series", "painted", "--halfwidth", "0.1pp")
        self.refused(2, "gives 2 widths for 1 series", *two, "--series", "painted", "--halfwidth", "1,2")
        self.refused(2, "is no year or month", *two, "--series", "painted", "--at", "15")
        self.refused(2, "is not inside the run", *two, "--series", "painted", "--at", "2016")
        self.refused(2, "is no date", *two, "--series", "painted", "--from", "2015-13-01")
        self.refused(2, "is no date", *two, "--series", "painted", "--from", "2015-02-30")
        self.refused(2, "exclude each other", *two, "--series", "painted", "--from", "2015-01-01", "--at", "2015")
        for seed in ("-1", "4294967296", "1.5", "x"):
            self.refused(2, f"'{seed}' is no whole number from 0 to 4294967295", *two, "--series", "painted", "--seed", seed)
        self.refused(2, "each pair has a seed of its own", *two, "--series", "painted", "--set", "run.seed=7")
        self.refused(2, "'3' is no whole number from 16 to 1000000", *two, "--series", "painted", "--pairs", "3")
        self.refused(2, "'1.5' is no whole number from 0 to 4096", *two, "--series", "painted", "--threads", "1.5")
        self.refused(2, "write --from 2015-06-01", *two, "--series", "painted", "--from", "2015-06-15", "--window", "1")
        self.refused(2, "add --from DATE", *two, "--series", "painted", "--window", "3")
        self.refused(2, "painted is asked for twice", *two, "--series", "painted,painted")
        self.refused(2, "chooses two of colour", *two, "--series", "painted[colour=red,colour=blue]")
        self.refused(2, "a series has no name", *two, "--series", "painted,")
        self.refused(2, "go together", *two, "--series", "painted", "--equal-budget")
        self.refused(2, "go together", *two, "--series", "painted", "--dial", "paint.speed")
        self.refused(2, "go together", *two, "--series", "painted", "--money", "spent")
        self.refused(2, "at least two policies", *two, "--series", "painted", "--equal-budget", "--dial", "paint.speed")

    def test_several_mistakes_are_told_at_once(self):
        result = self.effect("base.toml", "rain.toml", "--series", "paintd,spend", "--at", "12")
        self.assertEqual(result.stderr.count("error:"), 3)

    def test_invalid_scenarios(self):
        self.write("bad.toml", 'extends = "base.toml"\n[paint]\nspeed = -1\n')
        self.refused(3, "bad.toml:3:9: error: paint.speed = -1", "base.toml", "bad.toml", "--series", "painted")
        self.refused(3, "nowhere.toml", "base.toml", "nowhere.toml", "--series", "painted")
        self.refused(3, "--set:1:13: error", "base.toml", "rain.toml", "--series", "painted", "--set", "paint.speed=-1")

    def test_other_days_make_no_pair(self):
        self.write("long.toml", 'extends = "base.toml"\n[run]\nend = 2017-01-01\n')
        self.refused(3, "run.end is 2016-01-01 in the base and 2017-01-01 in long", "base.toml", "long.toml", "--series", "painted")

    def test_too_large(self):
        self.refused(3, "of memory, and may take", "base.toml", "rain.toml", "--series", "painted", "--max-memory", "1k")

    def test_a_dry_run_writes_nothing(self):
        found = self.json("base.toml", "rain.toml", "--series", "painted", "--dry-run", "--threads", "3")
        self.assertEqual((found["runs"], found["seeds_at_a_time"], found["threads_for_each"], found["fork"]), (32, 3, 1, "2015-07-01"))
        large = self.json("base.toml", "rain.toml", "--series", "painted", "--dry-run", "--threads", "3", "--max-memory", "1.1M")
        self.assertEqual((large["seeds_at_a_time"], large["threads_for_each"]), (1, 3))
        self.assertFalse(os.path.exists(self.path("results")))


class EqualBudget(EffectTest):
    # A rule of amount a spends a + a^2 / 1000 a month, times 1 + 0.1 luck, at most a twelfth of its budget.
    def setUp(self):
        super().setUp()
        for name, amount in (("small", 100), ("large", 400)):
            self.write(name + ".toml", f'extends = "base.toml"\n[run]\nname = "{name}"\n[rule.new]\nkind = "grant"\namount_cny = {amount}\n'
                       'budget = [{from = 2015-01-01, amount_cny = 100000.0}]\n')

    def test_the_dial_is_turned_until_the_money_agrees(self):
        found = self.json("base.toml", "small.toml", "large.toml", "--series", "painted", "--equal-budget", "--dial", "rule.new.amount_cny")
        first, second = found["budget"]["policies"]
        self.assertEqual((first["factor"], first["ratio"]), (1, 1))
        self.assertAlmostEqual(second["ratio"], 1, delta=0.01)
        self.assertAlmostEqual(second["factor"], 0.25, delta=0.004)
        self.assertIn("rule.new.amount_cny=" + second["value"], found["policies"][1]["set"])
        self.assertAlmostEqual(first["money"], 12 * 110, delta=12 * 10)

    def test_one_dial_for_each_policy(self):
        found = self.json("base.toml", "large.toml", "small.toml", "--series", "painted", "--equal-budget", "--dial", "rule.new.budget",
                          "--dial", "rule.new.amount_cny")
        first, second = found["budget"]["policies"]
        self.assertEqual((first["dial"], first["factor"]), ("rule.new.budget", 1))
        self.assertAlmostEqual(second["factor"], 4, delta=0.08)

    def test_a_budget_out_of_reach_is_told(self):
        result = self.effect("base.toml", "large.toml", "small.toml", "--series", "painted", "--equal-budget", "--dial", "rule.new.budget")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("small cannot cost what large costs", result.stderr)

    def test_a_policy_that_spends_nothing_has_no_budget(self):
        result = self.effect("base.toml", "night.toml", "small.toml", "--series", "painted", "--equal-budget", "--dial", "paint.speed",
                             "--dial", "rule.new.amount_cny")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("night moves no spent", result.stderr)

    def test_an_interrupted_search_goes_on_later(self):
        command = [PROGRAM, "effect", "base.toml", "small.toml", "large.toml", "--series", "painted", "--equal-budget", "--dial", "rule.new.amount_cny",
                   "--set", "toy.sleep_ms=2", "--threads", "1"]
        process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
        self.assertEqual((process.returncode, stdout), (75, ""), stderr)

    def test_each_policy_s_money_is_that_of_its_own_programmes(self):
        # the base has another rule than the policies, and they have different ones: `spent` has other labels in each
        for name, amount in (("old", 100), ("new", 400)):
            self.write(name + ".toml", f'extends = "base.toml"\n[run]\nname = "{name}"\n[rule.{name}]\nkind = "grant"\namount_cny = {amount}\n'
                       'budget = [{from = 2015-01-01, amount_cny = 100000.0}]\n')
        found = self.json("base.toml", "old.toml", "new.toml", "--series", "painted", "--equal-budget", "--dial", "rule.old.amount_cny", "--dial", "rule.new.amount_cny")
        first, second = found["budget"]["policies"]
        self.assertAlmostEqual(first["money"], 12 * 110, delta=12 * 10)
        self.assertAlmostEqual(second["ratio"], 1, delta=0.01)
        self.assertEqual(found["budget"]["series"], "spent")

    def test_a_base_that_pays_nothing_has_no_such_series(self):
        self.write("bare.toml", '[run]\nname = "bare"\nend = 2016-01-01\n')
        for name, amount in (("a", 100), ("b", 200)):
            self.write(name + ".toml", f'extends = "bare.toml"\n[run]\nname = "{name}"\n[rule.{name}]\nkind = "grant"\namount_cny = {amount}\n'
                       'budget = 100000.0\n')
        found = self.json("bare.toml", "a.toml", "b.toml", "--series", "painted", "--equal-budget", "--dial", "rule.a.amount_cny", "--dial", "rule.b.amount_cny",
                          "--money", "spent")
        self.assertAlmostEqual(found["budget"]["policies"][0]["money"], 12 * 110, delta=12 * 10)
        self.write("none.toml", 'extends = "bare.toml"\n[run]\nname = "none"\n')
        result = self.effect("bare.toml", "a.toml", "none.toml", "--series", "painted", "--equal-budget", "--dial", "paint.speed")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("in none there is no series 'spent'", result.stderr)

    def test_wrong_dials(self):
        two = ("base.toml", "small.toml", "large.toml", "--series", "painted", "--equal-budget")
        for arguments, text in ((("--money", "waste_share", "--dial", "paint.speed"), "is no flow"), (("--dial", "rule.old.amount_cny"), "is no number in small"),
                                (("--dial", "paint.tool"), "is no number"), (("--money", "spnt", "--dial", "paint.speed"), "did you mean 'spent'")):
            result = self.effect(*two, *arguments)
            self.assertEqual(result.returncode, 2)
            self.assertIn(text, result.stderr)


class Factorial(EffectTest):
    # A month is 90 m2 of red for each unit of speed; the storm takes a quarter of that, so that speed and storm do more together: by hand below.
    def setUp(self):
        super().setUp()
        self.write("fast.toml", 'extends = "base.toml"\n[run]\nname = "fast"\n[paint]\nspeed = 3.0\n')
        self.write("storm.toml", 'extends = "base.toml"\n[run]\nname = "storm"\n[[shock]]\nid = "storm"\non = 2015-07-01\nsize = -0.25\n')

    def test_main_effects_and_interaction_by_hand(self):
        found = self.json("base.toml", "fast.toml", "storm.toml", "--factorial", "--series", "painted[colour=red]", "--at", "2015-12")
        self.assertEqual((found["design"], found["comparisons"], found["runs_made"]), ("factorial", 3, 64))
        fast, storm, both = found["effects"]
        self.assertEqual([effect["policy"] for effect in found["effects"]], ["fast", "storm", "fast x storm"])
        self.assertAlmostEqual(fast["effect"], (90 + 90 * 0.75) / 2, delta=3)  # speed 2 to 3, without the storm and in it
        self.assertAlmostEqual(storm["effect"], -(45 + 67.5) / 2, delta=3)     # a quarter of 180 and of 270
        self.assertAlmostEqual(both["effect"], -22.5, delta=1.5)               # 67.5 less 45
        self.assertEqual((fast["pairs"], both["base"]), (16, None))
        means = {run["name"]: run["means"]["painted[colour=red]"] for run in found["runs"]}
        self.assertEqual(list(means), ["base", "fast", "storm", "fast + storm"])
        self.assertAlmostEqual(both["effect"], means["fast + storm"] - means["fast"] - means["storm"] + means["base"], places=9)
        self.assertAlmostEqual(fast["effect"], (means["fast + storm"] - means["storm"] + means["fast"] - means["base"]) / 2, places=9)
        self.assertAlmostEqual(fast["base"], (means["base"] + means["storm"]) / 2, places=9)
        effects = [pair["effect"] for pair in both["values"]]
        half = 2.694 * statistics.stdev(effects) / 4  # Student's t, 15 degrees of freedom, 0.05 / 6 beyond each end
        self.assertAlmostEqual(both["half_width"], half, delta=0.001 * half)

    def test_a_combination_is_the_scenario_that_has_both(self):
        self.json("base.toml", "fast.toml", "storm.toml", "--factorial", "--series", "painted")
        self.write("both.toml", 'extends = "storm.toml"\n[run]\nname = "base"\n[paint]\nspeed = 3.0\n')
        again = self.json("base.toml", "both.toml", "--series", "painted", "--seed", "3")
        self.assertEqual((again["runs_made"], again["runs_reused"]), (4, 28))  # seeds 17 and 18 are new

    def test_policies_that_add_up_have_no_interaction(self):
        self.write("gust.toml", 'extends = "base.toml"\n[run]\nname = "gust"\n[[shock]]\nid = "gust"\non = 2015-09-01\nsize = -0.1\ncolour = "blue"\n')
        self.write("calm.toml", 'extends = "base.toml"\n[run]\nname = "calm"\n[[shock]]\nid = "calm"\non = 2015-09-01\nsize = 0.0\n')
        found = self.json("base.toml", "storm.toml", "gust.toml", "calm.toml", "--factorial", "--series", "painted[colour=red],painted", "--at", "2015-12")
        effects = {(effect["policy"], effect["series"]): effect for effect in found["effects"]}
        self.assertEqual((len(effects), len(found["policies"])), (14, 7))
        self.assertEqual(effects["storm x gust", "painted[colour=red]"]["zero_share"], 1)
        self.assertEqual(effects["gust", "painted[colour=red]"]["zero_share"], 1)
        self.assertEqual(effects["storm x gust", "painted"]["zero_share"], 1)  # rounding of sums is no effect
        self.assertEqual(effects["storm x gust x calm", "painted"]["interval"], {"low": 0, "high": 0})
        self.assertEqual(found["identical_pairs"]["calm"], 16)
        self.assertEqual({policy["name"]: policy["fork"] for policy in found["policies"]}["storm + gust"], "2015-07-01")

    def test_half_widths_failures_and_budgets_work_in_designs_too(self):
        found = self.json("base.toml", "fast.toml", "storm.toml", "--factorial", "--series", "painted", "--at", "2015-12", "--halfwidth", "2.5")
        self.assertTrue(all(effect["half_width"] <= 2.5 for effect in found["effects"]))
        self.assertEqual(max(effect["pairs_needed"] for effect in found["effects"]), found["seeds"])
        failing = self.json("base.toml", "fast.toml", "storm.toml", "--factorial", "--series", "painted", "--set", "toy.fail_seed=5", code=1)
        self.assertEqual(({effect["pairs"] for effect in failing["effects"]}, len(failing["failed"])), ({15}, 4))
        for name, amount in (("a", 100), ("b", 400)):
            self.write(name + ".toml", f'extends = "base.toml"\n[run]\nname = "{name}"\n[rule.{name}]\nkind = "grant"\namount_cny = {amount}\nbudget = 100000.0\n')
        equal = self.json("base.toml", "a.toml", "b.toml", "--factorial", "--series", "spent", "--equal-budget", "--dial", "rule.a.amount_cny", "--dial",
                          "rule.b.amount_cny")
        means = {run["name"]: run["means"]["spent"] for run in equal["runs"]}
        self.assertAlmostEqual(means["a + b"] - means["base"], 2 * (means["a"] - means["base"]), delta=2)  # with the dial of b turned

    def test_the_table(self):
        result = self.effect("base.toml", "fast.toml", "storm.toml", "--factorial", "--series", "painted")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"\nfast x storm +painted +m2 +- +-")
        self.assertRegex(result.stdout, r"\nfast \+ storm +[0-9.]+\n")
        self.assertIn("The 3 intervals hold together", result.stdout)

    def test_designs_that_are_none(self):
        more = ["--factorial", "--series", "painted"]
        for names, code, text in (([], 2, "say which policy"), (["fast"], 2, "at least two policies"), (["fast"] * 5, 2, "5 would take 32 runs for each seed")):
            result = self.effect("base.toml", *[name + ".toml" for name in names], *more)
            self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
            self.assertIn(text, result.stderr)
        self.write("slow.toml", 'extends = "base.toml"\n[paint]\nspeed = 1.0\n[[shock]]\nid = "storm"\nsize = 0.5\n')
        result = self.effect("base.toml", "fast.toml", "storm.toml", "slow.toml", *more)
        self.assertEqual((result.returncode, result.stdout), (3, ""))
        self.assertIn("fast and slow cannot be in force together: they set paint.speed differently", result.stderr)
        self.write("sum.toml", 'extends = "base.toml"\n[paint]\nweights = [0.5, 0.25, 0.25]\n')
        self.write("colours.toml", 'extends = "base.toml"\n[paint]\ncolours = ["red", "blue"]\n')
        self.assertEqual(self.effect("base.toml", "sum.toml", "colours.toml", *more, "--dry-run").returncode, 0)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
