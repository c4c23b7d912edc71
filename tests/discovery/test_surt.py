"""Sort keys; the expected ones are what pywb makes of the URLs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.discovery.surt import sort_key

SITE = "https://eastasiaforum.org"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"{SITE}/", "org,eastasiaforum)/"),
        ("http://www.EastAsiaForum.org:80?", "org,eastasiaforum)/"),
        ("https://www2.eastasiaforum.org:443/#top", "org,eastasiaforum)/"),
        (f"{SITE}:8443/feed/", "org,eastasiaforum:8443)/feed"),
        (f"{SITE}/2016/06/02/Some-Slug/", "org,eastasiaforum)/2016/06/02/some-slug"),
        (f"{SITE}//a///b/", "org,eastasiaforum)/a/b"),
        (f"{SITE}/%E4%BD%A0/", "org,eastasiaforum)/%e4%bd%a0"),
        (f"{SITE}/你/", "org,eastasiaforum)/%e4%bd%a0"),
        (f"{SITE}/a%2Fb%20c+d%25", "org,eastasiaforum)/a/b%20c+d%25"),
        (f"{SITE}/a%252520b", "org,eastasiaforum)/a%20b"),
        (f"{SITE}/a%3fb%23c", "org,eastasiaforum)/a?b%23c"),
        (f"{SITE}/?p=12", "org,eastasiaforum)/?p=12"),
        (f"{SITE}/a/?b=1&A=2", "org,eastasiaforum)/a?a=2&b=1"),
        (f"{SITE}/a?a-b=1&a=2&&c", "org,eastasiaforum)/a?&a=2&a-b=1&c"),
        (f"{SITE}/a?PHPSESSID={'0f' * 16}", "org,eastasiaforum)/a"),
        (f"{SITE}/a?sid={'0f' * 16}&b=1", "org,eastasiaforum)/a?b=1"),
        ("http://127.0.0.1:8080/a/", "1,0,0,127:8080)/a"),
        ("http://[::1]/a", "::1)/a"),
        ("dns:Some where", "dns:some%20where"),
        ("\x00\ud800", "%00%ed%a0%80"),
    ],
)
def test_as_pywb_has_it(url, key):
    assert sort_key(url) == key


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_a_key_is_one_word_of_ascii_and_its_spelling_does_not_matter(tail):
    key = sort_key(f"{SITE}/{tail}")
    assert key.isascii()
    assert len(key.split()) == 1
    assert sort_key(f"http://WWW.eastasiaforum.org/{tail}") == key
