"""Exit codes, and the error family: one root; each child names who must act and carries a code.

    EafarchiveError          BUG            if nothing more exact is raised
    ├── ConfigError          USAGE          the user: command line, config.toml, profile
    ├── DamageError          DAMAGED        the archivist: archive bytes are not what was written
    ├── WriteError           CANNOT_WRITE   whoever runs the machine: disk full, read-only
    └── BusyError            LATER          nobody: try again later

Expected outcomes (a 404, a refusal, a page that is no article) are values, not errors:
see `eafarchive.model`.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended; the last three are a signal's: 128 and its number."""

    DONE = 0
    """Nothing new included."""
    BUG = 1
    USAGE = 2
    SOME_FAILED = 3
    NOTHING_FETCHED = 4
    DAMAGED = 5
    """The archive, or what was checked, is not what it says it is."""
    ROBOTS_FORBID_ALL = 6
    DRIFT = 7
    """Articles no longer read as their profile says."""
    CANNOT_WRITE = 73
    LATER = 75
    """Held by another run, asked for patience, or out of time: the state is saved."""
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class EafarchiveError(Exception):
    """Root of everything raised on purpose; its text is one line fit to show a user."""

    exit_code = ExitCode.BUG


class ConfigError(EafarchiveError):
    """The command line, the configuration or a profile asks for something impossible."""

    exit_code = ExitCode.USAGE


class DamageError(EafarchiveError):
    """Stored bytes contradict what the archive says about them."""

    exit_code = ExitCode.DAMAGED


class WriteError(EafarchiveError):
    """The archive cannot be written; what was acknowledged before is safe."""

    exit_code = ExitCode.CANNOT_WRITE


class BusyError(EafarchiveError):
    """Not now: another run holds the archive."""

    exit_code = ExitCode.LATER


def exit_code_of(error: BaseException) -> int:
    """The code to exit with where this ended a command: its own, if it has one."""
    match error:
        case KeyboardInterrupt():
            return ExitCode.INTERRUPTED
        case OSError():  # what the machine refuses and no room foresaw
            return ExitCode.CANNOT_WRITE
        case SystemExit(code=int(code)):
            return code
    return int(getattr(error, "exit_code", ExitCode.BUG))
