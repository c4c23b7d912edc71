"""``eafarchive``, and ``python -m eafarchive``."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line and exit. Until it is loaded, Ctrl-C ends the process without a word."""
    is_python = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_python:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from eafarchive.cli import main as run  # noqa: PLC0415 - what takes so long

    if is_python:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
