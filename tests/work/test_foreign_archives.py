"""Other people's archives through `extract`: one article, in every dress that WARC writers give it."""

import gzip
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from eafarchive.model import NotAnArticle
from eafarchive.work.pages.extract import extract_files
from shapes import SHAPES, UUID, answer, heritrix, revisit, sha1, warc, wget
from workbench import Bench


@pytest.fixture(scope="module")
def reader(server, tmp_path_factory):
    bench = Bench(tmp_path_factory.mktemp("reader"), server.base_url)
    with bench.reader() as reader:
        yield reader


@pytest.fixture
def extract_all(reader):
    def extract_all(*paths, stdin=b""):
        faults = []
        found = extract_files(list(paths), None, io.BytesIO(stdin), reader, faults.append)
        return list(found), faults

    return extract_all


@pytest.fixture
def article(crawled, origin):
    """The address and bytes of an article, and what its record says."""
    subject = origin.site.articles[0]
    return (
        subject.url(origin.base_url),
        subject.raw(origin.base_url),
        crawled.by_path()[subject.path],
    )


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_gives_the_article(shape, article, extract_all, tmp_path):
    url, page, held = article
    name, data = shape(url, page)
    (record,), faults = extract_all(put(tmp_path, name, data))
    assert (record.text, record.title, record.url) == (held["text"], held["title"], held["url"])
    assert record.capture.captured_at == "2024-03-05T06:07:08Z"
    assert record.capture.warc.partition("/")[0] == name
    assert {f.severity for f in faults} <= {"warning"}
    assert len(faults) == {"old_and_loose": 2, "one_member": 1}.get(shape.__name__, 0)
    piped, _ = extract_all(Path("-"), stdin=data)
    assert [r.text for r in piped] == [held["text"]]


def test_the_place_is_that_of_the_record(article, extract_all, tmp_path):
    url, page, _ = article
    name, data = heritrix(url, page)
    (record,), _ = extract_all(put(tmp_path, name, data))
    place = record.capture
    assert gzip.decompress(data[place.offset : place.offset + place.length]).startswith(b"WARC/1.0")
    assert f"<{place.record_id}>" == UUID.format(1)
    assert record.capture.payload_digest == sha1(gzip.compress(page, mtime=0))


@pytest.mark.parametrize("field", ["WARC-Block-Digest", "WARC-Payload-Digest"])
@pytest.mark.parametrize(
    "said", [sha1(b"other"), "sha1:" + "0" * 40, "SHA256:" + "a" * 64, "md5:" + "b" * 32]
)
def test_a_wrong_digest_is_a_warning_and_no_lost_record(
    field, said, article, extract_all, tmp_path
):
    url, page, held = article
    _, data = wget(url, page)
    plain = b"".join(
        line
        for line in gzip.decompress(data).splitlines(keepends=True)
        if not line.startswith(field.encode())
    )
    plain = plain.replace(b"WARC-IP-Address", f"{field}: {said}\r\nWARC-IP-Address".encode())
    (record,), (fault,) = extract_all(put(tmp_path, "a.warc", plain))
    assert record.text == held["text"]
    assert fault.severity == "warning"
    assert f"{field} is {said}, but" in fault.what


def test_a_digest_in_an_unknown_algorithm_is_no_fault(article, extract_all, tmp_path):
    url, page, _ = article
    _, data = wget(url, page)
    plain = gzip.decompress(data).replace(b"Digest: sha1:", b"Digest: blake9:")
    (_,), faults = extract_all(put(tmp_path, "a.warc", plain))
    assert faults == []


def names_of_target(url, page):
    refers = [("WARC-Refers-To-Target-URI", url), ("WARC-Refers-To-Date", "2024-03-05T06:07:08Z")]
    return {
        "id": [("WARC-Refers-To", UUID.format(1))],
        "uri and date": refers,
        "digest": [("WARC-Payload-Digest", sha1(gzip.compress(page, mtime=0)))],
    }


