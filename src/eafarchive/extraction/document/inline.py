"""One block's words as HTML, with the inline marks that are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from eafarchive.extraction.document.outline import BREAK, Block, Chain, Run

_MAIL = re.compile(r"mailto:[^\s\"'<>@]{1,64}@[^\s\"'<>@]{1,255}", re.IGNORECASE)

_OPENS = re.compile(r"\W{0,8}opens in (?:a )?new (?:browser )?(?:tab|window)\W{0,8}", re.IGNORECASE)
_PERMALINKS = frozenset("#¶§🔗")
_EMPHASIS = frozenset(("em", "i"))

Mark = tuple[int, str, str]
"""A mark around some words: its identity, tag and start tag."""


def anchor_of(chain: Chain | None) -> Chain | None:
    """The hyperlink that a run stands in."""
    if chain is None or not chain.is_link:
        return None
    while chain is not None and chain.tag != "a":
        chain = chain.up
    return chain


def is_hint(run: Run, *, in_heading: bool) -> bool:
    """Whether a run of a link, or beside one, says what that does: *(opens in a new tab)*.

    Or is the sign that a heading has for the link to itself.
    """
    words, chain = run
    if not isinstance(words, str):
        return False
    if (link := anchor_of(chain)) and in_heading and words.strip() in _PERMALINKS:
        return (link.node.attributes.get("href") or "").startswith("#")
    return _OPENS.fullmatch(words) is not None


def is_emphasised(block: Block) -> bool:
    """Whether all words of the block are set in italics."""
    for run, chain in block.runs:
        if isinstance(run, str) and run.strip():
            while chain is not None and chain.tag not in _EMPHASIS:
                chain = chain.up  # noqa: PLW2901  outwards
            if chain is None:
                return False
    return bool(block.text)


def is_bold(block: Block) -> bool:
    """Whether all words of the block are set in bold."""
    chains = [chain for run, chain in block.runs if isinstance(run, str) and run.strip()]
    return all(chain is not None and chain.tag == "strong" for chain in chains)


def unlinked(block: Block) -> str:
    """The block's words outside hyperlinks, white space as it came."""
    return "".join(
        run for run, chain in block.runs if isinstance(run, str) and not anchor_of(chain)
    )


def write_inline(block: Block, url_of: Callable[[str], str | None]) -> str:
    """The words of a block with its marks; ``url_of`` makes a reference absolute, or refuses it.

    White space is folded as in the block's text; everything is escaped.
    """
    if len(block.runs) == 1 and block.runs[0][1] is None:
        return escape(block.text, quote=False)
    out: list[str] = []
    open_: list[Mark] = []
    gap = ""
    marks: dict[int, list[Mark]] = {}
    for run, chain in block.runs:
        if not isinstance(run, str):
            continue
        if run == BREAK:
            gap = "<br>"
            continue
        words = run.split()
        if not words:
            gap = gap or " "
            continue
        if gap != "<br>" and run[:1].isspace():
            gap = " "
        wanted = _marks(chain, url_of, marks)
        same, most = 0, min(len(open_), len(wanted))
        while same < most and open_[same][0] == wanted[same][0]:
            same += 1
        if same < len(open_):
            out += [f"</{tag}>" for _, tag, _ in reversed(open_[same:])]
        if out:
            out.append(gap)
        if same < len(wanted):
            out += [start for _, _, start in wanted[same:]]
        open_ = wanted
        out.append(escape(" ".join(words), quote=False))
        gap = " " if run[-1:].isspace() else ""
    out += [f"</{tag}>" for _, tag, _ in reversed(open_)]
    return "".join(out)


def _marks(
    chain: Chain | None,
    url_of: Callable[[str], str | None],
    known: dict[int, list[Mark]],
) -> list[Mark]:
    """The marks around a run, outermost first, each tag once."""
    if chain is None:
        return []
    if id(chain) not in known:
        around: list[Mark] = []
        inner: Chain | None = chain
        while inner is not None:
            around.append((inner.node.mem_id, inner.tag, _start_tag(inner, url_of)))
            inner = inner.up
        kept: list[Mark] = []
        for mark in reversed(around):
            if mark[2] and all(mark[1] != tag for _, tag, _ in kept):
                kept.append(mark)
        known[id(chain)] = kept
    return known[id(chain)]


def _start_tag(chain: Chain, url_of: Callable[[str], str | None]) -> str:
    if chain.tag == "a":
        href = (chain.node.attributes.get("href") or "").strip()
        url = href if _MAIL.fullmatch(href) else url_of(href)
        return f'<a href="{escape(url)}">' if url else ""
    if chain.tag == "abbr" and (title := chain.node.attributes.get("title")):
        return f'<abbr title="{escape(title)}">'
    return f"<{chain.tag}>"


def fold_lines(raw: str) -> str:
    """Text with white space folded and each `BREAK` a newline; none at the ends."""
    return "\n".join(" ".join(line.split()) for line in raw.split(BREAK)).strip("\n")


def spaced(block: Block) -> str:
    """The block's words with a space wherever its markup may show one."""
    if len(block.runs) == 1:
        return block.line
    return " ".join(" ".join([run for run, _ in block.runs if isinstance(run, str)]).split())


def seamed(block: Block) -> str:
    """The block's words with a space at each seam of its markup where a word plainly begins.

    What a style sheet sets apart may have none: ``<span>Ann Roe</span><span>5 March</span>``.
    """
    if len(block.runs) == 1:
        return block.text
    runs = [run for run, _ in block.runs if isinstance(run, str)]
    return fold_lines(join_seamed(runs))


def join_seamed(pieces: Iterable[str]) -> str:
    """The pieces as one text, with a space between two of them where a word plainly begins."""
    text = ""
    for piece in pieces:
        text += f" {piece}" if text and piece and _is_seam(text[-1], piece[0]) else piece
    return text


def _is_seam(before: str, after: str) -> bool:
    if not (before.isalnum() and after.isalnum()):
        return False
    return before.isdigit() != after.isdigit() or (before.islower() and after.isupper())
