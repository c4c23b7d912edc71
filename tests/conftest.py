"""The bundled site on loopback, and the command line beside it."""

import contextlib
import io
import logging
import shutil
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import settings

import workers
from bundled import build
from eafarchive.cli import main
from eafarchive.demosite import serve
from workbench import Bench, Origin, Ran, command, environment, some

# The same examples on every run, so that red is what a change made; `make fuzz` looks for others.
# Without a deadline: how long one takes says how busy the machine is.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

# What a shell starts in the background ignores the one, what nohup starts the other, and some tests
# send them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

STALE = 90.0
"""Seconds after which the page that is none would soon be due to be asked for again."""


def pytest_runtest_teardown():
    """The log as it is before any command has set it up: what one test did tells in no other."""
    log = logging.getLogger("eafarchive")
    log.handlers = []
    log.propagate = True
    log.setLevel(logging.NOTSET)


@pytest.fixture(autouse=True)
def kept_workers(request, monkeypatch):
    """Page parsers outlive the commands of a test: starting one takes as long as most tests do."""
    if not request.module.__name__.startswith("test_sandbox"):
        monkeypatch.setattr("eafarchive.sandbox.WorkerProcess", workers.hire)


def pytest_sessionfinish():
    workers.dismiss()


@pytest.fixture(scope="session")
def server():
    with serve(build) as running:
        yield running


@pytest.fixture(scope="session")
def all_pages(server):
    return build(server.base_url).pages


@pytest.fixture
def origin(server, all_pages):
    """Five articles, and one address each that is missing, forbidden, disallowed and no article."""
    return Origin(server, some(all_pages, "missing", "forbidden", "disallowed", "challenge"))


@pytest.fixture
def bench(tmp_path, origin):
    return Bench(tmp_path, origin.base_url)


@pytest.fixture(scope="session")
def crawled_once(server, all_pages, tmp_path_factory):
    """Gives the folder and the site of one clean crawl, made anew when it is stale."""
    made = []

    def fresh():
        if not made or time.monotonic() - made[-1][0] > STALE:
            served, began = server.site, time.monotonic()
            origin = Origin(server, some(all_pages, "challenge"))
            bench = Bench(tmp_path_factory.mktemp("crawled"), origin.base_url)
            assert bench.crawl().exit_code == 0
            server.site = served
            made.append((began, bench.folder, origin.site))
        return made[-1][1:]

    return fresh


@pytest.fixture
def crawled(crawled_once, origin, tmp_path):
    """A bench whose archive holds one clean crawl of five articles and a page that is none."""
    folder, site = crawled_once()
    shutil.copytree(folder / "archive", tmp_path / "archive")
    origin.site = site
    origin.forget_requests()
    return Bench(tmp_path, origin.base_url)


@pytest.fixture
def cli(monkeypatch, capfd):
    """Runs the command line in this process."""

    def run(*words, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["eafarchive", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Ran(ended.value.code or 0, *capfd.readouterr())

    return run


@pytest.fixture
def process():
    """Starts the command line in a process of its own; it is killed at the end if need be."""
    with contextlib.ExitStack() as stack:

        def start(*words, env=None, **options):
            options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
            running = stack.enter_context(
                subprocess.Popen(command(*words), env=env or environment(), **options)
            )
            stack.callback(running.kill)
            return running

        yield start
