"""One page as the WARC writers of the world would hold it, by the facts of their formats.

Header sets and their order are those of the writers' own code and documentation; the words, hosts and
ids are invented.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile

WHEN = "2024-03-05T06:07:08Z"
UUID = "<urn:uuid:0000000{}-1111-4222-8333-444455556666>"


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def warc(version, fields, block, eol="\r\n", end="\r\n\r\n"):
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in fields)]
    lines.append(f"Content-Length: {len(block)}")
    return (eol.join(lines) + 2 * eol).encode() + block + end.encode()


def answer(body, *fields, status="HTTP/1.1 200 OK"):
    lines = [status, "Content-Type: text/html; charset=UTF-8", *fields]
    return "\r\n".join([*lines, "", ""]).encode() + body


def chunked(body):
    parts = [body[at : at + 4000] for at in range(0, len(body), 4000)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def zipped(records):
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def wget(url, page):
    """Target URIs in angle brackets, digests over the chunk framing."""
    body = chunked(page)
    block = answer(body, "Transfer-Encoding: chunked")
    about = [("WARC-Target-URI", f"<{url}>"), ("WARC-Date", WHEN)]
    info = [("WARC-Type", "warcinfo"), ("Content-Type", "application/warc-fields")]
    info += [
        ("WARC-Date", WHEN),
        ("WARC-Record-ID", UUID.format(1)),
        ("WARC-Filename", "a.warc.gz"),
    ]
    asked = [("WARC-Type", "request"), ("Content-Type", "application/http;msgtype=request")]
    asked += [*about, ("WARC-Record-ID", UUID.format(2)), ("WARC-Warcinfo-ID", UUID.format(1))]
    got = [("WARC-Type", "response"), ("WARC-Record-ID", UUID.format(3))]
    got += [("WARC-Warcinfo-ID", UUID.format(1)), ("WARC-Concurrent-To", UUID.format(2)), *about]
    got += [("WARC-IP-Address", "192.0.2.7"), ("WARC-Block-Digest", sha1(block))]
    got += [("WARC-Payload-Digest", sha1(body))]
    got += [("Content-Type", "application/http;msgtype=response")]
    log = [("WARC-Type", "resource"), ("WARC-Record-ID", UUID.format(4)), ("WARC-Date", WHEN)]
    log += [("WARC-Target-URI", "<metadata://gnu.org/software/wget/warc/wget.log>")]
    log += [("Content-Type", "text/plain")]
    records = [
        warc("1.0", info, b"software: Wget/1.21.3 (linux-gnu)\r\nformat: WARC File Format 1.0\r\n"),
        warc("1.0", asked, b"GET / HTTP/1.1\r\n\r\n"),
        warc("1.0", got, block),
        warc("1.0", log, b"saved"),
    ]
    return "wget.warc.gz", zipped(records)


def heritrix(url, page):
    body = gzip.compress(page, mtime=0)
    block = answer(body, "Content-Encoding: gzip", f"Content-Length: {len(body)}")
    got = [("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", WHEN)]
    got += [("WARC-Payload-Digest", sha1(body)), ("WARC-IP-Address", "192.0.2.7")]
    got += [("WARC-Record-ID", UUID.format(1))]
    got += [("Content-Type", "application/http; msgtype=response")]
    more = [("WARC-Type", "metadata"), ("WARC-Target-URI", url), ("WARC-Date", WHEN)]
    more += [("WARC-Concurrent-To", UUID.format(1)), ("WARC-Record-ID", UUID.format(2))]
    more += [("Content-Type", "application/warc-fields")]
    said = b"via: https://site.example/\r\nhopsFromSeed: L\r\nfetchTimeMs: 120\r\n"
    return "IA-20240305060708-00000-1~h~8443.warc.gz", zipped(
        [warc("1.0", got, block), warc("1.0", more, said)]
    )


def common_crawl(url, page):
    """The body decoded, and the fields that told of codings renamed."""
    coded = [f"X-Crawl-Content-Length: {len(page) // 3}", "X-Crawl-Content-Encoding: gzip"]
    block = answer(
        page, *coded, "X-Crawl-Transfer-Encoding: chunked", f"Content-Length: {len(page)}"
    )
    got = [("WARC-Type", "response"), ("WARC-Date", WHEN), ("WARC-Record-ID", UUID.format(1))]
    tail = [("Content-Type", "application/http; msgtype=response")]
    tail += [("WARC-Warcinfo-ID", UUID.format(9)), ("WARC-Concurrent-To", UUID.format(2))]
    tail += [("WARC-IP-Address", "192.0.2.7"), ("WARC-Target-URI", url)]
    tail += [("WARC-Payload-Digest", sha1(page)), ("WARC-Block-Digest", sha1(block))]
    tail += [("WARC-Identified-Payload-Type", "text/html")]
    return "CC-MAIN-20240305-00001.warc.gz", zipped([warc("1.0", got + tail, block)])


def browsertrix(url, page):
    """A WACZ with indexes, pages and digests; hexadecimal SHA-256; snapshots as resources."""
    block = answer(page, "x-orig-content-encoding: br", "x-orig-transfer-encoding: chunked")
    got = [("WARC-Record-ID", UUID.format(1)), ("WARC-Target-URI", url), ("WARC-Date", WHEN)]
    got += [("WARC-Type", "response"), ("WARC-Page-ID", "p1"), ("WARC-Resource-Type", "document")]
    got += [("WARC-JSON-Metadata", '{"ipType":"Public","cert":{"issuer":"X"}}')]
    got += [("Content-Type", "application/http; msgtype=response")]
    got += [("WARC-Payload-Digest", sha256(page)), ("WARC-Block-Digest", sha256(block))]
    seen = [("WARC-Record-ID", UUID.format(2)), ("WARC-Target-URI", f"urn:pageinfo:{url}")]
    seen += [("WARC-Date", WHEN), ("WARC-Type", "resource"), ("Content-Type", "application/json")]
    data = zipped([warc("1.1", got, block), warc("1.1", seen, b'{"pageid":"p1"}')])
    line = {"url": url, "mime": "text/html", "status": "200", "filename": "rec-1.warc.gz"}
    index = f"org,example)/ 20240305060708 {json.dumps(line)}\n".encode()
    files = {"archive/rec-1.warc.gz": data, "indexes/index.cdx.gz": gzip.compress(index, mtime=0)}
    files["pages/pages.jsonl"] = b'{"format":"json-pages-1.0","id":"pages"}\n'
    resources = [
        {"name": n.rpartition("/")[2], "path": n, "hash": sha256(d), "bytes": len(d)}
        for n, d in files.items()
    ]
    package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as wacz:
        for name, content in files.items():
            wacz.writestr(zipfile.ZipInfo(name), content)
        wacz.writestr(zipfile.ZipInfo("datapackage.json"), json.dumps(package))
    return "site.wacz", out.getvalue()


def over_http_2(url, page):
    block = answer(page, status="HTTP/2 200")
    got = [("WARC-Type", "response"), ("WARC-Record-ID", UUID.format(1)), ("WARC-Date", WHEN)]
    got += [("WARC-Target-URI", url), ("Content-Type", "application/http; msgtype=response")]
    return "h2.warc", warc("1.1", got, block)


def undone_codings(url, page):
    """The body decoded under the head as it came: neither chunks nor gzip are there."""
    block = answer(page, "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    got = [("WARC-Type", "response"), ("WARC-Record-ID", UUID.format(1)), ("WARC-Date", WHEN)]
    got += [("WARC-Target-URI", url), ("Content-Type", "application/http; msgtype=response")]
    got += [("WARC-Payload-Digest", sha1(page))]
    return "undone.warc", warc("1.1", got, block)


def wrong_length(url, page):
    """The body decoded under the length of the coded one."""
    block = answer(page, f"Content-Length: {len(page) // 3}", "Content-Encoding: gzip")
    got = [("WARC-Type", "response"), ("WARC-Record-ID", UUID.format(1)), ("WARC-Date", WHEN)]
    got += [("WARC-Target-URI", url), ("Content-Type", "application/http; msgtype=response")]
    return "length.warc", warc("1.1", got, block)


def old_and_loose(url, page):
    """WARC/0.17, lower-case names, a folded field, LF for CR LF, one line end after the block."""
    got = [("warc-type", "response"), ("warc-record-id", UUID.format(1)), ("warc-date", WHEN)]
    got += [("warc-target-uri", url), ("content-type", "application/http;\n msgtype=response")]
    block = answer(page, f"Content-Length: {len(page)}")
    return "old.warc", warc("0.17", got, block, eol="\n", end="\n")


def one_member(url, page):
    name, data = wget(url, page)
    return name, gzip.compress(gzip.decompress(data), mtime=0)


def resource(url, page):
    got = [("WARC-Type", "resource"), ("WARC-Record-ID", UUID.format(1)), ("WARC-Date", WHEN)]
    got += [("WARC-Target-URI", url), ("Content-Type", "text/html; charset=utf-8")]
    got += [("WARC-Block-Digest", sha1(page))]
    return "resource.warc", warc("1.1", got, page)


def arc(url, page, version=1):
    block = answer(page, f"Content-Length: {len(page)}")
    if version == 1:
        head = b"1 0 Somebody\nURL IP-address Archive-date Content-type Archive-length\n"
        line = f"{url} 192.0.2.7 20240305060708 text/html {len(block)}\n"
    else:
        head = b"2 0 Somebody\nURL IP-address Archive-date Content-type Result-code Checksum"
        head += b" Location Offset Filename Archive-length\n"
        line = f"{url} 192.0.2.7 20240305060708 text/html 200 - - 0 a.arc {len(block)}\n"
    first = b"filedesc://a.arc 0.0.0.0 20240305060708 text/plain %d\n%b\n" % (len(head), head)
    return "a.arc.gz", zipped([first, line.encode() + block + b"\n"])


def arc_2(url, page):
    return arc(url, page, 2)


SHAPES = (
    wget, heritrix, common_crawl, browsertrix, over_http_2, undone_codings, wrong_length,
    old_and_loose, one_member, resource, arc, arc_2,
)  # fmt: skip


def revisit(url, record_id, fields, head=b""):
    """As Heritrix, warcio, wget and FastWARC write one; ``fields`` name its target."""
    got = [("WARC-Type", "revisit"), ("WARC-Record-ID", record_id), ("WARC-Target-URI", url)]
    got += [("WARC-Date", "2025-01-01T00:00:00Z")]
    profile = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    got += [("WARC-Profile", profile), ("WARC-Truncated", "length"), *fields]
    got += [("Content-Type", "application/http; msgtype=response")]
    return warc("1.0", got, head)
