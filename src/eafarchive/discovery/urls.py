"""URLs: cleaned as they may be requested, resolved, and told apart by one canonical key."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote_to_bytes

import idna

from eafarchive.permalinks import date_parts, lowered, match_article, plain_path, unescaped

if TYPE_CHECKING:
    from eafarchive.profile import Profile

MAX_URL = 8000
"""Octets of the longest URL asked for (RFC 9110 section 4.1 bids everyone support as many)."""
_KNOWN = 1024
"""URLs whose parts are kept at hand: on its way each is asked about some dozen times."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_SUB_DELIMS = "!$&'()*+,;="
_PATH = _SUB_DELIMS + ":@/%"
_QUERY = _PATH + "?"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SPLIT = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::([0-9]*))?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

_TRACKING = re.compile(
    r"(?:utm_[^=]*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi"
    r"|mkt_tok|replytocom|amp)(?:=.*)?",
    re.IGNORECASE,
)
_OTHER_VIEW = re.compile(r"(?:feed|attachment_id|embed|preview)(?:=.*)?", re.IGNORECASE)
"""WordPress query variables that turn an article's address into something else."""
_ENDPOINT = re.compile(
    r"feed|rss2?|rdf|atom|amp|embed|trackback|attachment|comment-page-[0-9]+", re.IGNORECASE
)
"""Path segments that WordPress reserves for views that are no article."""
_MONTHLY = re.compile("/(?P<year>(?:19|20)[0-9]{2})/(?P<month>0[1-9]|1[0-2])/")
"""As the addresses of posts begin under WordPress's setting \"month and name\"."""
_LISTING = re.compile(
    r"/(?:category|tag|author|page|search|wp-[a-z]+)(?:/.*)?|(?:/[0-9]+)+"
    r"|/.*\.(?:xml|xsl|txt|json|js|css|ico|jpe?g|png|gif|webp|avif|svg|pdf|mp3|mp4|zip|gz)",
    re.IGNORECASE,
)
"""Paths that are no article on a site whose profile names no pattern."""
_DATED = re.compile(r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+")
"""The permalinks that WordPress matches without regard to case."""


class _Parts(NamedTuple):
    """A clean URL's components; ``port`` is ``None`` where it is the scheme's default."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str | None


@lru_cache(maxsize=_KNOWN)
def clean_url(url: str) -> str | None:
    """The absolute http(s) URL as it may be requested and written down, or ``None`` if it is none.

    Surrounding white space, user-info, fragment and a default port are dropped, the host is
    lower-case ASCII (IDNA 2008 with UTS 46), dot segments are resolved (RFC 3986 section 5.2.4),
    and what no URL may hold is percent-encoded as UTF-8. Escapes stay as spelled. Control
    characters, another scheme, an impossible host or port and more than `MAX_URL` octets are
    ``None``. Surrogate escapes stand for the bytes they came from.
    """
    parts = _split(url)
    return None if parts is None else _join(parts)


def resolve(base: str, reference: str) -> str | None:
    """The clean URL a reference means on the page ``base`` (RFC 3986 section 5.2), or ``None``.

    ``None`` for what `clean_url` refuses and for an empty reference, which names nothing.
    """
    parts = _split(base)
    reference = reference.strip(" \t\r\n\f")
    if parts is None or not reference or len(reference) > MAX_URL:
        return None
    if _SCHEME.match(reference):
        return clean_url(reference)
    if reference.startswith("//"):
        return clean_url(f"{parts.scheme}:{reference}")
    origin = _join(parts._replace(path="", query=None))
    if reference.startswith("/"):
        return clean_url(origin + reference)
    if reference.startswith("#"):
        return _join(parts)
    if reference.startswith("?"):
        return clean_url(origin + parts.path + reference)
    return clean_url(origin + parts.path[: parts.path.rindex("/") + 1] + reference)


def canonical_key(url: str, profile: Profile | None = None) -> str:
    """The one name of whatever the URL's many spellings stand for, e.g. ``host/2016/06/02/slug``.

    The host without ``www.``, a port that is not the scheme's default, the path without its
    trailing slash, the query without tracking parameters; percent-encoding normalised by RFC 3986
    section 6.2.2. Dated permalinks, and paths that match the profile's ``article_path``, are
    lower-case. Raises `ValueError` for what `clean_url` refuses.
    """
    return _key(url, None if profile is None else profile.article_path)


def untracked(url: str) -> str:
    """The clean URL without tracking parameters, which its canonical key lacks, too."""
    parts = _required(url)
    kept = [p for p in (parts.query or "").split("&") if not _TRACKING.fullmatch(unescaped(p))]
    return _join(parts._replace(query="&".join(kept) or None)) if parts.query else url


@lru_cache(maxsize=_KNOWN)
def host_of(url: str) -> str:
    """The URL's host without ``www.``, with its port where that is not the scheme's default.

    Raises `ValueError` for what `clean_url` refuses.
    """
    return _bare_host(_required(url))


def is_article(url: str, profile: Profile) -> bool:
    """Whether the profile takes the URL for an article's.

    Feeds, comment pages, AMP copies and attachments are none, whatever its ``article_path`` says.
    Without one every path is an article's that does not look like a listing or a file.
    """
    return _is_article(url, profile.article_path, profile.hosts)


@lru_cache(maxsize=_KNOWN)
def _is_article(url: str, article_path: str | None, hosts: tuple[str, ...]) -> bool:
    parts = _split(url)
    if parts is None or not _on_site(parts, hosts):
        return False
    plain = plain_path(parts.path)
    path = _article_case(plain, article_path)
    segments = path.split("/")[1:]
    if not segments or any(_OTHER_VIEW.fullmatch(pair) for pair in _key_query(parts).split("&")):
        return False
    if any(_ENDPOINT.fullmatch(segment) for segment in segments):
        return False
    if article_path is None:
        return _LISTING.fullmatch(path) is None
    return match_article(plain, article_path) is not None


def url_days(url: str, article_path: str | None) -> tuple[str, str] | None:
    """The first and the last day (``YYYY-MM-DD``) that the date in the URL's path may mean.

    They are the same but for an address that names no day, or no month; ``None`` if it has no date
    or one that does not exist.
    """
    parts = _split(url)
    if parts is None:
        return None
    path = plain_path(parts.path)
    found = date_parts(path, article_path)
    if "year" not in found:
        month = _MONTHLY.match(path)
        found = date_parts(path, None) or (month.groupdict() if month else {})
    try:
        year = int(found["year"])
        months = [int(found["month"])] if "month" in found else [1, 12]
        days = [int(found["day"])] * 2 if "day" in found else [1, monthrange(year, months[-1])[1]]
        first, last = date(year, months[0], days[0]), date(year, months[-1], days[1])
    except (KeyError, ValueError):
        return None
    return first.isoformat(), last.isoformat()


@lru_cache(maxsize=_KNOWN)
def _key(url: str, article_path: str | None) -> str:
    parts = _required(url)
    path = _article_case(plain_path(parts.path), article_path)
    query = _key_query(parts)
    return _bare_host(parts) + (f"{path or '/'}?{query}" if query else path)


@lru_cache(maxsize=_KNOWN)
def _split(url: str) -> _Parts | None:
    url = url.strip(" \t\r\n\f")
    if len(url) > MAX_URL or _CONTROL.search(url):
        return None
    found = _SPLIT.fullmatch(url)
    if found is None:
        return None
    scheme, authority, path, query = found.groups()
    scheme = scheme.lower()
    place = _AUTHORITY.fullmatch(authority.rpartition("@")[2])
    if scheme not in DEFAULT_PORTS or place is None or "\\" in authority:
        return None
    host = _host(place[1])
    digits = (place[2] or "").lstrip("0")
    port = int(digits or "0") if len(digits) <= 5 else 65536
    if host is None or port > 65535 or (port == 0 and place[2]):
        return None
    try:
        path = _without_dots(_encoded(path, _PATH) or "/")
        query = None if query is None else _encoded(query, _QUERY)
    except UnicodeEncodeError:
        return None
    usual = port in {0, DEFAULT_PORTS[scheme]}
    parts = _Parts(scheme, host, None if usual else port, path, query)
    return parts if len(_join(parts)) <= MAX_URL else None


def _join(parts: _Parts) -> str:
    port = "" if parts.port is None else f":{parts.port}"
    query = "" if parts.query is None else f"?{parts.query}"
    return f"{parts.scheme}://{parts.host}{port}{parts.path}{query}"


def _host(spelled: str) -> str | None:
    """The host as it goes into a request, or ``None`` if no host may be called that."""
    if spelled.startswith("["):
        try:
            return f"[{IPv6Address(spelled[1:-1])}]"
        except AddressValueError:
            return None
    try:
        host = unquote_to_bytes(spelled).decode()
        if len(host) > 254:
            return None
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode()
        host = host.lower().removesuffix(".")
        labels = host.split(".")
        for label in labels:
            if label.startswith("xn--"):
                idna.ulabel(label)
    except UnicodeError:  # idna.IDNAError is one
        return None
    return host if len(host) <= 253 and all(map(_LABEL.fullmatch, labels)) else None


def _encoded(text: str, allowed: str) -> str:
    escaped = _STRAY_PERCENT.sub("%25", text).encode("utf-8", "surrogateescape")
    return quote(escaped, safe=allowed)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    plain = ""
    for segment in path.split("/")[1:]:
        plain = segment.replace("%2e", ".").replace("%2E", ".")
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(segment)
    if plain in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _required(url: str) -> _Parts:
    parts = _split(url)
    if parts is None:
        raise ValueError(f"not an absolute http or https URL: {url[:200]!r}")
    return parts


def _bare_host(parts: _Parts) -> str:
    bare = parts.host.removeprefix("www.")
    # of two, both stay: a key's own key is the same key
    host = bare if "." in bare and not bare.startswith("www.") else parts.host
    return host if parts.port is None else f"{host}:{parts.port}"


def _on_site(parts: _Parts, hosts: tuple[str, ...]) -> bool:
    bare = {host.lower().removeprefix("www.") for host in hosts}
    return not bare or _bare_host(parts) in bare


def _key_query(parts: _Parts) -> str:
    pairs = unescaped(parts.query or "").split("&")
    return "&".join(pair for pair in pairs if pair and not _TRACKING.fullmatch(pair))


def _article_case(path: str, pattern: str | None) -> str:
    is_article = _DATED.fullmatch(path) or (pattern and match_article(path, pattern))
    return lowered(path) if is_article else path
