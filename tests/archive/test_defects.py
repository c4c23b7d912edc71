"""Every defect that validators are measured by, made from a good file, and who finds it.

One row a defect: what our own check says of the record that was cut at, and whether `gzip -t`,
``warcio check`` and ``fastwarc check`` find anything (``X``) or not (``.``)."""

from __future__ import annotations

import contextlib
import gzip
import io
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from exchanges import ANSWERS, CUT_ANSWERS, capture, keeper, replace_bytes
from fastwarc.cli import main as fastwarc
from surgery import (
    END,
    flip,
    nth,
    on_member,
    on_record,
    pack,
    put,
    spans,
    unpack,
    with_block,
    with_field,
    without,
)
from warcio.cli import main as warcio

from eafarchive import http1
from eafarchive.archive.directory.holdings import Archive
from eafarchive.model import Finding
from workbench import warc_findings

PLAIN = [ANSWERS["length"][0], ANSWERS["gzip"][0], ANSWERS["404"][0]]
VIA = "https://example.org/sitemap.xml"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A closed file: three answers, one of them once more, one cut off; nothing chunked."""
    return made(tmp_path_factory.mktemp("good"), [*PLAIN, PLAIN[0]])


def made(root: Path, answers, **more) -> tuple[Path, bytes]:
    with keeper(root) as run:
        for number, answer in enumerate(answers):
            same = {"target_uri": "https://example.org/2024/01/02/slug-0/"}
            run.append(capture(number, answer, **(same if number == 3 else {}), **more), VIA)
    (path,) = Archive(root).warc_files()
    return path, path.read_bytes()


@pytest.fixture
def place(good, tmp_path):
    """Where a changed file is put: under the good one's name, in an archive of its own."""
    (tmp_path / "warc").mkdir()
    return tmp_path / "warc" / good[0].name


def findings(path: Path) -> list[Finding]:
    return list(warc_findings(path, {}, f"warc/{path.name}"))


def ends_well(main, *words) -> bool:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            return not main([str(word) for word in words])
        except SystemExit as ended:
            return not ended.code
        except Exception:  # noqa: BLE001 - a peer that falls over has found something
            return False


def peers(path: Path) -> str:
    """The verdicts of gzip, warcio and FastWARC."""
    gzipped = subprocess.run(["gzip", "-t", path], capture_output=True, check=False).returncode
    sound = (
        not gzipped,
        ends_well(warcio, "check", path),
        ends_well(fastwarc, "check", "-q", path),
    )
    return " ".join("." if is_sound else "X" for is_sound in sound)


def lines_only(record: bytes) -> bytes:
    head, _, rest = record.partition(END)
    return head.replace(b"\r\n", b"\n") + b"\n\n" + rest


def swap_members(content: bytes) -> bytes:
    """Two writers that took turns within a record."""
    _, at, length = spans(content)[1]
    member = content[at : at + length]
    half = length // 2
    mixed = member[:half] + member[:half] + member[half:] + member[half:]
    return content[:at] + mixed + content[at + length :]


def without_digests(content: bytes) -> bytes:
    for number, (kind, _, _) in enumerate(spans(content)):
        earlier = sum(name == kind for name, _, _ in spans(content)[:number])
        for name in (b"WARC-Block-Digest", b"WARC-Payload-Digest"):
            with contextlib.suppress(AssertionError):
                content = on_record(kind, without(name), earlier)(content)
    return content


def twice_the_id(content: bytes) -> bytes:
    at, length = nth(content, "response", 1)
    head = unpack(content[at : at + length]).partition(END)[0]
    (line,) = (x for x in head.split(b"\r\n") if x.startswith(b"WARC-Record-ID"))
    own = line.partition(b": ")[2]
    at, length = nth(content, "metadata", 1)
    return on_record("metadata", with_field(b"WARC-Record-ID", own), 1)(content)


def member_again(content: bytes) -> bytes:
    at, length = nth(content, "response", 1)
    return content[: at + length] + content[at : at + length] + content[at + length :]


def zeros_between(content: bytes) -> bytes:
    at, _ = nth(content, "response", 1)
    return content[:at] + bytes(4096) + content[at:]


def without_the_middle(content: bytes) -> bytes:
    at, length = nth(content, "response", 1)
    return content[:at] + content[at + length :]


def payload_unlike(block: bytes) -> bytes:
    """Another page of the same length."""
    return block[:-30] + b"<p>Nobody ever wrote that.</p>"


def decoded(block: bytes) -> bytes:
    head, _, body = block.partition(END)
    return head + END + gzip.decompress(body)


