"""Whether a page no longer reads as its profile says, and which record then stays in force.

The rule, for one article, over its captures in the order they were made: the record in force is
the newest one against which nothing speaks, and what speaks against a capture's record is told by
that record, the record in force and the profile alone: no clock, no run and no count of other
pages. So a crawl, which sees one capture at a time and reads the record in force from its file,
and a derivation of all records from the WARC files, which sees them all again, come to the same
bytes; a capture like one seen before is judged as that one was.

A first record has nothing to be held against and stands, whatever speaks against it: the run tells.
That very many pages drift is the run's affair (see `summary`), and decides no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal
from zlib import crc32

import msgspec

from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import CUT_OFF, MISLABELLED, UNDECODED, NotAnArticle, Record
from eafarchive.permalinks import days_off, is_of_title
from eafarchive.profile import Profile
from eafarchive.record import decode_record
from eafarchive.work.records.notices import CUT
from eafarchive.work.records.reading import ACCEPTED
from eafarchive.work.records.stains import find_stains
from eafarchive.work.records.statement import says_another, says_the_same, statement

SHRUNK = 0.3
"""Of the words of the record in force: fewer are no new version of the same article."""
_WORTH = 60
"""Words of the shortest record that a shorter one is compared with."""
_SAMPLE = 50
_ENOUGH = 10
"""Records from which it can be said what the others are like."""


class Standing(msgspec.Struct, frozen=True):
    """What a later record of the same article is compared with."""

    statement: str
    words: int
    layout: str | None
    fields: frozenset[str]
    """Those of the profile's ``required`` that it has."""
    stains: tuple[tuple[str, str], ...]
    """The profile's chrome rules that match a sentence of its text, each with the sentence."""
    paragraphs: frozenset[int]
    fit: tuple[bool, int]
    """How well it fits its address: whether its title does, and by how few days its date."""
    record_id: str | None
    payload_digest: str
    is_mislabelled: bool
    is_misread: bool
    """Whether its letters may be wrong: so, or where some could not be decoded."""
    is_cut_off: bool

    def is_same(self, later: Standing) -> bool:
        """Whether both are of one version of the article."""
        return says_the_same(self.statement, later.statement)

    def is_of_same_payload(self, later: Standing) -> bool:
        """Whether a later capture is of the same payload, and can be read no better.

        A server may say of the same page that it is in another encoding than it said before.
        """
        is_better = self.is_misread and not later.is_misread
        is_later = self.record_id != later.record_id
        return is_later and self.payload_digest == later.payload_digest and not is_better


_ANOTHER = (
    "page: another article's: other authors or another day, and no word the same"
    " ('crawl --accept URL' takes it for the article)"
)


class Verdict(msgspec.Struct, frozen=True):
    """What becomes of a capture at an article's URL.

    ``new`` and ``changed`` make a version and are in force from then on; ``unchanged`` shows the
    version in force again. ``drifted``, ``blocked`` and ``unread``, which the parser did not come
    to the end of, are held back: kept as captures, they make no version, and the URL is to be asked
    for again.
    """

    kind: Literal["new", "changed", "unchanged", "drifted", "blocked", "unread", "not an article"]
    against: tuple[str, ...] = ()
    """What speaks against the page, as the profile has it; it may stand all the same."""
    reason: str = ""
    """Why the page gives no record."""
    instead_of: str | None = None
    """The payload digest of the capture that the record came from and that is lost: now it comes
    from this one."""

    @property
    def makes_version(self) -> bool:
        """Whether the capture's record is in force from now on."""
        return self.kind in {"new", "changed"}

    @property
    def is_held_back(self) -> bool:
        """Whether the page changes no record, and is to be asked for again."""
        return self.kind in {"drifted", "blocked", "unread"}

    @property
    def detail(self) -> str:
        """The verdict's grounds, in words."""
        return self.reason or "; ".join(self.against)


def judge(record: Record, before: Standing | None, profile: Profile) -> Verdict:
    """The verdict on a capture's record while ``before`` is in force: every verb's one rule."""
    if before is None:
        return Verdict("new", _told(find_stains(record.text, profile)))
    now = standing_of(record, profile)
    against = find_drift(now, before, profile)
    if before.is_same(now):
        return Verdict("unchanged", against)
    if ACCEPTED in record.extraction.warnings:
        return Verdict("changed")
    if before.is_of_same_payload(now):
        return Verdict("unchanged")
    return Verdict("drifted" if against else "changed", against)


