"""python3 -m fabrica calibrate FILE.toml: fits parameters to observed moments; killed, it goes on where it was."""

import argparse
import json
import os
import signal
import sys
from pathlib import Path

from ..errors import Interrupted, UsageError
from . import file, output
from .fit import fit
from .study import stored_text


def add(commands):
    """Adds the command to those of `python3 -m fabrica`."""
    parser = commands.add_parser("calibrate", help="fit parameters to observed moments", description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", help="calibration file (TOML); a study of it that is there is gone on with")
    parser.add_argument("--out", type=Path, help="folder of the study (default results/NAME)")
    parser.add_argument("--resume", type=Path, metavar="FOLDER", help="go on with the study of this folder, without its file")
    parser.add_argument("--trials", type=positive, help="trials in all (default: the file's)")
    parser.add_argument("--jobs", type=positive, help="runs at a time, each with one thread (default: as many as seeds and cores); 1: one with all threads")
    parser.add_argument("-q", "--quiet", action="store_true", help="no line for each trial on standard error")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(command=run)


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def run(arguments):
    """@return exit code"""
    if (arguments.file is None) == (arguments.resume is None):
        raise UsageError("say which calibration: FILE.toml, or --resume FOLDER")
    if arguments.resume is not None and arguments.out is not None:
        raise UsageError("--resume goes on in its own folder: leave --out out")
    calibration = file.parse(*stored_text(arguments.resume)) if arguments.resume else file.read(arguments.file)
    if arguments.trials:
        calibration = file.with_trials(calibration, arguments.trials)
    folder = arguments.resume or arguments.out or Path("results") / calibration.name
    signal.signal(signal.SIGTERM, interrupt)
    try:
        jobs = arguments.jobs or min(calibration.seeds, os.cpu_count() or 1)
        report = fit(calibration, folder, jobs, arguments.program, (lambda text: None) if arguments.quiet else say)
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; go on with: python3 -m fabrica calibrate --resume {folder}") from None
    output.write(report, folder)
    print(json.dumps(report) if arguments.json else f"{output.as_text(report)}\nparameters: {folder / 'best.toml'}")
    return 0


def interrupt(*_):
    raise KeyboardInterrupt


def say(text):
    print(text, file=sys.stderr, flush=True)
