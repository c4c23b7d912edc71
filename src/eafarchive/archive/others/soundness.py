"""Loose WARC files against WARC/1.0 and 1.1, and against their own digests, whoever wrote them.

Looser than what we ask of our own files: what the standard leaves open, or every writer does in its
own way, is no finding.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from eafarchive import http1
from eafarchive.archive.others.foreign import ZIP, digest_faults, moment_of, parts_of
from eafarchive.archive.others.kept import without_false_codings
from eafarchive.archive.others.loose import COPY, UNREADABLE, LooseRecord, read_records
from eafarchive.model import Finding

_REQUIRED = ("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length")
_ABOUT_A_URI = frozenset({"response", "request", "revisit", "resource", "conversion"})
_REFERENCES = ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID")
_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>")
_MAX_JSON = 64 << 20


class Soundness:
    """One check over any number of files; memory grows by some 100 bytes a record."""

    def __init__(self, stop: threading.Event) -> None:
        """``stop`` ends it early, at the next record."""
        self._stop = stop
        self.files = 0
        self.records = 0
        self._ids: set[bytes] = set()
        self._awaited: dict[bytes, tuple[str, str]] = {}
        """What was referred to and not seen yet."""

    def check(self, path: Path, stdin: IO[bytes] | None = None) -> Iterator[Finding]:
        """What is wrong with a file, as it is found; each finding names the path as it was given.

        With ``stdin`` that is read in the file's place.
        """
        name = str(path)
        self.files += 1
        try:
            with contextlib.nullcontext(stdin) if stdin else path.open("rb") as file:
                if stdin is None:
                    if file.read(len(ZIP)) == ZIP:  # not what merely ends as one does
                        yield from _package_faults(path)
                    file.seek(0)
                yield from self._read(file, name)
        except PermissionError as error:
            yield Finding(
                "error", name, f"cannot be read: {error.strerror}", "mend its permissions"
            )
        except UNREADABLE as error:
            yield Finding("error", name, f"cannot be read: {error}", COPY)

    def _read(self, file: IO[bytes], name: str) -> Iterator[Finding]:
        for part, inner in parts_of(file, name):
            if inner is None:
                yield Finding("error", name, part, COPY)
                continue
            for item in read_records(inner, part, lambda _: True):
                if isinstance(item, LooseRecord):
                    yield from self._record(item)
                else:
                    yield item
                if self._stop.is_set():
                    return

    def missing(self) -> Iterator[Finding]:
        """References, of all files checked, to records that none of them holds."""
        for where, what in self._awaited.values():
            yield Finding("warning", where, what, "check the file with that record, too")

    def _record(self, record: LooseRecord) -> Iterator[Finding]:
        self.records += 1
        if not record.is_arc:
            for what in self._header_faults(record):
                yield Finding("error", record.where, what, COPY)
        for found in digest_faults(record):
            yield Finding("error", found.where, found.what, found.action)
        if fault := _http_fault(record):
            yield Finding("warning", record.where, fault, "nothing, if the writer meant it so")

    def _header_faults(self, record: LooseRecord) -> Iterator[str]:
        names = [name.lower() for name, _ in record.fields]
        for name in _REQUIRED:
            if (times := names.count(name.lower())) != 1:
                yield f"{name} stands {times} times, not once"
        given = record.get("WARC-Record-ID")
        if given:
            if not _ID.fullmatch(given):
                yield f"its id is no URI in angle brackets: {given[:80]!r}"
            key = _key(given)
            if key in self._ids:
                yield f"its id was given before: {given[:80]}"
            self._ids.add(key)
            self._awaited.pop(key, None)
        try:
            moment_of(record.get("WARC-Date") or "")
        except ValueError as error:
            yield str(error)
        if record.kind in _ABOUT_A_URI and not record.get("WARC-Target-URI"):
            yield f"a {record.kind} without a WARC-Target-URI"
        if record.kind == "revisit" and not record.get("WARC-Profile"):
            yield "a revisit without a WARC-Profile"
        for name in _REFERENCES:
            if (target := record.get(name)) and (key := _key(target)) not in self._ids:
                what = f"{name} {target[:80]} is in none of the files"
                self._awaited.setdefault(key, (record.where, what))


def _http_fault(record: LooseRecord) -> str | None:
    said = (record.get("Content-Type") or "").lower()
    is_http = record.is_arc or said.startswith("application/http")
    if record.kind != "response" or not is_http or record.block is None:
        return None
    answer = http1.parse(without_false_codings(record.block))
    if answer.status is None:
        return "does not begin with an HTTP status line"
    if not answer.complete and not record.get("WARC-Truncated"):
        return f"not a whole HTTP answer, and no WARC-Truncated: {answer.problem or 'cut off'}"
    return None


def _package_faults(path: Path) -> Iterator[Finding]:
    """Files of a WACZ that are not as its ``datapackage.json`` says (WACZ 1.1.1)."""
    with zipfile.ZipFile(path) as package:
        try:
            with package.open("datapackage.json") as file:
                described = json.loads(file.read(_MAX_JSON))
            resources = {str(r["path"]): str(r["hash"]) for r in described["resources"]}
        except (KeyError, TypeError, ValueError, RecursionError, NotImplementedError, RuntimeError):
            yield Finding("warning", str(path), "no datapackage.json that can be read", COPY)
            return
        for name, stated in resources.items():
            where = f"{path}/{name}"
            try:
                with package.open(name) as file:
                    digest = hashlib.sha256()
                    while piece := file.read(1 << 20):
                        digest.update(piece)
            except (KeyError, NotImplementedError, RuntimeError):
                yield Finding("error", where, "is in the datapackage.json but missing", COPY)
                continue
            if stated.removeprefix("sha256:") != digest.hexdigest() and stated[:4] != "md5:":
                yield Finding("error", where, "its SHA-256 is not the datapackage.json's", COPY)


def _key(record_id: str) -> bytes:
    return hashlib.blake2b(record_id.strip().strip("<>").encode(), digest_size=12).digest()
