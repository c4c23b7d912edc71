"""What `check` found, in words: one page of text a page checked, or one line."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from eafarchive.model import Account, Article, Author, Match
from eafarchive.profile import Profile
from eafarchive.work.pages.check import FIELDS, Checked, Idle, Totals

_WIDTH = 72
"""Characters of a quotation."""


def tell_in_full(checked: Checked, *, with_inherited: bool = False) -> Iterator[str]:
    """The lines on one page: layouts, fields, blocks, rules, warnings.

    ``with_inherited`` names the parent profile's rules that matched nothing, too.
    """
    yield checked.url
    yield f"  page     {checked.source}"
    parent = f", extends {checked.extends}" if checked.extends else ""
    yield f"  profile  {checked.profile}{parent}"
    yield f"  result   {_result(checked)}"
    account = checked.account
    if account is None:
        return
    yield from _layouts(account)
    if isinstance(checked.found, Article):
        yield from _fields(checked.found)
    yield "blocks"
    for piece in account.pieces:
        part = f"{piece.part:11}" if piece.part != "out" else "-          "
        yield f"  {piece.at:4} {part} {piece.tag:10} {_quoted(piece.text)}  {piece.why}"
    yield "rules that matched"
    yield from (_matched(match) for match in account.matches if match.times)
    idle = [m for m in account.matches if not m.times and (with_inherited or m.rule in checked.own)]
    hidden = "" if with_inherited else " (with --verbose, inherited ones, too)"
    yield f"{'rules' if idle else 'no rules'} of the profile that matched nothing{hidden}"
    yield from map(_matched, idle)
    if isinstance(checked.found, Article):
        yield "warnings" if checked.found.warnings else "no warnings"
        yield from (f"  {warning}" for warning in checked.found.warnings)


def tell_in_brief(checked: Checked) -> str:
    """One line on a page."""
    return f"{checked.url}: {_result(checked)} (profile {checked.profile})"


def tell_idle(idle: list[Idle]) -> Iterator[str]:
    """Lines on the rules that matched nothing on any page."""
    for one in idle:
        if one.rules:
            yield f"profile {one.profile}: matched nothing on any page:"
            yield from (f"  {rule}" for rule in one.rules)


def tell_totals(totals: Totals) -> str:
    """One line on all pages."""
    lacking = ", ".join(f"{name} {count}" for name, count in totals.lacking.items())
    told = f"; articles without {lacking}" if lacking else "; no article lacks a field"
    return f"together {totals.pages} pages, {totals.articles} articles{told}"


def tell_profile(profile: Profile) -> str:
    """The profile as TOML that stands by itself: loaded, it is the same profile."""
    rules = msgspec.to_builtins(profile)
    lines = [f"# {rules.pop('digest')}"]
    if parent := rules.pop("extends"):
        lines.append(f"# all rules in force, those of {parent!r} included")
    tables = {key: rules.pop(key) for key in list(rules) if isinstance(rules[key], dict)}
    layouts = rules.pop("layouts")
    lines += _assignments(rules)
    for key, table in [*(("[layouts]", one) for one in layouts), *tables.items()]:
        lines += ["", f"[{key}]", *_assignments(table)]
    return "\n".join(lines) + "\n"


def _assignments(table: dict[str, object]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, list | tuple):
            if value:
                yield f"{key} = ["
                yield from (f"  {_toml(one)}," for one in value)
                yield "]"
        elif value is not None:
            yield f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    """A truth value or a string as TOML spells it: as it is where it can be, else escaped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(('"', *(c if c.isprintable() else f"\\U{ord(c):08X}" for c in said), '"'))


def _result(checked: Checked) -> str:
    found = checked.found
    if not isinstance(found, Article):
        return f"no article: {found.reason}"
    layout = f"layout {found.layout}" if found.layout else "no layout"
    warned = f", {len(found.warnings)} warnings" if found.warnings else ""
    return f"article, {found.word_count} words, {layout}{warned}"


def _layouts(account: Account) -> Iterator[str]:
    tests = [match for match in account.matches if match.rule.startswith("layouts[")]
    yield "layouts (the first that one rule speaks for)" if tests else "no layouts in the profile"
    yield from map(_matched, tests)


def _matched(match: Match) -> str:
    pattern = match.pattern if len(match.pattern) <= _WIDTH else f"{match.pattern[: _WIDTH - 1]}…"
    if match.text is None:
        return f"   no  {match.rule}  {pattern}"
    return f"  {match.times:3}x {match.rule}  {pattern}  {_quoted(match.text)}"


def _fields(article: Article) -> Iterator[str]:
    yield "fields, and the rule that gave each"
    for name in FIELDS:
        value = getattr(article, name)
        if name == "authors":
            value = [_signed(author) for author in article.authors]
        if isinstance(value, list | tuple):
            value = " | ".join(value)
        shown = "-" if value in {None, ""} else _quoted(str(value))
        yield f"  {name:15} {article.fields.get(name, ''):24} {shown}"


def _signed(author: Author) -> str:
    """The author as a byline has it: name, role, houses."""
    kind = " (group)" if author.kind == "group" else ""
    return ", ".join(filter(None, (author.name + kind, author.role, *author.affiliations)))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"«{line if len(line) <= _WIDTH else line[: _WIDTH - 1] + '…'}»"
