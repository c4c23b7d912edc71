"""Work done ahead: the order in which it is given back, how much of it there is, and its end."""

import threading
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.work.records.ahead import Ahead


@given(st.integers(1, 4), st.integers(0, 30))
def test_everything_comes_back_once_and_in_order(at_once, count):
    with Ahead[int](at_once) as ahead:
        came = [one for number in range(count) for one in ahead.ask(partial(int, number))]
        assert came == list(range(max(count - 2 * at_once, 0)))
        came += ahead.rest()
    assert came == list(range(count))


def test_so_many_at_a_time_and_no_more():
    together = threading.Barrier(3)
    with Ahead[int](3) as ahead:
        for _ in range(6):
            assert ahead.ask(lambda: together.wait(10)) == []
        assert sorted(ahead.rest()) == [0, 0, 1, 1, 2, 2]


def test_a_fault_is_raised_in_its_turn_and_what_waits_is_not_begun():
    begun = []

    def fail() -> None:
        begun.append("fails")
        raise ValueError("it")

    with Ahead[None](1) as ahead:
        assert ahead.ask(lambda: begun.append("first")) == []
        assert ahead.ask(fail) == []
        rest = ahead.rest()
        assert next(rest) is None
        with pytest.raises(ValueError, match="it"):
            next(rest)
    assert begun == ["first", "fails"]


def test_an_error_outside_ends_it_without_waiting():
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        let_go.wait(10)

    def interrupted() -> None:
        with Ahead[None](1) as ahead:
            ahead.ask(hold)
            ahead.ask(lambda: later.append(1))
            held.wait(10)
            raise KeyboardInterrupt

    later = []
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not let_go.is_set()
    let_go.set()
    assert later == []
