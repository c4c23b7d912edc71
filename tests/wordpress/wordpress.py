"""A real WordPress on loopback, in a folder of its own; nothing of the system's is touched.

`WordPress` brings up Debian's WordPress with a MariaDB, a php-fpm and an nginx of its own, installs
it unattended, and ends them with it (see `warden`). ``python tests/wordpress/wordpress.py`` does it
for people to look at, filled with the invented posts, until interrupted.
"""

import contextlib
import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).parent
SHARE = Path("/usr/share/wordpress")
NEEDED = "wordpress mariadb-server php-fpm php-mysql php-gd php-xml nginx wordpress-theme-twentytwentyone wordpress-theme-twentytwentytwo wordpress-theme-twentytwentythree"
PATIENCE = 60.0
PATH = os.defpath + ":/usr/sbin:/usr/local/sbin"

_CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', '{user}');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '{url}');
define('WP_SITEURL', '{url}');
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('AUTH_SALT', 'nothing here is worth a secret');
$table_prefix = 'wp_';
require_once __DIR__ . '/wp-settings.php';
"""
_FPM = """[global]
error_log = {run}/fpm.log
daemonize = no
[site]
listen = {run}/fpm.sock
pm = static
pm.max_children = 2
{user}
"""
_NGINX = """daemon off;
{user}
worker_processes 1;
pid {run}/nginx.pid;
error_log {run}/nginx.log;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log {run}/access.log;
    gzip on;
    gzip_types text/xml application/xml application/rss+xml application/json;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        index index.php;
        location / {{ try_files $uri $uri/ /index.php?$args; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi_params;
            fastcgi_param HTTP_HOST $http_host;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_pass unix:{run}/fpm.sock;
        }}
    }}
}}
"""


def program(*names):
    """The path of the first of the programs that is there, or nothing."""
    for name in names:
        for found in (
            shutil.which(name, path=PATH),
            *sorted(Path("/usr/sbin").glob(f"{name}[0-9]*")),
        ):
            if found:
                return str(found)
    return None


def _output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def missing():
    """What of Debian's packages is not there, in words; empty if all is."""
    there = {
        "wordpress": SHARE.joinpath("wp-load.php").exists(),
        "mariadb-server": program("mariadbd") and program("mariadb-install-db"),
        "php-fpm": program("php-fpm"),
        "php-cli": program("php"),
        "nginx": program("nginx"),
        "php-xml": program("php") and "SimpleXML" in _output(program("php"), "-m"),
    }
    return ", ".join(name for name, found in there.items() if not found)


class WordPress:
    """The running site: a context manager."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="wp-"))
        self.root = self.folder / "site"
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            self.port = sock.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.base_url = self.url + "/"
        self.themes = []
        self.version = ""
        self._is_root = os.geteuid() == 0

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self._warden = stack.enter_context(_warden(self.folder))
            self._copy()
            self._database()
            self._web()
            self.version = self.tell("install", title="The Invented Forum")["version"]
            self.themes = self.tell("settle")["themes"]
            self._held = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._held.close()

    def tell(self, command, **given):
        """WordPress's answer to a command of wp.php."""
        done = subprocess.run(
            [program("php"), HERE / "wp.php", self.root, command],
            check=False,
            input=json.dumps({"url": self.url, **given}),
            capture_output=True,
            text=True,
            timeout=PATIENCE * 3,
        )
        if done.returncode:
            raise RuntimeError(f"wp.php {command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return json.loads(done.stdout.rpartition("\n")[2])

    def insert(self, *posts):
        """The posts as WordPress has them now: id, url, status, dates."""
        return self.tell("insert", posts=posts)

    def get(self, path):
        """The answer's body; raises `urllib.error.HTTPError`."""
        with urlopen(self.base_url + path.removeprefix("/"), timeout=PATIENCE) as answer:
            return answer.read()

    def requests(self):
        """The request targets so far, as nginx has logged them in whole lines."""
        lines = (self.folder / "access.log").read_text().split("\n")[:-1]
        asked = [line.split('"')[1].split(" ") for line in lines]
        return [words[1] for words in asked if len(words) > 1]  # none: closed without a request

    def _copy(self):
        # Symlinks would lead WordPress back to the system's own configuration.
        subprocess.run(["cp", "-rL", SHARE, self.root], check=True)
        shutil.rmtree(self.root / "wp-content" / "plugins", ignore_errors=True)
        for name in ("plugins", "uploads"):
            (self.root / "wp-content" / name).mkdir(exist_ok=True)
        config = _CONFIG.format(
            user=getpass.getuser(), socket=self.folder / "db.sock", url=self.url
        )
        (self.root / "wp-config.php").write_text(config)

    def _database(self):
        data, sock = self.folder / "data", self.folder / "db.sock"
        user = [f"--user={getpass.getuser()}"] if self._is_root else []
        common = ["--no-defaults", f"--datadir={data}", *user]
        install = [
            program("mariadb-install-db"),
            *common,
            "--auth-root-authentication-method=socket",
        ]
        install += [
            "--auth-root-socket-user=" + getpass.getuser(),
            "--skip-test-db",
            "--skip-name-resolve",
        ]
        subprocess.run(install, check=True, capture_output=True, timeout=PATIENCE * 2)
        server = [program("mariadbd"), *common, f"--socket={sock}", "--skip-networking"]
        server += ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M"]
        self._start("database", [*server, f"--pid-file={self.folder}/db.pid"], sock)
        client = program("mariadb", "mysql")
        subprocess.run(
            [client, "--no-defaults", f"--socket={sock}", "-e", "CREATE DATABASE wordpress"],
            check=True,
            timeout=PATIENCE,
        )

    def _web(self):
        run = self.folder
        user = f"user = {getpass.getuser()}\ngroup = {getpass.getuser()}" * self._is_root
        (run / "fpm.conf").write_text(_FPM.format(run=run, user=user))
        fpm = [program("php-fpm"), "-F", "-y", run / "fpm.conf", *["-R"] * self._is_root]
        self._start("php", fpm, run / "fpm.sock")
        user = f"user {getpass.getuser()};" * self._is_root
        config = _NGINX.format(run=run, port=self.port, root=self.root, user=user)
        (run / "nginx.conf").write_text(config)
        nginx = [program("nginx"), "-c", run / "nginx.conf", "-e", run / "nginx.log"]
        self._start("nginx", nginx, self.port)

    def _start(self, name, command, place):
        """Start a server, to be ended with the site, and wait until it listens at the place."""
        log = self.folder / f"{name}.out"
        self._warden.write(json.dumps([str(log), *map(str, command)]) + "\n")
        self._warden.flush()
        family = socket.AF_INET if isinstance(place, int) else socket.AF_UNIX
        address = ("127.0.0.1", place) if isinstance(place, int) else str(place)
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.socket(family) as sock:
                sock.connect(address)
                return
            if time.monotonic() > deadline:
                said = log.read_text(errors="replace")
                raise RuntimeError(f"{name} did not start: {said[-2000:]}")
            time.sleep(0.05)


@contextlib.contextmanager
def _warden(folder):
    """What starts servers, told so by lines; at the end of the context they and the folder go."""
    command = [sys.executable, HERE / "warden.py", folder]
    options = {"stdin": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen(command, **options) as process:  # which closes its input, and waits
        yield process.stdin


if __name__ == "__main__":
    if "--packages" in sys.argv:
        sys.exit(print(NEEDED))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    from posts import POSTS, posts

    with WordPress() as site:
        site.insert(*posts(POSTS))
        print(f"WordPress {site.version} at {site.base_url}, themes {', '.join(site.themes)}")
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
