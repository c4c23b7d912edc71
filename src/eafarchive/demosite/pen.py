"""HTML as a look writes it: tags, attributes, entities, pictures, blocks."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from eafarchive.demosite.prose import (
    Block,
    Figure,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Table,
    plain,
    spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eafarchive.demosite.look import Look

UPLOADS = "/wp-content/uploads/"
_CDN = "https://sp-ao.shortpixel.ai/client/to_webp,q_glossy,ret_img,w_1024,h_682/"
_PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source"})
_TEXTURISED = str.maketrans(
    {
        "‘": "&#8216;",
        "’": "&#8217;",
        "“": "&#8220;",
        "”": "&#8221;",
        "–": "&#8211;",
        "—": "&mdash;",
        "…": "&hellip;",
        "\u00a0": "&nbsp;",
        "é": "&eacute;",
        "©": "&copy;",
    }
)


def sized(file: str, size: str) -> str:
    """A file's name at a size: ``a.jpg`` at ``300x200`` is ``a-300x200.jpg``."""
    stem, _, extension = file.rpartition(".")
    return f"{stem}-{size}.{extension}"


def timber(file: str, size: str) -> str:
    """A file's name as the newest theme's image library makes it."""
    return f"{file.rpartition('.')[0]}-{size}-c-default.webp"


def shown_file(picture: Picture, look: Look) -> str:
    """The name of the largest file that a page offers for a picture."""
    match picture.mode or look.picture:
        case "srcset":
            return picture.file
        case "source":
            return timber(picture.file, "1024x682")
        case _:
            return sized(picture.file, "1024x682")