@pytest.mark.parametrize("by", ["id", "uri and date", "digest"])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_revisit_is_resolved_in_any_order_of_the_files(by, order, article, extract_all, tmp_path):
    url, page, held = article
    name, data = heritrix(url, page)
    fields = names_of_target(url, page)[by]
    files = {
        "a": put(tmp_path, name, data),
        "b": put(tmp_path, "b.warc", revisit(url, UUID.format(7), fields, answer(b""))),
    }
    made, faults = extract_all(*(files[letter] for letter in order))
    assert faults == []
    assert [r.text for r in made] == [held["text"]] * 2
    assert [r.capture.captured_at[:4] for r in made] == ["2024", "2025"]
    assert made[1].capture.warc == "b.warc"
    assert made[1].capture.payload_digest == made[0].capture.payload_digest


def test_a_revisit_without_its_target_is_one_warning(article, extract_all, tmp_path):
    url, _, _ = article
    lost = revisit(url, UUID.format(7), [("WARC-Refers-To", UUID.format(1))])
    made, (fault,) = extract_all(put(tmp_path, "b.warc", lost))
    assert made == []
    assert (fault.severity, fault.where) == ("warning", "b.warc@0")
    assert "whose target is in none of the files" in fault.what


@pytest.mark.parametrize("damage", ["member", "header", "length", "garbage between"])
@pytest.mark.parametrize("zipped", [True, False])
def test_damage_costs_its_record_and_one_line(damage, zipped, article, extract_all, tmp_path):
    url, page, held = article
    parts = [gzip.decompress(heritrix(url, page)[1]) for _ in range(3)]
    if damage == "header":
        parts[1] = b"WARC~1.0" + parts[1][8:]
    if damage == "length":
        parts[1] = parts[1].replace(b"Content-Length: 8\r", b"Content-Length: 9\r", 1)
        parts[1] = parts[1].replace(b"\r\nContent-Length: ", b"\r\nContent-Length: 9", 1)
    if zipped:
        parts = [b"".join(gzip.compress(r) for r in split(part)) for part in parts]
    if damage == "member":
        parts[1] = parts[1][:200] + bytes(40) + parts[1][240:]
    if damage == "garbage between":
        parts[1] = b"\x1f\x8b\x08 no more \x00" + parts[1]
    made, faults = extract_all(put(tmp_path, "a.warc", b"".join(parts)))
    articles = [r for r in made if not isinstance(r, NotAnArticle)]
    assert len(articles) >= 2
    assert all(r.text == held["text"] for r in articles)
    assert 1 <= len(faults) <= 2


def split(records):
    at = records.find(b"WARC/1.0\r\nWARC-Type: metadata")
    return (records[:at], records[at:]) if at > 0 else (records,)


def test_fastwarcs_own_file(article, extract_all, tmp_path):
    url, page, held = article
    block = answer(page, f"Content-Length: {len(page)}")
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = "2024-03-05T06:07:08Z"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(block)
    path = tmp_path / "f.warc.gz"
    with path.open("wb") as file:
        stream = GzipWriter(file)
        record.write(stream, checksum_data=True)
        stream.close()
    (made,), faults = extract_all(path)
    assert (made.text, faults) == (held["text"], [])


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
@pytest.mark.parametrize("options", [[], ["--no-warc-compression"]])
def test_wgets_own_files(options, article, extract_all, tmp_path):
    url, _, held = article
    asked = ["wget", "-q", "--no-config", "-O", "page", "--warc-cdx", *options]
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    subprocess.run([*asked, "--warc-file=one", url], cwd=tmp_path, check=True, env=env, timeout=60)
    again = ["--warc-dedup=one.cdx", "--warc-file=two"]
    subprocess.run([*asked, *again, url], cwd=tmp_path, check=True, env=env, timeout=60)
    made, faults = extract_all(*sorted(tmp_path.glob("*.warc*")))
    assert faults == []
    assert [r.text for r in made] == [held["text"]] * len(made)
    assert len(made) == 2


def test_a_warc_of_another_site_is_quiet(extract_all, tmp_path):
    about = [("WARC-Type", "response"), ("WARC-Record-ID", UUID.format(1))]
    about += [("WARC-Target-URI", "dns:site.example"), ("Content-Type", "text/dns")]
    path = put(tmp_path, "a.warc", warc("1.0", about, b"20240305\n"))
    assert extract_all(path) == ([], [])
