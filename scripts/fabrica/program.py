"""The program `fabrica`: where it is, and a call of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from .errors import ProgramNotFound, error_of
from .toml_text import toml_value

BUILD = Path("build/release/fabrica")
PATIENCE = 60.0  # seconds an interrupted program has to write its checkpoint


def find_program(program=None):
    """Path of the program: the argument, else variable FABRICA, else PATH, else build/release of a project around this file or the folder.

    @param program  path or name, or None
    @raise ProgramNotFound  with the places that were tried
    """
    named = program or os.environ.get("FABRICA")
    if named:
        found = shutil.which(str(named))
        if found:
            return str(Path(found).absolute())
        raise ProgramNotFound(f"there is no program '{named}'" + ("" if program else " (from the environment variable FABRICA)"))
    found = shutil.which("fabrica")
    if found:
        return str(Path(found).absolute())
    built = next((str(path) for path in _builds() if os.access(path, os.X_OK)), None)
    if built is None:
        raise ProgramNotFound("there is no program 'fabrica' on the PATH or in build/release. Build it with scripts/quickstart, or name it with "
                              "the environment variable FABRICA or the argument program=")
    return built


def _builds():
    here, folder = Path(__file__).resolve(), Path.cwd()
    return [parent / BUILD for parent in (*here.parents, folder, *folder.parents)]


def set_options(values):
    """--set options of {key: value}."""
    return [word for key, value in (values or {}).items() for word in ("--set", f"{key}={toml_value(value)}")]


def call(words, program=None, folder=None, progress=False, environment=None):
    """Calls the program and waits for it.

    @param words        verb and options
    @param folder       working folder (default: the caller's)
    @param progress     pass what the program says on standard error on, as it comes
    @param environment  variables beside those of the caller
    @return             standard output
    @raise FabricaError a subclass by exit code, with what the program said on standard error
    """
    command = [find_program(program), *map(str, words)]
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "NO_COLOR": "1", **(environment or {})})
    try:
        output, said = _listen(process) if progress else process.communicate()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        raise
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode != 0:
        raise error_of(process.returncode, said.strip(), command)
    return output


def _listen(process):
    """Passes standard error on line by line, while a thread reads standard output."""
    output, said = [], []
    reader = threading.Thread(target=lambda: output.append(process.stdout.read()))
    reader.start()
    for line in process.stderr:
        sys.stderr.write(line)
        said.append(line)
    reader.join()
    process.wait()
    return output[0], "".join(said)


def call_json(words, **more):
    """Calls the program with --json. @return the object it printed"""
    return json.loads(call([*words, "--json"], **more))
