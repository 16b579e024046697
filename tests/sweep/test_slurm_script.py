#!/usr/bin/python3
"""What a sweep hands to Slurm, with stand-ins for sbatch and scontrol: packs, arrays, what the script does with each exit code.

usage: test_slurm_script.py PROGRAM   (the toy application)
"""
import os
import re
import signal
import stat
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sweep_case import GRID, SweepTest  # noqa: E402

# Runs each task of the array at once and one after another, as a cluster of one node would.
SBATCH = """#!/bin/bash
echo "sbatch $*" >>"$CALLS"
[[ -z ${REFUSE:-} ]] || { echo "sbatch: error: $REFUSE" >&2; exit 1; }
while [[ $1 == --* ]]; do [[ $1 == --array=* ]] && array=${1#--array=}; shift; done
export SLURM_ARRAY_JOB_ID=$((40 + $(grep -c sbatch "$CALLS")))
for ((SLURM_ARRAY_TASK_ID = ${array%-*}; SLURM_ARRAY_TASK_ID <= ${array#*-}; ++SLURM_ARRAY_TASK_ID)); do
    export SLURM_ARRAY_TASK_ID
    bash "$@" >>"$LOG" 2>&1
    echo "task $SLURM_ARRAY_TASK_ID exit $?" >>"$CALLS"
done
echo "$SLURM_ARRAY_JOB_ID;lab"
"""
SCONTROL = """#!/bin/bash
[[ $1 == requeue ]] && echo "requeue $2" >>"$CALLS"
[[ $1 == show ]] && printf 'MailProg                = /bin/mail\\nMaxArraySize            = 3\\n'
exit 0
"""


