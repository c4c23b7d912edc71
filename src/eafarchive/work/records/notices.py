"""Texts that stand at many addresses: no article's, but what a site shows in place of each.

A wall, a notice or a login page in words that no profile knows is an article by all that it says;
that it stands at other addresses, too, tells. That is seen by a crawl alone, which takes back what
it had made of the first of them, and lists the text in ``notices-sha256.txt``. From then on no verb
takes it for an article's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from eafarchive.archive.disk.manifest import read_manifest, write_manifest
from eafarchive.model import CUT_OFF, MISLABELLED, Record
from eafarchive.permalinks import is_of_title

NOTICES = "notices-sha256.txt"
"""SHA-256 of a text's words, and one of the addresses at which it stood; a line a text. And of the
id of a capture that is not believed, with its address."""
MANY = 3
"""Addresses from which on a text is no article's."""
REASON = "the same words stand at other addresses"
DOUBTED = "not believed: other pages seen with it stood in place of their articles"
"""Why there is no record of one capture, whatever it says."""
CUT = "page: cut off before its end, as others are not ('crawl --accept URL' takes it all the same)"
"""So, where the page of the record before, or all others of the host, were whole."""
REASONS = {REASON, DOUBTED, CUT}
_SHORT = 60
"""Words: of fewer, a text is of a kind, as *Listen to the podcast* is."""
_WORD = re.compile(r"[^\W\d_]+")


def read_notices(root: Path) -> set[str]:
    """The digests of the texts listed in an archive, if there is one. Raises `DamageError`."""
    try:
        if not (root / NOTICES).is_file():
            return set()
    except OSError:  # a name too long, a forbidden folder: who opens the archive tells
        return set()
    return set(read_manifest(root, NOTICES).values())


def capture_digest(record_id: str) -> str:
    """By what a capture is listed that is not believed."""
    return hashlib.sha256(record_id.encode()).hexdigest()


def listed_addresses(root: Path) -> list[str]:
    """All of them, once. Raises `DamageError`."""
    return list(dict.fromkeys(name.partition("#")[0] for name in read_manifest(root, NOTICES)))


def list_all(root: Path, found: Mapping[str, str]) -> None:
    """Note digests, each with its address. Raises `WriteError`."""
    listed = read_manifest(root, NOTICES)
    for url, digest in found.items():
        names = chain([url], (f"{url}#{n}" for n in count(len(listed))))
        listed[next(name for name in names if name not in listed)] = digest
    write_manifest(root, listed, NOTICES)


def unlist(root: Path, digest: str) -> None:
    """Take a digest from those noted. Raises `WriteError`."""
    listed = read_manifest(root, NOTICES)
    write_manifest(root, {k: v for k, v in listed.items() if v != digest}, NOTICES)


def words_digest(record: Record) -> str | None:
    """By what the same words are known again; ``None`` of a short text on an article's own page.

    An article's own page has an author or a date, or a title that is of its address. Of what is
    `is_doubtful`, words with digits in them (an incident's number, a time, the address asked for)
    are left out.
    """
    words = record.text.split()
    if is_doubtful(record):
        words = [word for word in words if _WORD.fullmatch(word.strip(".,:;!?()[]'\"“”‘’"))]
    if len(words) < _SHORT:
        if not _is_bare(record):
            return None
        words.insert(0, record.title)
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def _claim(record: Record) -> str:
    """Whose article the page calls itself: its title's, or its address's, where nothing fits.

    An article that stands at several addresses has one title there.
    """
    fits = is_of_title(record.key, record.title)
    return record.key if fits is False or _is_bare(record) else record.title


def is_worth_another_look(record: Record) -> bool:
    """Whether the page is to be asked for again soon: it may be none, half, or in wrong letters."""
    warnings = record.extraction.warnings
    return is_doubtful(record) or MISLABELLED in warnings or CUT_OFF in warnings


def is_doubtful(record: Record) -> bool:
    """Whether the page may be no article's by all but its address."""
    return _is_bare(record) and is_of_title(record.key, record.title) is False


def _is_bare(record: Record) -> bool:
    """Whether nothing but the address makes it an article: no author, no date, no such title."""
    is_dated = record.published_at and record.extraction.fields.get("published_at") != "url"
    is_signed = record.authors or record.byline
    return not (is_signed or is_dated or is_of_title(record.key, record.title))


class Claim(NamedTuple):
    """That words stand at several addresses."""

    digest: str
    addresses: int
    first: str
    """The address at which they stood first."""

    @property
    def is_notice(self) -> bool:
        """Whether they stand at so many that they are no article's."""
        return self.addresses >= MANY


class Claims:
    """Which texts this run met, and at which addresses, until there are `MANY` for one."""

    def __init__(self, root: Path) -> None:
        """``root`` is the archive's."""
        self._root = root
        self._seen: dict[str, tuple[tuple[int, str], ...]] = {}
        """Digest → who claims the text, hashed, and the address of each."""

    def make(self, record: Record) -> Claim | None:
        """Note a record that makes a version; what is to be said if its words are others', too."""
        digest = words_digest(record)
        if digest is None:
            return None
        seen, whose = self._seen.get(digest, ()), hash(_claim(record))
        if all(whose != one for one, _ in seen):
            seen = self._seen[digest] = (*seen, (whose, record.capture.target_uri))
        return Claim(digest, len(seen), seen[0][1]) if len(seen) > 1 else None

    def list(self, claim: Claim) -> list[str]:
        """Note in the archive that the words are no article's; where they were met.

        Raises `WriteError`.
        """
        urls = [url for _, url in self._seen.pop(claim.digest)]
        list_all(self._root, {urls[0]: claim.digest})
        return urls
