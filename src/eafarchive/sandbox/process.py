"""The worker seen from its parent: a process, two pipes and a deadline."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from eafarchive.sandbox.frames import HEAD, Ask, Setup, frame

if TYPE_CHECKING:
    from typing import IO

MAX_ANSWER = 256 << 20
"""Octets of an answer that are taken; an article is smaller than its page."""
_PIPE = 1 << 20
_PIECE = 1 << 16
"""Octets read at once: room for more would be mapped and unmapped again for each answer."""
_BOOT = (
    "import gc, sys; gc.set_threshold(20_000); sys.path[:] = sys.argv[1:];"
    " from eafarchive.sandbox.worker import main; main()"
)
"""What is imported is no garbage, and a page leaves few cycles behind."""


class Stopped(Exception):  # noqa: N818 - an expected outcome that ends an exchange
    """The worker did not answer; the text says why in a few words."""


class Killed(Stopped):
    """Something else killed the worker: none of its own limits does it that way."""


class WorkerProcess:
    """One running worker.

    It is a new program, not a fork, so it holds no lock and no file of ours; in a session of its
    own, so a Ctrl-C on the terminal is left to us; and it ends when its input does, so it does not
    outlive us.
    """

    def __init__(self, setup: Setup, seconds: float) -> None:
        """A worker that has said within ``seconds`` that it is ready.

        Raises `OSError` or `Stopped` if it cannot be.
        """
        paths = [os.path.abspath(path) for path in sys.path if path]  # noqa: PTH100 - not resolved
        home = str(Path(__file__).absolute().parents[2])
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-I", "-c", _BOOT, *paths, home],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd="/",
            start_new_session=True,
        )
        self._input = _pipe(self._process.stdin)
        self._output = _pipe(self._process.stdout)
        self._seconds = setup.seconds
        os.set_blocking(self._input.fileno(), False)
        _widen(self._input)
        _widen(self._output)
        try:
            self.exchange(setup, seconds)
        except BaseException as error:
            self.end()
            last = self._last_words()
            if isinstance(error, Stopped) and last:
                raise Stopped(last) from None
            raise
        finally:
            _pipe(self._process.stderr).close()

    def is_alive(self) -> bool:
        """Whether the worker still runs."""
        return self._process.poll() is None

    def exchange(self, message: Setup | Ask, seconds: float) -> bytes:
        """The answer's bytes to a message, within ``seconds`` of wall clock.

        Raises `Stopped` if there is none: then the worker is of no more use.
        """
        deadline = time.monotonic() + seconds
        framed = frame(message)
        unsent = memoryview(framed)
        answer = bytearray()
        source, sink = self._output.fileno(), self._input.fileno()
        poll = select.poll()
        poll.register(source, select.POLLIN)
        poll.register(sink, select.POLLOUT)
        while True:
            # Read while writing: a worker that answers early must not block on a full pipe.
            left = deadline - time.monotonic()
            events = dict(poll.poll(left * 1000)) if left > 0 else {}
            if not events:
                raise Stopped(f"{seconds:g} s")
            if sink in events:
                try:
                    unsent = unsent[os.write(sink, unsent) :]
                except BrokenPipeError:
                    raise self._death() from None
                if not unsent:
                    poll.unregister(sink)
            if source in events:
                piece = os.read(source, _PIECE)
                if not piece:
                    raise self._death()
                answer += piece
                if len(answer) >= HEAD.size:
                    length = HEAD.size + HEAD.unpack_from(answer)[0]
                    if length > MAX_ANSWER or len(answer) > length:
                        raise Stopped("it answered too much")
                    if len(answer) == length and not unsent:
                        return bytes(memoryview(answer)[HEAD.size :])

    def kill(self) -> None:
        """Kills the worker, from any thread; `end` is still to be called."""
        self._process.kill()

    def end(self) -> None:
        """Kills the worker if it still runs, and leaves nothing of it behind."""
        self._process.kill()
        self._process.wait()
        self._input.close()
        self._output.close()

    def _death(self) -> Stopped:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        status = self._process.returncode
        if status is None:
            return Stopped("it closed its output")
        if status == -signal.SIGXCPU:
            return Stopped(f"{self._seconds:g} s of processor time")
        if status == -signal.SIGKILL:
            return Killed()
        return Stopped(f"exit status {status}" if status >= 0 else f"died by signal {-status}")

    def _last_words(self) -> str:
        said = _pipe(self._process.stderr).read(65536) or b""
        lines = said.decode("utf-8", "replace").split("\n")
        return "".join(filter(str.isprintable, next(filter(None, reversed(lines)), "")))


def _widen(pipe: IO[bytes]) -> None:
    """Makes room for a whole page where the kernel can: each refill costs two process switches."""
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # Popen was asked for it
    return stream
