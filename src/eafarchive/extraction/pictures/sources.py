"""Which file an image element means: the real one, whole, out of any wrapper."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from eafarchive.extraction.document.outline import Attributes
from eafarchive.extraction.document.page import resolve

SETS = ("srcset", "data-srcset", "data-lazy-srcset")
"""The attributes that name several files, each with its size."""
SOURCES = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file", "src")
"""The attributes that name one file, the real one first."""
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:\s+(\d{1,6}(?:\.\d{1,4})?)[wx])?(?:\s*,|\s|$)")
_INNER = re.compile(
    r"https?://[^/?#]{1,255}/(?:client|cdn-cgi|image|unsafe|resize|fit-in|spai|[^/?#]{1,80}/image/fetch)\b"
    r"[^?#]*?/(https?(?:://|%3A%2F%2F)[^\s]+)",
    re.IGNORECASE,
)
"""A service that makes copies, and in its path the file's address."""
_BARE = re.compile(
    r"https?://(?:i\d\.wp\.com|[a-z0-9-]{1,60}\.shortpixel\.ai/[a-z0-9]{1,20}/[^/?#]{1,200})"
    r"/((?!https?\b)[^/?#]{1,255}\.[^?#]+\.[^?#]+)",
    re.IGNORECASE,
)
"""The same without a scheme: Jetpack's cache of pictures, ShortPixel's."""
_PULLED = re.compile(r"https?://[a-z0-9-]{1,60}\.smushcdn\.com/\d{1,12}(/[^?#]+)", re.IGNORECASE)
"""A copy of the page's own host, by the path there."""
_ASKED = frozenset(("image", "img", "src", "u", "url"))
"""What a script that makes copies, as TimThumb or Next.js's, calls the file's address."""
_MAX_QUERY = 4000
_MOST_WRAPPERS = 3
_SIZE = re.compile(
    r"(?:-\d{2,5}x\d{2,5})?(?:-c-[a-z]{1,10})?(?:-scaled)?\.[a-z0-9]{2,5}$",
    re.IGNORECASE,
)
_MAX_SIZE = 40
"""Characters of that, and more."""
_TINY = re.compile(r"[0-2](?:px)?")
_SIDES = ("width", "height")
_FILE = re.compile(r"[^\s,]{1,2000}\.(?:jpe?g|png|webp|gif|avif)(?:[?#]\S{0,1000})?", re.IGNORECASE)
_KINDS = (".jp", ".png", ".webp", ".gif", ".avif")
_BLANK = re.compile(
    r"(?:^|[^a-z])(?:blank|spacer|placeholder|pixel|loading|loader|lazy|transparent|1x1|dummy|empty)"
    r".{0,40}$",
    re.IGNORECASE,
)
"""What a file is called that stands in for the picture until that is scrolled to."""
_NAME = 64
"""Characters of an address's end in which that stands."""
_MAX_SET = 20_000
_UPLOADED = re.compile(r"/uploads/((?:19|20)\d\d)/(0[1-9]|1[0-2])/[^/?#]+$")


def is_avatar(attributes: Attributes) -> bool:
    """Whether it is the picture of a person, as WordPress's ``get_avatar()`` makes it."""
    is_named = "avatar" in (attributes.get("class") or "").split()
    return is_named or any("gravatar.com/avatar/" in (attributes.get(s) or "") for s in SOURCES)


def picture_url(attributes: Attributes, base: str) -> str | None:
    """The largest real file that an image element names, out of any wrapper; else ``None``."""
    if is_avatar(attributes):
        return None
    lazy = [v for name, v in attributes.items() if v and name[:5] == "data-" and _is_file(v)]
    if not lazy and any(_TINY.fullmatch((attributes.get(s) or "").strip()) for s in _SIDES):
        return None  # a pixel that counts readers
    best: tuple[float, str] | None = None
    for name in SETS:
        files = attributes.get(name)
        for url, size in _CANDIDATE.findall(files[:_MAX_SET]) if files else ():
            weight = float(size or 1)
            if not url.startswith("data:") and (best is None or weight > best[0]):
                best = (weight, url.rstrip(","))
    candidates = [best[1]] if best else []
    candidates += [attributes.get(name) or "" for name in SOURCES[:-1]]
    shown = attributes.get("src") or ""
    is_blank = _BLANK.search(shown[-_NAME:].rpartition("/")[2]) is not None
    candidates += [*lazy, shown] if is_blank else [shown, *lazy]
    for candidate in candidates:
        url = None if candidate.startswith("data:") else resolve(base, candidate)
        if url is not None:
            return _unwrapped(url, base)
    return None


def _unwrapped(url: str, base: str) -> str:
    """The address of the file that a script or a service makes a copy of; else as it is."""
    for _ in range(_MOST_WRAPPERS):
        inner: str | None = None
        if found := _BARE.match(url):
            inner = f"https://{found[1]}"
        elif found := _INNER.match(url):
            inner = found[1] if "://" in found[1][:8] else unquote(found[1])
        elif found := _PULLED.match(url):
            inner = found[1]
        elif "?" in url and not _is_file(url.partition("?")[0]):
            told = parse_qsl(urlsplit(url).query[:_MAX_QUERY])
            inner = next((one for name, one in told if name in _ASKED and _is_file(one)), None)
        whole = resolve(base, inner) if inner else None
        if whole is None:
            break
        url = whole
    return url


def _is_file(value: str) -> bool:
    """Whether an attribute of whatever name holds a picture's address."""
    value = value.strip()
    lower = value.lower()
    return any(kind in lower for kind in _KINDS) and _FILE.fullmatch(value) is not None


def same_file(url: str) -> str:
    """What the URLs of all sizes of one file share."""
    folder, slash, name = url.partition("?")[0].lower().rpartition("/")
    found = _SIZE.search(name, max(len(name) - _MAX_SIZE, 0))
    return folder + slash + (name[: found.start()] if found else name)


def is_resized(url: str) -> bool:
    """Whether a file's name says that it is a copy of another size."""
    path = url.partition("?")[0]
    found = _SIZE.search(path, max(len(path) - _MAX_SIZE, 0))
    return found is not None and found[0].count("-") > 0


def is_of_month(url: str, day: str) -> bool:
    """Whether the address of an upload has the month of that day, or the one before."""
    found = _UPLOADED.search(url)
    if found is None:
        return False
    own, other = (
        int(year) * 12 + int(month) for year, month in (found.groups(), day.split("-")[:2])
    )
    return own in {other, other - 1}
