"""Pages of an invented press: the kinds of page the profile is for, built in other ways.

Nothing here is shared with the bundled site: not its markup, class names, text or order of parts.
A dress chooses, part by part, among the ways a theme might write it.
"""

from __future__ import annotations

from html import escape

from press_furniture import Furniture
from press_truth import block_html

SYNTHETIC = "<!-- SYNTHETIC page: invented text -->"


class Press(Furniture):
    """Writes one page."""

    def page(self) -> str:
        """The whole document."""
        hero, inner = self._article()
        for name in reversed(self.dress["frame"].split(">")):
            inner = self.tag(name, inner)
        parts = [
            self._popup(),
            self._masthead(),
            self._sidebar("before"),
            hero,
            inner,
            *self._tail(),
        ]
        body = self.dress["space"].join(part for part in parts if part)
        title = f"{self.piece.title} | East Asia Forum"
        return (
            f"<!DOCTYPE html>{SYNTHETIC}<html lang='en'><head><meta charset='utf-8'>"
            f"<title>{escape(title)}</title>{self._data()}</head><body>{body}</body></html>"
        )

    def _title(self) -> str:
        words = escape(self.piece.title, quote=False)
        match self.dress["title"]:
            case "header":
                return self.tag("header", self.tag("h1", words))
            case "div":
                return self.tag("div", self.tag("div", self.tag("h1", words)))
            case "span":
                return self.tag("h1", self.tag("span", words))
            case "link":
                return self.tag("h1", f"<a href='{self.url}' rel='bookmark'>{words}</a>")
            case "h2" if self.dress["layout"] == "2012":
                return self.tag("h2", words)
            case _:
                return self.tag("h1", words)

    def _byline(self, place: str) -> str:
        byline, kind = self.piece.byline, self.dress["byline"]
        late = "late" if self.dress["layout"] == "2024" else "body"
        here = {"header": "header", "div": "header", "meta": "", "after-brief": late}.get(
            kind, "body"
        )
        if not byline or here != place:
            return ""
        if kind == "li":
            return self.tag("ul", f"<li>{byline}</li>")
        if kind in {"h4", "address", "small"}:
            return self.tag("div", f"<{kind}>{byline}</{kind}>")
        label, _, rest = byline.partition(": ")
        if kind == "spans":
            return self.tag("p", f"<span>{label}:</span> <span>{rest}</span>")
        if kind == "strong":
            return self.tag("p", f"<strong>{label}:</strong> {rest}")
        if kind == "link":
            name = self.piece.authors[0][0]
            return self.tag("p", byline.replace(name, f"<a href='/author/one/'>{name}</a>"))
        return self.tag("div" if kind == "div" else "p", byline)

    def _article(self) -> tuple[str, str]:
        dress, piece = self.dress, self.piece
        new = dress["layout"] == "2024"
        tagline = self.tag("p", "Peer reviewed analysis from world leading experts") if new else ""
        head = [tagline, self._title(), self._date(), self._byline("header"), self._social("top")]
        head += [self._reading() if new else "", self._picture("head")]
        prose = dress["prose"]
        brief = "".join(block_html(text, prose) for text in piece.brief)
        body = "".join(block_html(block, prose) for block in piece.body)
        opening = self._picture("body") + self._byline("body")
        label = self._label() if new else ""
        brief = opening + label + brief + self._byline("late")
        shares = ("first", "second", "third")[: int(dress["times"])]
        widgets = "".join(map(self._widget, shares)) if new else ""
        end = self._end()
        apart = dress["split"]
        if apart == "one" and dress["widget"] in {"none", "buttons"}:
            apart = "two"  # else nothing would tell where In Brief ends
        match apart if new else "one":
            case "one":
                content = self.tag("div", brief + widgets + body + end)
            case "two":
                content = self.tag("div", brief) + widgets + self.tag("div", body + end)
            case _:
                content = self.tag("section", self.tag("div", brief)) + widgets
                content += self.tag("div", self.tag("div", body + end))
        after = [
            self._tags(),
            self._social("after"),
            self._related("inside"),
            self._letter("inside"),
        ]
        rest = [content, *after, self._comments()]
        if dress["hero"] == "out":
            return self.tag("div", dress["space"].join(head)), dress["space"].join(rest)
        return "", dress["space"].join([*head, *rest])

    def _date(self) -> str:
        match self.dress["date"]:
            case "time":
                return self.tag("time", "21 July 2015", f" datetime='{self.piece.published}'")
            case "text":
                return self.tag("span", "21 July 2015")
            case _:
                return ""

    def _reading(self) -> str:
        match self.dress["reading"]:
            case "none":
                return ""
            case "spans":
                return self.tag(
                    "div", "<span>Reading Time: </span> <span>3</span> <span>mins</span>"
                )
            case "minute":
                return self.tag("p", "Reading time: 3 minutes")
            case kind:
                return self.tag(kind, "Reading Time: 3 mins")

    def _label(self) -> str:
        match self.dress["label"]:
            case "strong":
                return "<p><strong>In Brief</strong></p>"
            case "span":
                return self.tag("div", "<span>In Brief</span>")
            case "b-same":
                return "<b>In Brief</b>" + ("<br><br>" if self.dress["prose"] == "br" else "")
            case "upper":
                return self.tag("h4", "IN BRIEF")
            case "colon":
                return self.tag("p", "In Brief:")
            case name:
                return self.tag(name, "In Brief")

    def _widget(self, which: str) -> str:
        words = ["A", "A", "A"] + (["Share"] if self.dress["share"] == which else [])
        match self.dress["widget"]:
            case "none":
                return ""
            case "div":
                made = self.tag("div", "".join(f"<div>{word}</div>" for word in words))
            case "spans":
                made = self.tag("div", " ".join(f"<span>{word}</span>" for word in words))
            case "tight":
                made = self.tag("div", "".join(f"<span>{word}</span>" for word in words))
            case "line":
                made = self.tag("p", " ".join(words))
            case "buttons":
                made = self.tag("div", "".join(f"<button>{word}</button>" for word in words))
            case "nested":
                made = self.tag(
                    "ul", "".join(f"<li><div><span>{word}</span></div></li>" for word in words)
                )
            case "paragraphs":
                made = "".join(f"<p><a href='#'>{word}</a></p>" for word in words)
            case name:
                made = self.tag(name, "".join(f"<li><a href='#'>{word}</a></li>" for word in words))
        return made + (self.tag("div", "Share") if self.dress["share"] == "own" else "")

    def _picture(self, place: str) -> str:
        kind = self.dress["picture"]
        in_body = kind in {"wp-caption", "p-br", "dl", "linked"}
        if not self.piece.caption or kind == "none" or in_body != (place == "body"):
            return self._caption_paragraph() if place == "body" else ""
        image = f"<img src='/wp-content/uploads/2015/07/{self.piece.slug}.jpg' alt='A view'>"
        caption = escape(self.piece.caption[0], quote=False)
        match kind:
            case "figure":
                return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
            case "wp-caption":
                return self.tag("div", image + self.tag("p", caption))
            case "p-br":
                return self.tag("p", f"{image}<br>{caption}")
            case "dl":
                return self.tag("dl", f"<dt>{image}</dt><dd>{caption}</dd>")
            case "linked":
                return f"<p><a href='/wp-content/uploads/full.jpg'>{image}</a></p><p>{caption}</p>"
            case _:
                return self.tag("div", image)

    def _caption_paragraph(self) -> str:
        if self.piece.caption and self.dress["picture"] == "caption-p":
            return f"<p>{escape(self.piece.caption[0], quote=False)}</p>"
        return ""

    def _end(self) -> str:
        notes = "".join(self._note(text) for text in self.piece.note)
        if notes and self.dress["rule"] == "yes":
            notes = f"<hr>{notes}"
        closing = "".join(f"<p><em>{text}</em></p>" for text in self.piece.closing)
        return closing + notes if self.dress["order"] == "closing" else notes + closing

    def _note(self, text: str) -> str:
        match self.dress["note"]:
            case "p":
                return f"<p>{text}</p>"
            case "em":
                return f"<em>{text}</em><br><br>"
            case "p>i":
                return f"<p><i>{text}</i></p>"
            case "div>p":
                return self.tag("div", f"<p>{text}</p>")
            case "strong" | "link" if text.startswith(name := self._first_author()):
                mark = (
                    "<strong>{}</strong>"
                    if self.dress["note"] == "strong"
                    else "<a href='/a/'>{}</a>"
                )
                return f"<p>{mark.format(name)}{text[len(name) :]}</p>"
            case "strong" | "link":
                return f"<p>{text}</p>"
            case "small":
                return f"<p><small>{text}</small></p>"
            case name:
                return self.tag(name, text)

    def _first_author(self) -> str:
        return self.piece.authors[0][0]
