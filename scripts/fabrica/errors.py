"""Errors: one class for each exit code of the program, so that a caller can catch what it can mend."""


class FabricaError(RuntimeError):
    """The program, or an analysis of its results, could not do what was asked.

    Attributes: `message` what the program said, `exit_code` its exit code (1 for an analysis), `command` the words it was called with.
    """

    exit_code = 1

    def __init__(self, message, exit_code=None, command=()):
        super().__init__(message)
        self.message = message
        self.exit_code = self.exit_code if exit_code is None else exit_code
        self.command = tuple(command)


class RunFailed(FabricaError):
    """A run threw, tripped a guard or broke an identity (1)."""


class UsageError(FabricaError):
    """An option that does not exist, or a value it does not take (2)."""

    exit_code = 2


class ScenarioError(FabricaError):
    """A file of input that is not valid: a scenario, a sweep, a calibration (3)."""

    exit_code = 3


class Differs(FabricaError):
    """A comparison or regression found a difference (4)."""

    exit_code = 4


class FileError(FabricaError):
    """A file that is missing, exists already, is damaged or cannot be written (5)."""

    exit_code = 5


class Interrupted(FabricaError):
    """Stopped by a signal, or the run is held by another process (75 with something to resume, 130 or 143 without)."""

    exit_code = 75


class ProgramNotFound(FabricaError):
    """There is no program `fabrica` where it was looked for (127)."""

    exit_code = 127


BY_CODE = {1: RunFailed, 2: UsageError, 3: ScenarioError, 4: Differs, 5: FileError, 75: Interrupted, 130: Interrupted, 143: Interrupted}


def error_of(exit_code, message, command=()):
    """The exception for an exit code; a negative one is the signal that ended the program."""
    if exit_code < 0:
        return RunFailed(message or f"the program was ended by signal {-exit_code}", exit_code, command)
    return BY_CODE.get(exit_code, FabricaError)(message or f"the program ended with exit code {exit_code}", exit_code, command)
