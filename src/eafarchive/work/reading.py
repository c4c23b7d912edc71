"""From a capture to a record: the one path that crawl, extract and verify share."""

from __future__ import annotations

import msgspec

from eafarchive import codings, http1
from eafarchive.discovery.urls import clean_url, host_of, is_article
from eafarchive.model import Article, Capture, NotAnArticle, Place, Record
from eafarchive.profile import Profile
from eafarchive.record import make_record, refer
from eafarchive.sandbox import Extractor

_PAGES = ("text/html", "application/xhtml+xml")


class Body(msgspec.Struct, frozen=True):
    """A whole, good answer's body, decoded."""

    data: bytes
    content_type: str | None


def body_of(capture: Capture, limit: int) -> Body | str:
    """The decoded body of a whole answer with status 200, or why there is none.

    At most ``limit`` bytes are decoded.
    """
    response = http1.parse(capture.response)
    if response.status is None:
        return "the answer is not HTTP"
    if response.status != 200:
        return f"status {response.status}"
    if capture.truncated:
        return f"cut off ({capture.truncated})"
    if not response.complete:
        return response.problem or "cut off"
    decoded = codings.decode(
        http1.payload(capture.response), http1.header(response, "content-encoding"), limit
    )
    if decoded.problem:
        return decoded.problem
    return Body(decoded.data, http1.header(response, "content-type"))


class Reader:
    """Reads captures of articles with the profile that is meant for their host."""

    def __init__(
        self, profiles: tuple[Profile, ...], fallback: Profile, extractor: Extractor, limit: int
    ) -> None:
        """``limit``: the most bytes a page may have once decoded."""
        self._profiles = profiles
        self._fallback = fallback
        self._extractor = extractor
        self._limit = limit

    def profile_for(self, url: str) -> Profile:
        """The first profile that holds for the URL's host, else the fallback."""
        host = host_of(url) if clean_url(url) else ""
        return next((p for p in self._profiles if host in p.hosts), self._fallback)

    def is_article(self, url: str) -> bool:
        """Whether the profile for the URL's host takes it for an article's."""
        return is_article(url, self.profile_for(url))

    def read(self, capture: Capture, place: Place | None) -> Record | NotAnArticle:
        """The record of the article in a capture, or why it holds none."""
        body = body_of(capture, self._limit)
        if isinstance(body, str):
            return NotAnArticle(capture.target_uri, body)
        kind = (body.content_type or "text/html").partition(";")[0].strip().lower()
        if kind not in _PAGES:
            return NotAnArticle(capture.target_uri, f"not a page but {kind[:80]}")
        profile = self.profile_for(capture.target_uri)
        article = self.extract(body.data, capture.target_uri, body.content_type, profile)
        if isinstance(article, NotAnArticle):
            return article
        digest = http1.payload_digest(capture.response)
        return make_record(article, refer(capture, 200, digest, place), profile)

    def extract(
        self, html: bytes, url: str, content_type: str | None, profile: Profile
    ) -> Article | NotAnArticle:
        """The article in a page of HTML, or why it holds none."""
        return self._extractor.extract(html, url, content_type, profile)
