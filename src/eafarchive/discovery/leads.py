"""Leads: what sitemaps (sitemaps.org), RSS, RDF and Atom feeds and lists of URLs name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from xml.parsers import expat

import msgspec

from eafarchive.codings import decode
from eafarchive.discovery.urls import clean_url, resolve, untracked
from eafarchive.model import Lead

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 50 << 20
"""Octets of one file read, after decompression (the sitemap protocol's limit)."""
MAX_URLS = 50_000
"""URLs of one file read (the sitemap protocol's limit)."""
MAX_ELEMENTS = 1_000_000
MAX_ATTRIBUTES = 200
MAX_DEPTH = 64
_PIECE = 1 << 20
"""Octets fed at a time; no tag may be longer. Smaller pieces cost expat quadratic time on a long
one, a single piece would let it go on after it was told to stop."""

_GZIP = b"\x1f\x8b"
_ENTRIES = {
    "sitemapindex": "sitemap",
    "urlset": "url",
    "rss": "item",
    "RDF": "item",
    "feed": "entry",
}
_READ = frozenset({"loc", "lastmod", "link", "guid", "updated"})
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\bencoding\s{0,9}=\s{0,9}["']([^"']{1,40})["']""")
_ENCODINGS = re.compile(rb"(?i:utf-8|utf-16|us-ascii|iso-8859-[0-9]{1,2}|windows-125[0-8])")
_HTML = re.compile(rb"(?i:<!doctype\s{1,9}html|<html)[\s>]")


class Leads(msgspec.Struct, frozen=True):
    """What a file named, and in one line what was wrong with it."""

    leads: tuple[Lead, ...]
    problem: str | None = None


class _Stop(Exception):  # noqa: N818 - ends the reading, is no error of ours
    """Nothing more is read of this file; the text says why."""


def read_leads(body: bytes, url: str, *, content_type: str | None = None) -> Leads:
    """The URLs named by the sitemap or feed fetched from ``url``, in order, on any host.

    Reads sitemap indexes (leads of kind ``sitemap``), URL sets, RSS, RDF and Atom, and plain text
    with one URL a line; gzip'd or not. ``lastmod`` is the sitemap's or ``atom:updated``, never
    RSS's ``pubDate``, which tells of publication. Atom's references may be relative, to its
    ``xml:base`` (RFC 4287 section 2). Tracking parameters are left off. Whatever declares a
    document type is refused whole; of broken XML stays what stood before the fault. URLs that
    `clean_url` refuses are counted in ``problem``. At most `MAX_BYTES` and `MAX_URLS` of a file are
    read.
    """
    problems: list[str] = []
    if body.startswith(_GZIP):
        decoded = decode(body, "gzip", MAX_BYTES)
        body = decoded.data
        if decoded.problem:
            problems.append(decoded.problem)
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES]
        problems.append(f"longer than {MAX_BYTES} bytes: cut there")
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if body.startswith(_GZIP):
        return Leads((), "compressed twice: not read")
    reader = _Reader(url)
    if _is_text(body, url, content_type):
        problems += _read_lines(body, reader)
    elif _HTML.match(body):
        return Leads((), "an HTML page, not a sitemap or feed")
    else:
        problems += _read_xml(body, reader)
    if reader.dropped:
        problems.append(f"{reader.dropped} entries without a usable URL left out")
    if not reader.leads and not problems:
        problems.append("names no URL")
    return Leads(tuple(reader.leads), "; ".join(problems) or None)


def _is_text(body: bytes, url: str, content_type: str | None) -> bool:
    if body.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return False
    mime = (content_type or "").partition(";")[0].strip().lower()
    path = urlsplit(url).path.removesuffix(".gz")
    return mime == "text/plain" or path.endswith(".txt") or body[:4].lower() == b"http"


def _read_lines(body: bytes, reader: _Reader) -> list[str]:
    lines = body.split(b"\n", MAX_URLS)
    for line in lines[:MAX_URLS]:
        if line.strip():
            reader.add(line.decode("utf-8", "surrogateescape"), None, None)
    return [_too_many()] if len(lines) > MAX_URLS else []


def _read_xml(body: bytes, reader: _Reader) -> list[str]:
    declared = _DECLARED.match(body)
    known = declared is None or _ENCODINGS.fullmatch(declared[1])
    parser = expat.ParserCreate(None if known else "utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for fed in range(0, len(body), _PIECE):
            parser.Parse(body[fed : fed + _PIECE], False)
            if fed - parser.CurrentByteIndex > _PIECE:
                return [f"a tag of more than {_PIECE} bytes: reading ended there"]
        parser.Parse(b"", True)
    except _Stop as stop:
        return [str(stop)]
    except (expat.ExpatError, LookupError, ValueError) as error:
        return [f"broken XML: {error}"]
    return []


def _too_many() -> str:
    return f"more than {MAX_URLS} URLs: the rest left out"


class _Reader:
    """The state of one reading: expat calls it for each tag, it collects leads."""

    def __init__(self, source: str) -> None:
        self.leads: list[Lead] = []
        self.dropped = 0
        self._source = source
        self._bases = [(0, source)]
        """At which depths another ``xml:base`` came into force."""
        self._container: str | None = None
        self._depth = 0
        self._elements = 0
        self._entry: dict[str, str] | None = None
        self._entry_depth = 0
        self._collected: list[str] | None = None

    def refuse_doctype(self, *_: object) -> None:
        """Refuses the file: whatever entities it declares are not wanted."""
        raise _Stop("declares a document type: refused")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Notes where an entry begins, and what to collect in it."""
        self._depth += 1
        self._elements += 1
        name = tag.rpartition(":")[2]
        if self._depth == 1:
            self._container = _ENTRIES.get(name)
            if self._container is None:
                raise _Stop(f"the root element {name[:40]!r} is no sitemap's and no feed's")
        if self._depth > MAX_DEPTH:
            raise _Stop(f"elements nested deeper than {MAX_DEPTH}: reading ended there")
        if self._elements > MAX_ELEMENTS:
            raise _Stop(f"more than {MAX_ELEMENTS} elements: the rest left out")
        if len(attributes) > MAX_ATTRIBUTES:
            raise _Stop(f"more than {MAX_ATTRIBUTES} attributes: reading ended there")
        if "xml:base" in attributes:
            base = resolve(self._bases[-1][1], attributes["xml:base"])
            self._bases.append((self._depth, base or self._bases[-1][1]))
        if self._entry is None:
            if name == self._container:
                if len(self.leads) + self.dropped >= MAX_URLS:
                    raise _Stop(_too_many())
                self._entry, self._entry_depth = {}, self._depth
        elif self._depth == self._entry_depth + 1 and name in _READ:
            self._collected = []
            if name == "link" and attributes.get("rel", "alternate") == "alternate":
                self._entry.setdefault("href", attributes.get("href", ""))
                self._entry.setdefault("base", self._bases[-1][1])
            if name == "guid" and attributes.get("isPermaLink") == "false":
                self._collected = None

    def text(self, piece: str) -> None:
        """Keeps text of the elements that matter."""
        if self._collected is not None:
            self._collected.append(piece)

    def end(self, tag: str) -> None:
        """Takes down what an element said; at an entry's end, the lead."""
        if self._entry is not None:
            if self._depth == self._entry_depth:
                self._finish(self._entry)
                self._entry = None
            elif self._depth == self._entry_depth + 1 and self._collected is not None:
                value = "".join(self._collected).strip()
                if value:
                    self._entry.setdefault(tag.rpartition(":")[2], value)
                self._collected = None
        if self._bases[-1][0] == self._depth:
            self._bases.pop()
        self._depth -= 1

    def _finish(self, entry: dict[str, str]) -> None:
        if self._container in {"url", "sitemap"}:
            self.add(entry.get("loc", ""), None, entry.get("lastmod"))
        elif self._container == "item":
            spelled = entry.get("link") or entry.get("href") or entry.get("guid", "")
            self.add(spelled, None, entry.get("updated"))
        else:
            spelled = entry.get("href") or entry.get("link", "")
            self.add(spelled, entry.get("base", self._source), entry.get("updated"))

    def add(self, spelled: str, base: str | None, lastmod: str | None) -> None:
        """Keeps one lead, or counts it as dropped."""
        url = clean_url(spelled) if base is None else resolve(base, spelled)
        if url is None:
            self.dropped += 1
            return
        kind: Literal["page", "sitemap"] = "sitemap" if self._container == "sitemap" else "page"
        url = untracked(url) if kind == "page" else url
        modified = lastmod if lastmod and len(lastmod) <= 64 and lastmod.isprintable() else None
        self.leads.append(Lead(url=url, kind=kind, source=self._source, lastmod=modified))
