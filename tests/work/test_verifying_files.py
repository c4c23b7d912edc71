"""`verify PATH…`: anybody's files, checked alone."""

import gzip
import io
import json
import os
import signal
import threading
import zipfile
from itertools import islice

import pytest

from eafarchive.archive.others.loose import read_records
from eafarchive.archive.others.soundness import Soundness
from shapes import SHAPES, UUID, browsertrix, heritrix, revisit, wget

URL = "https://site.example/2016/06/02/slug/"
PAGE = b"<h1>Invented</h1>" + b"<p>A harbour, counted twice.</p>" * 50


@pytest.fixture
def put(tmp_path):
    def put(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return put


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_what_writers_write_is_sound(shape, put, cli):
    ran = cli("verify", put(*shape(URL, PAGE)))
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[-1].startswith("ok: 0 errors")


def test_every_flipped_bit_of_a_compressed_file_is_found(put, cli, monkeypatch):
    name, data = heritrix(URL, PAGE)
    quiet = 0
    for at in range(12, len(data), 97):
        flipped = bytearray(data)
        flipped[at] ^= 0x10
        quiet += cli("verify", put(name, bytes(flipped))).code == 0
    assert quiet <= 1  # in a gzip header, which says nothing of the record


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"WARC-Payload-Digest: sha1:", b"WARC-Payload-Digest: sha1:AAAA", "but sha1:"),
        (b"WARC-Type: response\r\n", b"", "WARC-Type stands 0 times"),
        (b"WARC-Type: response", b"WARC-Type: response\r\nWARC-Type: response", "stands 2 times"),
        (b"2024-03-05T06", b"2024-13-05T06", "not a WARC-Date"),
        (UUID.format(3).encode(), UUID.format(2).encode(), "its id was given before"),
        (UUID.format(3).encode(), b"no-uri", "its id is no URI"),
        (b"WARC-Target-URI: <https", b"X-Uri: <https", "without a WARC-Target-URI"),
    ],
)
def test_a_fault_is_an_error_with_its_place(old, new, said, put, cli):
    plain = gzip.decompress(wget(URL, PAGE)[1])
    assert old in plain
    path = put("a.warc", plain.replace(old, new))
    ran = cli("verify", path, "--json")
    found = json.loads(ran.out)
    assert ran.code == 5
    assert any(said in f["what"] and f["where"].startswith(f"{path}@") for f in found["findings"])
    assert found["errors"] == sum(f["severity"] == "error" for f in found["findings"])


def test_references_are_looked_for_in_all_the_files(put, cli):
    one = put(*heritrix(URL, PAGE))
    again = revisit(URL, UUID.format(7), [("WARC-Refers-To", UUID.format(1))])
    two = put("two.warc", again)
    assert "is in none of the files" in cli("verify", two).out
    assert "is in none of the files" not in cli("verify", two, one).out


def test_a_reference_that_was_answered_is_forgotten(put):
    check = Soundness(threading.Event())
    list(check.check(put(*heritrix(URL, PAGE))))
    assert check.records
    assert not check._awaited
    later = put("later.warc", revisit(URL, UUID.format(7), [("WARC-Refers-To", UUID.format(9))]))
    list(check.check(later))
    assert len(check._awaited) == 1


def test_a_wacz_is_held_against_its_package_description(put, cli, tmp_path):
    name, data = browsertrix(URL, PAGE)
    path = put(name, data)
    changed = tmp_path / "changed.wacz"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.namelist():
            new.writestr(item, old.read(item) + b" " * item.endswith("jsonl"))
    assert cli("verify", path).code == 0
    ran = cli("verify", changed)
    assert ran.code == 5
    assert "pages/pages.jsonl: its SHA-256 is not the datapackage.json's" in ran.out


def test_options_for_archives_do_not_go_with_files(put, cli):
    path = put(*heritrix(URL, PAGE))
    for option in (["--repair"], ["--fixity"], ["--since", "1d"], ["--sample", "5%"]):
        ran = cli("verify", path, *option)
        assert ran.code == 2
        assert "for archives only" in ran.err
    assert cli("verify", path.parent / "none.warc").code == 2


