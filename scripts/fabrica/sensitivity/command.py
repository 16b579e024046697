"""python3 -m fabrica sensitivity PLAN --series S --at YEAR: which keys of a sweep matter for a series."""

import argparse
import json
import re
from pathlib import Path

from ..errors import FileError
from .chaos import pce
from .morris import morris
from .picture import draw
from .points import read_points
from .report import as_dict, as_text
from .sobol import sobol

BY_DESIGN = {"saltelli": "sobol", "morris": "morris"}  # others: pce


def add(commands):
    """Adds the command to those of `python3 -m fabrica`."""
    parser = commands.add_parser("sensitivity", help="which keys of a sweep matter for a series", description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", help="plan folder of the sweep")
    parser.add_argument("--series", required=True, help="NAME or NAME[AXIS=LABEL,...], as for fabrica effect")
    parser.add_argument("--at", required=True, help="year or month to average over, such as 2019 or 2019-06")
    parser.add_argument("--method", choices=["sobol", "pce", "morris"], help="default: what the design of the sweep is for, otherwise pce")
    parser.add_argument("--confidence", type=share, default=0.95, help="of the intervals (default 0.95)")
    parser.add_argument("--seed", type=int, default=1, help="of the resampling (default 1)")
    parser.add_argument("--least-q2", type=float, default=0.8, help="refuse a surrogate for missing points that foretells less of the variance (0.8)")
    parser.add_argument("--allow-missing", action="store_true", help="morris: leave out the effects of missing points")
    parser.add_argument("--picture", help="picture to write (png, pdf, svg); default: in the plan folder")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(command=run)


def share(text):
    value = float(text)
    if not 0.5 <= value < 1:
        raise argparse.ArgumentTypeError("must be at least 0.5 and below 1")
    return value


def run(arguments):
    """@return exit code"""
    points = read_points(arguments.plan, arguments.series, arguments.at, arguments.program)
    report = as_dict(points, analyse(points, arguments), arguments.series, arguments.at, arguments.confidence)
    report["picture"] = str(arguments.picture or default_picture(arguments))
    try:
        draw(report, report["picture"])
    except (OSError, ValueError) as error:
        raise FileError(f"{report['picture']}: {str(error).splitlines()[0]}") from error
    print(json.dumps(report) if arguments.json else f"{as_text(report)}\npicture: {report['picture']}")
    return 0


def analyse(points, arguments):
    method = arguments.method or BY_DESIGN.get(points.design, "pce")
    if method == "sobol":
        return sobol(points, arguments.confidence, arguments.seed, arguments.least_q2)
    if method == "morris":
        return morris(points, arguments.confidence, arguments.seed, arguments.allow_missing)
    return pce(points, arguments.confidence, arguments.seed)


def default_picture(arguments):
    name = re.sub(r"\W+", "-", f"sensitivity-{arguments.series}-{arguments.at}").strip("-")
    return Path(arguments.plan) / f"{name}.png"
