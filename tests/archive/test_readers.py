"""What independent readers make of our files: gzip, FastWARC, warcio."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from exchanges import OPERATOR, all_captures, files_of, keeper
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from eafarchive import http1
from eafarchive.archive.directory.holdings import Archive
from eafarchive.model import Capture
from workbench import warc_findings

TOOLS = Path(sys.executable).parent
VIA = "https://example.org/sitemap.xml"


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("archive"), all_captures())


def archive_of(root: Path, captures: list[Capture]) -> Path:
    with keeper(root) as run:
        for capture in captures:
            run.append(capture, VIA)
    (path,) = Archive(root).warc_files()
    return path


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_gzip_finds_nothing_wrong(warc: Path) -> None:
    assert run("gzip", "-t", warc).returncode == 0


def test_our_own_strict_reading_finds_nothing_wrong(warc: Path) -> None:
    assert list(warc_findings(warc, {})) == []


def test_w26_fastwarc_reads_every_block_and_confirms_every_digest(warc: Path) -> None:
    blocks: dict[str, list[bytes]] = {"response": [], "request": [], "metadata": [], "warcinfo": []}
    with warc.open("rb") as file:
        for record in FastIterator(file, parse_http=False, strict_mode=True):
            assert record.verify_block_digest()
            blocks[str(record.record_type)].append(record.reader.read())
    captures = all_captures()
    assert blocks["response"] == [capture.response for capture in captures]
    assert blocks["request"] == [capture.request for capture in captures]
    assert len(blocks["metadata"]) == len(captures)
    assert len(blocks["warcinfo"]) == 1


def test_w26_fastwarc_check_finds_nothing_wrong(warc: Path) -> None:
    checked = run(TOOLS / "fastwarc", "check", warc)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_w26_warcio_reads_every_block_and_field(warc: Path) -> None:
    captures = iter(all_captures())
    kinds = []
    with warc.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            kinds.append(record.rec_type)
            block = record.raw_stream.read()
            if record.rec_type == "response":
                capture = next(captures)
                header = record.rec_headers.get_header
                assert block == capture.response
                assert header("WARC-Target-URI") == capture.target_uri
                assert header("WARC-IP-Address") == capture.ip
                assert header("WARC-Truncated") == capture.truncated
                assert header("Content-Length") == str(len(block))
    assert kinds == ["warcinfo", *["response", "request", "metadata"] * len(all_captures())]


def test_w26_warcio_index_agrees_on_offsets(warc: Path) -> None:
    ledger = Archive.open(warc.parent.parent).ledger()
    rows = ledger.captures()
    ledger.close()
    with warc.open("rb") as file:
        records = ArchiveIterator(file, no_record_parse=True)
        found = [
            (records.get_record_offset(), records.get_record_length())
            for record in records
            if record.rec_type == "response"
        ]
    assert found == [(row.place.offset, row.place.length) for row in rows]


def test_w26_warcio_check_has_its_one_false_alarm_and_no_other(tmp_path: Path) -> None:
    """It digests chunked payloads with their framing (its issue 74): on those alone it errs.

    It cannot read brotli in chunks, which we do not ask for, with every brotli library.
    """
    captures = [c for c in all_captures() if b"Encoding: br" not in c.response]
    path = archive_of(tmp_path, captures)
    checked = run(TOOLS / "warcio", "check", "-v", path)
    accused = {}
    record = ""
    for line in checked.stdout.splitlines()[1:]:
        if line.strip().startswith("offset "):
            record = line.split()[3]
        elif line.strip() != "digest pass":
            accused[record] = line.strip()
    with path.open("rb") as file:
        chunked = {
            record.rec_headers.get_header("WARC-Record-ID")
            for record in ArchiveIterator(file, no_record_parse=True)
            if record.rec_type == "response"
            and http1.parse(record.raw_stream.read()).framing == "chunked"
        }
    assert len(chunked) == 3
    assert set(accused) == chunked
    assert all(said.startswith("payload digest failed") for said in accused.values())
    assert checked.stdout.count("WARC-Record-ID") == 1 + 3 * len(captures)


def test_w26_warcio_check_is_content_where_nothing_is_chunked(tmp_path: Path) -> None:
    captures = [c for c in all_captures() if b"chunked" not in c.response.lower()]
    checked = run(TOOLS / "warcio", "check", archive_of(tmp_path, captures))
    assert checked.returncode == 0, checked.stdout


def test_nothing_of_the_command_line_or_the_environment_is_in_the_file(warc: Path) -> None:
    content = gzip.decompress(warc.read_bytes())
    for word in (
        sys.executable,
        str(Path.cwd()),
        str(warc.parent.parent),
        TOOLS.name + "/",
    ):
        assert word.encode() not in content
    assert OPERATOR.contact.encode() in content


def test_the_archive_is_the_files_of_the_contract(warc: Path) -> None:
    root = warc.parent.parent
    assert set(files_of(root)) == {f"warc/{warc.name}", "manifest-sha256.txt"}
    assert {path.name for path in root.iterdir()} == {
        *("warc", "records", "ledger.sqlite3", "ledger.sqlite3.sha256", "manifest-sha256.txt")
    }
