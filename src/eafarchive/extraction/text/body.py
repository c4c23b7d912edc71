"""Which blocks of a page are its article's: by prose, by the title's place, by what ends it."""

from __future__ import annotations

from typing import NamedTuple

from eafarchive.extraction.chrome.promotions import promotions_over
from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import spaced
from eafarchive.extraction.document.outline import PROSE, Block, Element, Outline
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.datelines import is_dateline, is_filing
from eafarchive.extraction.facts.title import Title, folded
from eafarchive.extraction.lines.date_words import LABELS
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.embeds import embedded_posts
from eafarchive.extraction.lines.sentences import is_told
from eafarchive.extraction.lines.signposts import leads_to_author
from eafarchive.extraction.people.frame import Frame, below_byline
from eafarchive.extraction.pictures.images import has_picture
from eafarchive.extraction.pictures.players import PLAYED, words_of_players
from eafarchive.extraction.text.captions import without_captions
from eafarchive.extraction.text.container import find_container, is_other
from eafarchive.extraction.text.epilogue import (
    notes_below,
    notes_in_box,
    notes_in_footer,
    notes_past_columns,
)
from eafarchive.extraction.text.lead import lead_captions
from eafarchive.extraction.text.opening import DATED, without_opening
from eafarchive.extraction.text.scraps import without_scraps
from eafarchive.extraction.text.span import choose_blocks
from eafarchive.extraction.text.summary import (
    below_button,
    below_summary,
    label_of,
    unlabelled,
    with_summary,
)
from eafarchive.extraction.text.tail import without_head, without_tail
from eafarchive.phrases import is_all

_MAX_DATELINE = 200
_LONG_TITLE = 20
"""Characters of a title that no part's heading says again by chance."""
_SIGNS = "»›>"
"""What stands between the steps of the way to a page."""


class Body(NamedTuple):
    """An article's blocks in order, the summary's first, and what stood among and after them."""

    blocks: list[Block]
    summary: list[Block]
    captions: list[Block]
    """Paragraphs that are a picture's caption."""
    author_note: list[str]
    notes: list[str]
    warnings: tuple[str, ...]
    out: dict[int, str]
    """Why a block between title and end is not among ``blocks``, by its place: the group of rules
    that says so, as a profile spells its key, or a few words."""


def find_body(
    outline: Outline,
    chrome: Chrome,
    rules: Rules,
    title: Title,
    frame: Frame,
    names: tuple[str, ...],
    marked: Element | None = None,
    base: str = "",
) -> Body:
    """The article's body; without blocks if the page has no prose.

    ``marked`` is the element that the profile takes for the body's. ``names`` are the authors as
    far as known; a paragraph about one of them at the end is a note.
    """
    out: dict[int, str] = {}
    candidates = _candidates(outline, chrome, rules, title, frame, out)
    container = find_container(outline, candidates, title, marked)
    if container is not None and (rest := below_summary(chrome, candidates, container)):
        container = find_container(outline, rest, title, marked)
    if container is None:
        return Body([], [], [], [], [], (), out)
    chosen = choose_blocks(chrome, rules, candidates, container, names, out)
    posts = {} if rules.profile.embedded_words else embedded_posts(chosen)
    out |= dict.fromkeys(posts, "a post of another site")
    chosen = [block for block in chosen if block.at not in posts]
    _leave_lead(rules, chosen, out)
    over = dict.fromkeys(promotions_over(chosen, rules, names, chrome.start), "chrome.boxes")
    chrome.widgets |= over
    chosen = [block for block in chosen if block.at not in over]
    played = words_of_players(outline, chosen, rules)
    out |= dict.fromkeys(played, PLAYED)
    chosen = [block for block in chosen if block.at not in played]
    chosen, label, opens = unlabelled(chosen, rules, below_button(chrome, candidates, rules))
    if label is None and frame.byline is not None:  # the label may end the byline's line
        label = label_of((outline.blocks[frame.byline.at],), rules)
    chosen, captions = without_captions(chrome, rules, chosen, frame, names, out)
    chosen = without_opening(chrome, chosen, names, out)
    chosen = without_scraps(rules, chosen, out, outline.menus, base)
    chosen, about, notes = without_tail(rules, chosen, names, out)
    notes = [*without_head(rules, chosen, out), *notes]
    if not about:
        about, closing = notes_below(outline, chrome, rules, names)
        notes += closing
    if chosen and not rules.profile.trust_names:
        told, closing = notes_in_footer(chrome, rules, chosen[-1].at, names)
        about = about or told or notes_past_columns(chrome, rules, chosen[-1].at, names)
        notes = [*notes, *closing]
    elif chosen and names and not about:
        about = notes_in_box(chrome, rules, chosen[-1].at, names)
    summary, chosen, warnings = with_summary(chrome, label, chosen, out, opens=opens)
    captions = [*lead_captions(candidates, chosen, captions, out, rules), *captions]
    if marked and is_other(outline.blocks, marked, container):
        named = f"{marked.tag} {marked.hint[:60]}".strip()
        warnings = (*warnings, f"body: the prose is not in {named}")
    for post in dict.fromkeys(posts.values()):
        warnings = (*warnings, f"left out, a post of another site: {post[:200]}")
    return Body(chosen, summary, captions, about, notes, warnings, out)


