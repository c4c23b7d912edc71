"""From a capture to the document in it: the body of a whole, good answer, decoded."""

from __future__ import annotations

import msgspec

from eafarchive import codings, http1
from eafarchive.model import Capture

PAGES = ("text/html", "application/xhtml+xml")


class Body(msgspec.Struct, frozen=True):
    """A whole, good answer's body, decoded."""

    data: bytes
    content_type: str | None


def body_of(
    capture: Capture, limit: int, *, may_be_more: bool = False, status: int = 200
) -> Body | str:
    """The decoded body of a whole answer with that status, or why there is none.

    At most ``limit`` bytes are decoded; a longer body is none, unless its beginning will do
    (``may_be_more``): then so many will of an answer that we cut for its size, too.
    """
    response, payload = http1.parse_and_payload(capture.response)
    if response.status is None:
        return "the answer is not HTTP"
    if response.status != status:
        return f"status {response.status}"
    if capture.truncated and not (may_be_more and capture.truncated == "length"):
        return f"cut off ({capture.truncated})"
    if not (capture.truncated or response.complete):
        return response.problem or "cut off"
    decoded = codings.decode(payload, http1.header(response, "content-encoding"), limit)
    if decoded.problem and not (may_be_more and len(decoded.data) == limit):
        return decoded.problem
    if capture.truncated and len(decoded.data) < limit:
        return f"cut off ({capture.truncated})"
    return Body(decoded.data, http1.header(response, "content-type"))


def why_no_page(body: Body) -> str | None:
    """What the body is instead of a page of HTML; ``None`` where it is one."""
    said = (body.content_type or "text/html").partition(";")[0]
    kind = said.partition(",")[0].strip().lower()  # a field sent twice comes joined by a comma
    return None if kind in PAGES else f"not a page but {kind[:80]}"
