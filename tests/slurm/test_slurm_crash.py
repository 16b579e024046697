#!/usr/bin/python3
"""A node of a real Slurm dies in the middle of a sweep: test_slurm_crash.py TOY_PROGRAM. Left out (77) without root or Slurm."""

from pathlib import Path

from slurm_sweep import SWEEP, SlurmSweep, main


class Crash(SlurmSweep):
    def test_nothing_is_lost_when_a_node_dies(self):
        """slurmd, its steps and their runs are killed at once. Slurm notices, holds the tasks and starts them elsewhere; runs go on from
        their checkpoints."""
        self.lab.environment["TOY_LOG"] = self.path("days")
        self.send(SWEEP.format(end="2016-01-01", sleep=60), "--pack", "2", "--checkpoint-every", "1")
        self.lab.wait(lambda: {node for _, _, node in self.lab.jobs()} >= {"n1", "n2"}, 60, "tasks on both nodes")
        self.lab.wait(lambda: len(list(Path(self.path("results/store")).glob("*.ckpt.h5"))) >= 4, 120, "checkpoint of each task")
        doomed = [job for job, _, node in self.lab.jobs() if node == "n1"]
        self.assertEqual(len(doomed), 2)
        self.assertGreaterEqual(self.lab.crash("n1"), 1 + 2 * 3)  # slurmd; of each task stepd, script and run
        self.lab.wait(lambda: self.lab.node_states().get("n1", "").startswith("down"), 120, "notice of the dead node")
        self.wait_until_done(600)
        status = self.status()
        self.assertEqual([status["finished"], status["problems"]], [8, []], self.task_logs())
        moved = [line for line in self.lab.completed() if "NodeList=n2" in line]
        self.assertGreaterEqual(len(moved), 4)
        self.assertEqual(len(self.gone_on()), 2)  # the two that were under way on the dead node
        self.compare_with_this_machine()

    def gone_on(self):
        """Runs that did not begin on their first day: the toy notes seed, first and last day of what it simulates."""
        with open(self.path("days"), encoding="utf-8") as days:
            return [line for line in days if int(line.split()[1]) > 0]


if __name__ == "__main__":
    main()
