#!/usr/bin/python3
"""Checkpoints of the real program as a process: kills, signals, other threads, forks, damaged and foreign files.

usage: test_checkpoints.py PROGRAM [TEST...]
"""
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

import h5py
import numpy

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from scratch_test import ScratchTest  # noqa: E402

PROGRAM = ""
LONG = ("fabrica:toyland", "--set", "run.end=2030-01-01", "--set", "guards.unmet_demand_share=1")
CHINA = ("fabrica:china", "--set", "run.scale=0.001", "--set", "run.end=2017-01-01", "--set", "population.spin_up_years=1")
DIP = '\n[[shock]]\nid = "dip"\nkind = "final_demand"\nfrom = {}\nto = {}\nsize = -0.1\n'


HEAD = ("program", "model_version", "layout", "state_hash", "next_day", "open_from", "scenario_name", "scenario_toml", "scenario_root", "result", "panel", "files_sha256", "checkpoint_every")


def content_digest(file):
    """SHA-256 over the digests of the pieces, in the order in which they were made, and the head."""
    names, state = [], file["state"]
    state.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
    texts = [text for name in map(bytes.decode, names) for text in (name, state[name].attrs["bulk_digest"])]
    texts += [text for name in HEAD for text in (name, file.attrs[name])]
    return hashlib.sha256("".join(text + "\0" for text in texts).encode()).hexdigest()


def copy_with(source, target, name, text):
    """Copies a checkpoint with another text (repeated to the same length) in its head, its digests and its seal made anew."""
    with open(source, "rb") as file:
        whole = file.read()
    end = len(whole) - 80 - int(whole[-80:-64])
    lines = whole[end:-80]
    with open(target, "wb") as file:
        file.write(whole[:end])
    with h5py.File(target, "r+") as file:
        assert content_digest(file) == file.attrs["content_sha256"]
        put(file, name, (text * 4)[: len(file.attrs[name])])
        put(file, "content_sha256", content_digest(file))
    with open(target, "rb") as file:
        body = file.read()
    structure, at = hashlib.sha256(), 0
    for line in lines.decode().splitlines():
        first, size = map(int, line.split())
        structure.update(body[at:first])
        at = first + size
    structure.update(body[at:] + lines)
    with open(target, "ab") as file:
        file.write(lines + f"{len(lines):016d}".encode() + structure.hexdigest().encode())


def put(file, name, text):
    attribute = h5py.h5a.open(file.id, name.encode())
    attribute.write(numpy.array(text if attribute.dtype == object else text.encode(), dtype=attribute.dtype))


