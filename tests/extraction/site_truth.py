"""What the extractor makes of a page, in the shape of the bundled site's truth."""

from __future__ import annotations

import functools
import re
from collections import deque
from random import Random
from typing import Any

import msgspec

from bundled import Site, build
from eafarchive.config import load_profile
from eafarchive.discovery.urls import canonical_key
from eafarchive.extraction import Page, extract
from eafarchive.model import Article, NotAnArticle
from eafarchive.profile import Profile

BASE = "http://127.0.0.1:8080/"
_NAMES = re.compile(r' (class|id)="([^"]*)"')
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")+)( ?/?)>")
_ATTRIBUTE = re.compile(r' [a-z-]+="[^"]*"')


@functools.cache
def site() -> Site:
    return build(BASE)


@functools.cache
def site_profile() -> Profile:
    profile = load_profile("eastasiaforum")
    return msgspec.structs.replace(profile, hosts=(*profile.hosts, "127.0.0.1:8080"))


def read(
    html: bytes | str,
    url: str,
    content_type: str | None = "text/html",
    profile: Profile | None = None,
) -> Article | NotAnArticle:
    return extract(Page.from_html(html, url, content_type), profile or site_profile())


def told(article: Article, profile: Profile) -> dict[str, Any]:
    """The article as its record's JSON, with its key."""
    return {
        "key": canonical_key(article.url, profile),
        **msgspec.json.decode(msgspec.json.encode(article)),
    }


def differences(article: Article | NotAnArticle, truth: dict[str, Any]) -> dict[str, Any]:
    """Field → (found, true) where they are not the same."""
    if isinstance(article, NotAnArticle):
        return {"reason": article.reason}
    found = told(article, site_profile())
    return {name: (found[name], value) for name, value in truth.items() if found[name] != value}


def without_names(html: str) -> str:
    """The page without any class or id."""
    return _NAMES.sub("", html)


def with_shuffled_names(html: str, seed: int) -> str:
    """The page with its classes and ids dealt out anew among the elements that have one."""
    random = Random(seed)
    dealt = {}
    for kind in ("class", "id"):
        values = [value for name, value in _NAMES.findall(html) if name == kind]
        random.shuffle(values)
        dealt[kind] = deque(values)
    return _NAMES.sub(lambda m: f' {m[1]}="{dealt[m[1]].popleft()}"', html)


def with_renamed(html: str, name_for: Any) -> str:
    """The page with every class name that ``name_for`` makes of the old one."""
    return _NAMES.sub(lambda m: f' class="{name_for(m[2])}"' if m[1] == "class" else m[0], html)


def with_reversed_attributes(html: str) -> str:
    """The page with each start tag's attributes in the opposite order."""
    return _TAG.sub(lambda m: f"<{m[1]}{''.join(reversed(_ATTRIBUTE.findall(m[2])))}{m[3]}>", html)
