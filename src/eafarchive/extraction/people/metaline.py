"""The byline among what else a line at the title holds: a date, terms, a count of comments.

*Posted on 2 June 2016 **by Ann Roe** | Trade | 3 comments*, or **Author: Ann Roe, ANU** and a date
after a line break. What stands beside names begins a part of the line, be it by a bar or because an
element begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from eafarchive.extraction.document.inline import anchor_of, fold_lines, join_seamed
from eafarchive.extraction.document.outline import BREAK, Block, Chain
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.datelines import is_dateline, is_term, leads_to_date, undated
from eafarchive.extraction.facts.terms import leads_to_terms
from eafarchive.extraction.lines.date_words import LEADING, TO_NAME
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.months import MONTHS
from eafarchive.extraction.lines.signposts import AUTHORS
from eafarchive.extraction.people.nameplates import BY
from eafarchive.phrases import is_all, is_opened

_BARS = f" \t\n|·•∙/–—-{BREAK}"
_SEAM = re.compile(
    rf"(?:(?<!\s)\s++)?[|·•∙]\s*+|\s[/–—-]\s|(?<=\S)\s++(?=(?:{TO_NAME})(?:\s|$))",
    re.IGNORECASE,
)
"""Where a run of words may part: at a bar, and before what leads to a name."""
_PARTING = "|·•∙/–—-"
"""One of these marks or words is in each such place."""
_FILED = frozenset("filed under category categories tag tags tagged topics author".split())
"""What stands before a link to what an article is filed under, beside *in*."""
_COUNT = re.compile(r"\d[\d.,]{0,9}k? [^\W\d]{3,12}(?: ago)?", re.IGNORECASE)
"""*3 comments*, *1,204 views*, *2 days ago*."""
_OPENING = 40
_MOST = 12
"""Runs of words in which a line has come to what it opens with."""
_MAX_LABEL = 24
"""Letters of what may stand before a byline as its label for those who only hear it."""
_FEW = 3
"""Words of a label before a date."""

Words = list[tuple[str, Chain | None]]
"""A line's runs of words, each with the marks around it."""


def names_of(block: Block, rules: Rules) -> Block:
    """The block up to what stands beside the names that it begins with."""
    return _part(block, _words_of(block), 0, rules)


def bylines_in(block: Block, rules: Rules) -> Iterator[Block]:
    """The parts of a line that begin as bylines do, after nothing but what may stand beside one.

    And whatever follows the first bar, where a date stands before it.
    """
    if len(block.runs) == 1 and not (_may_part(block.text) and _SEAM.search(block.text)):
        return
    colons = tuple(label for label in rules.profile.byline.labels if label[-1] == ":")
    runs = _words_of(block)
    for at in range(1, len(runs)):
        text = _text_from(runs, at, _OPENING) if runs[at][0].strip(_BARS) else ""
        if text and (
            text.casefold().startswith(colons)
            or (_opens(text, rules) and _may_follow(block, runs, at, rules))
            or _follows_date(block, runs[:at])
        ):
            yield _part(block, runs, at, rules)


def linked_authors(block: Block) -> tuple[str, ...]:
    """The names in the block that lead to their bearers' pages."""
    found = (run for run, chain in block.runs if isinstance(run, str) and _is_authors(chain))
    return tuple(" ".join(name.split()) for name in found)


def _words_of(block: Block) -> Words:
    """The block's runs of words, parted where something else may begin within one."""
    found: Words = []
    for run, chain in block.runs:
        if not isinstance(run, str):
            continue
        last = 0
        for seam in _SEAM.finditer(run) if run != BREAK and _may_part(run) else ():
            found += [(run[last : seam.start()], chain), (seam[0], chain)]
            last = seam.end()
        found.append((run[last:], chain))
    return [run for run in found if run[0]]


def _may_part(run: str) -> bool:
    """Whether what parts a run may be in it: told fast."""
    return any(bar in run for bar in _PARTING) or not set(LEADING).isdisjoint(run.lower().split())


def _text_from(runs: Words, at: int, length: int) -> str:
    """Some words from a run on, in one line, no bar before them."""
    text = join_seamed(words for words, _ in runs[at : at + _MOST])
    return " ".join(text[: 2 * length].split()).lstrip(_BARS)[:length]


def _leads_on(words: str) -> bool:
    """Whether the words only lead to a date, or to what the article is filed under."""
    bare = (word.rstrip(":,;") for word in words.split() if word.strip(_BARS))
    return all(leads_to_date(word) or word.casefold() in _FILED for word in bare)


def _opens(text: str, rules: Rules) -> bool:
    """Whether words open as bylines do."""
    if BY.match(text):
        return True
    return text.casefold().startswith(
        tuple(one for one in rules.profile.byline.labels if " " in one)
    )


