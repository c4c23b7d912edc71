"""Bytes to an article: pure, one parse a page (two where a link lacks its end tag).

From the ground up, each floor using only those below: `document` is the page as data, `lines` what
one of its lines says by itself, `chrome` what is not the article, `facts` title, dates and terms,
`pictures` with their words, `people` who wrote it, `text` which blocks are the article's. Here is
the order in which they are asked.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import PROSE, Block
from eafarchive.extraction.document.page import Page, resolve
from eafarchive.extraction.document.render import Writer, nfc
from eafarchive.extraction.document.rules import compiled
from eafarchive.extraction.document.words import count_words, guess_words
from eafarchive.extraction.facts.datelines import read_datelines, read_footlines
from eafarchive.extraction.facts.doi import find_doi
from eafarchive.extraction.facts.marks import read_marks
from eafarchive.extraction.facts.metadata import find_language, find_publisher, own_node
from eafarchive.extraction.facts.pieces import other_piece
from eafarchive.extraction.facts.refusal import why_doubted, why_refused
from eafarchive.extraction.facts.stamps import choose_modified, choose_published
from eafarchive.extraction.facts.terms import blocks_around, find_terms
from eafarchive.extraction.facts.title import Title, find_title, folded
from eafarchive.extraction.lines.address import Address, date_in, find_address
from eafarchive.extraction.people.authorship import Authorship
from eafarchive.extraction.people.frame import Frame, find_layout, read_frame
from eafarchive.extraction.pictures.images import show_pictures
from eafarchive.extraction.text.body import Body, find_body
from eafarchive.extraction.text.container import find_marked
from eafarchive.extraction.text.deck import DECK, with_deck
from eafarchive.extraction.text.emptiness import why_empty
from eafarchive.extraction.text.scraps import SCRAPS
from eafarchive.extraction.text.told_body import doubts, find_told_body
from eafarchive.model import CUT_OFF, MISLABELLED, UNDECODED, Article, Author, NotAnArticle
from eafarchive.profile import Profile

__all__ = ["Examination", "Page", "examine", "extract"]

_LEAST_ABOVE = 500
"""Letters' worth of prose above a title from which it may be the body."""
_FAR_MORE = 3
"""Times what was found below it that it holds."""


class Examination(NamedTuple):
    """What was found on a page, and all that was found on the way to it."""

    found: Article | NotAnArticle
    title: Title
    chrome: Chrome | None = None
    """``None``, as frame and body, where title and address say that the page is no article."""
    frame: Frame | None = None
    body: Body | None = None


def extract(page: Page, profile: Profile) -> Article | NotAnArticle:
    """The article on the page, or why there is none."""
    return examine(page, profile).found


def examine(page: Page, profile: Profile) -> Examination:
    """The article on the page, or why there is none, and how that was found."""
    rules = compiled(profile)
    title = find_title(page, rules)
    address = find_address(page, profile)
    if refusal := why_refused(page, rules, title, address.url):
        return Examination(refusal, title)
    seen = _examine(page, profile, title, address)
    if refusal := why_doubted(page, rules, title, seen.found):
        return Examination(refusal, title)
    return seen


def _examine(page: Page, profile: Profile, title: Title, address: Address) -> Examination:
    """The examination of a page that neither title nor address refuse."""
    rules = compiled(profile)
    seen = _examine_as(page, profile, title, address)
    is_first = title.rule == "h1"
    if isinstance(seen.found, NotAnArticle) and title.at is not None and not is_first:
        # a heading further down may have the words of a title that is set in no heading
        over = find_title(page, rules, title.at)
        if over.at is not None and folded(over.text) == folded(title.text):
            higher = _examine_as(page, profile, over, address)
            if isinstance(higher.found, Article):
                return higher
    if (
        title.at is None
        or not profile.trust_names
        or (is_first and isinstance(seen.found, Article))
    ):
        return seen
    marked = find_marked(page, rules, 0)
    begin = marked.first if marked else 0 if not is_first else title.at
    mass = _mass(page.outline.blocks[begin : title.at])
    if mass < max(_LEAST_ABOVE, _FAR_MORE * _mass(seen.body.blocks if seen.body else [])):
        return seen
    # a theme may write the heading after the body, and show it above; or the one heading is the
    # footer's
    title = title._replace(at=None) if is_first else find_title(page, rules, title.at)
    again = _examine_as(page, profile, title, address)
    return again if isinstance(again.found, Article) else seen


def _mass(blocks: list[Block]) -> int:
    """Letters' worth of prose."""
    return sum(block.own for block in blocks if block.own >= PROSE)


