"""The post's own content, the same in every layout: caption, byline, prose, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eafarchive.demosite.chrome import long_date, pager
from eafarchive.demosite.prose import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eafarchive.demosite.pen import Pen
    from eafarchive.demosite.view import View


def lead_picture(view: View, pen: Pen) -> str:
    """The lead picture; its caption with it, unless that is the body's first paragraph."""
    picture = view.definition.picture
    if not picture:
        return ""
    if view.caption_paragraph:
        return pen.tag("div", pen.picture(picture), role="figure")
    return pen.figure(picture)


def content(view: View, pen: Pen, page: int, *, brief: bool) -> str:
    """The blocks of one page of the post; ``brief``: the opening paragraphs with them."""
    return "\n".join(_content(view, pen, page, brief=brief))


def _content(view: View, pen: Pen, page: int, *, brief: bool) -> Iterator[str]:
    definition = view.definition
    pages = definition.pages()
    if page == 1:
        picture = definition.picture
        if picture and picture.caption and view.caption_paragraph:
            yield pen.tag("p", pen.inline(picture.caption))
        if view.byline and view.look.byline == "body":
            yield byline(view, pen, "p")
        if brief and definition.brief:
            yield pen.blocks(map(Paragraph, definition.brief))
            yield f'<p><span id="more-{definition.id}"></span></p>'
    yield pen.blocks(pages[page - 1])
    if page == len(pages):
        closing = "\n".join(pen.tag("p", _italic(pen.inline(text))) for text in definition.closing)
        if definition.closing_first:
            yield closing
        for text in definition.note:
            written = pen.inline(text)
            yield pen.tag("p", written if view.layout == "2024" else _italic(written))
        if not definition.closing_first:
            yield closing
    yield pager(view, pen, page)


def _italic(written: str) -> str:
    return written if "<em>" in written else f"<em>{written}</em>"


def byline(view: View, pen: Pen, name: str) -> str:
    """The byline, if the page shows one."""
    if not view.byline:
        return ""
    written = pen.inline(view.byline)
    return pen.tag(name, written, role="" if view.look.byline == "body" else "byline")


def shown_date(view: View, pen: Pen, *, american: bool = False) -> str:
    """The visible date, if the page shows one."""
    if not view.look.dated:
        return ""
    words = long_date(view.definition.published, american=american)
    if view.look.time == "none":
        return pen.tag("span", words, role="date")
    return pen.tag("time", words, role="date", attributes={"datetime": view.time_value})
