"""An article's own sentences and headings that open as a label, a button or a plea does.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_calls_and_columns import NOTE, PARAGRAPHS, PLAIN, PROSE, read

SEARCH = "<form role='search'><input name='s'></form>"
CLOSED = "<p>Comments are closed.</p>"


@pytest.mark.parametrize(
    "part",
    [
        "<h2>One response: raise the dues</h2>",
        "<h2>No reply from the valley</h2>",
        "<h3>No comment</h3>",
        "<p>No reply came.</p>",
        "<p>One response is to:</p>",
    ],
)
def test_a_line_that_counts_answers_amid_the_text_is_its_own(part: str) -> None:
    words = part[part.index(">") + 1 : part.rindex("<")]
    found = read("".join([*PARAGRAPHS[:3], part, *PARAGRAPHS[3:]]) + CLOSED, SEARCH)
    assert found.text == "\n\n".join([*PROSE[:3], words, *PROSE[3:]])
    assert found.author_note == NOTE


@pytest.mark.parametrize(
    "heading", ["2 responses to The weir", "One thought on “The weir”", "1 comment"]
)
def test_a_heading_that_counts_comments_ends_the_article(heading: str) -> None:
    comment = "<ol><li><p>The weir was never as high as the clerks of the valley say it was.</p></li></ol>"
    form = "<form><textarea></textarea></form>"
    text = "".join(PARAGRAPHS) + f"<div><h3>{heading}</h3>{comment}{form}</div>"
    found = read(text)
    assert (found.text, found.author_note) == (PLAIN, NOTE)
