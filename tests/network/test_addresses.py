"""Which addresses are connected to, and what becomes of names and URLs that lead nowhere."""

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from eafarchive.model import Capture
from eafarchive.network.addresses import UnreachableError, addresses_of, is_public
from wire import OK, Wire, at_loopback, authority, fetcher, once, server_tls

PUBLIC = ("8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.255")
PUBLIC_6 = ("2606:4700::1", "2a00:1450::1", "2001:200::1", "2400::1")
NOT_PUBLIC = (
    "0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1"
    " 172.31.255.255 192.0.0.1 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255"
    " 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255"
).split()
NOT_PUBLIC_6 = (
    ":: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1"
    " 2001:20::1 2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 fd00::1 fe80::1 fec0::1 ff02::1"
    " ff0e::1"
).split()


def answering(*addresses):
    def resolve(_host, port, **_):
        return [(None, None, 0, "", (address, port)) for address in addresses]

    return resolve


def addresses(resolve, *, allow_private=False, seconds=5.0):
    return addresses_of(
        "a.test", 80, seconds, resolve, queue.SimpleQueue(), allow_private=allow_private
    )


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_6])
def test_public_addresses_are_connected_to(address):
    assert is_public(ipaddress.ip_address(address))
    assert addresses(answering(address, address)) == [address]


@pytest.mark.parametrize("address", [*NOT_PUBLIC, *NOT_PUBLIC_6])
def test_s01_s02_other_addresses_are_not(address):
    with pytest.raises(UnreachableError, match="not a public address") as refused:
        addresses(answering("8.8.8.8", address))
    assert refused.value.reason == "address"
    assert addresses(answering(address), allow_private=True) == [str(ipaddress.ip_address(address))]


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 127.1 2130706433 0x7f000001 0177.0.0.1 0 [::1] [::ffff:127.0.0.1]".split(),
)
def test_s01_no_spelling_of_loopback_is_connected_to(host):
    with Wire(once(OK)) as wire, fetcher(allow_private_addresses=False) as client:
        got = client.fetch(wire.url(host=host))
    assert got.reason in {"address", "url"}
    assert wire.connections == 0


def test_s02_the_address_that_was_judged_is_the_one_connected_to():
    asked = []

    def rebinding(host, port, **more):
        asked.append(host)
        return at_loopback(host, port, **more) if len(asked) == 1 else answering("8.8.8.8")(host, 0)

    with Wire(once(OK)) as wire, fetcher(resolve=rebinding) as client:
        got = client.fetch(wire.url(host="a.test"))
    assert (got.ip, got.response, asked) == ("127.0.0.1", OK, ["a.test"])


def test_s02_one_private_address_among_public_ones_is_enough_to_refuse():
    resolve = answering("8.8.8.8", "127.0.0.1")
    with Wire(once(OK)) as wire, fetcher(allow_private_addresses=False, resolve=resolve) as client:
        got = client.fetch(wire.url(host="a.test"))
    assert (got.reason, wire.connections) == ("address", 0)
    assert "127.0.0.1" in got.detail


def test_the_next_address_is_tried():
    with Wire(once(OK)) as wire, fetcher(resolve=answering("127.0.0.2", "127.0.0.1")) as client:
        got = client.fetch(wire.url(host="a.test"))
    assert (got.response, got.ip) == (OK, "127.0.0.1")


def silent(stack, address, port):
    """Let this address take no more connections, and say nothing, as a firewall does."""
    full = stack.enter_context(socket.socket())
    full.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    full.bind((address, port))
    full.listen(0)
    for _ in range(4):
        waiting = stack.enter_context(socket.socket())
        waiting.setblocking(False)
        waiting.connect_ex((address, port))


def test_addresses_that_are_silent_leave_time_for_the_next():
    resolve = answering("127.0.0.2", "127.0.0.3", "127.0.0.1")
    with (
        contextlib.ExitStack() as stack,
        Wire(once(OK)) as wire,
        fetcher(resolve=resolve, timeout=2.0, total_timeout=3.0) as client,
    ):
        url = wire.url(host="a.test")
        for address in ("127.0.0.2", "127.0.0.3"):
            silent(stack, address, urlsplit(url).port)
        got = client.fetch(url)
    assert isinstance(got, Capture), got
    assert (got.response, got.ip) == (OK, "127.0.0.1")