@dataclass(frozen=True)
class Pen:
    """Writes HTML for one page."""

    look: Look
    base: str

    def url(self, path: str) -> str:
        """A path of the site as an absolute URL."""
        return urljoin(self.base, path)

    def upload(self, file: str) -> str:
        """A file's absolute URL."""
        return self.url(UPLOADS + file)

    def text(self, words: str) -> str:
        """Words escaped, with entities and line breaks in the source as the look has them."""
        if self.look.wrapped:
            tokens = words.split(" ")
            words = "".join(
                token + ("\n\t" if number % 11 == 0 else " ")
                for number, token in enumerate(tokens[:-1], start=1)
            )
            words += tokens[-1]
        escaped = html.escape(words, quote=False)
        if self.look.entities == "named":
            escaped = escaped.replace("&amp;", "&#038;").translate(_TEXTURISED)
        return escaped

    def inline(self, source: str) -> str:
        """A marked-up string."""
        written = []
        for span in spans(source):
            inner = "<br />\n".join(map(self.text, span.text.split("\n")))
            if span.kind == "a":
                relative = self.look.order == "reversed" or span.href.startswith("#")
                href = span.href if relative else self.url(span.href)
                inner = self.tag("a", inner, attributes={"href": href})
            elif span.kind:
                inner = f"<{span.kind}>{inner}</{span.kind}>"
            written.append(inner)
        return "".join(written)

    def tag(
        self, name: str, *content: str, role: str = "", attributes: Mapping[str, str] | None = None
    ) -> str:
        """An element; ``role`` becomes a class name, if the look has one for it."""
        given = dict(attributes or {})
        if role and (names := self.look.names(role)):
            given = {"class": names} | given
        pairs = list(given.items())
        if self.look.order == "reversed":
            pairs.reverse()
        elif self.look.order == "sorted":
            pairs.sort()
        written = "".join(f' {key}="{html.escape(value)}"' for key, value in pairs)
        if name in _VOID:
            return f"<{name}{written} />"
        return f"<{name}{written}>{''.join(content)}</{name}>"

    def link(self, path: str, words: str, rel: str = "") -> str:
        """A hyperlink to a path of the site."""
        attributes = {"href": self.url(path)} | ({"rel": rel} if rel else {})
        return self.tag("a", self.text(words), attributes=attributes)

    def links(self, role: str, entries: Iterable[tuple[str, str]], name: str = "ul") -> str:
        """A list of hyperlinks, (path, words) each."""
        return self.tag(
            name, *(self.tag("li", self.link(path, words)) for path, words in entries), role=role
        )

    def wrap(self, content: str, role: str = "wrapper") -> str:
        """Content in as many meaningless wrappers as the look has."""
        for _ in range(self.look.depth):
            content = self.tag("div", "\n", content, "\n", role=role)
        return content

    def picture(self, picture: Picture) -> str:
        """The image element, or what stands for it until a script has run."""
        real = self.upload(sized(picture.file, "1024x682"))
        small = self.upload(sized(picture.file, "300x200"))
        lazy = {"src": _PLACEHOLDER, "alt": picture.alt}
        match picture.mode or self.look.picture:
            case "cdn":
                return self._img({"src": _CDN + real, "alt": picture.alt, "width": "1024"})
            case "lazy":
                return self._img(lazy | {"data-src": real})
            case "lazysrcset":
                candidates = f"{small} 300w, {real} 1024w"
                return self._img(lazy | {"data-lazy-src": small, "data-srcset": candidates})
            case "noscript":
                shown = self._img({"src": real, "alt": picture.alt})
                return self._img(lazy | {"data-lazy-src": real}) + self.tag("noscript", shown)
            case "thumb":
                thumb = self.upload(timber(picture.file, "300x200"))
                return self._img({"src": thumb, "alt": picture.alt})
            case "srcset":
                candidates = f"{small} 300w, {real} 1024w, {self.upload(picture.file)} 2048w"
                return self._img({"src": small, "srcset": candidates, "alt": picture.alt})
            case "source":
                real = self.upload(timber(picture.file, "1024x682"))
                small = self.upload(timber(picture.file, "300x200"))
                sources = (
                    self.tag("source", attributes={"srcset": small, "media": "(max-width: 400px)"}),
                    self.tag("source", attributes={"srcset": real}),
                )
                return self.tag("picture", *sources, self._img({"src": real, "alt": picture.alt}))
            case _:
                return self._img({"src": real, "alt": picture.alt})

    def _img(self, attributes: Mapping[str, str]) -> str:
        return self.tag("img", role="image", attributes=attributes)

    def figure(self, picture: Picture) -> str:
        """A picture with its caption, as a figure."""
        caption = (
            self.tag("figcaption", self.inline(picture.caption), role="caption")
            if picture.caption
            else ""
        )
        return self.tag("figure", self.picture(picture), caption, role="figure")

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks, one after the other."""
        return "\n".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        """One block of prose."""
        match block:
            case Paragraph(text):
                return self.tag("p", self.inline(text))
            case Heading(level, text):
                return self.tag(f"h{level}", self.inline(text))
            case Listing():
                return self._list(block)
            case Quote(paragraphs):
                return self.tag(
                    "blockquote", *(self.tag("p", self.inline(text)) for text in paragraphs)
                )
            case Table(rows):
                return self._table(rows)
            case Preformatted(text):
                return self.tag("pre", html.escape(text, quote=False))
            case Figure(picture):
                return self.figure(picture)
            case Mark("rule"):
                return self.tag("hr")
            case Mark("password"):
                return self._password_form()
            case Mark(kind):
                return self._media(kind)

    def _list(self, listing: Listing) -> str:
        items = (
            self.tag("li", self.inline(item.text), self._list(item.inner) if item.inner else "")
            for item in listing.items
        )
        return self.tag("ol" if listing.ordered else "ul", *items)

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> str:
        head = self.tag("tr", *(self.tag("th", self.inline(cell)) for cell in rows[0]))
        body = "".join(
            self.tag("tr", *(self.tag("td", self.inline(cell)) for cell in row)) for row in rows[1:]
        )
        return self.tag("table", self.tag("thead", head), self.tag("tbody", body))

    def _media(self, kind: str) -> str:
        source = self.upload(f"media/{kind}.bin")
        if kind == "audio":
            fallback = "Your browser does not support the audio element."
            player = self.tag("audio", fallback, attributes={"controls": "", "src": source})
        else:
            fallback = "Your browser does not support frames."
            player = self.tag("iframe", fallback, attributes={"src": source, "width": "560"})
        return self.tag("figure", self.tag("div", player, role="embed"), role="media")

    def _password_form(self) -> str:
        asked = "This content is password protected. To view it please enter your password below:"
        field = self.tag("input", attributes={"type": "password", "name": "post_password"})
        label = self.tag("p", "Password: ", field, " <button>Enter</button>")
        action = {"method": "post", "action": self.url("/wp-login.php?action=postpass")}
        return self.tag("form", self.tag("p", asked), label, attributes=action)


def attribute_text(source: str) -> str:
    """A marked-up string as an attribute's value has it."""
    return plain(source).replace("\n", " ")
