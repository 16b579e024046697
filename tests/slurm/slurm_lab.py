"""A real Slurm on one machine, for tests: slurmctld, two slurmd and munged on loopback, in a scratch folder.

Needs root and Debian's slurm-wlm and munge; no systemd, cgroups or database. Nothing outside the folder is written, ports are free
ones, and `close` ends every process that was started, with what runs below it.
"""

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h
NEEDED = ("slurmctld", "slurmd", "munged", "sbatch", "squeue", "sinfo", "scontrol", "scancel")

CONFIGURATION = """\
ClusterName=lab
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/run/munge.sock
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/log/jobcomp.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
JobRequeue=1
SlurmdTimeout=10
KillWait=5
MaxArraySize={max_array_size}
MaxJobCount=25000
SchedulerParameters=sched_min_interval=50000,batch_sched_delay=0,bf_interval=5,requeue_delay=1
{nodes}
PartitionName=main Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP
"""

NODE = "NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=2 RealMemory=2000 State=UNKNOWN"


def missing():
    """Why this machine cannot run a Slurm of its own. @return empty when it can"""
    if os.geteuid() != 0:
        return "needs root: slurmd starts its steps as their owners"
    absent = [name for name in NEEDED if not find(name)]
    return f"not installed: {', '.join(absent)} (scripts/install_packages slurm)" if absent else ""


def find(name):
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")


def free_ports(count):
    """Ports nobody listens on now: all bound at once, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def children_by_parent():
    """{pid: pids of its children}, from /proc."""
    children = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue  # ended meanwhile
        children.setdefault(int(fields[1]), []).append(int(folder.name))
    return children


def descendants(pid):
    """The process and all below it, parents first."""
    children, found = children_by_parent(), [pid]
    for one in found:
        found.extend(children.get(one, []))
    return found


def open_files(process):
    """What the files of /proc/PID/fd are."""
    found = []
    try:
        for link in (process / "fd").iterdir():
            found.append(os.readlink(link))
    except OSError:
        pass  # ended meanwhile
    return found


def adopt_orphans():
    """Makes this process the parent of orphans below it, in place of a process 1 that may not reap: slurmd's steps are orphans."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent():
    """In a daemon about to start: a test that is killed leaves none behind."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def reap(patience=5):
    """Waits for all children that are left, adopted ones too."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            time.sleep(0.05)


def kill(pid, how):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass


class SlurmLab:
    """`with SlurmLab(folder) as lab:` the cluster is idle; `lab.environment` holds what its clients need."""

    def __init__(self, folder, max_array_size=20001):
        self.folder = Path(folder).resolve()
        self.host = socket.gethostname().split(".")[0]
        self.daemons = {}  # name -> Popen
        self.max_array_size = max_array_size
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}

    def __enter__(self):
        adopt_orphans()
        try:
            self._write()
            self._start_munge()
            self._start("slurmctld", find("slurmctld"), "-D", "-c")
            self.start_node("n1")
            self.start_node("n2")
            self.wait(lambda: self.node_states() == {"n1": "idle", "n2": "idle"}, 60, "two idle nodes")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _write(self):
        for name in ("state", "spool", "log", "run", "munge"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # munged refuses a socket that others cannot reach, and says so on stderr alone
        (self.folder / "run").chmod(0o755)
        (self.folder / "munge").chmod(0o700)
        key = self.folder / "munge" / "key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o600)
        controller, *ports = free_ports(3)
        nodes = "\n".join(NODE.format(name=name, host=self.host, port=port) for name, port in zip(("n1", "n2"), ports))
        text = CONFIGURATION.format(host=self.host, folder=self.folder, controller=controller, nodes=nodes, max_array_size=self.max_array_size)
        (self.folder / "slurm.conf").write_text(text)

    def _start(self, name, *command):
        with open(self.folder / "log" / f"{name}.out", "ab") as log:
            self.daemons[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment, cwd=self.folder,
                                                  preexec_fn=die_with_parent)

    def _start_munge(self):
        place = {"key-file": "munge/key", "socket": "run/munge.sock", "pid-file": "run/munged.pid", "log-file": "munge/log", "seed-file": "munge/seed"}
        self._start("munged", find("munged"), "-F", *(f"--{name}={self.folder / path}" for name, path in place.items()))
        self.wait((self.folder / "run/munge.sock").exists, 20, "munged")

    def start_node(self, name):
        self._start(name, find("slurmd"), "-D", "-N", name)

    def wait(self, holds, seconds, what):
        """Waits until `holds()`; raises TimeoutError with the ends of the daemons' logs."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"no {what} within {seconds} s\n{self.logs()}")
            time.sleep(0.2)

    def logs(self, lines=15):
        texts = sorted((self.folder / "log").glob("*"))
        return "\n".join(f"== {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) for path in texts)

    def client(self, name, *arguments, check=True):
        """Runs a client, never for long. @return its standard output"""
        done = subprocess.run(["timeout", "20", find(name), *arguments], env=self.environment, capture_output=True, text=True, check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"{name} {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout

    def node_states(self):
        rows = (line.split() for line in self.client("sinfo", "-h", "-N", "-o", "%N %T", check=False).splitlines())
        return {name: state for name, state in rows}

    def jobs(self):
        """[(job, state, node)] of what waits or runs, one for each task of an array."""
        lines = self.client("squeue", "-h", "-r", "-o", "%i|%T|%N", check=False).splitlines()
        return [tuple(line.split("|")) for line in lines]

    def completed(self):
        """Lines of jobcomp.txt: a line of NAME=VALUE for each task that ended."""
        file = self.folder / "log" / "jobcomp.txt"
        return file.read_text().splitlines() if file.is_file() else []

    @staticmethod
    def is_alive(pid):
        try:
            return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            return False

    def processes_of(self, node):
        """Process ids of slurmd, its slurmstepd (nobody's children) and all that runs below them: they hold the node's log."""
        log = str(self.folder / "log" / f"slurmd-{node}.log")
        holders = [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if log in open_files(folder)]
        return list(dict.fromkeys(pid for holder in holders for pid in descendants(holder)))

    def crash(self, node):
        """The machine is gone, at once: its slurmd, its steps and their tasks. @return number of processes killed"""
        doomed = self.processes_of(node)
        for pid in doomed:
            kill(pid, signal.SIGKILL)
        self.daemons.pop(f"{node}").wait()
        return len(doomed)

    def close(self):
        """Ends what was started: nodes with their steps, controller, munged; then reaps the orphans that came to us."""
        for node in ("n1", "n2"):
            steps = self.processes_of(node)
            self.end(node)
            for pid in steps:
                kill(pid, signal.SIGKILL)
        self.end("slurmctld")
        self.end("munged")
        reap()

    def end(self, name, patience=10):
        daemon = self.daemons.pop(name, None)
        if daemon is None:
            return
        below = descendants(daemon.pid)[1:]
        daemon.terminate()
        try:
            daemon.wait(patience)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
        for pid in below:
            kill(pid, signal.SIGKILL)
