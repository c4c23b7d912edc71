"""A page: decoded and parsed once, then only read."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from eafarchive.extraction.encoding import decode
from eafarchive.extraction.linked_data import Node, read_nodes
from eafarchive.extraction.nesting import flattened
from eafarchive.extraction.outline import Outline, make_outline

_HEAD = "meta[content], link[rel*=canonical i], base[href], title, script[type*=json]"
_SOUGHT = (
    "script[type*=json], meta[itemprop], meta[property],"  # what of a head stands in bodies, too
    " [itemprop^=date][content], [property*=date][content],"
    " [hidden], [style*=none i],"
    " a[rel~=tag], a[rel~=category], a[rel~=author],"
    " .wp-block-post-author__name, .wp-block-post-author-name, .vcard"
)
"""What is looked for in a body, in one pass."""
_HIDING = re.compile("display: ?none", re.IGNORECASE)
_NOISE = ["script", "style", "svg"]
_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]{1,255}/[!$&-;=?-Z_a-z~%]{0,2000}")
"""What needs no resolving (RFC 3986 section 4.3, without user information and fragment)."""


class Page:
    """What a document holds: metadata, linked data and the outline of its body.

    Made by `from_html`; nothing changes it afterwards.
    """

    __slots__ = (
        "base", "canonical", "data", "encoding", "encoding_source", "is_marked", "language", "meta",
        "nodes", "outline", "replaced", "title", "tree", "url",
    )  # fmt: skip

    url: str
    """The URL asked for."""
    base: str
    """What relative references are resolved against."""
    encoding: str
    encoding_source: str
    """What said so: ``bom``, ``http``, ``meta``, ``utf-8``, ``detected``, or ``text``."""
    replaced: int
    """Characters that could not be decoded."""
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
    is_marked: bool
    """Whether there is anything that marks an author or a term: see `marks`."""
    tree: LexborHTMLParser
    """The document, for selectors."""

    @classmethod
    def from_html(cls, html: bytes | str, url: str, content_type: str | None = None) -> Page:
        """The page in ``html``, as it was asked for at ``url``; nothing in it is refused.

        ``content_type`` is the HTTP field's value, for its charset.
        """
        text, encoding, source, octets = decode(html, content_type)
        # what came in UTF-8 need not be encoded once more for the parser
        flat = flattened(text)
        tree = LexborHTMLParser(octets if flat is text and octets is not None else flat)
        page = cls()
        page.url, page.encoding, page.encoding_source = url, encoding, source
        page.tree = tree
        page.replaced = text.count("\ufffd") if "\ufffd" in text else 0
        body = tree.body
        strays: list[LexborNode] = []
        hidden: set[int] = set()
        page.is_marked = False
        for node in body.css(_SOUGHT) if body is not None else ():
            attributes = node.attributes
            if _is_of_heads(node.tag, attributes):
                strays.append(node)
            if "hidden" in attributes or _HIDING.search(attributes.get("style") or ""):
                hidden.add(node.mem_id)
            elif node.tag not in {"meta", "script"}:
                page.is_marked = True
        page._read_head(tree, strays)
        page.outline = make_outline(body, hidden)
        return page

    def _read_head(self, tree: LexborHTMLParser, strays: list[LexborNode]) -> None:
        self.base, self.canonical, self.title, self.data = self.url, None, "", None
        self.meta = {}
        root = tree.root
        attributes = root.attributes if root is not None else {}
        self.language = (attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None
        scripts: list[str] = []
        head = tree.head
        nodes = head.css(_HEAD) if head is not None else []
        for node in nodes + strays:
            match node.tag:
                case "meta":
                    self._take_meta(node)
                case "link":
                    self._take_link(node)
                case "base":
                    self.base = resolve(self.url, node.attributes.get("href") or "") or self.url
                case "title" if not self.title:
                    self.title = " ".join(node.text().split())
                case "script" if "ld+json" in (node.attributes.get("type") or "").lower():
                    scripts.append(node.text())
                case "script" if node.id == "__NEXT_DATA__":
                    self.data = node.text()
                case "script":
                    pass
                case _:
                    self._take_meta(node)
        self.nodes = read_nodes(scripts)

    def _take_meta(self, node: LexborNode) -> None:
        attributes = node.attributes
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

    def _take_link(self, node: LexborNode) -> None:
        attributes = node.attributes
        if self.canonical is None and "canonical" in (attributes.get("rel") or "").lower().split():
            self.canonical = resolve(self.url, attributes.get("href") or "")

    def first_meta(self, *names: str) -> tuple[str, str] | None:
        """The first content that one of the names has, and that name."""
        for name in names:
            if found := self.meta.get(name):
                return found[0], name
        return None


def _is_of_heads(tag: str | None, attributes: dict[str, str | None]) -> bool:
    """Whether an element of a body tells what elements of heads do."""
    if tag in {"meta", "script"}:
        return True
    is_dated = (attributes.get("itemprop") or "").startswith("date")
    return "content" in attributes and (is_dated or "date" in (attributes.get("property") or ""))


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


def is_selector(text: str) -> bool:
    """Whether a page can be asked for it as a CSS selector."""
    try:
        LexborHTMLParser("").css_first(text)
    except SelectolaxError:
        return False
    return True