def judge_refusal(refusal: NotAnArticle, *, is_held: bool) -> Verdict:
    """The verdict on a page in which there is no article; ``is_held``: one is in force."""
    if refusal.is_unread:
        return Verdict("unread", reason=refusal.reason)
    if refusal.is_blocked:
        return Verdict("blocked", reason=refusal.reason)
    if is_held:
        return Verdict("drifted", (f"text: no article any more: {refusal.reason}",))
    return Verdict("not an article", reason=refusal.reason)


def judge_astray(url: str) -> Verdict:
    """The verdict on ``url``, an address that is no article's, where one led that is."""
    return Verdict("blocked", reason=f"leads to what is no article: {url}")


def standing_of(record: Record, profile: Profile) -> Standing:
    """What to compare with the record, as the profile has it."""
    warnings = record.extraction.warnings
    return Standing(
        statement(record),
        record.word_count,
        record.extraction.layout,
        frozenset(name for name in profile.required if getattr(record, name)),
        tuple(find_stains(record.text, profile)),
        frozenset(crc32(words.encode()) for words in record.text.split("\n\n")),
        (
            is_of_title(record.key, record.title) is True,
            -days_off(record.url_date, record.published_at),
        ),
        record.capture.record_id,
        record.capture.payload_digest,
        MISLABELLED in warnings,
        any(one == MISLABELLED or one.endswith(UNDECODED) for one in warnings),
        _is_cut_off(record),
    )


def find_drift(now: Standing, before: Standing, profile: Profile) -> tuple[str, ...]:
    """What speaks against the record of a page of whose article ``before`` is in force."""
    lost = profile.layouts and before.layout and not now.layout
    gone = [f"layouts: none matches, {before.layout} did"] if lost else []
    gone += [
        f"required: {name} is gone"
        for name in profile.required
        if name in before.fields - now.fields
    ]
    if before.is_same(now):
        return tuple(gone)  # a theme decides what else a page shows of an article
    known = {rule for rule, _ in before.stains}
    found = [*_told(one for one in now.stains if one[0] not in known), *gone]
    if now.is_mislabelled and not before.is_mislabelled:
        found.append(f"encoding: {MISLABELLED}")
    if now.is_cut_off and not before.is_cut_off:
        found.append(CUT)
    if _is_another(before, now):
        found.append(_ANOTHER)
    if before.words >= _WORTH and now.words < before.words * SHRUNK:
        found.append(f"text: {now.words} words, were {before.words}")
    return tuple(dict.fromkeys(found))


def _is_cut_off(record: Record) -> bool:
    return CUT_OFF in record.extraction.warnings


def _is_another(before: Standing, now: Standing) -> bool:
    """Whether nothing of the article is left in another one, which fits the address no better."""
    is_left = before.paragraphs & now.paragraphs or now.fit > before.fit
    return not is_left and says_another(before.statement, now.statement)


def _told(stains: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(f"{rule}: in the text: {sentence[:100]}" for rule, sentence in stains)
    )


class Usual:
    """What the newest records of each host had, read once: the measure of a first record."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds the records."""
        self._folder = folder
        self._by_host: dict[str, list[Record]] = {}

    def lacks(self, record: Record, profile: Profile) -> tuple[str, ...]:
        """What all of them had by this profile's rules, and this record has not."""
        host = record_path(record.key).partition("/")[0]
        if host not in self._by_host:
            self._by_host[host] = _newest(self._folder / host)
        others = [r for r in self._by_host[host] if r.key != record.key]
        if len(others) < _ENOUGH:
            return ()
        found = [
            f"required: no {name}, which all others have"
            for name in profile.required
            if not getattr(record, name) and all(getattr(other, name) for other in others)
        ]
        if profile.layouts and not record.extraction.layout:
            usual = [other.extraction.layout for other in others]
            if all(usual):
                found.insert(0, f"layouts: none matches, {usual[0]} does on others")
        if _is_cut_off(record) and not any(map(_is_cut_off, others)):
            found.append(CUT)
        return tuple(found)


def _newest(folder: Path) -> list[Record]:
    found: list[Record] = []
    for path in islice(_backwards(folder), _SAMPLE):
        try:
            found.append(decode_record(path.read_bytes(), str(path)))
        except (DamageError, OSError):
            continue
    return found


def _backwards(folder: Path) -> Iterator[Path]:
    """The files below, the last by name first; dated folders give the newest articles first."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), reverse=True):
        if path.is_dir():
            yield from _backwards(path)
        elif path.suffix == ".json":
            yield path
