"""Revisit records in loose files, and the captures that they say are theirs again."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from eafarchive import http1
from eafarchive.archive.others.digests import plain_digest
from eafarchive.archive.others.foreign import Revisit, moment_of, read_again
from eafarchive.model import Capture, Place


class Revisits:
    """Knows where the captures of articles lie that were met so far."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[Path, Place]] = {}

    def note(self, path: Path, place: Place, capture: Capture) -> None:
        """Remember where a capture lies, by all that a revisit may call it."""
        names = (
            place.record_id,
            (capture.target_uri, capture.captured_at),
            plain_digest(http1.payload_digest(capture.response)),
        )
        for name in filter(None, names):
            self._known.setdefault(name, (path, place))

    def find(self, revisit: Revisit) -> Capture | None:
        """The capture seen again, at the revisit's time; ``None`` while its target was not met."""
        uri, date = revisit.refers_to_target
        names: list[object] = [revisit.refers_to, plain_digest(revisit.payload_digest)]
        with contextlib.suppress(ValueError):
            names.insert(1, (uri, moment_of(date)))
        target = next((self._known[name] for name in names if name in self._known), None)
        found = target and read_again(*target)
        return found and msgspec.structs.replace(
            found, target_uri=revisit.target_uri, captured_at=revisit.captured_at
        )
