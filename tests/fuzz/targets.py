"""What is fuzzed: one function a target, which takes bytes and fails where a promise is broken."""

import atexit
import contextlib
import functools
import gzip
import io
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eafarchive import codings, http1
from eafarchive.archive.captures.index import index_records
from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.others.foreign import read_stream
from eafarchive.archive.others.loose import LooseRecord, read_records
from eafarchive.config import load_profile, load_settings
from eafarchive.discovery.leads import MAX_URLS, read_leads
from eafarchive.discovery.manners import MAX_WAIT, read_robots, retry_after
from eafarchive.discovery.paths import record_path
from eafarchive.discovery.urls import canonical_key, clean_url, resolve
from eafarchive.errors import ConfigError, DamageError
from eafarchive.extraction import Page, extract
from eafarchive.extraction.lines.dates import parse_date
from eafarchive.model import Finding
from eafarchive.record import decode_record
from eafarchive.terminal import plain
from workbench import warc_findings

URL = "https://site.example/2016/06/02/slug/"
LIMIT = 1 << 20
SITE = load_profile("eastasiaforum")
SITE = msgspec.structs.replace(SITE, hosts=("site.example",))
TAG = re.compile(
    r"</?(?:a|abbr|blockquote|br|cite|code|em|figcaption|figure|h[2-6]|hr|img|li|ol|p|pre|q|strong"
    r"|sub|sup|table|tbody|td|th|thead|tr|ul)(?: (?:href|src|alt|title)=\"[^\"<>]*\")*>"
)


def http1_messages(data):
    said = http1.parse(data)
    assert 0 <= said.head_length <= len(data)
    assert said.end + said.excess == len(data)
    payload = http1.payload(data)
    assert len(payload) <= len(data)
    assert http1.digest(payload) == http1.payload_digest(data)
    interim, final = http1.split_interim(data)
    assert interim + final == data
    assert not said.complete or not said.cut
    http1.header(said, "content-encoding")
    if (start := http1.head_length(data)) is not None:
        incoming = http1.Incoming(data[:start], start)
        is_whole = incoming.problem is None and incoming.is_whole(bytearray(data))
        assert is_whole == (incoming.problem is None and said.complete and said.framing != "close")
    if said.complete and not said.problem and said.framing != "close":
        assert http1.parse(data[: said.end]) == msgspec.structs.replace(said, excess=0)


def content_codings(data):
    coding = ("gzip", "deflate", "br", "zstd", "identity", None)[data[0] % 6 if data else 0]
    decoded = codings.decode(data[1:], coding, LIMIT)
    assert len(decoded.data) <= LIMIT
    if coding == "gzip" and decoded.problem is None and data[1:]:
        assert gzip.decompress(data[1:]) == decoded.data


def leads(data):
    found = read_leads(data, URL)
    assert len(found.leads) <= MAX_URLS
    assert found.leads or found.problem
    for lead in found.leads:
        assert clean_url(lead.url) == lead.url
    assert "\n" not in (found.problem or "")


def robots(data):
    rules = read_robots(200, data)
    rules.allows(URL)
    assert rules.crawl_delay is None or 0 <= rules.crawl_delay <= MAX_WAIT
    assert all(clean_url(url) == url for url in rules.sitemaps)


def urls(data):
    text = data.decode("utf-8", "surrogateescape")
    clean = clean_url(text)
    if clean is not None:
        assert clean_url(clean) == clean
        assert clean.isascii()
        assert clean.isprintable()
        assert " " not in clean
        key = canonical_key(clean)
        assert canonical_key(f"{clean.partition(':')[0]}://{key}") == key
        path = record_path(key)
        assert re.fullmatch(r"[a-z0-9._/-]+\.json", path)
        assert not {"", ".", ".."} & set(path.split("/"))
    found = resolve(URL, text)
    assert found is None or clean_url(found) == found


def _as_file(data):
    """Byte 0 says how the rest is packed: so that damage gets past the checksums."""
    how, rest = data[0] % 3 if data else 0, data[1:]
    if how == 1:
        return gzip.compress(rest, 1, mtime=0)
    if how == 2:
        return b"".join(gzip.compress(b"WARC/" + r, 1, mtime=0) for r in rest.split(b"WARC/")[1:])
    return rest


def members(data):
    file = _as_file(data)
    end = 0
    for item in read_members(io.BytesIO(file)):
        assert item.offset == end
        if isinstance(item, WarcRecord):
            end += item.length
        else:
            end += getattr(item, "length", 0)
        assert end <= len(file)
    list(index_records(io.BytesIO(file), "x.warc.gz"))


def strict_check(data):
    path = Path(_folder(), "eafarchive-20260101000000-00001.warc.gz")
    path.write_bytes(_as_file(data))
    for finding in warc_findings(path, {}):
        assert finding.what
        assert finding.where.startswith(path.name)


@functools.cache
def _folder():
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return folder


def foreign_archives(data):
    file = _as_file(data)
    found = list(read_stream(io.BytesIO(file), "x.warc"))
    assert all(item.what for item in found if isinstance(item, Finding))
    for item in read_records(io.BytesIO(file), "x.warc", lambda _: True):
        if isinstance(item, LooseRecord) and item.block is not None:
            assert len(item.block) == item.size
            assert item.place.length > 0


def profiles(data):
    path = Path(_folder(), "x.toml")
    path.write_bytes(data)
    with contextlib.suppress(ConfigError):
        load_profile(str(path))
    with contextlib.suppress(ConfigError):
        load_settings(path)


def pages(data):
    found = extract(Page.from_html(data[: 1 << 15], URL), SITE)
    msgspec.json.encode(found).decode()
    html = getattr(found, "html", "")
    left = TAG.sub("", html)
    assert "<" not in left
    assert ">" not in left
    assert "javascript:" not in re.sub(r"https?://[^\"]*", "", "".join(TAG.findall(html)))


def records(data):
    with contextlib.suppress(DamageError):
        decode_record(data, "x")


def words(data):
    text = data.decode("utf-8", "replace")
    parsed = parse_date(text)
    assert parsed is None or parse_date(parsed) == parsed
    wait = retry_after(text, datetime(2026, 1, 1, tzinfo=UTC))
    assert wait is None or 0 <= wait <= MAX_WAIT
    shown = plain(text)
    assert shown.replace("\t", "").isprintable()


TARGETS = {
    target.__name__: target
    for target in (
        *(http1_messages, content_codings, leads, robots, urls, members, strict_check),
        *(foreign_archives, profiles, pages, records, words),
    )
}
