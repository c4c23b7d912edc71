"""From a capture to a record: the one path that crawl, extract and verify share."""

from __future__ import annotations

from msgspec.structs import replace

from eafarchive import http1
from eafarchive.discovery.copies import copied_url, own_address
from eafarchive.discovery.urls import canonical_key, clean_url, host_of, is_article
from eafarchive.model import CUT_OFF, Capture, NotAnArticle, Place, Record
from eafarchive.profile import Profile
from eafarchive.record import make_record, refer
from eafarchive.sandbox import Extractor, Read
from eafarchive.work.records.notices import CUT, DOUBTED, REASON, capture_digest, words_digest

ACCEPTED = "accepted by the archivist as the article, whatever stood at its address before"
"""The warning on a record that makes a version though the page speaks against it."""


class Reader:
    """Reads captures of articles with the profile that is meant for their host.

    A web archive's copy of an article is read as the article at its own address, with the profile
    for that one's host; its capture refers to the copy.
    """

    def __init__(
        self,
        profiles: tuple[Profile, ...],
        fallbacks: tuple[Profile, ...],
        extractor: Extractor,
        notices: set[str] | None = None,
    ) -> None:
        """``fallbacks`` are for hosts that no profile holds for: the page says which of them, the
        last if it says nothing. ``notices`` are digests of words that are no article's, and
        of captures that are not believed.
        """
        self._profiles = profiles
        self._fallbacks = fallbacks
        self._extractor = extractor
        self.notices = notices or set()
        self.at_once = extractor.workers
        """Pages that can be read at a time, each by a thread of its own."""

    def key(self, url: str) -> str:
        """The canonical key of the URL, by the profile for its host."""
        own = self.address(url)
        return canonical_key(own, self._profiles_for(own)[-1])

    def address(self, url: str) -> str:
        """The URL, or what a web archive's copy was made of, if a profile is meant for its host."""
        if copied_url(url) is None:
            return url
        owns = (own_address(url, one) for one in (*self._profiles, self._fallbacks[-1]))
        return next((own for own in owns if own != url), url)

    def profile_of(self, record: Record) -> Profile:
        """The profile that the record was made by, as it is now."""
        profiles = self._profiles_for(self.address(record.capture.target_uri))
        return next((p for p in profiles if p.name == record.extraction.profile), profiles[-1])

    def is_article(self, url: str) -> bool:
        """Whether the profile for the URL's host takes it for an article's."""
        own = self.address(url)
        return clean_url(own) is not None and is_article(own, self._profiles_for(own)[-1])

    def read(
        self, capture: Capture, place: Place | None, payload_digest: str | None = None
    ) -> Record | NotAnArticle:
        """The record of the article in a capture, or why it holds none.

        ``payload_digest`` is the response's, if it was just taken.
        """
        read = self.examine(capture)
        if isinstance(read.found, NotAnArticle):
            return read.found
        found = read.found
        if capture.is_accepted:
            found = replace(found, warnings=(*found.warnings, ACCEPTED))
        digest = payload_digest or http1.payload_digest(capture.response)
        record = make_record(found, refer(capture, 200, digest, place), read.profile)
        return self.refusal(record) or record

    def refusal(self, record: Record) -> NotAnArticle | None:
        """Why there is no such record, if its words are a notice's, or its capture not believed."""
        if not self.notices or ACCEPTED in record.extraction.warnings:
            return None
        where, captured = record.capture.target_uri, record.capture.record_id
        if words_digest(record) in self.notices:
            return NotAnArticle(where, REASON, is_blocked=True)
        if captured and capture_digest(captured) in self.notices:
            why = CUT if CUT_OFF in record.extraction.warnings else DOUBTED
            return NotAnArticle(where, why, is_blocked=True)
        return None

    def examine(self, capture: Capture, *, is_explained: bool = False) -> Read:
        """The article in a capture, or why it holds none; with the account of it if asked for."""
        own = self.address(capture.target_uri)
        profiles = self._profiles_for(own)
        return self._extractor.read(capture, own, None, profiles, is_explained=is_explained)

    def read_page(
        self, html: bytes, url: str, content_type: str | None, *, is_explained: bool = False
    ) -> Read:
        """The article in a page of HTML, or why it holds none."""
        own = self.address(url)
        profiles = self._profiles_for(own)
        return self._extractor.read(html, own, content_type, profiles, is_explained=is_explained)

    def _profiles_for(self, own: str) -> tuple[Profile, ...]:
        """Those for what stands at an address that is no copy's."""
        host = host_of(own) if clean_url(own) else ""
        meant = next((profile for profile in self._profiles if host in profile.hosts), None)
        return self._fallbacks if meant is None else (meant,)