class SlurmScript(SweepTest):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("bin"))
        for name, text in (("sbatch", SBATCH), ("scontrol", SCONTROL)):
            self.write(f"bin/{name}", text)
            os.chmod(self.path(f"bin/{name}"), stat.S_IRWXU)
        self.slurm = {"PATH": self.path("bin") + ":" + os.environ["PATH"], "CALLS": self.path("calls"), "LOG": self.path("log")}
        self.write("grid.toml", GRID)

    def calls(self):
        with open(self.path("calls"), encoding="utf-8") as file:
            return file.read().split("\n")[:-1]

    def test_an_array_makes_every_result(self):
        sent = self.json("sweep", "grid.toml", "--launch", "slurm", "--pack", "2", **self.slurm)
        self.assertEqual((sent["runs"], sent["tasks"], sent["jobs"]), (8, 4, "41,42"))
        calls = self.calls()
        self.assertTrue(calls[0].startswith("sbatch --parsable --array=0-2 "), calls)  # arrays have three tasks at most
        self.assertEqual([c for c in calls if c.startswith("task")], [f"task {i} exit 0" for i in (0, 1, 2, 0)])
        self.assertEqual(self.json("status", "results/grid")["finished"], 8)
        again = self.json("sweep", "grid.toml", "--launch", "slurm", **self.slurm)
        self.assertEqual((again["runs"], again["tasks"], again["jobs"]), (0, 0, ""))
        self.assertEqual(len(self.calls()), len(calls))

    def test_only_what_is_missing_is_sent(self):
        self.call("sweep", "grid.toml", "--shard", "1/2")  # 0, 2, 4, 6
        self.call("sweep", "grid.toml", "--launch", "slurm", "--pack", "3", "--plan-only", **self.slurm)
        with open(self.path("results/grid/slurm/tasks_0.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "1:2 3:4 5:6\n7:8\n")
        self.assertFalse(os.path.exists(self.path("calls")))

    def test_runs_of_unknown_length_are_packed_by_the_minute(self):
        sent = self.json("sweep", "grid.toml", "--launch", "slurm", "--plan-only", **self.slurm)
        self.assertEqual(sent["tasks"], 1)

    def test_the_script_can_be_seen_before(self):
        shown = self.call("sweep", "grid.toml", "--launch", "slurm", "--dry-run", "--sbatch=--partition=long", **self.slurm).stdout
        for line in ("#SBATCH --requeue", "#SBATCH --open-mode=append", "#SBATCH --signal=B:TERM@60", "#SBATCH --partition=long"):
            self.assertIn(line + "\n", shown)
        self.assertRegex(shown, r"#SBATCH --mem=\d+M\n")
        self.assertFalse(os.path.exists(self.path("results")))
        self.assertEqual(subprocess.run(["bash", "-n"], input=shown, text=True, check=False).returncode, 0)

    def test_a_refusal_of_sbatch_is_told(self):
        said = self.call("sweep", "grid.toml", "--launch", "slurm", code=1, REFUSE="invalid partition", **self.slurm).stderr
        self.assertIn("invalid partition", said)
        self.assertIn("--launch local", said)

    def test_without_slurm(self):
        said = self.call("sweep", "grid.toml", "--launch", "slurm", code=1, PATH="/nowhere").stderr
        self.assertIn("is Slurm installed here?", said)

    def task(self, **environment):
        """One task of the array, over the plan that is there."""
        return subprocess.Popen(["bash", self.path("results/grid/slurm/array.sh"), self.path("results/grid/slurm/tasks_0.txt")],
                                cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                env={**os.environ, **self.slurm, "SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_JOB_ID": "7", **environment})

    def test_a_run_that_fails_is_not_tried_again(self):
        self.write("grid.toml", GRID.replace('"run.end" = 2015-07-01', '"run.end" = 2015-07-01\n"toy.fail_seed" = 2'))
        self.call("sweep", "grid.toml", "--launch", "slurm", "--plan-only", **self.slurm)
        self.assertEqual(self.task().wait(60), 1)
        self.assertFalse(os.path.exists(self.path("calls")))
        self.assertEqual(self.json("status", "results/grid")["failed"], 4)
        self.assertEqual(self.json("sweep", "grid.toml", "--launch", "slurm", "--plan-only", **self.slurm)["runs"], 0)
        self.assertEqual(self.json("sweep", "grid.toml", "--launch", "slurm", "--plan-only", "--retry", **self.slurm)["runs"], 4)

    def test_a_task_that_is_told_to_end_asks_to_be_put_back(self):
        self.write("grid.toml", GRID.replace('"run.end" = 2015-07-01', '"run.end" = 2015-07-01\n"toy.sleep_ms" = 20'))
        self.call("sweep", "grid.toml", "--launch", "slurm", "--plan-only", "--checkpoint-every", "1", **self.slurm)
        task = self.task()
        end = time.time() + 60
        while not self.store(".ckpt.h5"):
            self.assertLess(time.time(), end)
            time.sleep(0.05)
        task.send_signal(signal.SIGTERM)
        self.assertEqual(task.wait(60), 0)
        self.assertEqual(self.calls(), ["requeue 7_0"])
        self.assertEqual(self.store(".lock"), [])
        self.assertNotEqual(self.store(".ckpt.h5"), [])

    def test_a_run_of_another_process_is_waited_for_three_times(self):
        self.write("grid.toml", GRID.replace('"run.end" = 2015-07-01', '"run.end" = 2015-03-01\n"toy.sleep_ms" = 100'))
        self.call("sweep", "grid.toml", "--launch", "slurm", "--plan-only", **self.slurm)
        other = self.start("run", "--plan", "results/grid", "--index-range", "0:1")
        end = time.time() + 60
        while not self.store(".lock"):
            self.assertLess(time.time(), end)
            time.sleep(0.02)
        with open(self.path("results/grid/slurm/tasks_0.txt"), "w", encoding="utf-8") as file:
            file.write("0:1\n")
        self.assertEqual(self.task(SLURM_RESTART_COUNT="2").wait(60), 0)
        self.assertEqual(self.calls(), ["requeue 7_0"])
        self.assertEqual(self.task(SLURM_RESTART_COUNT="3").wait(60), 75)
        other.kill()
        other.wait()
        self.assertTrue(re.fullmatch(r"requeue 7_0", "\n".join(self.calls())))


if __name__ == "__main__":
    SweepTest.program = sys.argv.pop(1)
    unittest.main()