@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
        UnicodeError("label too long"),
        ValueError("embedded null byte"),
        OverflowError("port must be 0-65535"),
        OSError(24, "Too many open files"),
    ],
)
def test_n25_a_name_that_is_not_found_is_no_answer(error):
    def resolve(_host, _port, **_):
        raise error

    with fetcher(resolve=resolve) as client:
        got = client.fetch("http://a.test/")
    assert got.reason == "dns"
    assert got.detail.startswith("a.test: ")


def test_n25_a_name_without_addresses_is_no_answer():
    with fetcher(resolve=answering()) as client:
        assert client.fetch("http://a.test/").reason == "dns"


@pytest.mark.parametrize("limits", [{"timeout": 0.1}, {"total_timeout": 0.1}])
def test_n25_a_hanging_look_up_is_bounded(limits):
    enough = threading.Event()

    def resolve(_host, _port, **_):
        enough.wait(20)
        return []

    with fetcher(resolve=resolve, **limits) as client:
        got = client.fetch("http://a.test/")
    enough.set()
    assert (got.reason, got.detail) == ("timeout", "looking up a.test took too long")


def test_n25_a_refused_connection_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with fetcher() as client:
        got = client.fetch(f"http://127.0.0.1:{port}/")
    assert got.reason == "connect"
    assert f"127.0.0.1 port {port}" in got.detail


def expired():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime(2020, 1, 1, tzinfo=UTC)
    authority().issue_cert("127.0.0.1", not_before=past, not_after=past).configure_cert(context)
    return context


def test_n25_bad_certificates_are_never_bypassed():
    for context, said in ((expired(), "expired"), (server_tls("b.test"), "mismatch")):
        with Wire(once(OK), context) as wire, fetcher() as client:
            got = client.fetch(wire.url())
        assert got.reason == "tls"
        assert said in got.detail
        assert wire.requests == []
    with Wire(once(OK), server_tls()) as wire, fetcher(ssl_context=None) as client:
        got = client.fetch(wire.url())
    assert (got.reason, wire.requests) == ("tls", [])


def test_an_authority_of_ones_own_is_trusted_beside_the_usual_ones(tmp_path):
    pem = tmp_path / "own.pem"
    authority().cert_pem.write_to_path(str(pem))
    trusting = {"ssl_context": None, "ca_file": pem}
    with Wire(once(OK), server_tls()) as wire, fetcher(**trusting) as client:
        assert client.fetch(wire.url()).response.startswith(b"HTTP/1.1 200")
    with Wire(once(OK), server_tls("b.test")) as wire, fetcher(**trusting) as client:
        assert client.fetch(wire.url()).reason == "tls"


def test_n25_a_server_that_speaks_no_tls_is_no_answer():
    def act(peer):
        peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        peer.finish()

    with Wire(act) as wire, fetcher() as client:
        assert client.fetch(wire.url().replace("http", "https")).reason == "tls"


def test_n25_a_mute_handshake_is_bounded():
    with socket.create_server(("127.0.0.1", 0)) as mute, fetcher(timeout=0.1) as client:
        got = client.fetch(f"https://127.0.0.1:{mute.getsockname()[1]}/")
    assert (got.reason, got.detail) == ("timeout", "the TLS handshake took too long")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "file:///etc/passwd",
        "ftp://a.test/",
        "data:,x",
        "gopher://a.test/",
        "javascript:alert(1)",
        "http://",
        "http://a..b/",
        "http://" + "a" * 64 + ".test/",
        "http://xn--a.test/",
        "http://[::1/",
        "http://a.test:99999/",
        "http://a.test/\n",
        "http://a b.test/",
        "http://1.2.3.999/",
        "http://0177.0.0.1/",
        "http://1.2.3.4.5/",
    ],
)
def test_n24_s03_what_is_no_url_is_no_answer(url):
    asked = []

    def resolve(host, _port, **_):
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with fetcher(resolve=resolve) as client:
        got = client.fetch(url)
    assert got.reason in {"url", "dns"}
    assert bool(asked) is (got.reason == "dns")


@pytest.mark.parametrize(
    "url",
    ["ftp://u:secret@a.test/", "http://u:secret@a..b/", "u:secret@a.test", "http://u:secret@[::1/"],
)
def test_s05_user_info_of_a_refused_url_is_not_told(url):
    with fetcher() as client:
        got = client.fetch(url)
    assert got.reason == "url"
    assert "secret" not in repr(got)
