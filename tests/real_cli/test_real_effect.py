#!/usr/bin/python3
"""The verb `effect` on the real model: what must be exactly zero, forks, what is reused.

usage: test_real_effect.py PROGRAM [TEST...]
"""
import json
import os

import h5py

import real_program
from real_program import RealProgram

SERIES = "capacity_utilisation,output[sector=tools],profit[ownership=state],firms,bank_capital_ratio"
SHOCK = '[[shock]]\nid = "slump"\nkind = "final_demand"\nfrom = 2016-03-01\nto = 2016-09-01\nsize = {size}\n'


class RealEffect(RealProgram):
    def setUp(self):
        super().setUp()
        self.write("base", "", base="fabrica:toyland", head='end = 2017-01-01\n[population]\nspin_up_years = 0\n')

    def write(self, name, text, base="base.toml", head=""):
        with open(self.path(name + ".toml"), "w", encoding="utf-8") as file:
            file.write(f'extends = "{base}"\n[run]\nname = "{name}"\n{head}{text}')

    def effect(self, *policies, series=SERIES, more=(), code=0):
        result = self.fabrica("effect", "base.toml", *policies, "--series", series, "--json", *more)
        self.assertEqual(result.returncode, code, result.stderr)
        return json.loads(result.stdout)

    def state_hashes(self, name):
        folder = self.path("results/" + name)
        hashes = {}
        for file in os.listdir(folder):
            if file.endswith(".run.json"):
                with h5py.File(os.path.join(folder, file.replace(".run.json", ".h5"))) as result:
                    seed = int(result.attrs["seed"])
                with open(os.path.join(folder, file), encoding="utf-8") as facts:
                    hashes[seed] = json.load(facts)["state_hash"]
        return hashes


PROGRAMME = '[policy.help]\nkind = "production_subsidy"\nfrom = 2016-03-01\nrate = 0.02\nintensity = {intensity}\n'


class Zero(RealEffect):
    def test_policies_that_do_nothing_or_begin_after_the_run_have_effect_exactly_zero_in_every_series(self):
        self.write("same", "")
        self.write("no_size", SHOCK.format(size="0.0"))  # dated: forked
        self.write("as_it_was", "[state_firms]\nhard_budget = false\nbail_out_size = 0.4\noutput_weight = 0.01\n")
        self.write("late", SHOCK.format(size="-0.3").replace("2016", "2026"))
        names = ("same", "no_size", "as_it_was", "late")  # all against one base
        found = self.effect(*[name + ".toml" for name in names])
        self.assertEqual(found["identical_pairs"], {name: 16 for name in names})
        self.assertEqual([policy["fork"] for policy in found["policies"][:3]], [None, "2016-03-01", None])
        self.assertIn("after the run", found["policies"][3]["past"])
        for effect in found["effects"]:
            self.assertEqual((effect["effect"], effect["zero_share"], effect["interval"]), (0, 1, {"low": 0, "high": 0}), effect["series"])
        for name in names[:3]:
            self.assertEqual(self.state_hashes(name), self.state_hashes("base"), name)

    def test_recording_more_changes_nothing_and_such_a_run_is_reused(self):
        result = self.fabrica("run", "base.toml", "--panel", "all", "-q")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.write("same", "")
        found = self.effect("same.toml")
        self.assertEqual((found["identical_pairs"], found["runs_reused"]), ({"same": 16}, 1))


