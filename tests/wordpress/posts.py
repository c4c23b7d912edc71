"""The invented posts, and what a record of each has to say."""

import base64
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from eafarchive.demosite.pictures import picture

SYDNEY = ZoneInfo("Australia/Sydney")
"""The site's own zone."""
POSTS = 120
AUTHORS = ("Ada Invented", "Bo Imagined", "Cho Made-Up", "Dorothea von Beispiel")
CATEGORIES = ("Trade", "Security", "Society", "Environment")
FIRST = datetime(2019, 3, 1, 9, 30, tzinfo=SYDNEY)
_NOUNS = "council harbour tariff railway village ministry river market school island".split()
_VERBS = "opened weighed delayed praised measured rebuilt questioned shared counted moved".split()


class Post(NamedTuple):
    """A post as it is put into WordPress, and its text as people read it."""

    given: dict
    text: str


def post(number):
    """The numbered post, always the same."""
    paragraphs = [sentences(number * 7 + n, 4) for n in range(4 + number % 3)]
    blocks = [f"<!-- wp:paragraph -->\n<p>{p}</p>\n<!-- /wp:paragraph -->" for p in paragraphs]
    if number % 4 == 1:
        blocks.insert(1, "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->")
    if number % 9 == 2:
        items = [sentences(number + n, 1) for n in range(3)]
        inner = "".join(f"<li>{item}</li>" for item in items)
        blocks.append(f"<!-- wp:list -->\n<ul>{inner}</ul>\n<!-- /wp:list -->")
        paragraphs.append("\n".join(f"- {item}" for item in items))
    if number % 9 == 5:
        heading = f"What the {_NOUNS[number % 10]} means"
        blocks.insert(2, f"<!-- wp:heading -->\n<h2>{heading}</h2>\n<!-- /wp:heading -->")
        paragraphs.insert(2 - (number % 4 == 1), heading)
    when = FIRST + timedelta(days=11 * number, minutes=7 * number)
    noun = _NOUNS[number % 10]
    given = {
        "title": f"The {noun} that nobody {_VERBS[number // 10 % 10]}: ‘part {number}’",
        "slug": f"the-{noun}-part-{number}",
        "author": AUTHORS[number % len(AUTHORS)],
        "categories": [CATEGORIES[number % len(CATEGORIES)]],
        "tags": [noun],
        "date": when.strftime("%Y-%m-%d %H:%M:%S"),
        "content": "\n\n".join(blocks),
    }
    if number % 5 == 0:
        given |= {"comments": "open", "said": [f"Not convinced by part {number}, says a reader."]}
    if number % 8 == 3:
        given["picture"] = base64.b64encode(picture(f"/part-{number}.png")).decode()
    return Post(given, "\n\n".join(paragraphs))


def sentences(seed, count):
    """So many invented sentences."""
    made = []
    for n in range(count):
        at = seed * 31 + n * 17
        noun, verb, other = _NOUNS[at % 10], _VERBS[at // 3 % 10], _NOUNS[at // 7 % 10]
        made.append(
            f"In its {at % 40 + 2}th year the {noun} of Examplia {verb} the {other},"
            f" and ‘{at % 97} per cent’ of its people took note — or said so."
        )
    return " ".join(made)


def posts(count):
    """What `wordpress.WordPress.insert` takes: the posts, a locked one and a page."""
    return [
        *(post(number).given for number in range(count)),
        {
            **post(count).given,
            "title": "A locked post",
            "slug": "a-locked-post",
            "password": "not-for-crawlers",
        },
        {**post(count).given, "type": "page", "title": "About", "slug": "about"},
    ]
