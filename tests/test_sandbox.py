import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from eafarchive.errors import EafarchiveError, WriteError
from eafarchive.extraction import Page, extract
from eafarchive.model import Article, NotAnArticle
from eafarchive.profile import Profile
from eafarchive.sandbox import WORTH_ANOTHER, Extractor, process, worker
from eafarchive.sandbox.frames import HEAD, Answer, Ask, Setup, frame
from eafarchive.sandbox.process import WorkerProcess

SITE = Profile(name="site", hosts=("site.example",))
URL = "https://site.example/2016/06/02/invented/"
SENTENCE = "The invented council of Examplia met again, and again agreed to meet in the spring. "
PARAGRAPH = f"<p>{SENTENCE * 5}</p>"
ARTICLE = (
    "<!DOCTYPE html><html lang=en><head><title>An invented title</title></head><body><main><article>"
    f"<h1>An invented title</h1>{PARAGRAPH * 8}</article></main></body></html>"
).encode()
NESTED = b"<!DOCTYPE html><h1>T</h1>" + b"<div>" * 100_000 + PARAGRAPH.encode() * 8
ATTRIBUTES = b"<!DOCTYPE html><h1>T</h1><p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">"
FORMATTING = b"<!DOCTYPE html><h1>T</h1>" + b"".join(
    b"<b %d>x<i %d>y<p>" % (n, n) for n in range(4000)
)


def page(extractor, html=ARTICLE):
    return extractor.read(html, URL, "text/html; charset=utf-8", (SITE,)).found


def unread(why):
    return NotAnArticle(URL, f"parser stopped: {why}", is_unread=True)


def pid(extractor):
    return extractor._desks[0]._worker._process.pid


@pytest.fixture
def extractor():
    with Extractor((SITE,), seconds=30) as running:
        yield running


def test_the_answer_is_that_of_the_plain_call(extractor):
    plain = extract(Page.from_html(ARTICLE, URL, "text/html; charset=utf-8"), SITE)
    assert isinstance(plain, Article)
    assert page(extractor) == plain
    assert page(extractor, b"") == extract(Page.from_html(b"", URL, None), SITE)


def test_one_worker_serves_many_pages_and_starts_with_the_first(extractor):
    assert extractor._desks[0]._worker is None
    page(extractor)
    first = pid(extractor)
    for _ in range(20):
        page(extractor)
    assert pid(extractor) == first


def test_another_worker_starts_when_there_is_enough_to_read():
    with Extractor((SITE,), workers=2) as extractor, ThreadPoolExecutor(2) as threads:
        for count, is_alive in ((WORTH_ANOTHER - 1, False), (WORTH_ANOTHER, True)):
            read = threads.map(partial(page, extractor), [ARTICLE] * count)
            assert all(isinstance(one, Article) for one in read)
            other = extractor._desks[1]._worker
            assert (other is not None and other.is_alive()) is is_alive


def test_the_profile_is_one_of_the_extractors():
    other = Profile(name="other", hosts=("other.example",))
    twin = Profile(name="site", hosts=("other.example",))
    with Extractor((SITE, other, twin), seconds=30) as extractor:
        by_other = extractor.read(ARTICLE, URL, None, (other,)).found
        assert by_other == extract(Page.from_html(ARTICLE, URL, None), other)
        extractor.read(ARTICLE, URL, None, (twin,))
        with pytest.raises(ValueError, match="not in tuple"):
            extractor.read(ARTICLE, URL, None, (Profile(name="unknown"),))


def test_a_page_larger_than_any_pipe_goes_through(extractor):
    large = ARTICLE.replace(b"</main>", b"<!--" + b"x" * (8 << 20) + b"--></main>")
    assert page(extractor, large) == page(extractor)


def test_p01_nested_elements_are_read_as_flat_as_browsers_keep_them():
    with Extractor((SITE,), seconds=20) as extractor:
        assert page(extractor, NESTED).word_count == page(extractor).word_count


def test_p03_p04_what_costs_the_parser_too_much_is_stopped_and_the_next_page_is_read():
    with Extractor((SITE,), seconds=1) as extractor:
        assert page(extractor, ATTRIBUTES) == unread("1 s")
        assert isinstance(page(extractor), Article)


def test_p02_formatting_elements_are_stopped_by_memory():
    with Extractor((SITE,), seconds=60, memory_bytes=256 << 20) as extractor:
        refused = page(extractor, FORMATTING)
        assert isinstance(refused, NotAnArticle)
        assert "\n" not in refused.reason
        assert isinstance(page(extractor), Article)


def test_p05_a_killed_worker_costs_its_page_only(extractor):
    page(extractor)
    pids = [pid(extractor)]

    def kill():
        os.kill(pids[-1], signal.SIGKILL)
        for _ in range(100):  # the page is tried once more, by another worker
            time.sleep(0.1)
            worker = extractor._desks[0]._worker
            if worker is not None and worker._process.pid != pids[-1]:
                pids.append(worker._process.pid)
                time.sleep(0.5)
                os.kill(pids[-1], signal.SIGKILL)
                return

    timer = threading.Timer(0.5, kill)
    timer.start()
    try:
        assert page(extractor, ATTRIBUTES) == unread("was killed")
    finally:
        timer.join()
    assert isinstance(page(extractor), Article)
    assert len({*pids, pid(extractor)}) == 3


def test_a_page_whose_worker_is_killed_once_is_read_by_another(extractor, monkeypatch):
    expected = page(extractor)
    exchange = WorkerProcess.exchange

    def killed(self, *words):
        monkeypatch.undo()
        self.kill()
        return exchange(self, *words)

    monkeypatch.setattr(WorkerProcess, "exchange", killed)
    assert page(extractor) == expected


