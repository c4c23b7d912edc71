"""Bit rot, cuts and lost records in a closed archive: found, placed, and what is whole salvaged."""

from __future__ import annotations

import gzip
import itertools
import random
from pathlib import Path

import pytest
from exchanges import ANSWERS, capture, fill, keeper, replace_bytes
from surgery import END, flip, on_record, spans

from eafarchive.archive.books.fixity import Measure, Note
from eafarchive.archive.captures import gaps
from eafarchive.archive.captures.gaps import read_on, salvage
from eafarchive.archive.directory.holdings import Archive
from eafarchive.errors import WriteError
from eafarchive.model import Finding
from eafarchive.work.verification.bookkeeping import measure_findings
from eafarchive.work.verification.scope import Scope
from eafarchive.work.verification.verify import Verification
from workbench import warc_findings


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A closed file: two answers, one of them once more."""
    root = tmp_path_factory.mktemp("good")
    with keeper(root) as run:
        for number, name in enumerate(("length", "gzip", "length")):
            url = f"https://example.org/2024/01/02/slug-{number % 2}/"
            run.append(capture(number, ANSWERS[name][0], target_uri=url), "https://example.org/a")
    (path,) = Archive(root).warc_files()
    return path, path.read_bytes()


@pytest.fixture
def place(good, tmp_path):
    """Where a changed file is put, under the good one's name."""
    return tmp_path / good[0].name


def findings(path: Path) -> list[Finding]:
    return list(warc_findings(path, {}))


def verified(root: Path) -> list[Finding]:
    """What is found by digests and notes alone, and by reading as well."""
    archive = Archive(root)
    fixity = Verification(archive, None, Scope(fixity_only=True)).findings()
    return [f for f in fixity if f.severity == "error"]


def test_w25_records_lost_at_the_end_are_found_by_manifest_and_ledger(tmp_path):
    fill(tmp_path, 4)
    (path,) = Archive(tmp_path).warc_files()
    content = path.read_bytes()
    assert verified(tmp_path) == []
    for _, at, _ in spans(content)[1:]:
        replace_bytes(path, content[:at])
        assert findings(path) == []
        assert [f.what for f in verified(tmp_path)] == [
            "its SHA-256 is not the manifest's",
            "its SHA-256 is not the one noted in the ledger",
        ]
    (tmp_path / "manifest-sha256.txt").unlink()
    assert [f.what for f in verified(tmp_path)] == [
        "its SHA-256 is not the one noted in the ledger"
    ]


def test_w25_counts_and_ends_are_compared_when_the_file_is_read(tmp_path):
    note = Note(Measure("0", 9, 8, "first", "last"))
    found = list(measure_findings("x", Measure("0", 7, 6, "other", "another"), note))
    assert [f.what for f in found] == [
        "holds 7 bytes, 9 when it was closed",
        "holds 6 records, 8 when it was closed",
        "its first record is other, it was first when it was closed",
        "its last record is another, it was last when it was closed",
    ]
    assert list(measure_findings("x", Measure("0", 9, 8, "first", "last"), note)) == []


def test_c19_truncations(tmp_path):
    fill(tmp_path, 3)
    (path,) = Archive(tmp_path).warc_files()
    content = path.read_bytes()
    boundaries = {at for _, at, _ in spans(content)}
    chance = random.Random(19)
    for cut in sorted({*(chance.randrange(len(content)) for _ in range(120)), *boundaries}):
        replace_bytes(path, content[:cut])
        assert verified(tmp_path), cut
        found = findings(path)
        assert bool(found) == (cut == 0 or cut not in boundaries)
        if found and cut:
            assert found[0].where.endswith(f"@{max(at for at in boundaries if at < cut)}")


def test_c18_every_bit_of_gzip_headers_and_trailers(good, place):
    _, content = good
    for number, (_, at, length) in enumerate(spans(content)):
        if number not in {0, 1, len(spans(content)) - 1}:
            continue
        for byte in (*range(at, at + 10), *range(at + length - 8, at + length)):
            for bit in range(8):
                place.write_bytes(flip(content, byte, bit))
                # A flip in the first member's header is one in all the others', compared with it.
                assert findings(place), (number, byte - at, bit)