def _candidates(
    outline: Outline,
    chrome: Chrome,
    rules: Rules,
    title: Title,
    frame: Frame,
    out: dict[int, str],
) -> list[Block]:
    """What may be the article's; chrome of its head is looked for only until there is prose."""
    own_title = folded(title.text)
    byline_at = -1 if frame.byline is None else frame.byline.at
    kept: list[Block] = []
    in_head = True
    for block in outline.blocks[chrome.start : chrome.end]:
        place = block.element.at
        if block.at == byline_at and frame.byline is not None:
            rest = below_byline(frame.byline, block, rules)
            kept += [] if rest is None or chrome.outside[place] else [rest]
            continue
        if chrome.outside[place] or block.at in chrome.widgets:
            continue  # their own rooms say why
        if chrome.strange[place]:
            out[block.at] = "chrome.drop"
            continue
        if not block.text:
            if block.element.tag == "hr" or has_picture(block):
                kept.append(block)
            continue
        if chrome.is_reading_time(block):
            out[block.at] = "labels.reading"
            continue
        if (
            (in_head or _is_spelled_so(block, title))
            and len(own_title) <= len(block.text) <= 2 * len(own_title) + 20
            and folded(block.text) == own_title
        ):
            out[block.at] = "the title again"
            continue
        if in_head and len(block.text) < 200 and _is_lead(block, rules):
            out[block.at] = "chrome.lead"
            continue
        if in_head and len(block.text) < _MAX_DATELINE and _is_dated(block, rules):
            out[block.at] = DATED
            if block.element.tag == "dd" and kept and kept[-1].element.tag == "dt":
                out[kept.pop().at] = "the label of a date at the title"
            continue
        if in_head and block.linked and _leads_down(block, own_title):
            out[block.at] = "the way to the page"
            continue
        if in_head and block.linked and len(block.text) < _MAX_DATELINE and is_filing(block):
            out[block.at] = "what it is filed under"
            continue
        if in_head and not block.own and leads_to_author(block):
            out[block.at] = "a link to its author"
            continue
        in_head = in_head and block.own < PROSE
        kept.append(block)
    return kept


def _is_spelled_so(block: Block, title: Title) -> bool:
    """Whether a line is the title to the letter, and no part's short heading nor a sentence."""
    is_part = block.element.tag in HEADINGS and len(title.text) < _LONG_TITLE
    return block.line == title.text and not (is_part or block.text.endswith((".", "!", "?")))


def _leads_down(block: Block, own_title: str) -> bool:
    """Whether the block leads from the site's front to the page, whose title stands at its end."""
    way, sign, last = max(map(block.line.rpartition, _SIGNS), key=lambda parts: len(parts[0]))
    return bool(sign) and block.linked >= len(way) // 2 and folded(last) in {"", own_title}


def _is_dated(block: Block, rules: Rules) -> bool:
    """Whether the block is a date, perhaps with its label or a reading time beside it."""
    if is_dateline(block):
        return True
    if len(block.runs) == 1:
        return False
    line = spaced(block)
    for start, end in reversed(find_dates(line)):
        line = f"{line[:start]} {line[end:]}"
    rest = " ".join(line.split()).strip("|·• ")
    return len(rest) < len(line) and (is_all(rules.reading, rest) or rest.lower() in LABELS)


def _is_lead(block: Block, rules: Rules) -> bool:
    """Whether the block, or each of its lines by itself, is chrome of an article's head, and no
    sentence that opens as such a line does.
    """
    if is_told(block.line):
        return False
    if is_all(rules.lead, block.line):
        return label_of((block,), rules) is None  # which may end a line with a date
    return "\n" in block.text and all(is_all(rules.lead, line) for line in block.text.split("\n"))


def _leave_lead(rules: Rules, chosen: list[Block], out: dict[int, str]) -> None:
    """Takes chrome of an article's head away from the beginning, where prose stands before it."""
    first = next((at for at, block in enumerate(chosen) if block.text), None)
    while first is not None and first < len(chosen) and chosen[first].text:
        if len(chosen[first].text) >= _MAX_DATELINE or not _is_lead(chosen[first], rules):
            break
        out[chosen.pop(first).at] = "chrome.lead"
