"""Responses as other writers keep them: some undo a coding and leave its header field standing."""

from __future__ import annotations

from eafarchive import codings, http1

_NOT_CODED = ("not gzip", "damaged", "cut off")


def without_false_codings(block: bytes) -> bytes:
    """The response with a head that says of its body what is so.

    Browsers' tools, and crawls that were converted, hold the body without its transfer or content
    coding under the head that announced them. Then, and only then, the fields that are not so are
    left out, and the body, whose octets never change, goes to the end of the block.
    """
    said = http1.parse(block)
    if said.status is None or (said.complete and not said.excess and not said.problem):
        framing_holds = True
    else:
        framing_holds = not _is_plain(block, said)
    false = set() if framing_holds else {b"transfer-encoding", b"content-length"}
    coding = http1.header(said, "content-encoding")
    if coding and said.status is not None:
        body = http1.payload(block) if framing_holds else block[said.head_length :]
        decoded = codings.decode(body, coding, 1)
        if body and not decoded.data and decoded.problem and decoded.problem.startswith(_NOT_CODED):
            false.add(b"content-encoding")
    return _without(block, said.head_length, false) if false else block


def _is_plain(block: bytes, said: http1.Response) -> bool:
    """Whether the body is not framed as the head says, in a way that no cut explains."""
    if said.framing == "chunked":
        return said.head_length < len(block) and http1.payload(block) == b"" and not said.cut
    return said.framing == "length" and said.excess > 0


def _without(block: bytes, head_length: int, names: set[bytes]) -> bytes:
    kept: list[bytes] = []
    is_left_out = False
    for line in block[:head_length].splitlines(keepends=True):
        if line[:1] not in {b" ", b"\t"}:
            is_left_out = line.partition(b":")[0].strip().lower() in names
        if not is_left_out:
            kept.append(line)
    return b"".join(kept) + block[head_length:]
