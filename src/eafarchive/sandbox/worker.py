"""The worker itself: reads pages from its input, answers on its output, under limits."""

from __future__ import annotations

import gc
import math
import os
import resource
import sys
import traceback
from contextlib import suppress
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from eafarchive.body import Body, body_of, why_no_page
from eafarchive.extraction import Page, examine
from eafarchive.extraction.document.choice import choose_profile
from eafarchive.extraction.text.account import give_account
from eafarchive.model import Article, Capture, NotAnArticle
from eafarchive.sandbox.frames import FAILED, HEAD, Answer, Ask, Setup, frame


def main() -> None:
    """Serves pages until the input ends."""
    # What a library prints must not get among the answers.
    answers = os.dup(1)
    os.dup2(2, 1)
    with open(0, "rb") as source, open(answers, "wb") as sink, suppress(BrokenPipeError):  # noqa: PTH123 - descriptors
        setup = msgspec.msgpack.decode(_receive(source), type=Setup)
        _confine(setup.memory_bytes)
        _send(sink, Answer())
        _silence()
        gc.freeze()  # what lives as long as the worker is not gone through
        _serve(source, sink, setup)


def _serve(source: BinaryIO, sink: BinaryIO, setup: Setup) -> None:
    asks = msgspec.msgpack.Decoder(Ask)
    while received := _receive(source):
        _limit_processor(setup.seconds)
        ask = asks.decode(received)
        answer = _answer(ask, setup)
        _send(sink, answer)
        if answer.is_last:
            return


def _answer(ask: Ask, setup: Setup) -> Answer:
    try:
        body: Body | str
        if isinstance(ask.page, Capture):
            body = body_of(ask.page, setup.page_bytes)
            if isinstance(body, str):  # whatever was meant, it is not there
                return Answer(refusal=NotAnArticle(ask.url, body, is_blocked=True))
            if other := why_no_page(body):
                return Answer(refusal=NotAnArticle(ask.url, other))
        else:
            body = Body(ask.page, ask.content_type)
        page = Page.from_html(body.data, ask.url, body.content_type)
        meant = [setup.profiles[number] for number in ask.profiles]
        profile = choose_profile(page, meant)
        number = ask.profiles[meant.index(profile)]
        examination = examine(page, profile)
        account = give_account(page, profile, examination) if ask.is_explained else None
    except MemoryError:
        reason = f"parser stopped: more than {setup.memory_bytes >> 20} MiB"
        return Answer(refusal=NotAnArticle(ask.url, reason, is_unread=True), is_last=True)
    except Exception as error:  # noqa: BLE001 - a fault of ours on one page must not end the run
        reason = f"{FAILED}{_in_a_line(error)}"
        return Answer(refusal=NotAnArticle(ask.url, reason, is_unread=True), is_last=True)
    # A parser that once ran into the limit may keep what it had: the next page would pay for it.
    is_last = _peak_memory() > setup.memory_bytes / 2
    found = examination.found
    article, refusal = (found, None) if isinstance(found, Article) else (None, found)
    return Answer(article, refusal, number, account, is_last)


def _in_a_line(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return f"{what} ({PurePath(last.filename).name}:{last.lineno})"


def _peak_memory() -> int:
    """The most octets that were ever resident (macOS counts octets, others kibibytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def _receive(source: BinaryIO) -> bytes:
    """The next message's bytes; none when the input has ended, be it in the middle of one."""
    head = source.read(HEAD.size)
    length = HEAD.unpack(head)[0] if len(head) == HEAD.size else 0
    received = source.read(length)
    return received if len(received) == length else b""


def _send(sink: BinaryIO, answer: Answer) -> None:
    sink.write(frame(answer))
    sink.flush()


def _confine(memory_bytes: int) -> None:
    """Bounds memory, and forbids core dumps and files; a system without a limit goes without."""
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, memory_bytes),
    ]
    for limit, value in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _limit_processor(seconds: float) -> None:
    """Has the kernel end this process soon after the page has used its time, parent or not."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)
    sys.stdout = sys.stderr = None
