"""Debian's nginx on loopback, serving a folder with gzip on the fly; ended by its process id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_CONFIG = """
daemon off;
{user}
worker_processes 1;
pid {run}/nginx.pid;
error_log {run}/error.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log {log};
    sendfile on;
    keepalive_requests 100000;
    gzip on;
    gzip_types text/xml;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
    }}
}}
"""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@contextmanager
def serving(root: Path, run: Path, port: int, *, log: bool = False) -> Iterator[None]:
    """``root`` served at the port while the context lasts; ``run`` is for nginx's own files.

    With ``log``, requests are logged in ``access.log`` there.
    """
    program = shutil.which("nginx", path=os.defpath + ":/usr/sbin")
    if program is None:
        sys.exit("this benchmark needs Debian's nginx: apt-get install nginx-light")
    run.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    config = run / "nginx.conf"
    kept = run / "access.log" if log else "off"
    config.write_text(_CONFIG.format(run=run, root=root, port=port, user=user, log=kept))
    server = subprocess.Popen([program, "-c", str(config), "-e", str(run / "error.log")])
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()
