"""``eafarchive``, and ``python -m eafarchive``."""

from __future__ import annotations

import contextlib
import gc
import os
import signal


def main() -> None:
    """Run the command line and exit. Until it is loaded, a signal ends the process with a line."""
    gc.set_threshold(20_000)  # what is imported is no garbage, and a run leaves few cycles behind
    is_python = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_python:
        signal.signal(signal.SIGINT, _leave)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:  # one that is ignored stays so
            signal.signal(number, _leave)
    from eafarchive.cli import main as run  # noqa: PLC0415 - what takes so long

    if is_python:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave(number: int, _frame: object) -> None:
    """End at once: nothing is begun yet."""
    with contextlib.suppress(OSError):
        os.write(2, b"eafarchive: interrupted\n")
    os._exit(128 + number)


if __name__ == "__main__":
    main()
