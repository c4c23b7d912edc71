"""How a press page may be dressed, and what must be read from it."""

from __future__ import annotations

from html import escape
from typing import Any

from press_pieces import Piece

HOST = "https://eastasiaforum.org"

CHOICES: dict[str, tuple[str, ...]] = {
    "layout": ("2012", "2023", "2024"),
    "hero": ("in", "in", "out"),
    "prose": ("p", "p", "div", "br"),
    "frame": ("main>article", "article", "div", "div>div>div", "main>div", "section>div"),
    "split": ("one", "two", "three"),
    "title": ("h1", "header", "div", "span", "link", "h2"),
    "byline": (
        *("p", "strong", "header", "div", "link", "meta", "after-brief", "h4", "address", "li"),
        *("small", "spans"),
    ),
    "label": ("h2", "h3", "h5", "strong", "p", "div", "span", "b-same", "upper", "colon"),
    "widget": (
        "ul",
        "ol",
        "div",
        "spans",
        "tight",
        "paragraphs",
        "line",
        "buttons",
        "nested",
        "none",
    ),
    "times": ("2", "2", "3"),
    "share": ("none", "first", "second", "own"),
    "reading": ("span", "p", "spans", "minute", "none"),
    "note": ("p", "em", "div", "div>p", "p>i", "section", "strong", "link", "small"),
    "rule": ("no", "yes"),
    "order": ("note", "closing"),
    "closed": ("p", "div", "h3", "span", "headed", "none"),
    "banner": ("div", "aside", "section", "bare", "none"),
    "country": ("p", "div", "footer", "section"),
    "print": ("div", "p", "unlinked", "none"),
    "rights": ("p", "div", "small", "span"),
    "related": ("aside", "section", "div", "list", "inside", "none"),
    "sidebar": ("none", "before", "after", "aside"),
    "picture": ("figure", "caption-p", "wp-caption", "p-br", "dl", "linked", "none"),
    "popup": ("none", "none", "top"),
    "twin": ("none", "none", "print"),
    "about": ("none", "footer", "div"),
    "tags": ("p", "ul", "div", "none"),
    "social": ("none", "ul", "div", "top"),
    "newsletter": ("none", "form", "div", "inside"),
    "crumbs": ("none", "nav", "div"),
    "date": ("time", "text", "none"),
    "data": ("ld", "graph", "og", "both", "none"),
    "classes": ("none", "a", "b"),
    "space": ("", "\n", "\n\t  "),
}


def truth(piece: Piece, dress: dict[str, str]) -> dict[str, Any]:
    """The fields that the page must yield."""
    new = dress["layout"] == "2024"
    shown = dress["byline"] != "meta"
    return {
        "title": piece.title,
        "byline": piece.byline if shown else None,
        "authors": _authors(piece, dress, shown=shown),
        "author_note": "\n\n".join(piece.note) or None,
        "notes": list(piece.closing),
        "summary": "\n\n".join(piece.brief) if new else None,
        "text": "\n\n".join([*piece.brief, *(_text(block) for block in piece.body)]),
        "reading_minutes": 3 if new and dress["reading"] != "none" else None,
        "url_date": "2015-07-21",
        "published_at": _published(piece, dress),
        "images": _images(piece, dress),
    }


def _authors(piece: Piece, dress: dict[str, str], *, shown: bool) -> list[dict[str, Any]]:
    if not shown and dress["data"] in {"og", "none"} and not piece.note:
        return []
    return [
        {
            "name": name,
            "kind": kind,
            "affiliations": list(affiliations) if shown else [],
            "role": role if shown else None,
        }
        for name, affiliations, role, kind in piece.authors
    ]


def _published(piece: Piece, dress: dict[str, str]) -> str:
    if dress["data"] != "none" or dress["date"] == "time":
        return piece.published
    return piece.published[:10]


def _images(piece: Piece, dress: dict[str, str]) -> list[dict[str, Any]]:
    if not piece.caption or dress["picture"] == "none":
        return []
    caption, credit = piece.caption
    url = f"{HOST}/wp-content/uploads/2015/07/{piece.slug}.jpg"
    return [{"url": url, "alt": "A view", "caption": caption, "credit": credit}]


def _text(block: Any) -> str:
    if isinstance(block, str):
        return block
    kind, content = block
    match kind:
        case "ul":
            return "\n".join(f"- {item}" for item in content)
        case "ol":
            return "\n".join(f"{n}. {item}" for n, item in enumerate(content, 1))
        case "nested":
            first, inner, last = content
            return "\n".join([f"- {first}", *(f"  - {item}" for item in inner), f"- {last}"])
        case "quote":
            return "\n\n".join(content)
        case "table":
            return "\n".join("\t".join(row) for row in content)
        case _:
            return str(content)


def block_html(block: Any, prose: str = "p") -> str:
    if isinstance(block, str):
        words = escape(block, quote=False)
        return f"{words}<br />\n<br />\n" if prose == "br" else f"<{prose}>{words}</{prose}>"
    kind, content = block
    match kind:
        case "ul" | "ol":
            return f"<{kind}>{''.join(f'<li>{escape(item)}</li>' for item in content)}</{kind}>"
        case "nested":
            first, inner, last = content
            below = "".join(f"<li>{item}</li>" for item in inner)
            return f"<ul><li>{first}<ul>{below}</ul></li><li>{last}</li></ul>"
        case "player":
            return f"<figure><audio src='{content}'>Your browser cannot play this.</audio></figure>"
        case "locked":
            field = "<p>Password: <input name='post_password' type='password'></p>"
            return f"<form method='post'><p>{content}</p>{field}</form>"
        case "quote":
            return f"<blockquote>{''.join(f'<p>{p}</p>' for p in content)}</blockquote>"
        case "table":
            rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in content)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        case _:
            return f"<{kind}>{content}</{kind}>"
