"""What stands around a press page's article: masthead, lists, forms, banners, linked data."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from press_pieces import Piece
from press_truth import HOST


class Furniture:
    """Writes the parts of one page that are not the article's."""

    def __init__(self, piece: Piece, dress: dict[str, str]) -> None:
        self.piece = piece
        self.dress = dress
        self.url = f"{HOST}/2015/07/21/{piece.slug}/"
        self._number = 0

    def tag(self, name: str, content: str, extra: str = "") -> str:
        self._number += 1
        dealt = {
            "none": "",
            "a": f' class="x{self._number % 7}"',
            "b": f' class="zone-{self._number}"',
        }
        return f"<{name}{dealt[self.dress['classes']]}{extra}>{content}</{name}>"

    def _masthead(self) -> str:
        links = "".join(
            f"<li><a href='/{n.lower()}/'>{n}</a></li>" for n in ("Economics", "Politics", "About")
        )
        line = {
            "2012": "Economics, Politics and Public Policy in East Asia and the Pacific",
            "2023": "",
            "2024": "",
        }[self.dress["layout"]]
        crumbs = f"<a href='/'>Home</a> › <a href='/economics/'>Economics</a> › {escape(self.piece.title)}"
        kind = self.dress["crumbs"]
        return self.tag(
            "header" if self.dress["frame"].startswith("main") else "div",
            self.tag("a", "East Asia Forum", " href='/'")
            + (self.tag("div", line) if line else "")
            + self.tag("ul", links),
        ) + ("" if kind == "none" else self.tag(kind, crumbs))

    def _comments(self) -> str:
        made = ""
        if self.piece.comments and self.dress["layout"] == "2012":
            items = "".join(
                f"<li><cite>Reader</cite> says: <p>{c}</p></li>" for c in self.piece.comments
            )
            made = self.tag("h3", "2 Responses") + self.tag("ol", items)
        kind = self.dress["closed"]
        if kind == "headed":
            return made + self.tag("div", "<h2>Comments</h2><p>Comments are closed.</p>")
        return made + ("" if kind == "none" else self.tag(kind, "Comments are closed."))

    def _tags(self) -> str:
        links = [f"<a href='/tag/{t}/' rel='tag'>{t}</a>" for t in ("lamps", "harbours")]
        match self.dress["tags"]:
            case "none":
                return ""
            case "ul":
                return self.tag("ul", "".join(f"<li>{link}</li>" for link in links))
            case name:
                return self.tag(name, "Tags: " + ", ".join(links))

    def _social(self, place: str) -> str:
        kind = self.dress["social"]
        if kind == "none" or (kind == "top") != (place == "top"):
            return ""
        names = ("Facebook", "Twitter", "Email", "Print")
        if kind == "ul":
            return self.tag("ul", "".join(f"<li><a href='#'>{n}</a></li>" for n in names))
        return self.tag("div", " ".join(f"<a href='#'>{n}</a>" for n in names))

    def _letter(self, place: str) -> str:
        kind = self.dress["newsletter"]
        if kind == "none" or (kind == "inside") != (place == "inside"):
            return ""
        words = "<h4>Newsletter</h4><p>Get the week’s inventions by mail.</p><input type='email'>"
        return self.tag("form" if kind == "form" else "div", words)

    def _related(self, place: str) -> str:
        kind = self.dress["related"]
        if kind == "none" or (kind == "inside") != (place == "inside"):
            return ""
        other = "<a href='/2014/01/01/another-lamp/'>Another lamp goes out over the delta</a>"
        if kind == "list":
            return self.tag("h4", "You may also like") + self.tag("ul", f"<li>{other}</li>" * 2)
        teaser = (
            f"<h3>{other}</h3><p>It went out at noon, when nobody could tell the difference.</p>"
        )
        return self.tag("div" if kind == "inside" else kind, "<h2>Related</h2>" + teaser * 2)

    def _sidebar(self, place: str) -> str:
        kind = self.dress["sidebar"]
        if kind == "none" or (kind == "before") != (place == "before"):
            return ""
        links = "".join(
            f"<li><a href='/2014/01/0{n}/p/'>Most read piece {n}</a></li>" for n in (1, 2, 3)
        )
        about = (
            "<p>An invented forum for analysis that nobody has asked for, since last Tuesday.</p>"
        )
        return self.tag(
            "aside" if kind == "aside" else "div", f"<h3>Most read</h3><ul>{links}</ul>{about}"
        )

    def _tail(self) -> list[str]:
        dress = self.dress
        new = dress["layout"] == "2024"
        return [
            self._sidebar("after"),
            self._banner() if new else "",
            self._country() if new else "",
            self._related("after"),
            self._letter("after"),
            self._print() if new else "",
            self._about(),
            self.tag(dress["rights"], "Copyright ©2024 East Asia Forum. All rights reserved."),
        ]

    def _banner(self) -> str:
        plea = "<p>We do not exist, and rely on gifts to go on not existing.</p><a href='/give/'>Give</a>"
        match self.dress["banner"]:
            case "none":
                return ""
            case "bare":
                return "<p><strong>Support Quality Analysis</strong></p>" + plea
            case name:
                return self.tag(name, "<h3>Support Quality Analysis</h3>" + plea)

    def _country(self) -> str:
        words = (
            "The East Asia Forum office is based in Australia and EAF acknowledges the First Peoples of"
            " this land — in Canberra the Ngunnawal and Ngambri people — and recognises their"
            " continuous connection to culture, community and Country."
        )
        return self.tag(self.dress["country"], words)

    def _print(self) -> str:
        site = "https://www.eastasiaforum.org"
        twin = ""
        if self.dress["twin"] == "print":
            twin = self.tag("div", f"<div>{escape(self.piece.title)}</div>")
        return twin + self._print_line(site)

    def _print_line(self, site: str) -> str:
        match self.dress["print"]:
            case "none":
                return ""
            case "unlinked":
                return self.tag("div", "Article printed from East Asia Forum (")
            case name:
                return self.tag(
                    name, f"Article printed from East Asia Forum (<a href='{site}'>{site}</a>)"
                )

    def _about(self) -> str:
        kind = self.dress["about"]
        words = (
            "<p>A quarterly about nothing in particular, made by people who were never there.</p>"
        )
        return "" if kind == "none" else self.tag(kind, f"<h4>About us</h4>{words}")

    def _popup(self) -> str:
        if self.dress["popup"] == "none":
            return ""
        words = "<h3>Before you go</h3><p>Readers like you have not yet heard of us. Tell them!</p>"
        return self.tag("div", words + "<input type='email'><button>Sign up</button>")

    def _data(self) -> str:
        piece, kind = self.piece, self.dress["data"]
        made = f"<link rel='canonical' href='{self.url}'>"
        if kind in {"og", "both"}:
            for name, value in (
                ("og:title", piece.title),
                ("og:type", "article"),
                ("og:url", self.url),
                ("og:site_name", "East Asia Forum"),
                ("article:published_time", piece.published),
            ):
                made += f'<meta property="{name}" content="{escape(value)}">'
        people = [
            {"@type": "Organization" if kind == "group" else "Person", "name": name}
            for name, _, _, kind in piece.authors
        ]
        own: dict[str, Any] = {
            "@type": "Article",
            "headline": piece.title,
            "datePublished": piece.published,
            "author": people,
            "mainEntityOfPage": {"@id": self.url},
        }
        if kind == "graph":
            page = {"@type": "WebPage", "@id": self.url, "name": piece.title}
            own = {"@graph": [page, {"@type": "WebSite", "name": "East Asia Forum"}, own]}
        if kind in {"ld", "graph", "both"}:
            data = json.dumps({"@context": "https://schema.org", **own}, ensure_ascii=False)
            made += f"<script type='application/ld+json'>{data}</script>"
        return made
