"""Our own check knows each rule of WARC/1.1 that a record of ours can break; W01 and so on are cases."""

from __future__ import annotations

import pytest
from exchanges import ANSWERS, CUT_ANSWERS, capture, fill, keeper, replace_bytes
from surgery import END, on_record, put, with_block, with_field, without

from eafarchive import http1
from eafarchive.archive.captures.members import read_members
from eafarchive.archive.directory.holdings import Archive
from workbench import warc_findings

URL = "https://example.org/2024/01/02/slug-0/"
PAGE = ANSWERS["length"][0]
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
ASKED = b'GET /2024/01/02/slug-0/ HTTP/1.1\r\nHost: example.org\r\nIf-None-Match: "a"\r\n\r\n'
ID = b"<urn:uuid:00000000-0000-4000-8000-000000000000>"
SHA1 = http1.digest(b"").encode()
R, V, M, Q, W = "response", "revisit", "metadata", "request", "warcinfo"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A page, the same page once more, a 304 for it, a chunked answer and one cut off."""
    root = tmp_path_factory.mktemp("good")
    with keeper(root) as run:
        run.append(capture(0, PAGE), "https://example.org/sitemap.xml")
        run.append(capture(1, PAGE, target_uri=URL), "https://example.org/sitemap.xml")
        run.append(capture(2, NOT_MODIFIED, target_uri=URL, request=ASKED), None)
        run.append(capture(3, ANSWERS["chunked"][0]), None)
        run.append(capture(4, CUT_ANSWERS["in the body"][0], truncated="disconnect"), None)
    (path,) = Archive(root).warc_files()
    return path


@pytest.fixture
def check(good, tmp_path):
    """What is found in the good file after a cut, in the order of finding."""

    def run(*cuts):
        content = good.read_bytes()
        for cut in cuts:
            content = cut(content)
        path = tmp_path / good.name
        path.write_bytes(content)
        found = list(warc_findings(path, {}))
        assert all(f.severity == "error" and f.action for f in found)
        return [f.what for f in found]

    return run


def begins(found, *starts):
    return len(found) == len(starts) and all(map(str.startswith, found, starts))


def test_nothing_is_found_in_a_good_file(check):
    assert check() == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (put(b"WARC-IP-Address: ", b"WARC-IP-Address:\r\n "), "not a named field"),
        (put(b"WARC-IP-Address: ", b"WARC-IP-Address: \r\n a: "), "folded, or not a field name"),
        (put(b"WARC-IP-Address", b"WARC IP-Address"), "folded, or not a field name"),
        (with_field(b"WARC-IP-Address", b"\xe9"), "field is not UTF-8"),
        (with_field(b"WARC-IP-Address", b"192.0.2.7\n"), "a control character"),
        (put(b"WARC-Type: ", b"WARC-Type: response\r\nwarc-type: "), "WARC-Type stands 2 times"),
        (put(b"WARC/1.1", b"WARC/1.0"), "does not begin with WARC/1.1"),
        (put(b"WARC/1.1\r\n", b"warc/1.1\r\n"), "does not begin with WARC/1.1"),
        (put(b"WARC/1.1\r\n", b"WARC/1.1\n"), "does not begin with WARC/1.1"),
        (lambda record: record[:-4] + b"\n\n\n\n", "block of"),
        (lambda record: record + b"\r\n", "block of"),
        (with_field(b"Content-Length", b"+1"), "no valid Content-Length"),
        (with_field(b"Content-Type", b"text/html"), "Content-Type is not application/http"),
        (without(b"Content-Type"), "Content-Type is not application/http"),
    ],
)
def test_w01_version_line_ends_fields_and_framing(change, found, check):
    assert any(what.startswith(found) for what in check(on_record(R, change)))


@pytest.mark.parametrize(
    "wrong",
    [
        *(b"urn:uuid:00000000-0000-4000-8000-000000000000", ID.upper(), b"<urn:isbn:1>"),
        *(b"<urn:uuid:0000>", b"<http://example.org/1>", ID[:-1] + b"0>", ID + b" "[:0] + b">"),
    ],
)
def test_w02_the_syntax_of_ids(wrong, check):
    assert "WARC-Record-ID: not <urn:uuid" in str(
        check(on_record(M, with_field(b"WARC-Record-ID", wrong)))
    )


def test_w02_ids_are_unique_over_all_files(tmp_path):
    fill(tmp_path, 1)
    fill(tmp_path, 1, first=1)
    one, two = Archive(tmp_path).warc_files()
    replace_bytes(two, one.read_bytes().replace(one.name.encode(), two.name.encode()))
    seen = {}
    assert list(warc_findings(one, seen)) == []
    found = [f.what for f in warc_findings(two, seen)]
    assert sum(what.startswith(f"its id was given before, at {one.name}@") for what in found) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        *(b"2026-11-24T03:05:00.1234567890Z", b"2026-11-24T03:05:00+00:00", b"2026-11-24"),
        *(b"2026-02-29T00:00:00Z", b"2026-11-24T24:00:00Z", b"2026-11-24T03:05:60Z", b""),
        *(b"2026-11-24 03:05:00Z", b"20261124030500", b"2026-13-01T00:00:00Z"),
    ],
)
def test_w03_dates_that_are_none(wrong, check):
    found = check(on_record(W, with_field(b"WARC-Date", wrong)))
    assert begins(found, "WARC-Date: ")


def test_w03_one_date_for_one_exchange(check):
    for kind in (Q, M):
        found = check(on_record(kind, with_field(b"WARC-Date", b"2026-11-24T03:05:00Z")))
        assert found == ["its WARC-Date is not that of its exchange"]


def test_w04_a_changed_response_block(check):
    found = check(on_record(R, put(b"invented", b"inverted")))
    assert found == ["its block is not the one digested", "its payload is not the one digested"]
    found = check(on_record(R, put(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 KO")))
    assert found == ["its block is not the one digested"]


def test_w05_a_request_that_is_none_or_alone(check):
    for change in (put(b"GET /", b"GET"), put(b" HTTP", b"HTTP"), lambda block: block[:-2]):
        assert begins(check(on_record(Q, with_block(change))), "its block is no HTTP request")
    found = check(on_record(Q, without(b"WARC-Concurrent-To")))
    assert begins(found, "says not to which response it belongs")
    found = check(on_record(Q, with_field(b"WARC-Target-URI", b"https://example.org/x")))
    assert found == ["its WARC-Target-URI is not that of its exchange"]


def test_w06_a_payload_digest_over_chunk_framing(check):
    wrong = http1.digest(ANSWERS["chunked"][0].partition(END)[2]).encode()
    found = check(on_record(R, with_field(b"WARC-Payload-Digest", wrong), 1))
    assert found == ["its payload is not the one digested"]


def test_w08_digests_spelled_otherwise(check):
    for wrong in (SHA1.lower(), b"sha256:" + b"0" * 64, b"md5:0", SHA1[5:]):
        assert "WARC-Block-Digest: not sha1:" in str(
            check(on_record(R, with_field(b"WARC-Block-Digest", wrong)))
        )


@pytest.mark.parametrize("kind", [W, M])
def test_w09_a_payload_digest_where_there_is_no_payload(kind, check):
    found = check(on_record(kind, with_field(b"WARC-Payload-Digest", SHA1)))
    assert found == [f"WARC-Payload-Digest may not stand on a {kind} record"]


def test_w10_cut_and_not_marked_or_marked_and_not_cut(check):
    found = check(on_record(R, without(b"WARC-Truncated"), 2))
    assert begins(found, "not a whole HTTP answer, and not marked truncated: cut off")
    found = check(on_record(R, with_field(b"WARC-Truncated", b"length")))
    assert found == ["marked truncated: length, but it is a whole HTTP answer"]
    assert begins(
        check(on_record(R, with_field(b"WARC-Truncated", b"maybe"), 2)),
        "WARC-Truncated: not a reason of section 5.15",
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (without(b"WARC-Profile"), "WARC-Profile is none of WARC/1.1"),
        (put(b"warc/1.1/revisit", b"warc/1.0/revisit"), "WARC-Profile is none of WARC/1.1"),
        (without(b"WARC-Payload-Digest"), "WARC-Payload-Digest is missing"),
        (without(b"WARC-Truncated"), "its payload is left out"),
        (without(b"WARC-Refers-To-Date"), "WARC-Refers-To-Date is missing"),
        (without(b"WARC-Refers-To-Target-URI"), "WARC-Refers-To-Target-URI is missing"),
        (without(b"WARC-Refers-To"), "WARC-Refers-To is missing"),
        (with_field(b"WARC-Refers-To", ID), "revisits a record that is not there"),
        (with_field(b"WARC-Refers-To-Date", b"2026-11-24T03:05:00Z"), "WARC-Refers-To-Date is not"),
        (
            with_field(b"WARC-Refers-To-Target-URI", b"https://x/"),
            "WARC-Refers-To-Target-URI is not",
        ),
        (with_field(b"WARC-Payload-Digest", SHA1), "its payload digest is not that of what it"),
        (with_block(lambda block: block + b"body"), "its block is not the head of an HTTP answer"),
        (with_block(lambda block: block[:-2]), "its block is not the head of an HTTP answer"),
    ],
)
def test_w11_an_identical_payload_revisit(change, found, check):
    assert any(what.startswith(found) for what in check(on_record(V, change)))


def test_w14_what_a_person_accepted_stands_on_a_response_and_says_yes(check):
    assert check(on_record(R, with_field(b"Eafarchive-Accepted", b"yes"))) == []
    found = check(on_record(R, with_field(b"Eafarchive-Accepted", b"no")))
    assert begins(found, "Eafarchive-Accepted: is not yes")
    found = check(on_record(V, with_field(b"Eafarchive-Accepted", b"yes")))
    assert begins(found, "Eafarchive-Accepted may not stand on a revisit record")


def test_w12_a_304_revisit(check):
    found = check(on_record(V, with_block(put(b"304", b"200")), 1))
    assert begins(found, "its profile is server-not-modified, but the status is 200")
    found = check(on_record(V, without(b"WARC-Refers-To-Date"), 1))
    assert begins(found, "WARC-Refers-To-Date is missing")


def test_w13_a_revisit_of_a_revisit(check, good):
    with good.open("rb") as file:
        ids = [r.record_id for r in read_members(file) if r.kind == V]
    own = b"<%s>" % ids[0].encode()
    found = check(on_record(V, with_field(b"WARC-Refers-To", own), 1))
    assert begins(found, "revisits a revisit record, which is no full response")


MISPLACED = [
    *(("WARC-Refers-To", ID, kind) for kind in (W, R, Q)),
    *(("WARC-Refers-To-Target-URI", b"https://x/", kind) for kind in (W, R, Q, M)),
    *(("WARC-Refers-To-Date", b"2026-11-24T03:05:00Z", kind) for kind in (W, R, Q, M)),
    *(("WARC-Filename", b"x", kind) for kind in (R, Q, M, V)),
    *(("WARC-Profile", b"http://x/", kind) for kind in (W, R, Q, M)),
    ("WARC-IP-Address", b"192.0.2.7", W),
    ("WARC-Target-URI", b"https://x/", W),
    ("WARC-Warcinfo-ID", ID, W),
    ("WARC-Concurrent-To", ID, W),
    ("WARC-Identified-Payload-Type", b"text/html", M),
]


@pytest.mark.parametrize(("name", "value", "kind"), MISPLACED)
def test_w14_a_field_on_a_record_that_may_not_have_it(name, value, kind, check):
    assert f"{name} may not stand on a {kind} record" in check(
        on_record(kind, with_field(name.encode(), value))
    )


def test_w15_a_warcinfo_that_says_too_little_or_is_not_referred_to(check):
    for line in (b"software", b"format", b"conformsTo"):
        found = check(on_record(W, with_block(put(line, b"x-" + line))))
        assert found == [f"says nothing of its {line.decode().lower()}"]
    assert check(on_record(W, put(b"WARC-Filename: eaf", b"WARC-Filename: xaf"))) == [
        "was renamed: WARC-Filename is another"
    ]
    for kind in (R, V, Q, M):
        found = check(on_record(kind, with_field(b"WARC-Warcinfo-ID", ID)))
        assert found == ["does not refer to the file's warcinfo"]
        assert check(on_record(kind, without(b"WARC-Warcinfo-ID"))) == found


def test_w16_a_name_that_is_not_ours(tmp_path, good):
    path = tmp_path / "mine-20261124030500-00000.warc.gz"
    path.write_bytes(on_record(W, put(good.name.encode(), path.name.encode()))(good.read_bytes()))
    assert [f.what for f in warc_findings(path, {})] == ["is not named as we name files"]


def test_w17_no_segments(check):
    found = check(on_record(R, with_field(b"WARC-Segment-Number", b"1")))
    assert found == ["is a segment, and we never write one"]
    found = check(on_record(M, with_field(b"WARC-Type", b"continuation")))
    assert begins(found, "WARC-Type is 'continuation'")


def test_w19_metadata_about_nothing_or_that_is_no_list_of_fields(check):
    assert begins(check(on_record(M, without(b"WARC-Concurrent-To"))), "says not what it is about")
    for block in (b"via", b"via: x", b"via: x\n", b"via: \x07\r\n", b"a b: x\r\n"):
        found = check(on_record(M, with_block(lambda _, block=block: block)))
        assert found == ["its block is no application/warc-fields"]
    found = check(on_record(M, with_block(lambda _: b"via: \xff\r\n")))
    assert found == ["its block is not UTF-8"]


def test_w20_addresses(check):
    for wrong in (b"192.0.2.007", b"2001:DB8::7", b"2001:db8:0:0:0:0:0:7", b"example.org", b""):
        assert begins(check(on_record(R, with_field(b"WARC-IP-Address", wrong))), "WARC-IP-Address")


@pytest.mark.parametrize(
    "wrong",
    [
        *(b"https://example.org/a b", b"<https://example.org/>", "https://example.org/é".encode()),
        *(b"https://me@example.org/", b"https://me:secret@example.org/", b"/a", b"", b"https:///a"),
        *(
            b"https://example.org/#a",
            b"https://example.org/%zz",
            b'https://example.org/"',
            b"http:",
        ),
        *(b"https://example.org/{a}", b"https://example.org/a\\b", b"https://exa[mple.org/"),
    ],
)
def test_w21_target_uris_that_are_none(wrong, check):
    assert "WARC-Target-URI: " in str(check(on_record(R, with_field(b"WARC-Target-URI", wrong))))


@pytest.mark.parametrize(
    "right",
    [
        *(
            b"https://example.org/a?b=c&d=%C3%A9",
            b"https://[2001:db8::7]:8080/",
            b"dns:example.org",
        ),
        *(b"https://example.org", b"https://example.org:80/~a/(b);c=d,e'f!$*+@:?/?"),
    ],
)
def test_w21_target_uris_that_are_some(right, check):
    found = check(*(on_record(k, with_field(b"WARC-Target-URI", right), 1) for k in (R, Q)))
    assert "WARC-Target-URI: " not in str(found)


def test_w22_fields_that_a_uri_smuggled_in(check):
    smuggled = put(b"/slug-0/\r\n", b"/slug-0/\r\nX-Evil: yes\r\n")
    assert check(on_record(R, smuggled)) == ["'x-evil' is no field that we write"]
    smuggled = put(b"/slug-0/\r\n", b"/slug-0/\r\nWARC-Truncated: length\r\n")
    assert check(on_record(R, smuggled)) == [
        "marked truncated: length, but it is a whole HTTP answer"
    ]


def test_a_second_warcinfo(check, good):
    found = check(lambda content: content + content[: content.index(b"\x1f\x8b\x08\0", 10)])
    assert "a second warcinfo in one file" in found
