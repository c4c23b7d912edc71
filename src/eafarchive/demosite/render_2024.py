"""The newest layout: In Brief, the font-size widget twice, then the rest of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eafarchive.demosite import chrome
from eafarchive.demosite.comments import comments
from eafarchive.demosite.content import byline, content, lead_picture, shown_date
from eafarchive.demosite.head import head
from eafarchive.demosite.prose import Paragraph
from eafarchive.demosite.view import SITE_NAME, View

if TYPE_CHECKING:
    from eafarchive.demosite.pen import Pen

TAGLINE = "Peer reviewed analysis from world leading experts"


def render(view: View, pen: Pen, page: int = 1) -> str:
    """The page as the layout from 2024 on shows it."""
    parts = [
        _title_block(view, pen),
        _in_brief(view, pen) if page == 1 else "",
        _widget(pen, share=view.look.share == "first"),
        _widget(pen, share=view.look.share == "second"),
        pen.tag(
            "div",
            "\n",
            pen.wrap(content(view, pen, page, brief=False), "inner"),
            "\n",
            role="content",
        ),
        chrome.terms_list(view, pen),
        chrome.doi_line(view, pen),
        comments(view, pen),
    ]
    article = pen.wrap(pen.tag("article", "\n", "\n".join(parts), "\n", role="article"))
    tail = [
        _banner(pen),
        pen.tag("div", pen.tag("p", pen.text(chrome.ACKNOWLEDGEMENT)), role="acknowledgement"),
        chrome.related(view, pen, "Related articles"),
        _print_footer(view, pen),
        chrome.copyright_block(view, pen),
        chrome.popup(pen) if view.look.popup else "",
    ]
    body = pen.tag(
        "body",
        "\n",
        _site_header(pen),
        "\n",
        pen.tag("main", article, role="main"),
        "\n",
        "\n".join(tail),
        "\n",
    )
    return chrome.document(view.look.language, head(view, pen), body)


def _site_header(pen: Pen) -> str:
    skip = pen.tag("a", "Skip to content", attributes={"href": "#content"})
    return pen.tag(
        "header",
        skip,
        pen.link("/", SITE_NAME),
        chrome.navigation(pen),
        chrome.search_form(pen),
        pen.tag("div", pen.link("/subscribe/", "Subscribe"), role="anchor"),
        role="site-header",
    )


def _title_block(view: View, pen: Pen) -> str:
    reading = ""
    if view.look.reading:
        minutes = view.definition.minutes
        unit = "min" if minutes == 1 else "mins"
        style = {"style": "display: block"} if view.look.order == "sorted" else {}
        reading = pen.tag(
            "span",
            pen.tag("span", "Reading Time: ", role="reading-prefix"),
            pen.tag("span", str(minutes), role="reading-time"),
            pen.tag("span", f" {unit}", role="reading-postfix"),
            role="reading",
            attributes=style,
        )
    return pen.tag(
        "header",
        lead_picture(view, pen),
        shown_date(view, pen),
        pen.tag("p", TAGLINE, role="tagline"),
        "\n",
        pen.tag("h1", pen.inline(view.definition.title), role="title"),
        "\n",
        byline(view, pen, "div") if view.look.byline == "header" else "",
        reading,
        role="article-header",
    )


def _in_brief(view: View, pen: Pen) -> str:
    brief = view.definition.brief
    if not brief:
        return ""
    label = {
        "heading": pen.tag("h4", "In Brief", role="label"),
        "strong": pen.tag("p", "<strong>In Brief</strong>"),
        "div": pen.tag("div", "In Brief", role="label"),
    }[view.look.label]
    written = pen.blocks(map(Paragraph, brief))
    return pen.tag("div", label, "\n", pen.tag("div", written, role="brief-text"), role="brief")


def _widget(pen: Pen, *, share: bool) -> str:
    items = [
        pen.tag("li", pen.tag("a", "A", attributes={"href": "#", "data-size": size}))
        for size in ("small", "medium", "large")
    ]
    if share:
        items.append(pen.tag("li", pen.tag("a", "Share", attributes={"href": "#share"})))
    return pen.tag("ul", *items, role="font-size")


def _banner(pen: Pen) -> str:
    return pen.tag(
        "section",
        pen.tag("h2", "Support Quality Analysis"),
        pen.tag(
            "p",
            "Your imaginary gift keeps invented analysis free for everyone who would like to "
            "test a program with it.",
        ),
        pen.link("/donate/", "Donate"),
        role="banner",
    )


def _print_footer(view: View, pen: Pen) -> str:
    source = "https://www.eastasiaforum.org"
    link = pen.tag("a", source, attributes={"href": source}) + ")" if view.look.printed_link else ""
    return pen.tag("div", f"Article printed from {SITE_NAME} ({link}", role="print")
