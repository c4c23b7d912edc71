"""Servers that end with whoever wanted them, however that ends."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_HOLDER = """
import json, subprocess, sys
warden, folder, port = sys.argv[1:]
server = [folder + "/log", sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"]
options = {"stdin": subprocess.PIPE, "text": True, "start_new_session": True}
process = subprocess.Popen([sys.executable, warden, folder], **options)
process.stdin.write(json.dumps(server) + "\\n")
process.stdin.flush()
process.wait()
"""


def listens(port):
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_servers_end_when_their_holder_is_killed(tmp_path, by):
    folder = tmp_path / "site"
    folder.mkdir()
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, HERE / "warden.py", folder, str(port)]
    )
    try:
        wait_until(lambda: listens(port))
    finally:
        holder.send_signal(by)
        holder.wait()
    wait_until(lambda: not folder.exists())
    assert not listens(port)