def test_c18_bits_of_deflated_records(good, place):
    _, content = good
    chance = random.Random(18)
    unseen = 0
    for _ in range(300):
        bit = chance.randrange(len(content) * 8)
        changed = flip(content, bit // 8, bit % 8)
        place.write_bytes(changed)
        if findings(place):
            continue
        # Bits that fill up the last byte of a deflate stream, which say nothing.
        assert gzip.decompress(changed) == gzip.decompress(content)
        unseen += 1
    assert unseen < 10


def test_c18_any_flipped_bit_of_a_closed_file_is_found_by_its_digest(tmp_path):
    fill(tmp_path, 2)
    (path,) = Archive(tmp_path).warc_files()
    content = path.read_bytes()
    chance = random.Random(25)
    for _ in range(40):
        replace_bytes(path, flip(content, chance.randrange(len(content)), chance.randrange(8)))
        assert {f.where for f in verified(tmp_path)} == {f"warc/{path.name}"}


def test_c18_any_flipped_bit_of_a_block_is_found_by_its_digest(good, place):
    _, content = good
    chance = random.Random(7)
    for kind in ("warcinfo", "response", "request", "metadata", "revisit"):
        for _ in range(12):

            def change(record: bytes) -> bytes:
                start = record.index(END) + len(END)
                return flip(record, chance.randrange(start, len(record)), chance.randrange(8))

            place.write_bytes(on_record(kind, change)(content))
            assert findings(place)


def test_c18_every_byte_of_the_manifest(tmp_path):
    fill(tmp_path, 1)
    manifest = tmp_path / "manifest-sha256.txt"
    text = manifest.read_bytes()
    for at in range(len(text)):
        manifest.write_bytes(flip(text, at, at % 7))
        archive = Archive(tmp_path)
        assert list(Verification(archive, None, Scope(fixity_only=True)).findings()), at


def test_c20_all_but_the_bad_middle_is_copied_out(good, place, tmp_path):
    _, content = good
    whole = spans(content)
    chance = random.Random(20)
    for number, (_, at, length) in enumerate(whole):
        changed = flip(content, at + 12 + chance.randrange(length - 20), chance.randrange(8))
        place.write_bytes(changed)
        folder = tmp_path / f"rescued-{number}"
        saved = salvage(place, folder)
        assert saved.copy.read_bytes() == content[:at] + content[at + length :]
        assert (saved.records, [(g.offset, g.length) for g in saved.gaps]) == (
            len(whole) - 1,
            [(at, length)],
        )
        assert place.read_bytes() == changed


def test_c20_salvage_from_what_lost_its_middle_or_gained_some(good, place, tmp_path):
    _, content = good
    (_, first, _), (_, second, length), *_ = spans(content)[1:]
    middle = second + length // 2
    for number, (changed, kept) in enumerate(
        {
            content[:middle] + content[middle + 5 :]: content[:second] + content[second + length :],
            content[:second] + bytes(9999) + content[second:]: content,
            content[:first] + b"\x1f\x8b\x08" * 999 + content[first:]: content,
            b"junk" + content: content,
            content + content[: len(content) // 2][:77]: content,
        }.items()
    ):
        place.write_bytes(changed)
        assert salvage(place, tmp_path / str(number)).copy.read_bytes() == kept


def test_a_salvage_that_is_stopped_leaves_nothing_and_can_be_made_again(
    good, tmp_path, monkeypatch
):
    path, content = good

    def stopped(file):
        yield from itertools.islice(read_on(file), 2)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(gaps, "read_on", stopped)
        with pytest.raises(KeyboardInterrupt):
            salvage(path, tmp_path / "rescued")
    assert list((tmp_path / "rescued").iterdir()) == []
    copy = salvage(path, tmp_path / "rescued").copy
    assert copy.read_bytes() == content
    with pytest.raises(WriteError, match="File exists"):
        salvage(path, tmp_path / "rescued")


def test_what_a_crash_leaves_of_an_open_file_is_no_error(good, tmp_path):
    _, content = good
    path = tmp_path / f"{good[0].name}.open"
    path.write_bytes(content[:-9])
    (found,) = findings(path)
    assert found.severity == "warning"
    path.write_bytes(flip(content, len(content) // 2))
    assert "error" in {f.severity for f in findings(path)}
