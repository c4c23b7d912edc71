"""URLs as sort keys: host labels from the right, then the path, as replay tools ask for them."""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from eafarchive.discovery.urls import clean_url

_WWW = re.compile(r"www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_PLAIN = "!\"$&'()*+,/:;<=>?@[\\]^`{|}~"
"""What stays as it is, beside letters, digits, ``-``, ``.`` and ``_``."""
_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}", re.IGNORECASE
)


def sort_key(url: str) -> str:
    """The URL's SURT, as in ``org,eastasiaforum)/2016/06/02/slug``.

    Canonicalised as the Internet Archive does, and pywb: no scheme, ``www.``, default port,
    fragment or trailing slash, escapes undone and made anew, all in lower case, the query's
    variables in order and without those that name a session. What is no URL is its own key.
    """
    cleaned = clean_url(url)
    if cleaned is None:
        return _escaped(url)
    parts = urlsplit(cleaned)
    labels = _WWW.sub("", parts.hostname or "", count=1).split(".")
    port = f":{parts.port}" if parts.port else ""
    path = _SLASHES.sub("/", _escaped(parts.path)).rstrip("/")
    variables = [one for one in _escaped(parts.query).split("&") if not _SESSION.fullmatch(one)]
    query = "&".join(sorted(variables, key=_name_and_value))
    return f"{','.join(reversed(labels))}{port}){path or '/'}{'?' * bool(query)}{query}"


def _escaped(text: str) -> str:
    """In lower case, escaped just where a key must be, however often it was escaped before."""
    data, before = text.encode("utf-8", "surrogatepass"), b""
    while data != before:
        data, before = unquote_to_bytes(data), data
    return quote_from_bytes(data, safe=_PLAIN).lower()


def _name_and_value(variable: str) -> tuple[str, str]:
    name, _, value = variable.partition("=")
    return name, value