def _examine_as(page: Page, profile: Profile, title: Title, address: Address) -> Examination:
    """The examination of a page under the title."""
    rules = compiled(profile)
    outline = page.outline
    url = address.url
    chrome = Chrome(outline, rules, title.at)
    node = own_node(page, title.text, url, lone=profile.trust_names)
    who = Authorship(page, chrome, rules, node, read_frame(page, chrome, rules))
    frame = who.frame
    marked = find_marked(page, rules, chrome.start)
    body = find_body(outline, chrome, rules, title, frame, who.names, marked, page.base)
    body = with_deck(page, chrome, title, body) if profile.trust_names else body
    writer = Writer(outline, body.blocks, page.base)
    text = writer.text()
    words = count_words(text)
    least = guess_words(text, words)
    is_noted = bool(body.author_note)
    reason = why_empty(outline, chrome, rules, frame.byline, body.blocks, least, is_noted=is_noted)
    told_body = find_told_body(page, node) if reason and profile.trust_names else None
    if told_body:
        writer = Writer(told_body[0], told_body[0].blocks, page.base)
        text, reason = writer.text(), None
        words = count_words(text)
        body = body._replace(blocks=[], summary=[], captions=[])
    if reason:
        return Examination(NotAnArticle(page.url, reason), title, chrome, frame, body)
    marks = read_marks(page)
    note = "\n\n".join(body.author_note) or None
    parsed = who.read(note, body.blocks)
    lines = read_datelines(chrome, body.blocks)
    published = choose_published(page, node, chrome, profile, marks.published, lines)
    if published.rule in {None, "url"} and body.blocks:
        last = body.blocks[-1].at
        while body.out.get(last + 1) in SCRAPS:
            last += 1
        lines = lines or read_footlines(chrome, last)
        published = choose_published(page, node, chrome, profile, marks.published, lines, last)
    modified = choose_modified(page, node, chrome, marks.modified, lines, published)
    first, last = _extent(page, body, title) if body.blocks else (0, 0)
    named = filter(None, (resolve(page.base, one) for one in page.meta.get("og:image", ())))
    people = frozenset(author.name for author in parsed.authors)
    shown = show_pictures(chrome, first, last, body.captions, page.base, named, people)
    around = blocks_around(chrome, first, body.blocks)
    categories, tags = find_terms(page, node, who.links, marks, around)
    warnings = [*body.warnings, *doubts(node, words), *parsed.warnings, *published.warnings]
    if title.at is not None and title.rule.startswith(("meta:", "ld:")):
        warnings.append(f"the page shows the title {outline.blocks[title.at].line[:100]!r}")
    if piece := other_piece(page, last):
        warnings.append(f"the article has other pages: {piece[:200]}")
    if address.stray:
        stray = address.stray[:200]
        warnings.append(f"the page says that it is {stray}, which is no article's address")
    if address.elsewhere:
        elsewhere = address.elsewhere[:200]
        warnings.append(f"the page says that it is {elsewhere}, which is another's host")
    if page.replaced:
        warnings.append(f"{page.replaced} {UNDECODED}")
    if page.is_mislabelled:
        warnings.append(MISLABELLED)
    if page.is_cut_off:
        warnings.append(CUT_OFF)
    article = Article(
        url=url,
        title=nfc(title.text.replace("\n", " ")),
        byline=nfc(who.byline) if who.byline else None,
        authors=tuple(map(_in_nfc, parsed.authors)),
        author_note=nfc(note) if note else None,
        published_at=published.value,
        modified_at=modified.value,
        url_date=date_in(url, profile),
        summary=Writer(outline, body.summary, page.base).text() or None,
        text=text,
        html=writer.html(shown.standing),
        notes=tuple(map(nfc, body.notes)),
        word_count=words,
        reading_minutes=frame.minutes,
        language=find_language(page),
        categories=categories,
        tags=tags,
        doi=find_doi(page, node, chrome.start, body.blocks),
        images=shown.pictures,
        links=writer.links(),
        comments_open=frame.comments_open,
        publisher=None if address.elsewhere else find_publisher(page, node, profile),
        copyright=frame.copyright,
        layout=find_layout(page, rules),
        fields={
            name: rule
            for name, rule in (
                ("title", title.rule),
                ("text", told_body[1] if told_body else _places(body)),
                ("summary", _summed_by(body)),
                ("byline", "label" if who.byline else None),
                ("authors", parsed.rule if parsed.authors else None),
                ("published_at", published.rule),
                ("modified_at", modified.rule),
            )
            if rule
        },
        warnings=tuple(dict.fromkeys(warnings)),
    )
    return Examination(article, title, chrome, frame, body)


def _in_nfc(author: Author) -> Author:
    return msgspec.structs.replace(
        author,
        name=nfc(author.name),
        affiliations=tuple(map(nfc, author.affiliations)),
        role=author.role and nfc(author.role),
    )


def _summed_by(body: Body) -> str | None:
    if not body.summary:
        return None
    if body.summary[0] in body.blocks:
        return "label"
    return DECK if body.out.get(body.summary[0].at) == DECK else "meta:description"


def _places(body: Body) -> str:
    return f"blocks:{body.blocks[0].at}-{body.blocks[-1].at}"


def _extent(page: Page, body: Body, title: Title) -> tuple[int, int]:
    """The blocks from the beginning of what holds title and text to the end of the text."""
    places = [block.at for block in (*body.blocks, *body.captions)]
    first, last = min(places), max(places) + 1
    if title.at is None:
        return first, last
    element = page.outline.blocks[title.at].element
    while element.last <= first and element.parent is not None:
        element = element.parent
    return element.first, last