def digest_of_framing(content: bytes) -> bytes:
    at, length = nth(content, "response")
    block = unpack(content[at : at + length]).partition(END)[2][: -len(END)]
    wrong = http1.digest(block.partition(END)[2]).encode()
    return on_record("response", with_field(b"WARC-Payload-Digest", wrong))(content)


ID = b"<urn:uuid:00000000-0000-4000-8000-000000000000>"


class Row(NamedTuple):
    name: str
    cut: object
    finds: str
    kind: str | None = "response"
    number: int = 0
    """The record that is found at fault: the n-th of its type; ``None``: the file."""


R, V, M, Q = "response", "revisit", "metadata", "request"
ROWS = [
    Row(
        "cut mid last member", lambda c: c[:-30], "bytes are no whole gzip member: cut", kind="last"
    ),
    Row(
        "only gzip trailer missing", lambda c: c[:-8], "bytes are no whole gzip member", kind="last"
    ),
    Row("gzip CRC flipped", on_member(R, lambda m: flip(m, len(m) - 6)), "bytes are no whole gzip"),
    Row("gzip length flipped", on_member(R, lambda m: flip(m, len(m) - 2)), "bytes are no whole"),
    Row("not compressed", gzip.decompress, "bytes are no whole gzip member", kind="first"),
    Row("payload changed", on_record(R, put(b"invented", b"inverted")), "its block is not the one"),
    Row(
        "revisit block changed", on_record(V, put(b"200 OK", b"200 KO")), "its block is not", kind=V
    ),
    Row(
        "wrong payload digest",
        on_record(R, with_block(payload_unlike)),
        "its payload is not the one",
    ),
    Row(
        "wrong block digest",
        on_record(R, put(b"WARC-Block-Digest: sha1:", b"WARC-Block-Digest: sha1:AA")),
        "WARC-Block-Digest: not sha1:",
    ),
    Row("no WARC-Record-ID", on_record(R, without(b"WARC-Record-ID")), "WARC-Record-ID is missing"),
    Row("no WARC-Date", on_record(R, without(b"WARC-Date")), "WARC-Date is missing"),
    Row("no Content-Length", on_record(R, without(b"Content-Length")), "no valid Content-Length"),
    Row("no WARC-Type", on_record(R, without(b"WARC-Type")), "WARC-Type is missing"),
    Row(
        "no WARC-Target-URI",
        on_record(R, without(b"WARC-Target-URI")),
        "WARC-Target-URI is missing",
    ),
    Row("no digests at all", without_digests, "WARC-Block-Digest is missing", kind="first"),
    Row("Content-Length too short", on_record(R, with_field(b"Content-Length", b"1")), "block of"),
    Row(
        "Content-Length too long", on_record(R, with_field(b"Content-Length", b"99999")), "block of"
    ),
    Row("trailing CRLFCRLF missing", on_record(R, lambda r: r[:-4]), "block of"),
    Row("4 KiB zeros between members", zeros_between, "4096 bytes are no whole gzip", number=1),
    Row("4 KiB zeros at end", lambda c: c + bytes(4096), "4096 bytes are no whole", kind="end"),
    Row("empty file", lambda _: b"", "holds no record", kind=None),
    Row("one gzip member for all", lambda c: pack(gzip.decompress(c), c), "block of", kind="first"),
    Row(
        "impossible date",
        on_record(R, with_field(b"WARC-Date", b"2026-02-30T03:05:00Z")),
        "WARC-Date: day is out",
    ),
    Row("duplicate record ID", twice_the_id, "its id was given before", kind=M, number=1),
    Row("duplicated member", member_again, "its id was given before", number=2),
    Row(
        "revisit without profile",
        on_record(V, without(b"WARC-Profile")),
        "WARC-Profile is none of",
        kind=V,
    ),
    Row(
        "revisit refers to nothing",
        on_record(V, with_field(b"WARC-Refers-To", ID)),
        "revisits a record that is not there",
        kind=V,
    ),
    Row("LF-only header", on_record(R, lines_only), "does not begin with WARC/1.1 but"),
    Row(
        "HTTP body short, no WARC-Truncated",
        on_record(R, with_block(lambda b: b[:-9]), 2),
        "not a whole HTTP answer",
        number=2,
    ),
    Row(
        "repeated WARC-Date",
        on_record(R, put(b"WARC-Date", b"WARC-Date: 2026-11-24T03:05:00Z\r\nWARC-Date")),
        "WARC-Date stands 2 times",
    ),
    Row("WARC/9.9", on_record(R, put(b"WARC/1.1", b"WARC/9.9")), "does not begin with WARC/1.1"),
    Row(
        "payload digest on metadata",
        on_record(M, with_field(b"WARC-Payload-Digest", http1.digest(b"").encode())),
        "WARC-Payload-Digest may not stand on a metadata",
        kind=M,
    ),
    Row(
        "space in URI",
        on_record(R, with_field(b"WARC-Target-URI", b"https://example.org/a b")),
        "WARC-Target-URI: not an absolute URI",
    ),
    Row("two interleaved writers", swap_members, "bytes are no whole gzip member"),
    Row(
        "middle record lost",
        without_the_middle,
        "refers to a record that is not there",
        kind=Q,
        number=1,
    ),
    Row(
        "WARC-Refers-To on a response",
        on_record(R, with_field(b"WARC-Refers-To", ID)),
        "WARC-Refers-To may not stand on a response",
    ),
    Row(
        "broken HTTP status line",
        on_record(R, with_block(put(b"HTTP/1.1 200 OK", b"HTTQ/1.1 2x0 OK"))),
        "not a whole HTTP answer",
    ),
    Row(
        "decoded body with Content-Encoding",
        on_record(R, with_block(decoded), 1),
        "bytes after the end of the HTTP",
        number=1,
    ),
    Row(
        "header injected through the URI",
        on_record(R, put(b"/slug-0/", b"/slug-0/\r\nX-Evil: yes")),
        "'x-evil' is no field that we write",
    ),
]