class Checkpoints(ScratchTest):
    def fabrica(self, *arguments):
        return subprocess.run([PROGRAM, *arguments, "-q"], cwd=self.folder, capture_output=True, text=True, timeout=300, check=False)

    def done(self, *arguments):
        """Summary of a command that has to succeed."""
        result = self.fabrica(*arguments, "--json")
        self.assertEqual(result.returncode, 0, f"{arguments}\n{result.stderr}")
        return json.loads(result.stdout)

    def refused(self, words, *arguments, code=3):
        result = self.fabrica(*arguments)
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        return result.stderr

    def datasets(self, name):
        found = {}

        def visit(path, item):
            if isinstance(item, h5py.Dataset):
                values = item[...]
                found[path] = (values.shape, values.tobytes() if values.dtype != object else tuple(values.ravel()), item.attrs["sha256"] if "sha256" in item.attrs else "")

        with h5py.File(self.path(name)) as file:
            file.visititems(visit)
            found["attributes"] = {key: str(value) for key, value in file.attrs.items()}
        self.assertGreater(len(found), 50)
        return found

    def assert_same(self, name, expected):
        found = self.datasets(name)
        self.assertEqual(found.keys(), expected.keys())
        for path, values in expected.items():
            self.assertEqual(found[path], values, path)

    def start(self, *arguments):
        return subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Resume(Checkpoints):
    def test_twenty_kills_cost_nothing(self):
        straight = self.done("run", *LONG, "-o", "straight.h5", "--threads", "1", "--panel", "5")
        expected = self.datasets("straight.h5")
        dice, kills = random.Random(1), 0
        before = time.monotonic()
        command = ("run", *LONG, "-o", "run.h5", "--threads", "1", "--checkpoint-every", "6", "--panel", "5")
        self.done(*command)
        whole = time.monotonic() - before
        os.remove(self.path("run.h5"))
        last = ""
        while kills < 20:
            for name in os.listdir(self.folder):
                if name.startswith("run."):
                    os.remove(self.path(name))
            process = self.start(*command)
            # A chain of kills: each next process goes on from the last checkpoint, on other threads and blocks.
            for link in range(4):
                time.sleep(dice.uniform(0.1, 0.9) * whole / (link + 1))
                if process.poll() is not None:
                    break
                process.kill()
                process.communicate()
                kills += 1
                if not os.path.exists(self.path("run.ckpt.h5")):
                    break
                process = self.start("run", "--resume", "run.ckpt.h5", "--threads", str(1 + link % 3), "--block-size", ("0", "16", "7", "4096")[link])
            process.kill()
            process.communicate()
            if os.path.exists(self.path("run.ckpt.h5")) and not os.path.exists(self.path("run.h5")):
                last = self.done("run", "--resume", "run.ckpt.h5", "--threads", "2")["state_hash"]
                self.assertEqual(last, straight["state_hash"])
            if os.path.exists(self.path("run.h5")):
                self.assert_same("run.h5", expected)
                self.assertFalse([name for name in os.listdir(self.folder) if name.endswith(".new")])
        self.assertEqual(last, straight["state_hash"], "at least one chain was resumed")

    def test_both_generations_go_on_to_the_same_end(self):
        straight = self.done("run", *CHINA, "-o", "straight.h5", "--threads", "2")
        self.done("run", *CHINA, "-o", "run.h5", "--threads", "1", "--checkpoint-every", "5")
        expected = self.datasets("straight.h5")
        for number, name in enumerate(("run.ckpt.h5", "run.ckpt.previous.h5")):
            out = f"again{number}.h5"
            again = self.done("run", "--resume", name, "-o", out, "--threads", "2", "--block-size", "64")
            self.assertEqual(again["state_hash"], straight["state_hash"])
            self.assertEqual(again["events"], straight["events"])
            self.assert_same(out, expected)

    def test_a_signal_leaves_a_checkpoint_code_75_and_how_to_go_on(self):
        expected = self.done("run", *LONG, "-o", "straight.h5")["state_hash"]
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number.name):
                process = self.start("run", *LONG, "-o", "run.h5", "--checkpoint-every", "600")
                for line in process.stderr:
                    if " 20 %" in line:
                        process.send_signal(number)
                        break
                stdout, stderr = process.communicate(timeout=100)
                self.assertEqual(process.returncode, 75, stdout + stderr)
                self.assertIn("Go on with: fabrica run --resume run.ckpt.h5", stdout)
                self.assertTrue(os.path.exists(self.path("run.h5.partial")))
                self.assertEqual(self.done("run", "--resume", "run.ckpt.h5", "--threads", "2")["state_hash"], expected)
                self.assert_same("run.h5", self.datasets("straight.h5"))
                self.assertFalse(os.path.exists(self.path("run.h5.partial")))
                os.remove(self.path("run.h5"))

    def test_a_checkpoint_is_written_at_the_end_of_the_spin_up(self):
        self.done("run", "fabrica:toyland", "-o", "run.h5", "--checkpoint-every", "36")
        with h5py.File(self.path("run.ckpt.h5")) as file:
            self.assertEqual((file.attrs["next_day"], file.attrs["open_from"]), ("2015-01-01", "2015-01-02"))

    def test_what_would_change_the_result_is_refused(self):
        self.done("run", "fabrica:toyland", "-o", "run.h5", "--checkpoint-every", "12")
        before = sorted(os.listdir(self.folder))
        for option in (("fabrica:toyland",), ("--set", "credit.payout=0.1"), ("--seed", "2")):
            self.refused(("cannot be given with --resume", "fabrica fork"), "run", *option, "--resume", "run.ckpt.h5", "-o", "x.h5", code=2)
        self.refused(("--panel", "leave it out"), "run", "--resume", "run.ckpt.h5", "--panel", "3", "-o", "x.h5", code=2)
        self.refused(("run.h5 exists", "--force"), "run", "--resume", "run.ckpt.h5", code=5)
        self.refused(("scenario is required",), "run", code=2)
        self.assertEqual(sorted(os.listdir(self.folder)), before)

    def test_a_run_can_be_moved(self):
        self.done("run", "fabrica:toyland", "-o", "run.h5", "--checkpoint-every", "12")
        os.mkdir(self.path("there"))
        shutil.move(self.path("run.ckpt.previous.h5"), self.path("there/moved.ckpt.h5"))
        self.assertEqual(self.done("run", "--resume", "there/moved.ckpt.h5")["result"], "there/moved.h5")
        self.assert_same("there/moved.h5", self.datasets("run.h5"))


