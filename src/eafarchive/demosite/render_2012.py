"""The oldest layout: a blog of the 3.2 days, with readers' comments and a sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eafarchive.demosite import chrome
from eafarchive.demosite.comments import comments
from eafarchive.demosite.content import byline, content, lead_picture, shown_date
from eafarchive.demosite.head import head
from eafarchive.demosite.view import SITE_NAME, View

if TYPE_CHECKING:
    from eafarchive.demosite.pen import Pen

TAGLINE = "Economics, Politics and Public Policy in East Asia and the Pacific"


def render(view: View, pen: Pen, page: int = 1) -> str:
    """The page as the layout to 2012 shows it."""
    body = pen.tag(
        "body",
        "\n",
        pen.tag("div", _header(view, pen), "\n", _main(view, pen, page), "\n", _sidebar(view, pen)),
        "\n",
        _footer(view, pen),
        role="page",
    )
    return chrome.document(view.look.language, head(view, pen), body, old=True)


def _header(view: View, pen: Pen) -> str:
    name = "h1" if view.look.site_heading else "div"
    return pen.tag(
        "div",
        pen.tag(name, pen.link("/", SITE_NAME), role="site"),
        pen.tag("div", TAGLINE, role="tagline"),
        pen.links("menu", chrome.SECTIONS),
        role="header",
    )


def _main(view: View, pen: Pen, page: int) -> str:
    heading = "h2" if view.look.site_heading else "h1"
    title = pen.inline(view.definition.title)
    if heading == "h2":
        title = pen.tag("a", title, attributes={"href": pen.url(view.path), "rel": "bookmark"})
    in_header = view.look.byline == "header"
    entry = pen.tag(
        "div",
        "\n",
        pen.wrap(content(view, pen, page, brief=True), "inner"),
        "\n",
        role="content",
    )
    post = pen.tag(
        "div",
        pen.tag(heading, title, role="title"),
        "\n",
        pen.tag("small", shown_date(view, pen, american=True), role="meta"),
        byline(view, pen, "p") if in_header else "",
        lead_picture(view, pen),
        "\n",
        entry,
        "\n",
        chrome.terms_list(view, pen),
        chrome.doi_line(view, pen),
        chrome.share_list(view, pen) if view.look.share == "first" else "",
        role="article",
        attributes={"id": f"post-{view.definition.id}"},
    )
    after = (chrome.related(view, pen, "Related posts"), comments(view, pen))
    return pen.wrap(pen.tag("div", post, "\n", *after, role="main"))


def _sidebar(view: View, pen: Pen) -> str:
    months = {teaser.path[:9] for teaser in view.related}
    archives = [(month, month.strip("/")) for month in sorted(months, reverse=True)]
    latest = [(teaser.path, teaser.title) for teaser in view.related]
    about = pen.tag(
        "p",
        "This forum provides a platform for the best of invented analysis and research on the "
        "region, and for debate among scholars who do not exist.",
    )
    widgets = (
        pen.tag("div", pen.tag("h3", title), inner, role="widget")
        for title, inner in (
            ("About", about),
            ("Recent posts", pen.links("list", latest)),
            ("Archives", pen.links("list", archives)),
            ("Subscribe", chrome.newsletter(pen) if view.look.popup else chrome.search_form(pen)),
        )
    )
    return pen.tag("div", "\n", *widgets, role="sidebar")


def _footer(view: View, pen: Pen) -> str:
    credit = pen.tag("p", f"{SITE_NAME} is proudly powered by nothing at all.")
    feeds = pen.link("/feed/", "Entries (RSS)")
    return pen.tag("div", chrome.copyright_block(view, pen), credit, feeds, role="footer")
