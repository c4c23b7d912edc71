"""What WARC files that are not there make of the rest: revisits and records of what was in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.directory.lost import GIVEN_UP, is_there
from eafarchive.archive.standard.references import NOTHING
from eafarchive.model import Finding, Record

_BACK = "put the WARC file back from a copy"
_KEEP = "keep it: it is all that is left"
_EXTRACT = "run 'eafarchive extract', which keeps the newer one"


class Gathered:
    """Warnings of one kind, told of in one finding.

    After an upgrade it may be every record there is that would be made otherwise now, and they are
    made again together.
    """

    def __init__(self) -> None:
        """None yet."""
        self._found: dict[str, tuple[Finding, int]] = {}

    def sift(self, finding: Finding) -> Iterator[Finding]:
        """The finding, unless it is to be told of with others."""
        if finding.severity != "warning":
            yield finding
            return
        first, count = self._found.get(finding.what, (finding, 0))
        self._found[finding.what] = first, count + 1

    def findings(self) -> Iterator[Finding]:
        """One for each kind."""
        for first, count in self._found.values():
            what = f"{first.what}; so are {count - 1} more" if count > 1 else first.what
            yield replace(first, what=what)


class Absence:
    """Knows the WARC files that are not there: those given up are no error any more."""

    def __init__(
        self,
        archive: Archive,
        listed: Iterable[str] = (),
        lost: Iterable[str] = (),
        ledger: Ledger | None = None,
    ) -> None:
        """``listed`` are files that there should be, ``lost`` those given up."""
        self._archive = archive
        self._ledger = ledger
        self._missing = {name for name in listed if not self._is_there(name)}
        self._lost = {name for name in lost if not self._is_there(name)}
        self._revisits = Gathered()

    def _is_there(self, name: str) -> bool:
        return is_there(self._archive.root, name)

    def weigh(self, finding: Finding, damaged: Collection[str]) -> Finding:
        """The finding, as it is to be told in view of the files that are damaged or not there.

        Where the fault is theirs, and not that of the file it was found in, it names one of them
        as its cause.
        """
        if not finding.what.startswith(NOTHING):
            return finding
        row = self._ledger and self._ledger.capture(finding.what.removeprefix(f"{NOTHING}: "))
        at_fault = {row.place.warc} if row else self._missing | self._lost
        for name in sorted(at_fault & self._missing):
            return replace(finding, action=f"{_BACK}, that is missing", because=name)
        for name in sorted(at_fault & self._lost):
            what = "is a revisit of a record that was in a lost file"
            return replace(finding, severity="warning", what=what, action=_KEEP, because=name)
        for name in sorted(at_fault.intersection(damaged)):
            return replace(finding, action=f"{_BACK}, that is damaged", because=name)
        return finding

    def sift(self, finding: Finding) -> Iterator[Finding]:
        """The finding, unless it is to be told of with others of what is lost."""
        is_of_lost = finding.because in self._lost
        yield from self._revisits.sift(replace(finding, because=None)) if is_of_lost else (finding,)

    def findings(self) -> Iterator[Finding]:
        """What was to be told of together."""
        yield from self._revisits.findings()

    def of_record(self, record: Record, where: str, *, is_given: bool) -> Finding | None:
        """What is to be told of a record that no capture gives as it is, if its file is not there.

        ``is_given``: a capture gives it otherwise.
        """
        warc = record.capture.warc
        if warc is None or self._is_there(warc):
            return None
        if is_given and warc not in self._missing | self._lost:  # nobody else knows of that file
            return None
        if warc not in self._lost:
            what, action = f"is from {warc}, which is missing", f"keep it, and {_BACK}"
            return Finding("error", where, what, action, because=warc)
        what = f"is from {warc}, which {GIVEN_UP}"
        what += "; another capture gives it otherwise" * is_given
        return Finding("warning", where, what, _EXTRACT if is_given else _KEEP)
