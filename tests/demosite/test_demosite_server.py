"""The loopback server speaks HTTP/1.1 as a real one does."""

from __future__ import annotations

import gzip
import http.client
import socket
import threading

from bundled import build
from eafarchive.demosite import serve
from eafarchive.demosite.server import is_chunked


def ask(connection, target, headers=None, method="GET"):
    connection.request(method, target, headers=headers or {})
    response = connection.getresponse()
    return response, response.read()


def connect(server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", int(server.base_url.rstrip("/").split(":")[2]))


def test_one_connection_serves_every_article_in_both_framings(capfd):
    with serve(build) as server:
        connection = connect(server)
        framings = set()
        for article in server.site.articles:
            response, body = ask(connection, article.path)
            assert (response.status, response.version) == (200, 11)
            assert body == article.raw(server.base_url)
            chunked = response.getheader("Transfer-Encoding") == "chunked"
            assert chunked == is_chunked(article.path)
            assert chunked == (response.getheader("Content-Length") is None)
            framings.add(chunked)
        assert framings == {True, False}
        targets = [("GET", article.path) for article in server.site.articles]
        assert server.requests == targets
        connection.close()
    assert capfd.readouterr() == ("", "")


def test_canonical_links_point_to_the_server_itself():
    with serve(build) as server:
        assert server.site.base_url == server.base_url
        assert all(t["url"].startswith(server.base_url) for t in server.site.expected.values())


def test_gzip_is_sent_when_asked_for_and_only_then():
    with serve(build) as server:
        connection = connect(server)
        path = server.site.articles[0].path
        _, plain = ask(connection, path)
        for wish, packed in (("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False)):
            response, body = ask(connection, path, {"Accept-Encoding": wish})
            assert response.getheader("Content-Encoding") == ("gzip" if packed else None)
            assert response.getheader("Vary") == "Accept-Encoding"
            assert (gzip.decompress(body) if packed else body) == plain
        image = server.site.expected[path]["images"][0]["url"].removeprefix(server.base_url)
        response, _ = ask(connection, f"/{image}", {"Accept-Encoding": "gzip"})
        assert response.getheader("Content-Encoding") is None
        connection.close()


def test_conditions_are_met_with_304_until_the_article_changes():
    with serve(build) as server:
        connection = connect(server)
        path = server.site.articles[0].path
        response, _ = ask(connection, path)
        tag, date = response.getheader("ETag"), response.getheader("Last-Modified")
        later = "Fri, 20 Nov 2026 07:00:00 GMT"
        for condition in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", {tag}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": date},
            {"If-Modified-Since": later},
        ):
            response, body = ask(connection, path, condition)
            assert (response.status, body) == (304, b"")
            assert response.getheader("ETag") == tag
        for condition in (
            {"If-None-Match": '"other"', "If-Modified-Since": later},  # the tag outranks the date
            {"If-Modified-Since": "Fri, 01 Jan 1999 00:00:00 GMT"},
            {"If-Modified-Since": "yesterday"},
        ):
            assert ask(connection, path, condition)[0].status == 200
        server.site = server.site.edited(path, "More.", "2026-11-20T07:00:00+00:00")
        response, body = ask(connection, path, {"If-None-Match": tag})
        assert response.status == 200
        assert b"<p>More.</p>" in body
        assert response.getheader("Last-Modified") == later
        connection.close()


def test_redirects_refusals_and_heads():
    with serve(build) as server:
        connection = connect(server)
        site = server.site
        article = site.articles[0]
        for asked in (f"/?p={article.definition.id}", article.path.rstrip("/")):
            response, _ = ask(connection, asked)
            assert response.status == 301
            assert response.getheader("Location") == article.url(server.base_url)
        assert ask(connection, site.held_back("forbidden")[0])[0].status == 403
        assert ask(connection, site.held_back("missing")[0])[0].status == 404
        response, body = ask(connection, article.path, method="HEAD")
        assert (response.status, body) == (200, b"")
        assert ask(connection, "/", method="GET")[0].status == 200
        connection.close()


def test_http_1_0_gets_no_chunks():
    with serve(build) as server:
        path = next(a.path for a in server.site.articles if is_chunked(a.path))
        port = int(server.base_url.rstrip("/").split(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as peer:
            peer.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            answer = b"".join(iter(lambda: peer.recv(65536), b""))
        assert b"chunked" not in answer.partition(b"\r\n\r\n")[0]


def test_closing_ends_kept_alive_connections_and_threads():
    before = threading.active_count()
    with serve(build) as server:
        idle = connect(server)
        ask(idle, "/")
        assert threading.active_count() > before
    assert threading.active_count() == before
    assert idle.sock.recv(1) == b""
    idle.close()


def test_a_peer_that_leaves_early_makes_no_noise(capfd):
    with serve(build) as server:
        port = int(server.base_url.rstrip("/").split(":")[2])
        for _ in range(5):
            peer = socket.create_connection(("127.0.0.1", port))
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            peer.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            peer.close()
    assert capfd.readouterr().err == ""