def _may_follow(block: Block, runs: Words, at: int, rules: Rules) -> bool:
    """Whether nothing before the run, since the last bar, is more than a date, a term, a label."""
    bars = (last for last in range(at - 1, -1, -1) if _is_bar(runs[last][0]))
    before = runs[next(bars, -1) + 1 : at]
    told = join_seamed(run[0] for run in before if not _is_filed(block, run))
    line = " ".join(told.split())
    if _leads_on(line) or _is_dated(block, line):
        return True
    if is_all(rules.reading, line) or is_all(rules.comments, line):
        return True
    if f"{line.casefold().rstrip(' :').rpartition(' ')[2]}:" in rules.profile.byline.labels:
        return True  # Post author
    # a kicker, or what only a screen's reader is told
    is_short = len(line) <= _MAX_LABEL and not runs[at - 1][0].isspace()
    by = _text_from(runs, at, _OPENING)
    is_led = any(_is_authors(chain) for _, chain in runs[at : at + 2]) and by[0].isupper()
    is_credit = any(credit.search(f"{line} {by}") for credit in rules.credits)
    return is_short and is_led and not is_credit


def _is_month(line: str) -> bool:
    """Whether the words are a month and a year."""
    month, _, year = line.rpartition(" ")
    return month.casefold().rstrip(".,") in MONTHS and year.isdigit()


def _follows_date(block: Block, before: Words) -> bool:
    """Whether a date is all that stands before a bar."""
    bar, lines = before[-1][0], [words for words, _ in before[:-1]]
    return _is_bar(bar) and not any(map(_is_bar, lines)) and _is_dated(block, join_seamed(lines))


def _is_bar(words: str) -> bool:
    return bool(words.strip(" ")) and not words.strip(_BARS)


def _is_dated(block: Block, line: str) -> bool:
    return is_dateline(msgspec.structs.replace(block, runs=[(line, None)]))


def _is_filed(block: Block, run: tuple[str, Chain | None]) -> bool:
    """Whether the run is a link to a category or a tag."""
    if anchor_of(run[1]) is None:
        return False
    return is_term(run) or leads_to_terms(msgspec.structs.replace(block, runs=[(run[0], run[1])]))


def _is_authors(chain: Chain | None) -> bool:
    if (anchor := anchor_of(chain)) is None:
        return False
    named = anchor.node.attributes
    rel = (named.get("rel") or "").split()
    return "author" in rel or AUTHORS.search(named.get("href") or "") is not None


def _part(block: Block, runs: Words, first: int, rules: Rules) -> Block:
    """The block from a run on, up to what stands beside the names."""
    rest = (at for at in range(first + 1, len(runs)) if _is_beside(block, runs, at, rules))
    last = next(rest, len(runs))
    is_cut = last < len(runs)
    while last > first + 1 and (
        not runs[last - 1][0].strip(_BARS) or (is_cut and _leads_on(runs[last - 1][0]))
    ):
        last -= 1
    pieces = [words for words, _ in runs[first:last]]
    labels = ("".join(pieces[:count]).strip(_BARS) for count in (1, 3))  # Posted | by
    is_apart = any(
        BY.fullmatch(f"{label} ") or label.casefold() in rules.profile.byline.labels
        for label in labels
    )
    text = fold_lines(join_seamed(pieces) if is_apart else "".join(pieces)).lstrip(_BARS)
    text = undated(text) if find_dates(text.replace("\n", " ")) else text
    text = text.rstrip(f"{_BARS},;") if is_cut else text
    while is_cut and " " in text and _leads_on(text.rpartition(" ")[2]):
        text = text.rpartition(" ")[0].rstrip(f"{_BARS},;")
    if text == block.text:
        return block
    return block.part(list(runs[first:last]), text)


def _is_beside(block: Block, runs: Words, at: int, rules: Rules) -> bool:
    """Whether something else than names begins with a run: a date, a term, a count, a label."""
    line = " ".join(runs[at][0].strip(_BARS).split())
    if not line or line[0] in ",;":
        return False
    if _is_filed(block, runs[at]) or is_all(rules.comments, line):
        return True
    if _COUNT.fullmatch(line) and not runs[at - 1][0].rstrip().endswith(","):
        return True  # but not Ann Roe, 21 Research
    rest = _text_from(runs, at, 2 * _OPENING)
    label, colon, told = line.partition(":")
    if colon and label.count(" ") < _FEW:  # Publish date: 5 March
        if _is_bar(runs[at - 1][0]) and f"{label.casefold()}:" not in rules.profile.byline.labels:
            return True  # | Editor: Bo Moe
        told = (told or _text_from(runs, at + 1, _OPENING)).lstrip()
        if (dates := find_dates(told)) and not dates[0][0]:
            return True
    return (
        is_all(rules.lead, line)
        or is_all(rules.summary, line)
        or is_opened(rules.reading, rest)
        or _is_dated(block, line)
        or (_is_bar(runs[at - 1][0]) and _is_month(line))
    )
