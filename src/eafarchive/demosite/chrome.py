"""What stands around every article: navigation, lists, forms, banners."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from eafarchive.demosite.view import NOTICE, SITE_NAME, Teaser, View

if TYPE_CHECKING:
    from eafarchive.demosite.pen import Pen

SECTIONS = (
    ("/category/trade/", "Trade"),
    ("/category/security/", "Security"),
    ("/category/society/", "Society"),
    ("/category/energy/", "Energy"),
    ("/submissions/", "Submissions"),
)
# not the calendar module's: those follow the locale
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ACKNOWLEDGEMENT = (
    "The East Asia Forum office is based in Australia and EAF acknowledges the First Peoples of "
    "this land — in Canberra the Ngunnawal and Ngambri people — thanks them for the care they "
    "take of the places where this invented journal would be made, and recognises their "
    "continuous connection to culture, community and Country."
)


def document(language: str, *parts: str, notice: str = NOTICE, old: bool = False) -> str:
    """A whole HTML document; its first comment says that it is synthetic."""
    doctype = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
        if old
        else "<!DOCTYPE html>"
    )
    lang = f' lang="{language}"' if language else ""
    if old:
        lang = f' xmlns="http://www.w3.org/1999/xhtml"{lang}'
    return f"{doctype}\n<!-- {notice} -->\n<html{lang}>\n" + "\n".join(parts) + "\n</html>\n"


def navigation(pen: Pen) -> str:
    """The main menu."""
    return pen.tag("nav", "\n", pen.links("menu", SECTIONS), "\n", role="nav")


def search_form(pen: Pen) -> str:
    """The search box."""
    field = pen.tag("input", attributes={"type": "search", "name": "s", "placeholder": "Search"})
    button = pen.tag("button", "Search", attributes={"type": "submit"})
    attributes = {"method": "get", "action": pen.url("/search/")}
    return pen.tag("form", field, button, role="search", attributes=attributes)


def share_list(view: View, pen: Pen) -> str:
    """Links that pass the article on."""
    names = ("Facebook", "Twitter", "LinkedIn", "Email", "Print")
    items = (pen.tag("li", pen.link(f"{view.path}?share={name.lower()}", name)) for name in names)
    heading = pen.tag("h4", "Share this:")
    return pen.tag("div", heading, pen.tag("ul", *items), role="share")


def newsletter(pen: Pen) -> str:
    """The subscription form."""
    field = pen.tag("input", attributes={"type": "email", "placeholder": "Your email address"})
    return pen.tag(
        "form",
        pen.tag("h3", "Subscribe to our newsletter"),
        pen.tag("p", "A weekly round-up of everything invented here, in your inbox."),
        field,
        pen.tag("button", "Subscribe", attributes={"type": "submit"}),
        role="newsletter",
        attributes={"method": "post", "action": pen.url("/subscribe/")},
    )


def popup(pen: Pen) -> str:
    """The subscription form as an overlay, hidden until a script shows it."""
    close = pen.tag("button", "×", attributes={"type": "button", "aria-label": "Close"})
    attributes = {"style": "display: none", "role": "dialog", "aria-modal": "true"}
    return pen.tag("div", close, newsletter(pen), role="popup", attributes=attributes)


def related(view: View, pen: Pen, heading: str) -> str:
    """A block of other articles, with their first words."""
    if not view.look.related:
        return ""
    teasers = (teaser_block(teaser, pen, terms=view.look.related_terms) for teaser in view.related)
    return pen.tag("aside", pen.tag("h3", heading), "\n", *teasers, role="related")


def teaser_block(teaser: Teaser, pen: Pen, *, terms: bool = False) -> str:
    """Another article's title, date and first words."""
    title = pen.tag("h2", pen.link(teaser.path, teaser.title))
    when = pen.tag(
        "time", long_date(teaser.published), attributes={"datetime": teaser.published[:10]}
    )
    slug = teaser.category.lower()
    category = pen.link(f"/category/{slug}/", teaser.category, "category tag") if terms else ""
    return pen.tag(
        "div",
        pen.tag("span", title, when, category, role="teaser-title"),
        pen.tag("p", pen.text(teaser.excerpt)),
        role="teaser",
    )


def terms_list(view: View, pen: Pen) -> str:
    """The article's category and tag links."""
    definition = view.definition
    if not view.look.terms or not (definition.categories or definition.tags):
        return ""
    categories = ", ".join(
        pen.link(f"/category/{slug(name)}/", name, "category tag") for name in definition.categories
    )
    tags = ", ".join(pen.link(f"/tag/{slug(name)}/", name, "tag") for name in definition.tags)
    written = "Filed under: " + categories + (f" Tagged: {tags}" if tags else "")
    return pen.tag("p", written, role="terms")


def slug(name: str) -> str:
    """A term's name in its address: without accents, as WordPress makes it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(letters.lower().split())


def doi_line(view: View, pen: Pen) -> str:
    """The visible DOI, where the look shows one."""
    doi = view.definition.doi
    if not doi or view.look.doi in {"meta", "dc"}:
        return ""
    if view.look.doi == "text":
        return pen.tag("p", f"DOI: {doi}", role="doi")
    address = f"https://doi.org/{doi}"
    return pen.tag("p", pen.tag("a", address, attributes={"href": address}), role="doi")


def pager(view: View, pen: Pen, page: int) -> str:
    """Links to the pieces of an article in several pages."""
    pages = len(view.definition.pages())
    if pages == 1:
        return ""
    parts = [
        str(number)
        if number == page
        else pen.link(view.path if number == 1 else f"{view.path}{number}/", str(number))
        for number in range(1, pages + 1)
    ]
    return pen.tag("p", "Pages: " + " ".join(parts), role="pager")


def copyright_block(view: View, pen: Pen) -> str:
    """The copyright line, where the look has one."""
    line = copyright_line(view)
    return pen.tag("p", pen.text(line), role="copyright") if line else ""


def long_date(published: str, *, american: bool = False) -> str:
    """A date in words: ``2 June 2016`` or ``June 2nd, 2016``."""
    month, day = _MONTHS[int(published[5:7]) - 1], int(published[8:10])
    if not american:
        return f"{day} {month} {published[:4]}"
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{month} {day}{suffix}, {published[:4]}"


def copyright_line(view: View) -> str | None:
    """The visible copyright line: its year is the capture's, so the layout's or a later one."""
    if not view.look.copyright:
        return None
    year = max(view.layout, view.definition.published[:4])
    begin = {"2012": "© ", "2023": "Copyright © ", "2024": "Copyright ©"}[view.layout]
    return f"{begin}{year} {SITE_NAME}. All rights reserved."
