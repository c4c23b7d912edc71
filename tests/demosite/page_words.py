"""A page as the words a reader could find in it, in document order; nothing else is judged."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser


class _Words(HTMLParser):
    silent = ("script", "style", "head")
    inline = ("a", "em", "strong", "code", "sup", "sub", "span", "cite")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag in self.silent
        if tag not in self.inline:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        self.depth -= tag in self.silent
        if tag not in self.inline:
            self.parts.append(" ")

    def handle_startendtag(self, tag, attrs):
        self.parts.append(" ")

    def handle_data(self, data):
        if not self.depth:
            self.parts.append(data)


def fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def page_words(html: str) -> str:
    """All words of the body, white space folded, NFC."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return fold("".join(parser.parts))
