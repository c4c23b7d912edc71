"""What is sent and what is kept: every byte, once, and nothing else."""

import gzip
import socket
import threading
from datetime import UTC, datetime

import brotlicffi
import pytest
import zstandard

from eafarchive import http1
from eafarchive.model import Capture
from wire import OK, Wire, again, at_loopback, fetcher, once, server_tls


@pytest.fixture(params=["plain", "tls"])
def tls(request):
    return server_tls() if request.param == "tls" else None


def fetched(act, tls=None, path="/x", headers=None, **settings):
    with Wire(act, tls) as wire, fetcher(**settings) as client:
        got = client.fetch(wire.url(path), headers)
    return got, wire


HEAD = b"HTTP/1.1 200 OK\r\n"
BODY = b"<p>caf\xe9 \x00\xff</p>" * 40
WHOLE = {
    "odd_spelling": HEAD
    + b"sErVeR:odd\r\nX-Empty:\r\nX-Twice: 1\r\nX-Name: caf\xe9\r\nX-Twice:  2 \r\n"
    + b'Content-Disposition: inline; filename="a b"\r\nX-Fold: one\r\n\ttwo\r\n'
    + b"Content-Length: 2\r\n\r\nhi",
    "chunked": HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + b'3;name="x;y"\r\nabc\r\n0004\r\ndefg\r\n00\r\nX-Trailer: 1\r\n\r\n',
    "gzip": HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(BODY, mtime=0),
    "br": HEAD + b"Content-Encoding: br\r\n\r\n" + brotlicffi.compress(BODY),
    "zstd": HEAD + b"Content-Encoding: zstd\r\n\r\n" + zstandard.compress(BODY),
    "ended_by_closing": HEAD + b"\r\n" + BODY,
    "http_1_0": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    "bare_line_feeds": b"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
    "no_reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi",
    "status_600": b"HTTP/1.1 600 Odd\r\nContent-Length: 2\r\n\r\nhi",
    "empty": HEAD + b"Content-Length: 0\r\n\r\n",
    "no_content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "not_modified": b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 900\r\n\r\n',
    "cookie": HEAD + b"Set-Cookie: a=b; expires=\xff; port=99999999999; version=z\r\n"
    b"Content-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("raw", WHOLE.values(), ids=WHOLE.keys())
def test_w04_w07_response_bytes_are_those_sent(raw, tls):
    got, _ = fetched(once(raw), tls)
    assert isinstance(got, Capture)
    assert (got.response, got.interim, got.truncated, got.problem) == (raw, b"", None, None)
    assert got.ip == "127.0.0.1"


def test_w04_bytes_sent_one_by_one_are_the_same():
    raw = WHOLE["chunked"]
    got, _ = fetched(once(*(raw[at : at + 1] for at in range(len(raw)))))
    assert (got.response, got.truncated, got.problem) == (raw, None, None)


def test_w05_request_bytes_are_those_the_server_received(tls):
    got, wire = fetched(once(OK), tls, "/a%7Eb/'%c3'?q=[1]&r=%2f&#no", {"If-None-Match": '"x"'})
    assert wire.requests == [got.request]
    assert got.request.startswith(b"GET /a%7Eb/'%c3'?q=%5B1%5D&r=%2f& HTTP/1.1\r\n")
    assert b'\r\nIf-None-Match: "x"\r\n' in got.request
    assert b"\r\nUser-Agent: tester\r\n" in got.request
    assert b"\r\nAccept-Encoding: gzip\r\n" in got.request
    assert got.target_uri == wire.url("/a%7Eb/'%c3'?q=%5B1%5D&r=%2f&")


def test_captured_at_is_when_the_request_began():
    before = datetime.now(UTC)
    got, _ = fetched(once(OK))
    assert before <= got.captured_at <= datetime.now(UTC)


def test_w06_payload_is_free_of_chunks():
    got, _ = fetched(once(WHOLE["chunked"]))
    assert http1.payload(got.response) == b"abcdefg"


@pytest.mark.parametrize("value", ['"caf\xe9"', 'W/"\xff"'])
def test_a_latin_1_header_value_goes_out_as_it_came(value):
    _, wire = fetched(once(OK), headers={"If-None-Match": value})
    assert f"\r\nIf-None-Match: {value}\r\n".encode("latin-1") in wire.requests[0]


@pytest.mark.parametrize("value", ['"a"\r\nX-Evil: 1', '"\0"', " x", "\u2019", ""])
def test_w22_a_value_no_request_may_hold_is_left_out(value):
    got, wire = fetched(once(OK), headers={"If-None-Match": value, "X-Good": "1"})
    assert got.response == OK
    assert (b"if-none-match" in wire.requests[0].lower()) is (value == "")
    assert b"Evil" not in wire.requests[0]
    assert b"\r\nX-Good: 1\r\n" in wire.requests[0]


def test_s06_cookies_are_not_sent_back():
    raw = HEAD + b"Set-Cookie: a=b; path=/\r\nContent-Length: 0\r\n\r\n"
    with Wire(again(raw)) as wire, fetcher() as client:
        client.fetch(wire.url("/1"))
        client.fetch(wire.url("/2"))
    assert len(wire.requests) == 2
    assert not any(b"cookie" in head.lower() for head in wire.requests)


def test_s05_user_info_is_never_sent_nor_told(caplog):
    caplog.set_level("DEBUG")
    with Wire(once(OK)) as wire, fetcher() as client:
        got = client.fetch(wire.url(host="user:secret@127.0.0.1"))
    assert got.target_uri == wire.url()
    assert b"Authorization" not in wire.requests[0]
    assert "secret" not in caplog.text


def test_s07_queries_are_not_logged(caplog):
    caplog.set_level("INFO")
    fetched(once(OK), path="/x?token=hunter")
    assert "hunter" not in caplog.text


def test_s04_proxies_and_netrc_are_ignored(monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    got, wire = fetched(once(OK))
    assert got.response == OK
    assert b"Authorization" not in wire.requests[0]


def test_n34_http_1_1_is_the_only_protocol_offered():
    chosen = []
    context = server_tls()
    context.set_alpn_protocols(["h2", "http/1.1"])

    def act(peer):
        chosen.append(peer.sock.selected_alpn_protocol())
        once(OK)(peer)

    got, _ = fetched(act, context)
    assert chosen == ["http/1.1"]
    assert got.response == OK


def test_a_redirect_is_returned_not_followed():
    raw = b"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n"
    got, wire = fetched(once(raw))
    assert got.response == raw
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    "location",
    [
        b"",
        b"http://[::1/",
        b"http://x:99999/",
        b"javascript:alert(1)",
        b"http://\xff\xfe/",
        b"/a\tb c",
        b"http://xn--\xc3\xa9.test/",
        b"http://a..b/",
        b"http://" + b"a" * 64 + b".test/",
    ],
)
def test_n23_a_bad_redirect_target_is_only_kept(location):
    raw = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"
    got, _ = fetched(once(raw))
    assert (got.response, got.truncated, got.problem) == (raw, None, None)


@pytest.mark.parametrize(
    "raw", [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 100 Continue\n\n"]
)
def test_interim_answers_are_kept_apart(raw):
    got, _ = fetched(once(raw * 3 + OK))
    assert (got.interim, got.response, got.truncated, got.problem) == (raw * 3, OK, None, None)


def test_interim_answers_without_a_final_one():
    got, _ = fetched(once(b"HTTP/1.1 100 Continue\r\n\r\n"))
    assert got.response == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert (got.interim, got.truncated) == (b"", "disconnect")


def test_a_kept_connection_serves_one_request_after_another(tls):
    with Wire(again(OK), tls) as wire, fetcher() as client:
        got = [client.fetch(wire.url(f"/{n}")) for n in range(5)]
        assert [one.response for one in got] == [OK] * 5
        assert [one.request.split()[1] for one in got] == [b"/0", b"/1", b"/2", b"/3", b"/4"]
    assert wire.connections == 1


def test_threads_share_the_fetcher():
    with Wire(again(OK)) as wire, fetcher(connections=3) as client:
        got = []

        def work(name):
            got.extend(client.fetch(wire.url(f"/{name}{n}")) for n in range(20))

        threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {(one.response, one.problem) for one in got} == {(OK, None)}
    assert sorted(one.request for one in got) == sorted(wire.requests)
    assert wire.connections <= 3


def test_the_name_is_sent_whatever_it_resolves_to():
    with Wire(once(OK)) as wire, fetcher(resolve=at_loopback) as client:
        got = client.fetch(wire.url(host="a.test"))
    assert got.response == OK
    assert f"Host: a.test:{wire.port}\r\n".encode() in wire.requests[0]


def test_ipv6_is_spelled_as_rfc_5952_has_it():
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 loopback here")
    with listening, fetcher() as client:

        def act():
            sock, _ = listening.accept()
            with sock:
                sock.recv(65536)
                sock.sendall(OK)

        thread = threading.Thread(target=act)
        thread.start()
        got = client.fetch(f"http://[0:0::1]:{listening.getsockname()[1]}/")
        thread.join()
    assert (got.ip, got.response) == ("::1", OK)
