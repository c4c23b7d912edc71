"""A page: decoded and parsed once (again with what ends its links), then only read."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from eafarchive.extraction.document.anchors import are_reopened, with_ends
from eafarchive.extraction.document.encoding import decode
from eafarchive.extraction.document.ending import is_cut_off
from eafarchive.extraction.document.linked_data import Node, read_nodes
from eafarchive.extraction.document.nesting import flattened
from eafarchive.extraction.document.outline import Attributes, Outline
from eafarchive.extraction.document.walk import make_outline

_HEAD = (
    "meta[content], link[rel*=canonical i], link[rel~=next], link[rel~=prev], base[href], title,"
    " script[type*=json]"
)
_BODY = (
    ":is(script[type*=json], [itemprop], [property], [hidden], [style*=none i], [role$=dialog],"
    " [rel]:is([rel~=author], a[rel~=tag], a[rel~=category]),"
    " [data-testid*=byline i],"
    " [class]:is([class*=byline i], [class*=journalist i], .reporter, .penulis, .sign,"
    " [class*=aut i]:is([class*=author i], .auteur, .autor, .autore, .autorin),"
    " [class*=yazar i]:is(.yazar, .yazarAdi, .yazar-adi),"
    " blockquote.wp-embedded-content, abbr[title]:is(.published, .updated),"
    " span:is([class*=tip], [class*=over-])))"
)
"""What is looked for in head and body, in one pass each; an element counts once, whatever of it."""
_POPUP = re.compile(
    r"\b(?:tool-?tip|roll-?over|pop-?over|hover-?card)s?(?:[_-]{1,2}[a-z]+){0,2}[_-]{1,2}"
    r"(?:block|body|box|card|content|inner|text)\b",
    re.IGNORECASE,
)
"""Classes of what is shown when a word is pointed at."""
_HIDING = re.compile("display: ?none", re.IGNORECASE)
_EMBEDDED = "wp-embedded-content"
"""What WordPress shows of another article until that is loaded into a frame."""
_NOISE = ["script", "style", "svg"]
_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]{1,255}/[!$&-;=?-Z_a-z~%]{0,2000}")
"""What needs no resolving (RFC 3986 section 4.3, without user information and fragment)."""


_WRAPPED = re.compile(r"""/web/(?<=["'=]/web/)\d{4,14}(?:[a-z]{2}_)?/https?:""")
_COPY_SAYS = ("BEGIN WAYBACK TOOLBAR", "FILE ARCHIVED ON ")
_WRAPPER = re.compile(
    r"""(?<=["'=\s,(])(?:(?:https?:)?\\?/\\?/web\.archive\.org)?\\?/web\\?/\d{4,14}(?:[a-z]{2}_)?"""
    r"\\?/(?=https?:)"
)
"""The Wayback Machine's prefix to each address: ``/web/``, the capture's time, a kind."""


class Page:
    """What a document holds: metadata, linked data and the outline of its body.

    Made by `from_html`; nothing changes it afterwards.
    """

    __slots__ = (
        "base", "canonical", "data", "encoding", "encoding_source", "found", "is_cut_off",
        "is_mislabelled", "language", "meta", "names", "nodes", "outline", "replaced", "title",
        "tree", "url",
    )  # fmt: skip

    url: str
    """The URL asked for."""
    base: str
    """What relative references are resolved against."""
    encoding: str
    encoding_source: str
    """What said so: ``bom``, ``http``, ``meta``, ``utf-8``, ``detected``, or ``text``."""
    is_mislabelled: bool
    """Whether HTTP named another encoding, though all of it can hardly be anything but UTF-8."""
    replaced: int
    """Characters that could not be decoded."""
    is_cut_off: bool
    """Whether the document ends before it is over."""
    language: str | None
    title: str
    """The ``title`` element's text, folded."""
    canonical: str | None
    data: str | None
    """The JSON that a script of the page is fed with, as it stands (``__NEXT_DATA__``)."""
    meta: dict[str, list[str]]
    """Contents of meta elements by name or property, in lower case."""
    nodes: tuple[Node, ...]
    """Linked-data objects, in document order, references resolved."""
    outline: Outline
    found: list[tuple[LexborNode, Attributes]]
    """What is looked for in head and body, in document order, each with its attributes."""
    names: frozenset[str]
    """The classes and ``rel`` values of all that."""
    tree: LexborHTMLParser
    """The document, for selectors."""

    @classmethod
    def from_html(cls, html: bytes | str, url: str, content_type: str | None = None) -> Page:
        """The page in ``html``, as it was asked for at ``url``; nothing in it is refused.

        ``content_type`` is the HTTP field's value, for its charset.
        """
        text, encoding, source, octets, is_mislabelled = decode(html, content_type)
        if "/web/" in text:
            bare = unwrapped(text)
            octets = octets if bare is text else None
            text = bare
        # what came in UTF-8 need not be encoded once more for the parser
        flat = flattened(text)
        page = cls()
        page.url, page.encoding, page.encoding_source = url, encoding, source
        page.is_mislabelled = is_mislabelled
        page.is_cut_off = is_cut_off(text)
        page.replaced = text.count("\ufffd") if "\ufffd" in text else 0
        page._parse(octets if flat is text and octets is not None else flat)
        if are_reopened(page.outline, page.tree, flat):
            page._parse(with_ends(flat))
        return page

    def _parse(self, source: bytes | str) -> None:
        tree = self.tree = LexborHTMLParser(source)
        self.found = [
            (node, node.attributes)
            for part, selectors in ((tree.head, _HEAD), (tree.body, _BODY))
            if part is not None
            for node in part.css(selectors)
        ]
        named = (told.get(name) or "" for _, told in self.found for name in ("class", "rel"))
        self.names = frozenset(" ".join(named).split())
        self._read_head()
        hidden = {node.mem_id for node, attributes in self.found if _is_hidden(attributes)}
        self.outline = make_outline(tree.body, hidden)

    def _read_head(self) -> None:
        self.base, self.canonical, self.title, self.data = self.url, None, "", None
        self.meta = {}
        root = self.tree.root
        told = root.attributes if root is not None else {}
        self.language = (told.get("lang") or told.get("xml:lang") or "").strip() or None
        scripts: list[str] = []
        for node, attributes in self.found:
            match node.tag:
                case "meta":
                    self._take_meta(attributes)
                case "link":
                    self._take_link(attributes)
                case "base":
                    self.base = resolve(self.url, attributes.get("href") or "") or self.url
                case "title" if not self.title:
                    self.title = " ".join(node.text().split())
                case "script" if "ld+json" in (attributes.get("type") or "").lower():
                    scripts.append(node.text())
                case "script" if attributes.get("id") == "__NEXT_DATA__":
                    self.data = node.text()
                case _ if _is_dated(attributes):
                    self._take_meta(attributes)
        self.nodes = read_nodes(scripts)

    def _take_meta(self, attributes: Attributes) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = " ".join((attributes.get("content") or "").split())
        if name == "parsely-page":
            self._take_parsely(content)
        elif name and content:
            name = name.strip().lower().removeprefix("schema:")
            self.meta.setdefault(name, []).append(content)

    def _take_parsely(self, content: str) -> None:
        """Parse.ly's older form: one element with an object in it."""
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            return
        for key in ("title", "pub_date", "author") if isinstance(told, dict) else ():
            if isinstance(told.get(key), str):
                self.meta.setdefault(f"parsely-{key.replace('_', '-')}", []).append(told[key])

    def _take_link(self, attributes: Attributes) -> None:
        if self.canonical is None and "canonical" in (attributes.get("rel") or "").lower().split():
            self.canonical = resolve(self.url, attributes.get("href") or "")

    def first_meta(self, *names: str) -> tuple[str, str] | None:
        """The first content that one of the names has, and that name."""
        for name in names:
            if found := self.meta.get(name):
                return found[0], name
        return None


def unwrapped(text: str) -> str:
    """The document with its own addresses, where the Wayback Machine has put its before them.

    Links of its host's are rewritten as paths, which nobody else writes; whole addresses only count
    on a page that says it is such a copy, since an article may cite one.
    """
    if not _WRAPPED.search(text) and not any(one in text for one in _COPY_SAYS):
        return text
    return _WRAPPER.sub("", text)


def _is_hidden(attributes: Attributes) -> bool:
    if "hidden" in attributes or (attributes.get("role") or "").endswith("dialog"):
        return True
    if (style := attributes.get("style")) and _HIDING.search(style):
        return True
    classes = attributes.get("class") or ""
    if _EMBEDDED in classes:
        return True
    small = classes.lower()
    return ("tip" in small or "over" in small) and _POPUP.search(classes) is not None


def _is_dated(attributes: Attributes) -> bool:
    """Whether an element of a body tells a date as meta elements do."""
    is_date = (attributes.get("itemprop") or "").startswith("date")
    return "content" in attributes and (is_date or "date" in (attributes.get("property") or ""))


def host_of(reference: str) -> str:
    """The host that a URL or reference names, without ``www.``; empty if it names none."""
    try:
        return urlsplit(reference).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def resolve(base: str, reference: str) -> str | None:
    """The absolute http or https URL that a reference means, or ``None`` if it means none."""
    if _PLAIN.fullmatch(reference) and "/." not in reference:
        return reference
    reference = reference.strip(" \t\r\n\f").replace("\n", "").replace("\r", "").replace("\t", "")
    if not reference:
        return None
    try:
        url = urljoin(base, reference)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc or "@" in parts.netloc:
        return None
    return url.replace(" ", "%20")


def words_of(node: LexborNode) -> str:
    """The node's text, folded, without what scripts, styles and drawings have in them."""
    if node.css_first(", ".join(_NOISE)) is not None:
        node = node.clone()
        node.strip_tags(_NOISE)
    return " ".join(node.text().split())