def test_a_worker_that_died_idle_costs_nothing(extractor):
    page(extractor)
    os.kill(pid(extractor), signal.SIGKILL)
    extractor._desks[0]._worker._process.wait()
    assert isinstance(page(extractor), Article)


def test_a_worker_is_replaced_after_so_many_pages(extractor, monkeypatch):
    monkeypatch.setattr("eafarchive.sandbox.PAGES_PER_WORKER", 2)
    pids = []
    for _ in range(4):
        page(extractor)
        pids.append(pid(extractor))
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_an_interrupted_page_leaves_no_answer_for_the_next(extractor):
    expected = page(extractor)
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        page(extractor, ATTRIBUTES)
    timer.join()
    assert extractor._desks[0]._worker is None
    assert page(extractor) == expected


def test_closing_ends_the_worker():
    extractor = Extractor((SITE,), seconds=30)
    page(extractor)
    running = extractor._desks[0]._worker
    extractor.close()
    assert not running.is_alive()
    extractor.close()
    with pytest.raises(EafarchiveError, match="closed"):
        page(extractor)
    assert extractor._desks[0]._worker is None


def test_the_worker_is_out_of_reach_of_the_terminal(extractor):
    page(extractor)
    assert os.getsid(pid(extractor)) == pid(extractor)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to look into a process")
def test_the_worker_holds_none_of_our_files(extractor, tmp_path):
    with (tmp_path / "lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        page(extractor)
        links = [str(link.readlink()) for link in Path(f"/proc/{pid(extractor)}/fd").iterdir()]
        assert not [link for link in links if link.startswith(str(tmp_path))]
        assert all(link.startswith(("pipe:", "/dev/null")) for link in links)


PARENT = """
import sys
from pathlib import Path
from eafarchive.profile import Profile
from eafarchive.sandbox import Extractor
site = Profile(name="site")
extractor = Extractor((site,), seconds=2)
extractor.read(b"<p>x</p>", "https://site.example/", None, (site,))
print(extractor._desks[0]._worker._process.pid, flush=True)
if sys.argv[1] == "busy":
    extractor.read(b"<p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">", "https://site.example/", None, (site,))
sys.stdin.read()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to tell a zombie")
@pytest.mark.parametrize("state", ["idle", "busy"])
def test_a_worker_does_not_outlive_its_parent(state):
    environment = {**os.environ, "PYTHONPATH": str(Path(process.__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, state],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as parent:
        orphan = Path(f"/proc/{int(parent.stdout.readline())}/stat")
        time.sleep(0.3)
        parent.kill()
    deadline = time.monotonic() + 60
    while orphan.exists() and orphan.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < deadline, "the worker still runs"
        time.sleep(0.05)


def test_a_worker_that_cannot_be_started_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(process, "_BOOT", "import no_such_module")
    line = r"^the page parser cannot be started: ModuleNotFoundError: .*no_such_module"
    with Extractor((SITE,)) as extractor, pytest.raises(WriteError, match=line):
        page(extractor)
    monkeypatch.setattr(process.sys, "executable", "/nonexistent/python")
    line = r"^the page parser cannot be started: .*No such file"
    with Extractor((SITE,)) as extractor, pytest.raises(WriteError, match=line):
        page(extractor)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (b"", "exit status 0"),
        (HEAD.pack(0xFFFFFFFF), "it answered too much"),
        (HEAD.pack(1) + b"\x80junk", "it answered too much"),
        (HEAD.pack(1) + b"\xc1", "it answered nonsense"),
        (bytes(frame(Answer())), "no answer"),
    ],
)
def test_a_worker_gone_mad_is_not_believed(answers, reason, monkeypatch):
    mad = f"import os, sys; os.read(0, 4096); os.write(1, {bytes(frame(Answer()))!r});"
    mad += f"os.read(0, 1 << 20); os.write(1, {answers!r}); os.read(0, 1) if {answers!r} else 0"
    monkeypatch.setattr(process, "_BOOT", mad)
    with Extractor((SITE,), seconds=30) as extractor:
        assert page(extractor) == unread(reason)


def test_a_worker_that_drips_is_stopped(monkeypatch):
    drip = f"import os, time; os.read(0, 4096); os.write(1, {bytes(frame(Answer()))!r})\n"
    drip += f"os.read(0, 1 << 20); os.write(1, {HEAD.pack(1 << 20)!r})\nwhile True: os.write(1, b'x'); time.sleep(0.01)"
    monkeypatch.setattr(process, "_BOOT", drip)
    with Extractor((SITE,), seconds=0.5) as extractor:
        assert page(extractor) == unread("0.5 s")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (MemoryError(), r"parser stopped: more than 256 MiB"),
        (KeyError("a\nb"), r"extraction failed: KeyError: 'a\\nb' \(test_sandbox\.py:\d+\)"),
    ],
)
def test_a_fault_of_extraction_is_a_reason_and_a_new_worker(error, reason, monkeypatch):
    def fails(*_):
        raise error

    monkeypatch.setattr(worker, "examine", fails)
    setup = Setup(profiles=(SITE,), seconds=1, memory_bytes=256 << 20, page_bytes=1 << 20)
    answer = worker._answer(Ask(page=ARTICLE, url=URL, content_type=None, profiles=(0,)), setup)
    assert answer.is_last
    assert answer.article is None
    assert re.fullmatch(reason, answer.refusal.reason)
    assert answer.refusal.is_unread
