"""What is shipped for cron and systemd: checked by the programs that will read it, and run."""

import contextlib
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from eafarchive.archive.directory.holdings import lock
from workbench import environment

ROOT = Path(__file__).parents[1]
CONTRIB = ROOT / "contrib"
SERVICES = {
    path.name: path.read_text("utf-8") for path in sorted(CONTRIB.glob("eafarchive*.service"))
}
SERVICE = SERVICES["eafarchive.service"]
DOCUMENT = (ROOT / "docs" / "cron.md").read_text("utf-8")


def unit(text, section):
    """Key → values of a section, as systemd reads it: continued lines joined, comments dropped."""
    body = re.search(rf"^\[{section}\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)[1]
    lines = [
        line for line in body.replace("\\\n", "").splitlines() if "=" in line and line[0] != "#"
    ]
    found = {}
    for line in lines:
        key, _, value = line.partition("=")
        found.setdefault(key, []).append(value)
    return found


def jobs(folder):
    """The commands of the crontab, as cron hands them to the shell."""
    lines = (CONTRIB / "crontab").read_text("utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    made = [line for line in lines if re.match(r"[A-Z]+=", line)]
    assert made == ["PATH=/usr/local/bin:/usr/bin:/bin", "EAFARCHIVE=/var/lib/eafarchive"]
    for line in lines[len(made) :]:
        fields = line.split(maxsplit=5)
        assert all(re.fullmatch(r"\*|[0-9]+", field) for field in fields[:5]), line
        assert "%" not in fields[5], "a new line to cron"
        assert len(line) < 998
        yield fields[5]


@pytest.fixture
def as_cron(bench, tmp_path):
    """Runs a job of the crontab as cron does: a shell, no HOME, no terminal, the C locale."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "eafarchive").write_text(f'#!/bin/sh\nexec {sys.executable} -m eafarchive "$@"\n')
    (tools / "eafarchive").chmod(0o755)

    def run(job):
        env = environment(EAFARCHIVE=str(bench.folder), LC_ALL="C")
        env["PATH"] = f"{tools}:{env['PATH']}"
        return subprocess.run(
            ["/bin/sh", "-c", job],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            start_new_session=True,
        )

    return run


def test_the_crontab_does_what_it_says(bench, origin, as_cron):
    nightly, heartbeat, weekly = jobs(bench.folder)
    ran = as_cron(nightly)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b""), "exit code 3 is no news"
    assert bench.by_path().keys() == origin.site.expected.keys()
    assert (bench.folder / "crawl.jsonl").exists()
    assert b"last_run_exit_code" in (bench.folder / "eafarchive.prom").read_bytes()
    assert as_cron(heartbeat).stdout == b""
    with contextlib.ExitStack() as stack:  # a crawl that is not at its end yet
        stack.enter_context(lock(bench.archive))
        threading.Timer(0.5, stack.pop_all().close).start()
        assert as_cron(weekly).stdout == b""
    record = min(bench.archive.glob("records/**/*.json"))
    record.write_bytes(b"{}")
    assert record.name.encode() in as_cron(weekly).stdout
    (bench.archive / "ledger.sqlite3").write_bytes(b"not a ledger" * 999)
    for job in (nightly, heartbeat):
        assert b"ledger.sqlite3" in as_cron(job).stdout, "people have to look"


@pytest.mark.parametrize("name", SERVICES)
def test_what_the_service_runs_is_understood(cli, tmp_path, name):
    for command in unit(SERVICES[name], "Service")["ExecStart"]:
        program, *words = command.split()
        assert program == "/usr/local/bin/eafarchive"
        paths = [word for word in words if word.startswith("/")]
        assert all(path.startswith(("/etc/", "/var/lib/", "/var/log/")) for path in paths)
        moved = [str(tmp_path) + word if word in paths else word for word in words]
        ran = cli(*moved)
        assert ran.code == 2
        assert "config.toml: cannot be read" in ran.err, "and nothing else was wrong"


@pytest.mark.parametrize("name", SERVICES)
def test_the_service_is_hardened(name):
    service = unit(SERVICES[name], "Service")
    for key in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
        assert service[key] == ["yes"]
    assert service["ProtectSystem"] == ["strict"]
    assert service["CapabilityBoundingSet"] == [""]
    assert service["StateDirectory"] == ["eafarchive"]


def test_the_service_knows_the_exit_codes():
    service = unit(SERVICE, "Service")
    assert service["SuccessExitStatus"] == ["3 75 143"]
    assert service["LogsDirectory"] == ["eafarchive"]
    for code in ("3", "75", "73", "143"):
        assert re.search(rf"\b{code}\b", DOCUMENT)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("name", SERVICES)
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, name):
    program = tmp_path / "eafarchive"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    service, timer = tmp_path / name, (tmp_path / name).with_suffix(".timer")
    service.write_text(SERVICES[name].replace("/usr/local/bin/eafarchive", str(program)))
    shutil.copy(CONTRIB / timer.name, timer)
    verify = ["systemd-analyze", "verify", "--man=no", service, timer]
    ran = subprocess.run(verify, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert str(tmp_path) not in ran.stderr
    assert "eafarchive" not in ran.stderr
    rate = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", "--no-pager", service]
    ran = subprocess.run(rate, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout


def test_every_metric_and_event_is_documented():
    source = ROOT / "src" / "eafarchive"
    metrics = set(
        re.findall(
            r'(?:_gauge\(|yield )"([a-z_]+)"',
            (source / "work" / "report" / "metrics.py").read_text(),
        )
    )
    assert len(metrics) >= 12
    events = {
        event
        for path in source.rglob("*.py")
        for event in re.findall(
            r'(?:told\(|tell\(logging\.[A-Z]+, )"([a-z-]+)"', path.read_text("utf-8")
        )
    }
    assert len(events) >= 7
    told = set(re.findall(r"`([a-z_-]+)", DOCUMENT))
    assert metrics | events <= told, (metrics | events) - told
    for path in CONTRIB.iterdir():
        assert f"contrib/{path.name}" in DOCUMENT