class Fork(RealEffect):
    def test_a_fork_gives_the_bits_of_a_run_from_the_start(self):
        self.write("slump", SHOCK.format(size="-0.2"))
        found = self.effect("slump.toml", more=("--threads", "2"))
        self.assertEqual((found["policies"][0]["fork"], found["failed"]), ("2016-03-01", []))
        output = next(effect for effect in found["effects"] if effect["series"].startswith("output"))
        self.assertLess(output["interval"]["high"], 0)
        self.assertEqual(output["zero_share"], 0)
        forked = {name: self.state_hashes(name) for name in ("base", "slump")}
        for name in ("base", "slump"):
            for seed in (1, 16):
                whole = json.loads(self.fabrica("run", name + ".toml", "--seed", str(seed), "-o", f"{name}{seed}.h5", "--json").stdout)
                self.assertEqual(whole["state_hash"], forked[name][seed])
        left = [name for _, _, names in os.walk(self.path("results")) for name in names if "ckpt" in name or "partial" in name]
        self.assertEqual(left, [])
        again = self.effect("slump.toml")
        self.assertEqual((again["runs_made"], again["runs_reused"], again["effects"]), (0, 32, found["effects"]))
        self.before_the_slump("base1.h5", "slump1.h5")

    def before_the_slump(self, a, b):
        with h5py.File(self.path(a)) as one, h5py.File(self.path(b)) as other:
            months = 14  # January 2015 to February 2016
            for name, series in one.items():
                if isinstance(series, h5py.Dataset) and series.shape and series.shape[0] == 24:
                    self.assertEqual(series[:months].tobytes(), other[name][:months].tobytes(), name)
            self.assertNotEqual(one["final_demand"][months:].tobytes(), other["final_demand"][months:].tobytes())

    def test_all_kinds_of_policy_against_one_base(self):
        """Shocks, a switch from the first day on, and a programme that is on or off: the dated ones go on from the shared past."""
        self.write("slump", SHOCK.format(size="-0.2"))
        self.write("boom", SHOCK.format(size="0.2").replace("2016-03", "2016-06"))
        self.write("hard", "[state_firms]\nhard_budget = true\n")
        self.write("off", PROGRAMME.format(intensity="0.0"))
        self.write("on", PROGRAMME.format(intensity="1.0"))
        found = self.effect("slump.toml", "boom.toml", "hard.toml", "off.toml", "on.toml",
                            series="output,capacity_utilisation,output[sector=tools],profit[ownership=state],firms")
        self.assertEqual([policy["fork"] for policy in found["policies"]], ["2016-03-01", "2016-06-01", None, "2016-03-01", "2016-03-01"])
        self.assertEqual((found["runs_made"], found["comparisons"], len(found["effects"])), (96, 25, 25))
        effects = {(effect["policy"], effect["series"]): effect["effect"] for effect in found["effects"]}
        self.assertLess(effects["slump", "output"], 0)
        self.assertGreater(effects["boom", "output"], 0)
        programme = ("output[sector=tools]", "profit[ownership=state]", "firms")
        self.assertEqual({effects["off", series] for series in programme}, {0})
        self.assertTrue(any(effects["on", series] != 0 for series in programme))


class Factorial(RealEffect):
    def test_a_policy_that_does_nothing_has_no_effect_and_no_interaction(self):
        self.write("slump", SHOCK.format(size="-0.2"))
        self.write("no_size", SHOCK.format(size="0.0").replace('"slump"', '"nothing"'))
        found = self.effect("slump.toml", "no_size.toml", series="output,firms", more=("--factorial", "--set", "run.end=2016-07-01", "--at", "2016-06"))
        effects = {(effect["policy"], effect["series"]): effect for effect in found["effects"]}
        self.assertLess(effects["slump", "output"]["interval"]["high"], 0)
        for name in ("no_size", "slump x no_size"):
            self.assertEqual((effects[name, "output"]["effect"], effects[name, "output"]["zero_share"]), (0, 1))
        self.assertEqual([policy["fork"] for policy in found["policies"]], ["2016-03-01"] * 3)
        self.assertEqual(found["identical_pairs"], {"slump": 0, "no_size": 16, "slump + no_size": 0})


class Refusals(RealEffect):
    def refused(self, code, text, *arguments):
        result = self.fabrica("effect", *arguments)
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        self.assertIn(text, result.stderr)
        self.assertEqual(os.listdir(self.folder), ["base.toml"])

    def test_names_are_checked_before_anything_runs(self):
        two = ("base.toml", "base.toml", "--series")
        self.refused(2, "did you mean 'capacity_utilisation'", *two, "capacity_utilization")
        self.refused(2, "did you mean 'tools'", *two, "output[sector=tool]")
        self.refused(2, "has no axis 'region'", *two, "output[region=N]")
        self.refused(2, "is not inside the run", *two, "output", "--at", "2018")
        self.refused(3, "nowhere.toml", "base.toml", "nowhere.toml", "--series", "output")


if __name__ == "__main__":
    real_program.main()
