#!/usr/bin/python3
"""What a sweep costs beyond its bare runs, and whether kills change what it gathers.

usage: sweep_throughput.py PROGRAM SWEEP.toml [--bare N] [--kills N] [--scratch FOLDER]

Runs the sweep undisturbed; bare runs of N of its points before and after it, with as many at a time; and the sweep once more in another
folder, killed with all its processes (kill -9) at even parts of the time. Prints a CSV table: wall and processor time of a run, throughput
over that of the bare runs, peak resident memory of all processes, whether the two gathered files agree byte for byte. For a machine that does nothing else.
"""
import argparse
import csv
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def resident(group):
    """@return bytes of memory of all processes of a process group"""
    pages = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            if os.getpgid(int(entry)) == group:
                pages += int(Path("/proc", entry, "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue  # it has ended
    return pages * os.sysconf("SC_PAGE_SIZE")


class Command:
    """A command in a process group of its own, whose memory is watched."""

    def __init__(self, arguments, folder):
        self.start, self.before = time.monotonic(), processor_seconds()
        self.process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
        self.peak = 0
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()

    def watch(self):
        while self.process.poll() is None:
            self.peak = max(self.peak, resident(self.process.pid))
            time.sleep(0.2)

    def finish(self):
        """@return wall seconds, processor seconds"""
        _, errors = self.process.communicate()
        self.watcher.join()
        if self.process.returncode not in (0, 1):  # 1: a guard stopped some points
            sys.exit(f"{self.process.args}: exit code {self.process.returncode}\n{errors}")
        return time.monotonic() - self.start, processor_seconds() - self.before

    def kill_after(self, seconds):
        time.sleep(seconds)
        ended = self.process.poll() is not None
        if not ended:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()
        self.watcher.join()
        return not ended


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bare_runs(program, folder, rows, axes, settings):
    """Runs points of the plan by `run`, as many at a time as there are processors. @return wall seconds, processor seconds"""
    def run(row):
        arguments = [program, "run", row["scenario"], "--quiet", "--threads", "1", "--seed", row["seed"], "--out", f"bare/{row['index']}.h5"]
        for setting in settings + [f"{key}={row[key]}" for key in axes]:
            arguments += ["--set", setting]
        subprocess.run(arguments, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    (folder / "bare").mkdir()
    start, before = time.monotonic(), processor_seconds()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, rows))
    shutil.rmtree(folder / "bare")
    return time.monotonic() - start, processor_seconds() - before


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=lambda text: str(Path(text).resolve()))
    parser.add_argument("sweep", type=Path)
    parser.add_argument("--bare", type=int, default=100, help="bare runs, half of them before the sweep")
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--scratch", type=Path, default=Path("results/throughput"))
    options = parser.parse_args()
    whole, killed = options.scratch / "whole", options.scratch / "killed"
    for folder in (whole, killed):
        folder.mkdir(parents=True)
        shutil.copy(options.sweep, folder / "sweep.toml")
    sweep = [options.program, "sweep", "sweep.toml", "--quiet"]
    name = options.sweep.stem
    subprocess.run([*sweep, "--plan-only", "--out", "results/plan"], cwd=whole, check=True, stdout=subprocess.DEVNULL)
    with open(whole / "results/plan/manifest.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    axes = list(rows[0])[6:]
    settings = plan_settings(whole / "results/plan/plan.json")
    chosen = rows[:: max(1, len(rows) // options.bare)][: options.bare]
    half = len(chosen) // 2

    first = bare_runs(options.program, whole, chosen[:half], axes, settings)
    undisturbed = Command([*sweep, "--out", "results/plan"], whole)
    wall, processor = undisturbed.finish()
    second = bare_runs(options.program, whole, chosen[half:], axes, settings)
    gather(options.program, whole)
    kills, peak = 0, undisturbed.peak
    for _ in range(options.kills):
        going = Command([*sweep, "--out", "results/plan"], killed)
        kills += going.kill_after(wall / (options.kills + 1))
        peak = max(peak, going.peak)
    Command([*sweep, "--out", "results/plan"], killed).finish()
    gather(options.program, killed)

    bare_wall, bare_processor = ((a + b) / len(chosen) for a, b in zip(first, second))
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("name", "value", "unit"))
    table.writerow(("sweep", name, ""))
    table.writerow(("runs", len(rows), "1"))
    table.writerow(("bare_runs", len(chosen), "1"))
    table.writerow(("load_average", round(os.getloadavg()[2], 1), "1"))
    table.writerow(("wall_of_sweep", round(wall, 1), "s"))
    table.writerow(("wall_of_a_bare_run", round(bare_wall, 4), "s"))
    table.writerow(("processor_time_of_a_run", round(processor / len(rows), 4), "s"))
    table.writerow(("processor_time_of_a_bare_run", round(bare_processor, 4), "s"))
    table.writerow(("throughput_over_bare", round(bare_wall * len(rows) / wall, 3), "1"))
    table.writerow(("processor_time_over_bare", round(processor / len(rows) / bare_processor, 3), "1"))
    table.writerow(("peak_memory", round(peak / 1e6), "MB"))
    table.writerow(("kills", kills, "1"))
    table.writerow(("gathered_files_agree", digest(gathered(whole)) == digest(gathered(killed)), ""))


def plan_settings(path):
    return json.loads(path.read_text(encoding="utf-8"))["scenarios"][0]["settings"]


def gather(program, folder):
    subprocess.run([program, "gather", "results/plan", "--allow-missing", "--out", "ensemble.h5"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def gathered(folder):
    return folder / "ensemble.h5"


if __name__ == "__main__":
    main()
