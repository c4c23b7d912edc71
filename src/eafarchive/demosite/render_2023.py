"""The middle layout: ``article.full-post.post`` with header and ``section.content``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eafarchive.demosite import chrome
from eafarchive.demosite.comments import comments
from eafarchive.demosite.content import byline, content, lead_picture, shown_date
from eafarchive.demosite.head import head
from eafarchive.demosite.view import SITE_NAME, View

if TYPE_CHECKING:
    from eafarchive.demosite.pen import Pen


def render(view: View, pen: Pen, page: int = 1) -> str:
    """The page as the layout to 2023 shows it."""
    main = pen.wrap(
        pen.tag(
            "article",
            "\n",
            _article_header(view, pen),
            "\n",
            _section(view, pen, page),
            "\n",
            _article_footer(view, pen),
            "\n",
            comments(view, pen),
            role="article",
        )
    )
    body = pen.tag(
        "body",
        "\n",
        _site_header(pen),
        "\n",
        pen.tag("main", main, "\n", chrome.related(view, pen, "More on this topic"), role="main"),
        "\n",
        _site_footer(view, pen),
        "\n",
    )
    return chrome.document(view.look.language, head(view, pen), body)


def _site_header(pen: Pen) -> str:
    logo = pen.tag(
        "img", attributes={"src": pen.upload("site/logo.png"), "alt": SITE_NAME, "width": "240"}
    )
    home = pen.tag("a", logo, attributes={"href": pen.url("/"), "rel": "home"})
    return pen.tag(
        "header", home, chrome.navigation(pen), chrome.search_form(pen), role="site-header"
    )


def _article_header(view: View, pen: Pen) -> str:
    return pen.tag(
        "header",
        pen.tag("h1", pen.inline(view.definition.title), role="title"),
        "\n",
        shown_date(view, pen),
        byline(view, pen, "p") if view.look.byline == "header" else "",
        lead_picture(view, pen),
        role="article-header",
    )


def _section(view: View, pen: Pen, page: int) -> str:
    name = "div" if view.look.vocabulary in {"opaque", "utility"} else "section"
    written = content(view, pen, page, brief=True)
    return pen.tag(name, "\n", pen.wrap(written, "inner"), "\n", role="content")


def _article_footer(view: View, pen: Pen) -> str:
    parts = (
        chrome.share_list(view, pen) if view.look.share != "none" else "",
        chrome.terms_list(view, pen),
        chrome.doi_line(view, pen),
    )
    return pen.tag("footer", *parts, role="article-footer")


def _site_footer(view: View, pen: Pen) -> str:
    popup = chrome.newsletter(pen) if view.look.popup else ""
    about = pen.tag("p", f"{SITE_NAME} is run by an editorial office that does not exist.")
    menu = pen.links("menu", chrome.SECTIONS)
    return pen.tag(
        "footer", popup, about, menu, chrome.copyright_block(view, pen), role="site-footer"
    )
