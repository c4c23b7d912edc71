"""What differs between two versions of an article: which fields, and which words of them."""

from __future__ import annotations

from typing import Any

import msgspec

from eafarchive.model import Author, Image, Link, Record
from eafarchive.work.held.words import Piece, compare

_EVIDENCE = {"schema", "key", "capture", "extraction"}
_DERIVED = {"html", "word_count"}
"""What follows from the text where that differs."""


class Difference(msgspec.Struct, frozen=True):
    """One field that differs."""

    field: str
    before: Any
    after: Any
    words: tuple[Piece, ...]
    """The field as words, lists one item a line: kept, gone and new."""


def changed_fields(before: Record, after: Record) -> tuple[str, ...]:
    """The names of the fields in which two versions differ, in the order of the record."""
    names = [name for name in Record.__struct_fields__ if name not in _EVIDENCE]
    differ = [name for name in names if getattr(before, name) != getattr(after, name)]
    if "text" in differ:
        differ = [name for name in differ if name not in _DERIVED]
    return tuple(differ)


def differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """All that differs between two versions of an article."""
    return tuple(
        _difference(name, getattr(before, name), getattr(after, name))
        for name in changed_fields(before, after)
    )


def _difference(field: str, before: Any, after: Any) -> Difference:
    old, new = spelled(before), spelled(after)
    if old == new:  # it is in what people seldom read: the address or the kind of an author
        old, new = _in_full(before), _in_full(after)
    return Difference(field, before, after, tuple(compare(old, new)))


def _in_full(value: Any) -> str:
    """A field's value with all that it holds."""
    if isinstance(value, tuple):
        return "\n".join(map(_in_full, value))
    return str(msgspec.to_builtins(value))


def spelled(value: Any) -> str:
    """A field's value as people read it: nothing for what is absent, a list one item a line."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "\n".join(spelled(item) for item in value)
        case Author():
            about = ", ".join(filter(None, (value.role, *value.affiliations)))
            return f"{value.name} ({about})" if about else value.name
        case Image():
            told = [value.url, value.alt, value.caption, value.credit]
            return " | ".join(filter(None, told))
        case Link():
            return f"{value.text} <{value.url}>"
        case _:
            return str(value)
