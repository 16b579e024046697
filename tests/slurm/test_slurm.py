#!/usr/bin/python3
"""A sweep on a real Slurm of two nodes: test_slurm.py TOY_PROGRAM. Left out (77) without root or Slurm."""

from slurm_lab import descendants
from slurm_sweep import SWEEP, SlurmSweep, main


class Array(SlurmSweep):
    def test_a_sweep_file_runs_on_slurm_as_it_runs_here(self):
        sent = self.send(SWEEP.format(end="2015-03-01", sleep=20), "--pack", "2")  # tasks long enough to need both nodes
        self.assertEqual([sent["runs"], sent["tasks"]], [8, 4])
        self.wait_until_done(120)
        status = self.status()
        self.assertEqual([status["finished"], status["problems"]], [8, []], self.task_logs())
        nodes = {field for line in self.lab.completed() for field in line.split() if field.startswith("NodeList=")}
        self.assertEqual(nodes, {"NodeList=n1", "NodeList=n2"})
        self.assertEqual(self.send(SWEEP.format(end="2015-03-01", sleep=20))["tasks"], 0)  # nothing is missing
        self.compare_with_this_machine()

    def test_the_array_is_parted_by_what_the_cluster_takes(self):
        self.lab.close()
        self.lab.max_array_size = 4  # indices 0 to 3, as Slurm counts
        self.lab.__enter__()
        sent = self.send(SWEEP.format(end="2015-02-01", sleep=0), "--pack", "1")
        self.assertGreater(len(sent["jobs"].split(",")), 1)
        self.wait_until_done(120)
        self.assertEqual(self.status()["finished"], 8, self.task_logs())

    def test_a_run_that_fails_is_recorded_once_and_the_rest_is_made(self):
        self.send(SWEEP.format(end="2015-02-01", sleep=0).replace("[sweep.set]", '[sweep.set]\n"toy.fail_seed" = 2'), "--pack", "4")
        self.wait_until_done(120)
        status = self.status()
        self.assertEqual([status["finished"], status["failed"]], [4, 4], self.task_logs())
        self.assertTrue(all("the paint is dry" in one["reason"] for one in status["problems"]))

    def test_nothing_is_left_running(self):
        self.send(SWEEP.format(end="2016-01-01", sleep=50), "--pack", "1")
        self.lab.wait(lambda: any(state == "RUNNING" for _, state, _ in self.lab.jobs()), 60, "running task")
        started = [pid for daemon in self.lab.daemons.values() for pid in descendants(daemon.pid)]
        started += self.lab.processes_of("n1") + self.lab.processes_of("n2")
        self.lab.close()
        self.assertEqual([pid for pid in started if self.lab.is_alive(pid)], [])


if __name__ == "__main__":
    main()
