"""An article's own sentences and headings that open as a label, a button or a plea does.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_calls_and_columns import NOTE, PARAGRAPHS, PLAIN, PROSE, WIDGET, read

from eafarchive.model import Article

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
    bare = f"<h3>{heading}</h3><p>Bob Moe, 4 May 2018</p>{PARAGRAPHS[0]}{CLOSED}"
    assert read("".join([*PARAGRAPHS[:7], bare])).text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "Created in 1967 to keep the peace on the river, the board has lately kept its counsel.",
        "Published figures tell only half of the story of the river and of its many owners.",
        "Posted in the valley for three years, the clerk had seen it all before.",
        "Stand by the rules or rewrite them: that is the choice before the keepers.",
    ],
)
def test_a_first_sentence_that_opens_as_a_date_does_is_the_texts(line: str) -> None:
    found = read(f"<p>{line}</p>{''.join(PARAGRAPHS)}")
    assert found.text == f"{line}\n\n{PLAIN}"
    brief = read(f"<div><h4>In Brief</h4><p>{line}</p></div>{WIDGET * 2}{''.join(PARAGRAPHS)}")
    assert (brief.summary, brief.text) == (line, f"{line}\n\n{PLAIN}")


@pytest.mark.parametrize(
    "line", ["Updated on 5 March 2024.", "Posted by Ann Roe in Rivers", "Stand: 05.03.2024"]
)
def test_a_date_over_the_first_sentence_is_none_of_it(line: str) -> None:
    assert read(f"<p>{line}</p>{''.join(PARAGRAPHS)}").text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "Weak demand in the valley also contributed to the slowdown.",
        "Reporting of floods by the keepers will have to become compulsory sooner or later.",
        "Produced by the mills for decades, flour will not be given up by decree.",
        "Like the valley before it, the coast now asks Facebook and its rivals to hold a licence.",
        "Villagers who get flood warnings late will not wait for better alerts from the capital.",
        "Visit any village and you will find a mother who uses WhatsApp to call her son abroad.",
        "Follow the money on Telegram and the trail ends in a casino.",
        "More information, not less, is what the villages of the valley need.",
        "More in hope than in expectation, both sides now face a choice: talk or drift.",
        "Citation rates are no measure of what a weir gives to its town.",
        "Provided by the state, such loans went to those who needed them least.",
        "Topics such as the height of the weir remain off the table.",
        "Posted in the valley for three years, the clerk had seen it all before.",
        "Copyright in a 1957 film of the weir should not outlive its audience.",
        "Support US bases on the river and the rest will follow.",
        "Share this burden, and the pact of the valley will last.",
        "Letters to the editor tell of the same anger in the villages.",
    ],
)
def test_a_last_sentence_that_opens_as_a_plea_does_is_the_texts(line: str) -> None:
    found = read("".join([*PARAGRAPHS[:7], f"<p>{line}</p>", PARAGRAPHS[7]]))
    assert found.text == f"{PLAIN}\n\n{line}"
    assert (found.author_note, found.notes) == (NOTE, ())


@pytest.mark.parametrize(
    "line",
    [
        "Ann Roe and Bo Moe in the valley contributed to this report.",
        "Additional reporting from the coast by Bo Moe.",
        "Like us on Facebook, follow us on Twitter and Instagram.",
        "Want more? Sign up for the weekly newsletter.",
        "More information: Ann Roe et al, Weirs (2018).",
        "Provided by Example University",
        "Topics: weirs, rivers",
        "Filed under Rivers",
        "Copyright The Valley Post 2018. All rights reserved.",
        "Letters to the editor: letters@valley.example",
    ],
)
def test_a_line_under_the_text_that_is_a_plea_or_a_credit_is_none_of_it(line: str) -> None:
    assert read("".join([*PARAGRAPHS[:7], f"<p>{line}</p>", PARAGRAPHS[7]])).text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "This is the latest in a series of floods that have rattled the valley.",
        "It is the latest in a long series of setbacks for the keepers.",
        "This is part of a wider debate about what the weir is for.",
        "It is part of a partnership that suits both banks.",
        "The authors acknowledge that their figures end in 2009.",
        "Disclosure – rather than a ban – is what the mills fear most.",
        "First published in Japanese, the novel found its readers abroad.",
        "The full text was published only after the vote.",
        "This report was commissioned by a government that had no wish to read it.",
        "This speech was delivered to an empty hall, and nobody has read it since.",
        "This paper is based on figures that nobody had ever checked.",
        "This analysis is based on a survey that nobody has seen.",
        "This study was funded by the mills themselves.",
        "This work is supported by no evidence at all.",
        "Translated by a machine, it made no sense.",
    ],
)
def test_a_sentence_that_opens_as_a_note_does_is_the_texts(line: str) -> None:
    part = f"<p>{line}</p>"
    assert read("".join([part, *PARAGRAPHS])).text == f"{line}\n\n{PLAIN}"
    found = read("".join([*PARAGRAPHS[:7], part, PARAGRAPHS[7]]))
    assert (found.text, found.notes) == (f"{PLAIN}\n\n{line}", ())


@pytest.mark.parametrize(
    "line",
    [
        "It is the second in a series of essays on weirs.",
        "This is part of a special feature on weirs.",
        "It is part of our debate on weirs.",
        "This essay is part of a debate on weirs.",
        "The authors acknowledge the support of the Weir Fund.",
        "The author declares no conflict of interest.",
        "Disclosure — The author owns a mill.",
        "First published in The Valley Post, 3 May 2018.",
        "The full text was published in The Valley Post.",
    ],
)
def test_a_note_on_the_article_is_none_of_its_text(line: str) -> None:
    found = read("".join([*PARAGRAPHS[:7], f"<p>{line}</p>", PARAGRAPHS[7]]))
    assert (found.text, found.notes) == (PLAIN, (line,))


@pytest.mark.parametrize(
    "line",
    [
        "Kim is the leader whom his officials fear most and cannot do without.",
        "Ji-hoon Kim was the minister who had asked for the weir in the first place.",
    ],
)
def test_another_of_the_authors_surname_is_in_the_text(line: str) -> None:
    note = "Jiyoung Kim is Professor of Hydrology at Example University."
    text = "".join([*PARAGRAPHS[:7], f"<p>{line}</p><p>{note}</p>"])
    found = read(text, byline="<div>Author: Jiyoung Kim, Example University</div>")
    assert (found.text, found.author_note) == (f"{PLAIN}\n\n{line}", note)
    own = "Kim is President of the Example Institute."
    text = "".join([*PARAGRAPHS[:7], f"<p>{own}</p>"])
    found = read(text, byline="<div>Author: Jiyoung Kim, Example University</div>")
    assert (found.text, found.author_note) == (PLAIN, own)


def test_numbers_in_a_table_are_no_counts_of_readers() -> None:
    rows = "".join(
        f"<tr><td>{one}</td><td>{other}</td></tr>"
        for one, other in (
            ("The town", "300 shares"),
            ("Turnout", "Votes: 312"),
            ("Yes", "Yes 52%"),
        )
    )
    found = read("".join([*PARAGRAPHS[:7], f"<table>{rows}</table>", PARAGRAPHS[7]]))
    table = "The town\t300 shares\nTurnout\tVotes: 312\nYes\tYes 52%"
    assert found.text == f"{PLAIN}\n\n{table}"
    bare = "".join([*PARAGRAPHS[:3], "<p>300 shares</p>", *PARAGRAPHS[3:]])
    assert read(bare).text == PLAIN


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><p>{}</p><footer>{}</footer></blockquote>",
        "<figure><blockquote><p>{}</p></blockquote><figcaption>{}</figcaption></figure>",
        "<figure><blockquote><p>{}</p><cite>{}</cite></blockquote></figure>",
    ],
)
def test_whose_words_a_quotation_is_belongs_to_it(quotation: str) -> None:
    said = "The river belongs to those who can pay for its weirs and its lights.", "— Old Keeper"
    found = read("".join([*PARAGRAPHS[:3], quotation.format(*said), *PARAGRAPHS[3:]]))
    assert found.text == "\n\n".join([*PROSE[:3], *said, *PROSE[3:]])
    picture = "<figure><img src='/a.jpg'><figcaption>The old weir</figcaption></figure>"
    assert read("".join([*PARAGRAPHS[:3], picture, *PARAGRAPHS[3:]])).text == PLAIN


def test_what_a_vote_came_to_is_a_list_of_the_text() -> None:
    items = "<ul><li>Yes: 52%</li><li>No: 48%</li></ul>"
    over = "<p>The valley voted on the weir, and the count came to this:</p>"
    found = read("".join([*PARAGRAPHS[:7], over, items, PARAGRAPHS[7]]))
    assert found.text.endswith("came to this:\n\n- Yes: 52%\n- No: 48%")
    poll = f"<div><h4>Should the weir go?</h4>{items}</div>"
    assert read("".join([*PARAGRAPHS[:3], poll, *PARAGRAPHS[3:]])).text == PLAIN


def test_a_sentence_says_what_the_links_of_a_list_are() -> None:
    over = "<p>Three reports set the terms:</p>"
    links = "".join(
        f"<li><a href='{{0}}{n}'>{what}</a></li>"
        for n, what in enumerate(
            ("The commission on weirs and locks", "The audit of the old mill and its dues")
        )
    )
    amid = "".join([*PARAGRAPHS[:3], over, f"<ul>{links}</ul>", *PARAGRAPHS[3:]])
    told = "- The commission on weirs and locks\n- The audit of the old mill and its dues"
    found = read(amid.format("https://river.example/"))
    assert found.text == "\n\n".join([*PROSE[:3], over[3:-4], told, *PROSE[3:]])
    for site in ("/2017/01/02/", "https://eastasiaforum.org/2017/"):
        assert "audit" not in read(amid.format(site)).text
    bare = amid.replace("Three reports set the terms:", "Reports:")
    assert "audit" not in read(bare.format("https://river.example/")).text


def test_a_short_article_is_not_refused_for_a_word_beside_it() -> None:
    box = "<div><h4>Log in</h4></div>"
    found = read("".join([*PARAGRAPHS[:3], box]).replace("each morning", "each morning, " * 30))
    assert isinstance(found, Article)
    assert not isinstance(read(f"<p>You have to.</p>{box}"), Article)
