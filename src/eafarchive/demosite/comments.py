"""Readers' comments and what the page says about adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eafarchive.demosite.chrome import long_date

if TYPE_CHECKING:
    from eafarchive.demosite.pen import Pen
    from eafarchive.demosite.view import View


def comments(view: View, pen: Pen) -> str:
    """The comments, then a form, the closing sentence, or nothing."""
    return _written(view, pen) + _discussion(view, pen)


def _written(view: View, pen: Pen) -> str:
    definition = view.definition
    number = len(definition.comments)
    if not number:
        return ""
    noun = "Response" if number == 1 else "Responses"
    heading = pen.tag("h3", f"{number} {noun} to “{pen.inline(definition.title)}”")
    items = (pen.tag("li", _comment(view, pen, place), role="comment") for place in range(number))
    written = heading + pen.tag("ol", "\n", *items, role="comments")
    if number > 2:
        older = pen.link(f"{view.path}comment-page-1/", "« Older Comments")
        written += pen.tag("div", older, role="comment-nav")
    return written


def _comment(view: View, pen: Pen, place: int) -> str:
    name, text = view.definition.comments[place]
    date = long_date(view.definition.published, american=True)
    reply = {"href": f"?replytocom={place + 71}#respond", "rel": "nofollow"}
    return pen.tag(
        "div",
        pen.tag("div", pen.tag("cite", pen.text(name)), " says:", role="comment-author"),
        pen.tag("small", f"{date} at {place + 1}:1{place} pm"),
        *(pen.tag("p", pen.inline(part)) for part in text.split("\n\n")),
        pen.tag("a", "Reply", attributes=reply),
        role="comment-body",
    )


def _discussion(view: View, pen: Pen) -> str:
    match view.definition.discussion:
        case "closed":
            return pen.tag("p", "Comments are closed.", role="nocomments")
        case "open":
            return _form(pen)
        case _:
            return ""


def _form(pen: Pen) -> str:
    fields = (
        pen.tag("p", pen.tag("input", attributes={"name": "author", "type": "text"}), " Name"),
        pen.tag("p", pen.tag("input", attributes={"name": "email", "type": "text"}), " Mail"),
        pen.tag("p", pen.tag("textarea", attributes={"name": "comment", "rows": "10"})),
        pen.tag("p", pen.tag("input", attributes={"type": "submit", "value": "Submit Comment"})),
    )
    form = pen.tag(
        "form",
        *fields,
        attributes={"method": "post", "action": pen.url("/wp-comments-post.php")},
    )
    return pen.tag("div", pen.tag("h3", "Leave a Reply"), form, role="respond")
