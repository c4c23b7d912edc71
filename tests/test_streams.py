"""The command line where its standard streams are closed, full, a pipe or a terminal."""

import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import eafarchive
from eafarchive.terminal import program_name
from workbench import command, environment


def shell(words, redirection, **env):
    line = " ".join(f"'{word}'" for word in command(*words)) + " " + redirection
    return subprocess.run(
        ["bash", "-c", line],
        env=environment(**env),
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("redirection", "code"),
    [(">&-", 0), (">&- 2>&- <&-", 0), ("> /dev/full", 73), ("2> /dev/full", 0)],
)
def test_standard_streams_that_are_closed_or_full(crawled, redirection, code):
    ended = shell(["status", "--config", crawled.config], redirection)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert ended.stderr.count(b"\n") == (1 if code else 0)


def test_a_crawl_with_everything_closed_under_cron(bench, origin):
    ended = shell(["crawl", "--config", bench.config], "<&- >&- 2>&-", LC_ALL="C")
    assert ended.returncode == 3
    assert bench.by_path().keys() == origin.site.expected.keys()
    with bench.reader():
        assert shell(["verify", "--config", bench.config], "").returncode == 0


@pytest.mark.parametrize(
    ("redirection", "code"), [("> /dev/full", 73), ("| true; exit ${PIPESTATUS[0]}", 3)]
)
def test_o01_a_crawl_goes_on_whatever_becomes_of_its_output(bench, origin, redirection, code):
    words = ["crawl", "--config", bench.config, "--json", "-v"]
    ended = shell(words, f"2>&1 {redirection}", LC_ALL="C", LANG="xx_XX.ISO-8859-1")
    assert ended.returncode == code
    assert bench.by_path().keys() == origin.site.expected.keys()
    assert b"Traceback" not in ended.stderr


def test_a_reader_that_goes_away(crawled):
    words = ["extract", "--config", crawled.config, *[crawled.archive / "warc"] * 3]
    ended = shell(words, "| head -c 10; exit ${PIPESTATUS[0]}")
    assert (ended.returncode, len(ended.stdout)) == (0, 10)
    assert b"Traceback" not in ended.stderr
    assert b"BrokenPipe" not in ended.stderr


def test_ascii_locale_and_no_home(crawled):
    ended = shell(["extract", "--config", crawled.config, crawled.archive / "warc"], "", LC_ALL="C")
    assert ended.returncode == 0
    lines = ended.stdout.decode("utf-8").splitlines()
    assert len(lines) == len(crawled.records())
    assert any(not line.isascii() for line in lines)


def test_a_bar_on_a_terminal_only(bench):
    controller, terminal = pty.openpty()
    ended = subprocess.run(
        command("crawl", "--config", bench.config),
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=terminal,
        timeout=60,
        check=False,
    )
    os.close(terminal)
    seen = b""
    with os.fdopen(controller, "rb", buffering=0) as screen:
        try:
            while piece := screen.read(65536):
                seen += piece
        except OSError:  # how Linux tells that the other end is closed
            pass
    assert ended.returncode == 3
    assert b"9/9" in re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", seen)
    assert b"\x1b" not in ended.stdout


def test_what_the_demo_says_to_try_next_can_be_typed(monkeypatch):
    script = str(Path(sys.executable).with_name("eafarchive"))
    module = str(Path(eafarchive.__file__).with_name("__main__.py"))
    monkeypatch.setenv("PATH", "/nowhere")
    for called in (script, module):
        monkeypatch.setattr(sys, "argv", [called, "demo"])
        words = [*shlex.split(program_name()), "--version"]
        assert subprocess.run(words, check=True, capture_output=True).stdout
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert program_name() == "eafarchive"