class Refusals(Checkpoints):
    def setUp(self):
        super().setUp()
        self.done("run", "fabrica:toyland", "-o", "run.h5", "--checkpoint-every", "12")

    def test_damaged_files(self):
        with open(self.path("run.ckpt.h5"), "rb") as file:
            whole = file.read()
        dice = random.Random(2)
        for number in range(100):
            at = dice.randrange(len(whole)) if number >= 30 else dice.randrange(8192)
            damaged = bytearray(whole)
            damaged[at] ^= 1 << dice.randrange(8)
            with open(self.path("bad.ckpt.h5"), "wb") as file:
                file.write(damaged)
            said = self.refused(("bad.ckpt.h5", "help:"), "run", "--resume", "bad.ckpt.h5", "-o", "x.h5", code=5)
            self.assertIn("damaged", said, at)
        for size in (0, 1, 100, 4096, len(whole) // 2, len(whole) - 1):
            with open(self.path("bad.ckpt.h5"), "wb") as file:
                file.write(whole[:size])
            self.refused(("bad.ckpt.h5", ".previous"), "run", "--resume", "bad.ckpt.h5", "-o", "x.h5", code=5)
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("x.")])

    def test_files_that_are_none(self):
        self.write("text.ckpt.h5", "[run]\n")
        self.refused(("text.ckpt.h5", "not an HDF5 file"), "run", "--resume", "text.ckpt.h5", code=5)
        self.refused(("run.h5", "no checkpoint"), "run", "--resume", "run.h5", code=5)
        self.refused(("no.ckpt.h5", "No such file"), "run", "--resume", "no.ckpt.h5", code=5)
        self.refused(("text.ckpt.h5", "not an HDF5 file"), "fork", "text.ckpt.h5", "fabrica:toyland", code=5)
        self.refused(("no.ckpt.h5",), "fork", "no.ckpt.h5", "fabrica:toyland", code=5)

    def test_whole_checkpoints_of_others(self):
        """Digests and seal are right, but another model wrote it, or firms lie in it in another way."""
        other = self.path("other.ckpt.h5")
        for name, words in (("model_version", "was written by model"), ("layout", "laid out in another way")):
            copy_with(self.path("run.ckpt.h5"), other, name, "0123456789abcdef")
            said = self.refused((words, "the program that wrote it"), "run", "--resume", "other.ckpt.h5", "-o", "x.h5", code=5)
            self.assertNotIn("damaged", said)
            self.refused((words,), "fork", "other.ckpt.h5", "fabrica:toyland", "-o", "x.h5", code=5)
        with h5py.File(self.path("run.ckpt.h5")) as file:
            same = file.attrs["layout"]
        copy_with(self.path("run.ckpt.h5"), other, "layout", same)
        self.done("run", "--resume", "other.ckpt.h5", "-o", "x.h5")

    def test_data_that_changed(self):
        shutil.copytree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scenarios", "data"), self.path("data"))
        shutil.copy(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scenarios", "toyland.toml"), self.path("toyland.toml"))
        straight = self.done("run", "toyland.toml", "-o", "own.h5", "--checkpoint-every", "12")["state_hash"]
        self.assertEqual(self.done("run", "--resume", "own.ckpt.previous.h5", "-o", "own2.h5")["state_hash"], straight)
        self.assert_same("own2.h5", self.datasets("own.h5"))
        table = self.path("data/toyland/README.md")
        with open(table, "a", encoding="utf-8") as file:
            file.write("\n")
        said = self.refused(("data/toyland/README.md", "has changed since"), "run", "--resume", "own.ckpt.previous.h5", "-o", "own3.h5", code=5)
        self.assertIn("bring the file back", said)


class Fork(Checkpoints):
    def setUp(self):
        super().setUp()
        self.write("base.toml", 'extends = "fabrica:china"\n[run]\nscale = 0.001\nend = 2017-01-01\n[population]\nspin_up_years = 1\n')

    def study(self, name, more="", start="2016-03-01", end="2016-09-01"):
        return self.write(name, f'extends = "base.toml"\n[run]\nname = "{name[:-5]}"\n' + more + DIP.format(start, end))

    def test_a_fork_under_the_same_scenario_is_the_run(self):
        straight = self.done("run", "base.toml", "-o", "straight.h5")
        self.done("run", "base.toml", "-o", "half.h5", "--until", "2016-02-01")
        self.assertFalse(os.path.exists(self.path("half.h5")) or os.path.exists(self.path("half.h5.partial")))
        fork = self.done("fork", "half.ckpt.h5", "base.toml", "-o", "fork.h5", "--threads", "2")
        self.assertEqual(fork["state_hash"], straight["state_hash"])
        self.assert_same("fork.h5", self.datasets("straight.h5"))

    def test_a_fork_with_a_later_shock_is_the_run_with_it(self):
        self.study("dip.toml")
        straight = self.done("run", "dip.toml", "-o", "straight.h5")
        base = self.done("run", "base.toml", "-o", "base.h5", "--checkpoint-every", "1", "--until", "2016-03-01")
        self.assertEqual(base["checkpoint"], "base.ckpt.h5")
        fork = self.done("fork", "base.ckpt.h5", "dip.toml", "-o", "fork.h5")
        self.assertEqual(fork["state_hash"], straight["state_hash"])
        self.assert_same("fork.h5", self.datasets("straight.h5"))
        self.assertNotEqual(fork["state_hash"], self.done("fork", "base.ckpt.h5", "base.toml", "-o", "again.h5")["state_hash"])

    def test_a_fork_with_a_later_programme_is_the_run_with_it(self):
        """From the day before it is in force, and from months before: its own series say nothing of the past."""
        self.write("aid.toml", 'extends = "base.toml"\n[run]\nname = "aid"\nend = 2016-06-01\n[policy.aid]\nkind = "production_subsidy"\nfrom = 2016-03-01\nrate = 0.01\n')
        straight = self.done("run", "aid.toml", "-o", "straight.h5")
        for until in ("2015-10-01", "2016-03-01"):
            self.done("run", "base.toml", "-o", "base.h5", "--until", until, "--force")
            fork = self.done("fork", "base.ckpt.h5", "aid.toml", "-o", "fork.h5", "--force")
            self.assertEqual(fork["state_hash"], straight["state_hash"])
            self.assert_same("fork.h5", self.datasets("straight.h5"))

    def test_an_end_that_moves_and_a_label_are_no_other_past(self):
        self.done("run", "base.toml", "-o", "base.h5", "--until", "2016-02-01")
        more = ("--set", "run.end=2018-01-01", "--set", 'run.title="later"')
        fork = self.done("fork", "base.ckpt.h5", "base.toml", *more, "-o", "fork.h5")
        self.assertEqual(fork["state_hash"], self.done("run", "base.toml", *more, "-o", "straight.h5")["state_hash"])
        self.assert_same("fork.h5", self.datasets("straight.h5"))

    def test_another_past_is_refused_with_the_key(self):
        self.done("run", "base.toml", "-o", "base.h5", "--until", "2016-03-01")
        before = sorted(os.listdir(self.folder))
        for start in ("2016-02-29", "2015-06-01"):
            name = self.study("early.toml", start=start)
            self.refused(("shock.dip", start, "knows all before 2016-03-01", "--until " + start), "fork", "base.ckpt.h5", name, "-o", "x.h5")
            os.remove(self.path(name))
        for key, value in (("credit.payout", "0.4"), ("run.seed", "3"), ("shock.world_prices_2015.size", "-0.2")):
            self.refused((key, value), "fork", "base.ckpt.h5", "base.toml", "--set", f"{key}={value}", "-o", "x.h5")
        said = self.refused(("state_firms.hard_budget", "has no date"), "fork", "base.ckpt.h5", "base.toml", "--set", "state_firms.hard_budget=true", "-o", "x.h5")
        self.assertIn("fabrica run base.toml", said)
        self.refused(("run.end", "2015-06-01"), "fork", "base.ckpt.h5", "base.toml", "--set", "run.end=2015-06-01", "-o", "x.h5")
        self.assertEqual(sorted(os.listdir(self.folder)), before)

    def test_dates_that_are_none(self):
        for text in ("2016", "2016-13-01", "2016-02-30", "tomorrow", "2016-2-1"):
            self.refused((text, "is no date"), "run", "base.toml", "--until", text, code=2)
        for date in ("2000-01-01", "2100-01-01"):
            self.refused((date, "outside the run"), "run", "base.toml", "--until", date, "-o", "x.h5", code=2)
        self.done("run", "base.toml", "-o", "base.h5", "--until", "2016-02-01")
        self.refused(("2016-01-31", "knows all before 2016-02-01"), "run", "--resume", "base.ckpt.h5", "--until", "2016-01-31", "-o", "x.h5", code=2)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
