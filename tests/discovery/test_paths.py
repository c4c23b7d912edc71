import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eafarchive.discovery.paths import record_path

SAFE = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?")
HOST = "eastasiaforum.org"
SEGMENTS = [
    "a",
    "A",
    "..",
    ".",
    "",
    "con",
    "nul.x",
    "a.json",
    "a_8",
    "é",
    "e\u0301",
    "x" * 250,
    "2016",
]
SEGMENTS += ["a-0123456789abcdef", "a.", "-a", "%2e", "a?b=c", "index"]

keys = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(SEGMENTS),
        max_size=5,
    ).map(lambda segments: "/".join([HOST, *segments])),
    st.sampled_from(["h:80", "h_80", "h:8_0", "h:80:90", "[::1]:80", "h:", "con"]),
)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (f"{HOST}/2016/06/02/some-slug", f"{HOST}/2016/06/02/some-slug.json"),
        ("127.0.0.1:8080/2016/06/02/slug", "127.0.0.1_8080/2016/06/02/slug.json"),
        (f"{HOST}/about/us", f"{HOST}/about/us.json"),
        (f"{HOST}/news_1.2-b", f"{HOST}/news_1.2-b.json"),
    ],
)
def test_a_harmless_key_is_its_own_path(key, path):
    assert record_path(key) == path


@pytest.mark.parametrize(
    ("key", "pattern"),
    [
        (HOST, r"index-H"),
        (f"{HOST}/?p=12", r"p-12-H"),
        (f"{HOST}/2016/06/02/..", r"2016/06/02/x-H"),
        (f"{HOST}/2016/06/02/%2e%2e%2fetc", r"2016/06/02/2e-2e-2fetc-H"),
        (f"{HOST}/2016/06/02/Some-Slug", r"2016/06/02/some-slug-H"),
        (f"{HOST}/2016/06/02/%E6%97%A5", r"2016/06/02/e6-97-a5-H"),
        (f"{HOST}/2016/06/02/con", r"2016/06/02/con-H"),
        (f"{HOST}/2016/06/02/nul.txt", r"2016/06/02/nul-txt-H"),
        (f"{HOST}/2016/06/02/a\x00b", r"2016/06/02/a-b-H"),
        (f"{HOST}/2016/06/02/a.", r"2016/06/02/a-H"),
        (f"{HOST}/2016/06/02/.a", r"2016/06/02/a-H"),
        (f"{HOST}/2016/../02/a", r"2016/a-H"),
        (f"{HOST}//etc/passwd", r"passwd-H"),
        (f"{HOST}/a.json/b", r"b-H"),
        (f"{HOST}/a-0123456789abcdef", r"a-0123456789abcdef-H"),
        (f"{HOST}/2016/06/02/{'a' * 400}", rf"2016/06/02/{'a' * 100}-H"),
        (f"{HOST}/{'a/' * 600}b", r"b-H"),
    ],
)
def test_s13_any_other_key_ends_in_its_digest(key, pattern):
    assert re.fullmatch(rf"{HOST}/{pattern}.json".replace("H", "[0-9a-f]{16}"), record_path(key))


@given(st.lists(keys, min_size=2, max_size=2, unique=True))
@example(["h:80/a", "h_80/a"])
@example([f"{HOST}/index", HOST])
@example([f"{HOST}/caf\u00e9", f"{HOST}/cafe\u0301"])
@example([f"{HOST}/a", f"{HOST}/A"])
@example([f"{HOST}/a", f"{HOST}/a.json/b"])
def test_s13_two_keys_never_share_or_shadow_a_path(pair):
    one, other = (unicodedata.normalize("NFD", record_path(key)).casefold() for key in pair)
    assert one != other
    assert not one.startswith(f"{other}/")
    assert not other.startswith(f"{one}/")


@given(keys)
def test_s13_no_path_escapes_or_is_too_long(key):
    path = record_path(key)
    segments = path.split("/")
    assert len(path) <= 1000
    assert len(segments) >= 2
    assert path.endswith(".json")
    for segment in segments:
        assert SAFE.fullmatch(segment)
        assert len(segment) <= 200
        assert segment.split(".")[0] not in {"con", "prn", "aux", "nul"}


def test_s13_a_digest_made_on_purpose_is_not_believed():
    crafted = record_path(f"{HOST}/A")
    assert record_path(crafted.removesuffix(".json")) != crafted
