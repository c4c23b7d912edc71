"""The fuzzers' corpus once more, finds of former campaigns among it, and some generated input."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from targets import TARGETS

SEEDS = Path(__file__).parents[1] / "fixtures" / "fuzz"
CORPUS = sorted(path for path in SEEDS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.relative_to(SEEDS).as_posix())
def test_the_corpus_breaks_no_promise(path):
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_has_seeds():
    assert {path.parent.name for path in CORPUS} == set(TARGETS)


def damaged(seeds):
    """Seeds cut, spliced and sprinkled, as a fuzzer does it."""
    cuts = st.tuples(st.sampled_from(seeds), st.integers(0, 400), st.integers(0, 400))
    pieces = cuts.map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]])
    return st.lists(st.one_of(pieces, st.binary(max_size=8)), min_size=1, max_size=6).map(b"".join)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_seeds_break_no_promise(name):
    seeds = [path.read_bytes() for path in CORPUS if path.parent.name == name]

    @settings(deadline=None, max_examples=60, database=None, derandomize=True)
    @given(damaged(seeds))
    def check(data):
        TARGETS[name](data)

    check()
