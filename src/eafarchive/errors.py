"""The error family: one root; each child names who must act and carries the exit code.

    EafarchiveError          1   a bug, if nothing more exact is raised
    ├── ConfigError          2   the user: command line, config.toml, profile
    ├── DamageError          5   the archivist: archive bytes are not what was written
    ├── WriteError          73   whoever runs the machine: disk full, read-only, no permission
    └── BusyError           75   nobody: try again later

Expected outcomes (a 404, a refusal, a page that is no article) are values, not errors:
see `eafarchive.model`.
"""

from __future__ import annotations


class EafarchiveError(Exception):
    """Root of everything raised on purpose; its text is one line fit to show a user."""

    exit_code = 1


class ConfigError(EafarchiveError):
    """The command line, the configuration or a profile asks for something impossible."""

    exit_code = 2


class DamageError(EafarchiveError):
    """Stored bytes contradict what the archive says about them."""

    exit_code = 5


class WriteError(EafarchiveError):
    """The archive cannot be written; what was acknowledged before is safe."""

    exit_code = 73


class BusyError(EafarchiveError):
    """Not now: another run holds the archive, or the site asked to wait."""

    exit_code = 75
