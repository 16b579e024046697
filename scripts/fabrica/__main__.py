"""python3 -m fabrica COMMAND: analyses over the program `fabrica`."""

import argparse
import sys

from .calibration import command as calibrate
from .errors import FabricaError
from .sensitivity import command as sensitivity


def main(words=None):
    """@return exit code, as of the program: 0 ok, 1 failed, 2 usage, 3 invalid input, 5 a file, 75 or 130 interrupted"""
    parser = argparse.ArgumentParser(prog="python3 -m fabrica", description="Analyses over the program fabrica. Runs, sweeps and reports are its own verbs.")
    parser.add_argument("--program", help="the program (default: variable FABRICA, PATH, build/release)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    sensitivity.add(commands)
    calibrate.add(commands)
    arguments = parser.parse_args(words)
    try:
        return arguments.command(arguments)
    except FabricaError as error:
        print(f"fabrica: error: {error.message}", file=sys.stderr)
        return error.exit_code if error.exit_code > 0 else 1
    except ImportError as error:
        print(f"fabrica: error: the Python module '{error.name}' is missing: scripts/install_packages analysis", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
