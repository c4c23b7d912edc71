"""HTML's elements by what an outline makes of them."""

from __future__ import annotations

from typing import Final

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS: Final = frozenset(("td", "th"))
PHRASING: Final = HEADINGS | {"p"}
"""What holds words and no blocks (HTML section 3.2.5.2.5)."""
MEDIA: Final = frozenset(("audio", "video", "iframe", "object", "embed"))
FIELDS: Final = frozenset(("input", "textarea"))
LISTS: Final = frozenset(("ul", "ol", "menu"))
MARKS: Final = {
    "a": "a", "abbr": "abbr", "b": "strong", "cite": "cite", "code": "code", "em": "em",
    "i": "em", "kbd": "code", "q": "q", "samp": "code", "strong": "strong", "sub": "sub",
    "sup": "sup", "tt": "code",
}  # fmt: skip
"""The inline elements that are kept, by what they are kept as."""

_SKIPPED = frozenset(
    "amp-ad amp-analytics amp-embed amp-iframe amp-sidebar applet area audio base button canvas"
    " datalist dialog embed frame frameset head iframe input keygen link map meta noembed noframes"
    " object optgroup option output param progress script select source style svg template"
    " textarea title track video".split()
)
_BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center col colgroup dd details dir div dl dt"
    " fieldset figcaption figure footer form header hgroup hr html legend li main menu nav ol p"
    " pre search section summary table tbody td tfoot th thead tr ul".split()
)
BLOCK, MARK, OTHER, NOSCRIPT, IMG, BR, SKIP, TEXT = range(8)
"""Kinds of nodes; what is in those from ``IMG`` on does not count."""
_KINDS = (
    dict.fromkeys(_BLOCKS, BLOCK)
    | dict.fromkeys(_SKIPPED, SKIP)
    | dict.fromkeys(MARKS, MARK)
    | {
        "br": BR,
        "img": IMG,
        "amp-img": IMG,
        "noscript": NOSCRIPT,
        "-comment": SKIP,
        "-text": TEXT,
    }
)
_FIXED = 1000
"""Numbers of tags below it are the parser's own; those of unknown tags are addresses."""
KNOWN: Final[dict[int, tuple[int, str]]] = {}
"""Kinds and tags by the parser's number, as far as learned."""


def learn(number: int, tag: str) -> tuple[int, str]:
    """What kind of node a tag is; kept by its number where the parser has a fixed one."""
    learned = _KINDS.get(tag, BLOCK if "-" in tag else OTHER), tag
    if number < _FIXED:
        KNOWN[number] = learned
    return learned
