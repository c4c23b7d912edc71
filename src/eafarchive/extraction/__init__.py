"""Bytes to an article: pure, one parse a page."""

from __future__ import annotations

import html as html_module
import re
from urllib.parse import urlsplit

from eafarchive.extraction.body import Body, find_body
from eafarchive.extraction.byline import Evidence, parse_byline
from eafarchive.extraction.dates import Candidate, choose_date, parse_date
from eafarchive.extraction.images import pictures
from eafarchive.extraction.linked_data import Node, addresses, is_article, people_of, text_of, texts_of
from eafarchive.extraction.outline import Block, Element
from eafarchive.extraction.page import Page, resolve
from eafarchive.extraction.render import html_of, normal, text_of as plain_text
from eafarchive.extraction.rules import MAX_CHROME, Rules, compiled, is_all
from eafarchive.extraction.title import find_title, folded
from eafarchive.model import Article, Author, Link, NotAnArticle
from eafarchive.profile import Profile

__all__ = ["Page", "extract"]

MIN_WORDS = 20
_DOI = re.compile(r"(?:doi\s*:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s]+)", re.IGNORECASE)


def extract(page: Page, profile: Profile) -> Article | NotAnArticle:
    """The article on the page, or why there is none."""
    rules = compiled(profile)
    title = find_title(page, rules)
    url = canonical(page, profile)
    if is_all(rules.refusals, title.text) or is_all(rules.refusals, page.title):
        return NotAnArticle(page.url, f"a page that refuses the visitor: {title.text[:80]}")
    if not (_is_article(page.url, profile) or _is_article(url, profile)):
        return NotAnArticle(page.url, "not an article's address by the profile's article_path")
    other = _another(page.url, url, profile)
    if other:
        return NotAnArticle(page.url, f"the page says it is another article: {url}")
    if any((node.attributes.get("type") or "").lower() == "password" for _, node in page.outline.fields):
        return NotAnArticle(page.url, "password-protected")
    node = _own_node(page, title.text, url)
    ld_people = people_of(node, "author") if node else []
    names = tuple(person.name for person in ld_people)
    # the byline's names help to tell the note, the note's names to read the byline
    body = find_body(page, rules, title, names)
    if body.byline:
        first = parse_byline(body.byline, Evidence(ld_authors=()), profile.byline, profile.notes)
        more = tuple(author.name for author in first.authors)
        body = find_body(page, rules, title, (*more, *names))
    text = plain_text(body.blocks)
    if len(text.split()) < MIN_WORDS or not title.text:
        return NotAnArticle(page.url, "no article text on the page")
    fields = {"title": title.rule}
    warnings = list(body.warnings)
    rels = _rel_links(page, body, title.at)
    evidence = Evidence(
        note="\n\n".join(body.author_note) or None,
        ld_authors=tuple(
            Author(p.name, "group" if p.is_group else "person", url=resolve(page.base, p.url or "") if p.url else None)
            for p in ld_people
        ),
        links=tuple((text, url) for rel, text, url in rels if "author" in rel),
        meta_authors=tuple(dict.fromkeys(page.meta.get("author", []))),
    )
    parsed = parse_byline(body.byline, evidence, profile.byline, profile.notes)
    fields["text"] = f"blocks:{body.blocks[0].at}-{body.blocks[-1].at}"
    if body.summary:
        fields["summary"] = "label"
    if body.byline:
        fields["byline"] = "label"
    if parsed.authors:
        fields["authors"] = parsed.rule
    warnings += parsed.warnings
    published = choose_date(_dates(page, node, "datePublished", ("article:published_time", "datepublished", "dc.date", "date"), title.at, profile))
    modified = choose_date(_dates(page, node, "dateModified", ("article:modified_time", "og:updated_time"), None, None))
    if published.rule:
        fields["published_at"] = published.rule
    if modified.rule:
        fields["modified_at"] = modified.rule
    warnings += published.warnings
    first_block, last_block = _extent(page, body, title.at)
    shown, by_block = pictures(page, rules, first_block, last_block, body.captions, set())
    links = _links(page, body.blocks)

    def figure(block: Block) -> str | None:
        found = by_block.get(block.at)
        if not found:
            return None
        return "".join(
            f'<figure><img src="{html_module.escape(u)}" alt="{html_module.escape(a)}"></figure>' for u, a in found
        )

    if page.replaced:
        warnings.append(f"{page.replaced} characters could not be decoded")
    categories, tags = _terms(page, node, rels)
    return Article(
        url=url,
        title=normal(title.text.replace("\n", " ")),
        byline=normal(body.byline) if body.byline else None,
        authors=parsed.authors,
        author_note=normal("\n\n".join(body.author_note)) or None,
        published_at=published.value,
        modified_at=modified.value,
        url_date=_url_date(url, profile),
        summary=plain_text(body.summary) or None,
        text=text,
        html=html_of(body.blocks, lambda ref: resolve(page.base, ref), figure),
        notes=tuple(normal(n) for n in body.notes),
        word_count=len(text.split()),
        reading_minutes=body.minutes,
        language=page.language or _locale(page),
        categories=categories,
        tags=tags,
        doi=_doi(page, body),
        images=shown,
        links=links,
        comments_open=body.comments_open,
        publisher=_publisher(page, node) or profile.publisher,
        copyright=body.copyright,
        layout=_layout(page, rules),
        fields=fields,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def canonical(page: Page, profile: Profile) -> str:
    for found in (page.canonical, (page.first_meta("og:url") or (None,))[0]):
        if found:
            host = urlsplit(found).netloc.lower().removeprefix("www.")
            if not profile.hosts or host in profile.hosts:
                return found.partition("#")[0]
    return page.url


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/").lower()


def _is_article(url: str, profile: Profile) -> bool:
    return profile.article_path is None or bool(re.fullmatch(profile.article_path, _path(url)))


def _another(asked: str, said: str, profile: Profile) -> bool:
    if profile.article_path is None:
        return False
    a, b = _path(asked), _path(said)
    pattern = re.compile(profile.article_path)
    if not pattern.fullmatch(a):
        return False
    if a == b:
        return False
    return bool(pattern.fullmatch(b)) or b == ""


def _own_node(page: Page, title: str, url: str) -> Node | None:
    """The linked data of this article, not of a related one's."""
    nodes = [n for n in page.nodes if is_article(n)]
    mine = folded(title)
    for n in nodes:
        claimed = {_path(a) for a in addresses(n)}
        if _path(url) in claimed:
            return n
    for n in nodes:
        if folded(text_of(n, "headline") or "") == mine and not any(
            _path(a) not in {"", _path(url)} for a in addresses(n)
        ):
            return n
    return None


def _dates(page: Page, node: Node | None, key: str, metas: tuple[str, ...], at: int | None, profile: Profile | None) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    if node and (value := text_of(node, key)):
        found.append(Candidate(f"ld:{key}", value))
    for name in metas:
        found += [Candidate(f"meta:{name}", value) for value in page.meta.get(name, [])[:1]]
    if profile is not None:
        near = page.outline.times if at is None else _near(page.outline.times, at)
        found += [Candidate("time", value) for _, value in near[:1]]
        blocks = page.outline.blocks
        if at is not None:
            for block in blocks[max(0, at - 4) : at + 5]:
                if block.text and len(block.text) < 60 and parse_date(block.text):
                    found.append(Candidate("text", block.text))
        if day := _url_date(page.url, profile):
            found.append(Candidate("url", day))
    return tuple(found)


def _near(times: list[tuple[int, str]], at: int) -> list[tuple[int, str]]:
    """The times in the article's head, not those of other articles that it links to."""
    return [found for found in times if at - 6 <= found[0] <= at + 4]


def _url_date(url: str, profile: Profile) -> str | None:
    path = _path(url)
    found = re.match(profile.article_path or r"/(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/", path)
    if not found or "day" not in found.groupdict():
        return None
    return parse_date(f"{found['year']}-{found['month']}-{found['day']}")


def _extent(page: Page, body: Body, at: int | None) -> tuple[int, int]:
    """The blocks from the beginning of what holds title and text to the end of the text."""
    ats = [block.at for block in (*body.blocks, *body.captions)]
    first, last = min(ats), max(ats)
    if at is None:
        return first, last + 1
    element: Element | None = page.outline.blocks[at].element
    while element is not None and element.last <= first:
        element = element.parent
    return (element.first if element is not None else at), last + 1


def _links(page: Page, blocks: list[Block]) -> tuple[Link, ...]:
    links: list[Link] = []
    for block in blocks:
        last = None
        for run, chain in block.runs:
            mark = chain
            while mark is not None and mark.tag != "a":
                mark = mark.up
            if mark is None or not isinstance(run, str):
                continue
            href = mark.node.attributes.get("href") or ""
            if href.startswith("#"):
                continue
            url = resolve(page.base, href)
            if url is None:
                continue
            text = run
            if last is mark:
                links[-1] = Link(url, normal(" ".join((links[-1].text + text).split())))
            else:
                links.append(Link(url, normal(" ".join(text.split()))))
            last = mark
    return tuple(links)


def _rel_links(page: Page, body: Body, at: int | None) -> list[tuple[list[str], str, str]]:
    """(rel, text, URL) of the links about this article, not about others it leads on to."""
    found = []
    for block in page.outline.blocks[max(0, (at or 0) - 8) : body.end]:
        if block.at in body.aside:
            continue
        last = None
        for run, chain in block.runs:
            mark = chain
            while mark is not None and mark.tag != "a":
                mark = mark.up
            rel = (mark.node.attributes.get("rel") or "").lower().split() if mark else []
            if mark is None or mark is last or not rel or not isinstance(run, str):
                continue
            last = mark
            text = " ".join(mark.node.text().split())
            url = resolve(page.base, mark.node.attributes.get("href") or "")
            if text and url:
                found.append((rel, text, url))
    return found


def _terms(
    page: Page, node: Node | None, rels: list[tuple[list[str], str, str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    categories = [text for rel, text, _ in rels if "category" in rel]
    tags = [text for rel, text, _ in rels if "tag" in rel and "category" not in rel]
    if not categories and node:
        categories = texts_of(node, "articleSection")
    if not categories:
        categories = page.meta.get("article:section", [])
    if not tags and node:
        tags = texts_of(node, "keywords")
    if not tags:
        tags = page.meta.get("article:tag", [])
    return tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(tags))


def _publisher(page: Page, node: Node | None) -> str | None:
    if node:
        for person in people_of(node, "publisher"):
            return person.name
    found = page.first_meta("og:site_name")
    return found[0] if found else None


def _locale(page: Page) -> str | None:
    found = page.first_meta("og:locale")
    return found[0].replace("_", "-") if found else None


def _doi(page: Page, body: Body) -> str | None:
    """The article's own, in metadata or alone on a line outside the text."""
    found = page.first_meta("citation_doi", "dc.identifier")
    if found and (named := _DOI.search(found[0])):
        return named[1]
    inside = {block.at for block in body.blocks}
    for block in page.outline.blocks[body.blocks[0].at :]:
        if block.at not in inside and len(block.text) < 200 and (line := _DOI.fullmatch(block.text)):
            return line[1]
    return None


def _layout(page: Page, rules: Rules) -> str | None:
    """The first layout that one of its witnesses speaks for: a text, else a selector."""
    texts = [
        " ".join(block.text.split())
        for block in page.outline.blocks
        if block.text and len(block.text) < MAX_CHROME
    ]
    for layout, pattern in rules.layouts:
        if any(pattern.fullmatch(text) for text in texts):
            return layout.name
        if any(page.tree.css_first(selector) is not None for selector in layout.selectors):
            return layout.name
    return None
