"""Addresses of web archives' copies."""

import msgspec
import pytest

from eafarchive.config import load_profile
from eafarchive.discovery.copies import copied_url, own_address

OWN = "https://www.eastasiaforum.org/2016/06/02/a-slug/"


@pytest.mark.parametrize(
    ("url", "copied"),
    [
        (f"https://web.archive.org/web/20170304050607/{OWN}", OWN),
        (f"http://web.archive.org/web/20170304050607id_/{OWN}?page=2", f"{OWN}?page=2"),
        (f"https://web.archive.org/web/2017/{OWN.replace('//', '/', 1)}", OWN),
        ("https://archive.example/coll/20170304050607/http://paper.example:80/a", "http://paper.example/a"),
        ("https://archive.example/20170304050607mp_/https://paper.example/", "https://paper.example/"),
    ],
)  # fmt: skip
def test_a_copy_names_what_was_copied(url, copied):
    assert copied_url(url) == copied


@pytest.mark.parametrize(
    "url",
    [
        OWN,
        f"https://paper.example/2017/{OWN}",
        f"https://paper.example/share?u={OWN}",
        "https://web.archive.org/web/20170304050607*/eastasiaforum.org",
        "https://web.archive.org/web/20170304050607/https://",
        "https://web.archive.org/web/20170304050607/ftp://paper.example/a",
    ],
)
def test_what_is_no_copy(url):
    assert copied_url(url) is None


def test_it_is_believed_of_a_host_of_the_profile_or_of_an_articles_path():
    site, generic = load_profile("eastasiaforum"), load_profile("generic")
    copy = f"https://web.archive.org/web/20170304050607/{OWN}"
    listing = "https://web.archive.org/web/2017/https://www.eastasiaforum.org/category/japan/"
    assert own_address(copy, site) == OWN
    assert own_address(listing, site) == "https://www.eastasiaforum.org/category/japan/"
    assert own_address(copy, generic) == copy
    anywhere = msgspec.structs.replace(site, hosts=())
    assert own_address(copy, anywhere) == OWN
    assert own_address(listing, anywhere) == listing
