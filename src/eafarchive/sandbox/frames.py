"""What parent and worker say to each other: MessagePack behind four bytes of length."""

from __future__ import annotations

import struct

import msgspec

from eafarchive.model import Account, Article, Capture, NotAnArticle
from eafarchive.profile import Profile

FAILED = "extraction failed: "
"""What a refusal's reason begins with where the fault is ours."""
HEAD = struct.Struct(">I")
_ENCODER = msgspec.msgpack.Encoder()


class Setup(msgspec.Struct, frozen=True):
    """The first thing a worker is told; it answers with an empty `Answer` when it is ready."""

    profiles: tuple[Profile, ...]
    seconds: float
    memory_bytes: int
    page_bytes: int
    """The most that are decoded of a capture's body."""


class Ask(msgspec.Struct, frozen=True, array_like=True):
    """A page to extract by one of the profiles with those indices: see `choose_profile`."""

    page: Capture | bytes
    """The capture whose body it is, or its HTML."""
    url: str
    content_type: str | None
    """Of HTML; a capture says its own."""
    profiles: tuple[int, ...]
    is_explained: bool = False
    """Whether the account of the extraction is wanted, too."""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of a page: an article or a refusal."""

    article: Article | None = None
    refusal: NotAnArticle | None = None
    profile: int | None = None
    """The index of the profile chosen."""
    account: Account | None = None
    is_last: bool = False
    """Whether the worker ends itself now, because it is not to be trusted with another page."""


def frame(message: Setup | Ask | Answer) -> bytearray:
    """The message as it goes through the pipe."""
    framed = bytearray(HEAD.size)
    _ENCODER.encode_into(message, framed, HEAD.size)
    HEAD.pack_into(framed, 0, len(framed) - HEAD.size)
    return framed
