"""S12: no regular expression takes more than linear work, whatever a page or a server sends."""

import re
import signal
import time

import pytest

from regexps import ANCHORED, SEARCHING, cook, patterns, worst_inputs

SMALL, LARGE = 1_000, 200_000
SECONDS = 2.0
"""Of the processor for `LARGE` characters; what is quadratic takes ten times as long, or a hundred."""
TRUSTED = ("demosite.",)
"""Modules whose patterns see nothing but the program's own text."""
ALL = patterns()
ONCE = {(p.pattern, p.flags, *sorted(methods)): name for name, (p, methods) in ALL.items()}
PATTERNS = {name: ALL[name] for name in ONCE.values() if not name.startswith(TRUSTED)}


class TooLongError(Exception):
    pass


def give_up(*_):
    raise TooLongError


def work(pattern, methods, text):
    """Processor seconds the pattern takes for a text, at most `SECONDS`."""
    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    began = time.process_time()
    try:
        if methods & set(SEARCHING):
            for _ in pattern.finditer(text):
                pass
        for method in methods & set(ANCHORED):
            getattr(pattern, method)(text)
    except TooLongError:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - began


def test_s12_all_patterns_are_known():
    assert len(PATTERNS) > 100
    some = {"http1.heads.HEAD_END", "discovery.urls._SPLIT", "extraction.facts.doi._DOI"}
    assert some <= set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_s12_work_is_linear(name):
    pattern, methods = PATTERNS[name]
    recipes = worst_inputs(pattern)
    costs = [(work(pattern, methods, cook(pattern, recipe, SMALL)), recipe) for recipe in recipes]
    for _, recipe in sorted(costs)[-1:]:
        taken = work(pattern, methods, cook(pattern, recipe, LARGE))
        assert taken < SECONDS, f"{pattern.pattern!r} on {recipe!r}"


@pytest.mark.parametrize("written", [r"\s+$", r"<!--.*?-->", r"(?:a|a)*b"])
def test_s12_a_pattern_that_is_not_linear_is_found(written):
    pattern = re.compile(written)
    texts = (cook(pattern, recipe, LARGE) for recipe in worst_inputs(pattern))
    assert any(work(pattern, {"search"}, text) == SECONDS for text in texts)
