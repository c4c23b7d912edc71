"""Runs of the command line by the hundred: one process imports everything once, then forks a run each.

Reads a request a line from stdin and answers with a line: how the run ended, what it said, how many
calls of the kind it made. The shim is loaded into this process, and armed in the run alone.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

import eafarchive.sandbox.worker  # noqa: F401 - so that a run imports nothing any more
from eafarchive.cli import main


def become(request, answer):
    """The run itself; it never returns."""
    for number, path in ((1, request["out"]), (2, request["err"])):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    shim = ctypes.CDLL(None)
    shim.shim_shift(ctypes.c_long(request["shift"]))
    if request["memory"]:
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        limit = used + request["memory"]
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    sys.argv = ["eafarchive", *request["words"]]
    root, kind, log = (request[name].encode() for name in ("root", "kind", "log"))
    shim.shim_arm(
        root, kind, ctypes.c_long(request["at"]), request["action"], request["sticky"], log
    )
    code = 1
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        shim.shim_count.restype, shim.shim_resynced.restype = ctypes.c_long, ctypes.c_char_p
        calls = {kind: shim.shim_count(kind.encode()) for kind in request["kinds"]}
        counts = {"calls": calls, "resynced": os.fsdecode(shim.shim_resynced())}
        os.write(answer, json.dumps(counts).encode())
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        os._exit(code)


def attend(request):
    """Start a run, kill it in time if asked to, and wait for its end."""
    ours, theirs = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        become(request, theirs)
    os.close(theirs)
    if request["seconds"]:
        time.sleep(request["seconds"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(status)
    seconds = round(time.monotonic() - began, 3)
    return {
        "code": code,
        "seconds": seconds,
        "calls": {},
        "resynced": "",
        **json.loads(said or "{}"),
    }


if __name__ == "__main__":
    os.environ.pop("LD_PRELOAD")  # the parser's worker is no part of the disk
    for line in sys.stdin:
        print(json.dumps(attend(json.loads(line))), flush=True)
