"""The named fields of a record's header in loose files, WARC or ARC."""

from __future__ import annotations

import re

from eafarchive.archive.others.stream import BrokenError

Fields = tuple[tuple[str, str], ...]

_ARC_DATE = re.compile(r"[0-9]{14}")


def first_value(fields: Fields, name: str) -> str | None:
    """The first value of the named field, its case ignored, or ``None``."""
    low = name.lower()
    return next((value for field, value in fields if field.lower() == low), None)


def read_fields(head: bytes) -> Fields:
    """The named fields, folded lines joined (WARC/1.0 section 4)."""
    fields: list[list[str]] = []
    for line in head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[1:]:
        if line[:1] in {" ", "\t"} and fields:
            fields[-1][1] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if colon:
            fields.append([name.strip(), value.strip()])
    return tuple((name, value) for name, value in fields)


def read_arc_line(line: bytes) -> Fields:
    """An ARC file's URL-record, version 1 or 2, as the fields of a WARC record.

    Raises `BrokenError`.
    """
    parts = line.rstrip(b"\r").decode("utf-8", "replace").split(" ")
    at = next((n for n in range(len(parts) - 2, 1, -1) if _ARC_DATE.fullmatch(parts[n])), 0)
    if not at:
        raise BrokenError(f"not an ARC record: {line[:60]!r}")
    url, ip, date, kind = " ".join(parts[: at - 1]), parts[at - 1], parts[at], parts[at + 1]
    length = parts[-1]
    is_answer = url.startswith(("http://", "https://"))
    return (
        ("WARC-Type", "response" if is_answer else "resource"),
        ("WARC-Target-URI", url),
        ("WARC-IP-Address", ip),
        ("WARC-Date", date),
        ("Content-Type", "application/http" if is_answer else kind.strip()),
        ("Content-Length", length),
    )