PEERS = {
    "revisit block changed": ". . X",
    "no Content-Length": ". . X",
    "Content-Length too long": ". . X",
    "wrong payload digest": ". X .",
    "no WARC-Type": ". X .",
    "no WARC-Target-URI": ". X .",
    "one gzip member for all": ". X .",
    "HTTP body short, no WARC-Truncated": ". X .",
    "payload digest on metadata": ". X .",
    "decoded body with Content-Encoding": ". X .",
    "payload changed": ". X X",
    "wrong block digest": ". X X",
    "Content-Length too short": ". X X",
    "4 KiB zeros at end": ". X X",
    "WARC/9.9": ". X X",
    "only gzip trailer missing": "X . .",
    "not compressed": "X . .",
    "empty file": "X . .",
    "cut mid last member": "X . X",
    "gzip CRC flipped": "X X X",
    "gzip length flipped": "X X X",
    "4 KiB zeros between members": "X X X",
    "two interleaved writers": "X X X",
}
"""What `gzip -t`, ``warcio check`` and ``fastwarc check`` make of it, if any finds anything."""


def where_of(content: bytes, row: Row, name: str) -> str:
    if row.kind is None:
        return name
    found = {"first": 0, "last": spans(content)[-1][1], "end": len(content)}
    at = found[row.kind] if row.kind in found else nth(content, row.kind, row.number)[0]
    return f"{name}@{at}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_defect_is_found_where_it_is(row, good, place):
    _, content = good
    changed = row.cut(content)
    assert changed != content
    place.write_bytes(changed)
    found = findings(place)
    errors = [f for f in found if f.severity == "error"]
    if row.name == "duplicated member":  # the copy lies where the next record lay
        where = f"warc/{place.name}@{sum(nth(content, 'response', 1))}"
    elif row.name == "middle record lost":
        where = f"warc/{place.name}@{nth(content, 'response', 1)[0]}"
    else:
        where = where_of(content, row, f"warc/{place.name}")
    assert any(f.where == where and row.finds in f.what for f in errors), errors
    assert all(f.action for f in errors)
    assert peers(place) == PEERS.get(row.name, ". . .")


def test_nothing_is_found_in_good_files(good, place, tmp_path_factory):
    place.write_bytes(good[1])
    assert (findings(place), peers(place)) == ([], ". . .")
    cut = CUT_ANSWERS["in the body"][0]
    path, _ = made(tmp_path_factory.mktemp("cut"), [PLAIN[0], cut], truncated="disconnect")
    (marked,) = findings(path)  # of two marked as cut, one is whole
    assert marked.what.startswith("marked truncated: disconnect")


def test_w06_a_chunked_answer_is_good_and_its_digest_over_the_framing_is_not(tmp_path):
    path, content = made(tmp_path, [ANSWERS["chunked"][0]])
    assert (findings(path), peers(path)) == ([], ". X .")  # warcio's false alarm
    replace_bytes(path, digest_of_framing(content))
    assert [f.what for f in findings(path)] == ["its payload is not the one digested"]
    assert peers(path) == ". . ."
