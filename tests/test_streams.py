"""The command line where its standard streams are closed, full, a pipe or a terminal."""

import contextlib
import logging
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import eafarchive
from eafarchive.terminal import program_name, start_logging
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
    [
        (">&-", 73),
        (">&- <&-", 73),
        (">&- 2>&- <&-", 73),
        ("> /dev/full", 73),
        ("2> /dev/full", 0),
        ("<&- 2>&-", 0),
    ],
)
def test_standard_streams_that_are_closed_or_full(crawled, redirection, code):
    ended = shell(["status", "--config", crawled.config], redirection)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert ended.stderr.count(b"\n") == (1 if code and "2>" not in redirection else 0)


def test_a_crawl_with_everything_closed_under_cron(bench, origin):
    ended = shell(["crawl", "--config", bench.config], "<&- >&- 2>&-", LC_ALL="C")
    assert ended.returncode == 73, "its summary is lost"
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


@pytest.mark.parametrize("words", ["crawl", "crawl --metrics-file m.prom", "status"])
def test_names_outside_ascii_where_names_of_files_are_ascii(bench, words):
    text = bench.config.read_text("utf-8").replace('"eastasiaforum"', '"profîl.toml"')
    bench.config.write_text(f'[archive]\npath = "ärchiv"\n{text}', "utf-8")
    (bench.folder / "profîl.toml").write_text('extends = "eastasiaforum"\nname = "x"\n', "utf-8")
    strict = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    bench.crawl()
    ended = subprocess.run(
        command(*words.split()),
        cwd=bench.folder,
        env=environment(**strict),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    names = {path.name for path in bench.folder.iterdir()} - {"m.prom"}
    assert names == {"config.toml", "profîl.toml", "ärchiv"}


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


def screen_of(raw, width=80):
    """The lines a terminal shows: what is wiped is not there."""
    lines = [""]
    for piece in re.findall(r"\x1b\[[0-9;?]*[a-zA-Z]|\r|\n|[^\x1b\r\n]+", raw):
        if piece == "\n":
            lines.append("")
        elif piece == "\x1b[2K":
            lines[-1] = ""
        elif piece == "\x1b[1A":
            lines.pop()
        elif piece[0] not in "\x1b\r":
            lines[-1] += piece
    return lines


@pytest.mark.parametrize("verb", ["crawl", "demo"])
def test_no_line_is_glued_to_the_bar(bench, tmp_path, verb):
    controller, terminal = pty.openpty()
    chosen = ("--config", bench.config) if verb == "crawl" else ("--archive", tmp_path / "demo")
    running = subprocess.Popen(
        command(verb, *chosen),
        env=environment(TERM="xterm", COLUMNS="80"),
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    # How Linux tells that the other end is closed: by an error.
    with os.fdopen(controller, "rb", buffering=0) as screen, contextlib.suppress(OSError):
        while piece := screen.read(65536):
            seen += piece
    assert running.wait(60) == (3 if verb == "crawl" else 0)
    assert "━" in seen.decode()
    lines = screen_of(seen.decode())
    assert not [line for line in lines if "━" in line]
    if verb == "crawl":
        begins = re.compile(r"warning: |[0-9]+ discovered|exit 3: |$")
        assert not [line for line in lines if not begins.match(line)]


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


def test_a_traceback_smuggles_nothing_onto_the_terminal(capsys):
    start_logging(logging.ERROR)
    try:
        raise ValueError("a page says \x1b]0;owned\x07 and \u202e")
    except ValueError:
        logging.getLogger("eafarchive").exception("a bug")
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "\\x1b]0;owned\\x07 and \\u202e" in told
    assert all(c.isprintable() or c == "\n" for c in told)


LOADING = """
import signal, sys, time
class Slow:
    def find_spec(self, name, *_):
        if name == "eafarchive.cli":
            print("loading", flush=True)
            time.sleep(60)
signal.signal(signal.SIGHUP, signal.SIG_IGN if "ignored" in sys.argv else signal.SIG_DFL)
sys.meta_path.insert(0, Slow())
from eafarchive.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("number", "code", "how"),
    [
        (signal.SIGINT, 130, ""),
        (signal.SIGTERM, 143, ""),
        (signal.SIGHUP, 129, ""),
        (signal.SIGTERM, 143, "ignored"),
    ],
)
def test_a_signal_before_the_program_is_loaded_ends_it_with_a_line(number, code, how):
    """Whichever it is; a SIGHUP that is ignored, as under ``nohup``, stays so."""
    asked = [sys.executable, "-c", LOADING, how]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(asked, **pipe, text=True) as running:
        assert running.stdout.readline() == "loading\n"
        if how:
            running.send_signal(signal.SIGHUP)
            time.sleep(0.2)
        running.send_signal(number)
        told = running.stderr.read()
    assert (running.returncode, told) == (code, "eafarchive: interrupted\n")


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.25, 0.4])
def test_ctrl_c_before_a_command_begins_leaves_no_traceback(tmp_path, seconds):
    asked = [sys.executable, "-m", "eafarchive", "status", "--archive", str(tmp_path / "none")]
    with subprocess.Popen(asked, stderr=subprocess.PIPE, text=True) as running:
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        told = running.stderr.read()
    # before Python itself has begun, it says what it likes
    assert running.returncode in {-signal.SIGINT, 1, 2, 130}
    assert "eafarchive/cli" not in told
