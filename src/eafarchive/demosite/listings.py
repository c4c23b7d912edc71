"""Pages that list articles or say something about the site: none of them is an article."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from eafarchive.demosite import chrome
from eafarchive.demosite.look import Look
from eafarchive.demosite.pen import Pen
from eafarchive.demosite.resource import Resource
from eafarchive.demosite.view import NOTICE, SITE_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eafarchive.demosite.article import DemoArticle

_PER_PAGE = 12
_STATIC = {
    "/submissions/": (
        "Submissions",
        "Manuscripts on any invented subject may be sent to nobody. Please leave out real people.",
    ),
    "/subscribe/": ("Subscribe", "There is no newsletter, so there is nothing to leave."),
    "/donate/": ("Donate", "There is no journal here, and it needs no money."),
}


def listings(base: str, articles: Sequence[DemoArticle]) -> dict[str, Resource]:
    """Home, category, tag, author and month pages and the static ones, by path."""
    newest = sorted(articles, key=lambda article: article.definition.instant, reverse=True)
    groups: dict[str, list[DemoArticle]] = {path: [] for path, _ in chrome.SECTIONS}
    groups = defaultdict(list, {"/": newest} | groups)
    titles = {"/": SITE_NAME} | dict(chrome.SECTIONS)
    for article in newest:
        month = f"/{article.definition.day[:7]}/"
        groups[month].append(article)
        titles[month] = f"Archive for {article.definition.day[:7]}"
        for author in article.definition.authors:
            if author.url:
                groups[author.url].append(article)
                titles[author.url] = author.name
        for kind, names in (
            ("category", article.definition.categories),
            ("tag", article.definition.tags),
        ):
            for name in names:
                path = f"/{kind}/{chrome.slug(name)}/"
                groups[path].append(article)
                titles[path] = name
    found: dict[str, Resource] = {}
    for path, members in groups.items():
        pages = max(1, -(-len(members) // _PER_PAGE))
        for number in range(1, pages + 1):
            at = path if number == 1 else f"{path}page/{number}/"
            part = members[(number - 1) * _PER_PAGE : number * _PER_PAGE]
            older = f"{path}page/{number + 1}/" if number < pages else None
            found[at] = _page(base, titles[path], _teasers(base, part, older))
    for path, (title, text) in _STATIC.items():
        found[path] = _page(base, title, f"<p>{text}</p>")
    return found


def refusal(base: str, status: int) -> Resource:
    """The page that comes with a 403 or 404."""
    title, text = {
        403: ("Forbidden", "You don’t have permission to access this page."),
        404: ("Page not found", "It seems we can’t find what you’re looking for."),
    }[status]
    return _page(base, title, f"<p>{text}</p>", status)


def challenge() -> Resource:
    """A page that asks the visitor to prove something, served with 200 as some services do."""
    body = chrome.document(
        "en-US",
        "<head><title>Just a moment...</title>"
        '<meta name="robots" content="noindex,nofollow" /></head>',
        "<body><h1>Checking your browser before accessing this site.</h1>"
        "<noscript><p>Please enable JavaScript and cookies to continue.</p></noscript>"
        "<p>This process is automatic. Your browser will redirect to your requested content "
        "shortly. Please allow up to 5 seconds…</p></body>",
        notice=NOTICE,
    )
    return Resource(body.encode())


def _pen(base: str) -> Pen:
    return Pen(Look(layout="2024", seed="listing", vocabulary="plausible"), base)


def _teasers(base: str, articles: Sequence[DemoArticle], older: str | None) -> str:
    pen = _pen(base)
    written = "\n".join(chrome.teaser_block(article.teaser(), pen) for article in articles)
    if not articles:
        written = "<p>Nothing has been published here yet.</p>"
    return written + (pen.tag("p", pen.link(older, "Older posts")) if older else "")


def _page(base: str, title: str, content: str, status: int = 200) -> Resource:
    pen = _pen(base)
    named = title if title == SITE_NAME else f"{title} - {SITE_NAME}"
    head = f'<head>\n<meta charset="utf-8" />\n<title>{named}</title>\n</head>'
    body = pen.tag(
        "body",
        pen.link("/", SITE_NAME),
        chrome.navigation(pen),
        pen.tag("main", pen.tag("h1", title), "\n", content, role="main"),
        "\n",
        pen.tag("footer", pen.tag("p", chrome.ACKNOWLEDGEMENT), role="site-footer"),
    )
    return Resource(chrome.document("en-AU", head, body).encode(), status=status)