def test_standard_input_is_checked_too(put, cli):
    good = put(*heritrix(URL, PAGE))
    for data, code in ((good.read_bytes(), 0), (good.read_bytes()[:-30], 5)):
        ran = cli("verify", "-", stdin=data)
        assert ran.code == code
        assert "1 of 1 files" in ran.out
    assert ran.out.startswith("error: -@")


def test_ctrl_c_ends_in_good_order_and_says_how_far(put, cli, monkeypatch):
    one, two = put("one.warc", heritrix(URL, PAGE)[1]), put("two.warc", wget(URL, PAGE)[1])
    check = Soundness.check

    def interrupt(self, *words):
        os.kill(os.getpid(), signal.SIGINT)
        yield from check(self, *words)

    monkeypatch.setattr(Soundness, "check", interrupt)
    ran = cli("verify", one, two)
    assert ran.code == 130
    assert ran.out == "stopped: 0 errors, 0 warnings; 1 of 2 files, 1 records\n"
    assert json.loads(cli("verify", one, two, "--json").out)["stopped"] is True


def counted_reads(monkeypatch):
    """How many octets the reader of loose files was given, and looked through for a header's end."""
    from eafarchive.archive.others import loose  # noqa: PLC0415

    looked = [0]

    class Pattern:
        def __init__(self, pattern):
            self.pattern = pattern

        def search(self, data, start, end):
            found = self.pattern.search(data, start, end)
            looked[0] += (found.end() if found else min(end, len(data))) - start
            return found

    monkeypatch.setattr(loose, "HEAD_END", Pattern(loose.HEAD_END))
    occurrences = loose.occurrences

    def seen(file, start, sought):
        last = start
        for at in occurrences(file, start, sought):
            looked[0] += at - last
            last = at
            yield at
        looked[0] += file.seek(0, 2) - last

    monkeypatch.setattr(loose, "occurrences", seen)
    return looked


@pytest.mark.parametrize("line", [b"WARC/1.0\r\n", b"WARC/1.0 x\n", b"WARC/1.1\nA: b\n"])
def test_beginnings_that_end_nowhere_take_linear_time(put, monkeypatch, line):
    looked = counted_reads(monkeypatch)
    spent = []
    for times in (500, 1000):
        looked[0] = 0
        list(Soundness(threading.Event()).check(put("a.warc", line * times)))
        spent.append(looked[0])
    assert spent[1] <= 3 * spent[0] + 100, spent


@pytest.mark.parametrize("gap", [10, 40_000])
def test_a_record_after_beginnings_that_end_nowhere_is_read(put, gap):
    name, data = wget(URL, PAGE)
    data = gzip.decompress(data) if name.endswith(".gz") else data
    junk = b"WARC/1.0\r\n" * gap
    soundness = Soundness(threading.Event())
    found = list(soundness.check(put("a.warc", junk + data)))
    assert bool(found) == (gap > 10), "of a few, the first begins a header that ends"
    assert soundness.records >= 1
    cut = Soundness(threading.Event())
    told = [f.what for f in cut.check(put("b.warc", data + b"WARC/1.0\r\nWARC-Type: resp"))]
    assert "cut off in a record's header" in told


def test_a_warc_that_ends_in_a_zip_is_no_wacz(put):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "x")
    head = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:0d1c4b29-6d5c-4e3c-9c39-3f7f0f1e0a11>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://site.example/a.docx\r\n"
    block = made.getvalue()
    data = head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"
    assert list(Soundness(threading.Event()).check(put("a.warc", data))) == []


def test_records_that_claim_more_than_there_is_are_not_read_to_the_end(put):
    """Each is broken at its header: else the file would be read once for every one of them."""
    head = b"WARC/1.1\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 99 + b"\n"

    class Counting(io.BufferedReader):
        octets = 0

        def read(self, size=-1):
            data = super().read(size)
            Counting.octets += len(data)
            return data

    path = put("a.warc", head * 20_000)
    with Counting(io.FileIO(path)) as file:
        found = list(islice(read_records(file, "a.warc", lambda _: True), 50))
    assert {one.what for one in found} == {
        f"cut off: {99999999 + at * len(head) + len(head) - 100 - path.stat().st_size} of a record's"
        " 99999999 bytes lack"
        for at in range(50)
    }
    assert Counting.octets < 20_000_000
