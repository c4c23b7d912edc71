"""The journal without labels: bylines that only read like some, in many places."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, page, paragraphs

HEAD = f"<h1>{TITLE}</h1>"


@pytest.mark.parametrize(
    "line",
    [
        "Ann Roe, Keio University",
        "By Ann Roe, Keio University",
        "Ann Roe and Bob Moe, International Crisis Group",
        "Ann Roe, ANU, and Bob Moe, Keio University",
        "By Maria de los Santos, Keio University",
        "EAF Editors",
        "Editorial Board, ANU",
        "Ann Roe, Head, Asia Foundation",
        "By T J Roe (Merrow Institute for Lake and Tent Policy (MILTP)) and Bob Moe (School of Lake and Tent Studies)",
        "By Suharno (Merrow Institute)",
        "By Suharno, Merrow Institute and Keio University",
    ],
)
@pytest.mark.parametrize(
    "shown",
    [
        "<p>9 July 2018</p><div>{}</div>{}<p>Reading Time: 2 mins</p>",
        "<h5>{}</h5>{}",
        "<p>The harbour at dusk, seen from the old customs house (Photo: AAP).</p><p>{}</p>{}",
        "<span>{}</span><span>Reading Time</span><span>2 mins</span>{}",
        "over: <div>9 July 2018</div><span>{}</span>{}",
    ],
)
def test_line_that_reads_like_a_byline_is_one(shown, line):
    over, shown = (shown[6:], "{}{}") if shown.startswith("over: ") else ("", shown)
    above = over.format(line, "") if over else ""
    below = "" if over else shown.format(line, "")
    article = page(above + HEAD + below)
    assert article.byline == line
    assert article.text == TEXT
    assert article.authors[0].kind == ("group" if line.startswith("E") else "person")


@pytest.mark.parametrize(
    "line",
    [
        "Keio University",
        "<a href='/contributors/'>Contributors</a>",
        "East Asia Forum",
        "Dear Editors,",
        "Trade, China",
        "<a rel='category tag' href='/category/a/'>South China Sea</a>, <a rel='tag' href='/tag/b/'>ASEAN</a>",
        "In Bangkok, Ann Roe met them",
        "South Tarawa, Kiribati",
        "By Monday, Parliament will have voted on the grain bill",
        "By June, Parliament House",
        "By Nightfall, Parliament will have voted on the grain bill",
    ],
)
def test_line_that_names_no_author_is_no_byline(line):
    assert page(f"<div>{line}</div>{HEAD}").byline is None


def test_byline_may_end_the_article():
    shown = "<p>By Ann Roe, Keio University</p>"
    article = page(HEAD, body=paragraphs(PROSE) + shown + paragraphs([BIO]))
    assert (article.byline, article.text) == ("By Ann Roe, Keio University", TEXT)


def test_byline_of_a_card_below_the_article_is_not_the_articles():
    other = "<h4><a href='/2018/01/01/x/'>Another</a></h4><p>Author: Bob Moe, Keio University</p>"
    article = page(HEAD, foot=f"<div><h3>Related articles</h3>{other}</div>")
    assert (article.byline, article.authors) == (None, ())


def test_who_and_where_a_note_says_speaks_for_a_line():
    bio = "Ann Roe is a lecturer at the Institute of Kites."
    shown = "<p>Ann Roe, Kendari</p>"
    article = page(HEAD + shown, body=paragraphs([*PROSE, bio]))
    assert (article.byline, article.text) == ("Ann Roe, Kendari", TEXT)
    assert page(HEAD + shown).byline is None


def test_a_surname_may_be_spelt_like_a_pronoun():
    bio = "He Jiahui is a lecturer at the Institute of Kites."
    article = page(HEAD, body=paragraphs([*PROSE, bio]))
    assert (article.author_note, article.authors[0].name) == (bio, "He Jiahui")


ABOUT = f"<div><h4>About the author</h4><p>{BIO}</p></div>"


@pytest.mark.parametrize("label", ["h4", "p"])
def test_article_goes_on_after_a_box_about_its_author(label):
    box = ABOUT.replace("h4", label)
    note = "This article appeared in the most recent edition of Kite Quarterly."
    filed = "<p>Posted in <a rel='category tag' href='/category/a/'>Kites</a></p>"
    article = page(HEAD, body=paragraphs(PROSE) + box + f"<p>{note}</p>{filed}")
    assert (article.author_note, article.notes, article.text) == (BIO, (note,), TEXT)
    assert article.categories == ("Kites",)


def test_board_is_told_of_in_a_box_about_the_author():
    board = "The EAF Editorial Board is located in the Example School of Public Policy."
    article = page(HEAD, body=paragraphs(PROSE) + ABOUT.replace(BIO, board))
    assert (article.author_note, article.text) == (board, TEXT)


def test_what_software_shows_of_who_posts_is_no_note():
    article = page(
        HEAD, body=paragraphs(PROSE) + ABOUT.replace(BIO, "Ann Roe writes on many things.")
    )
    assert (article.author_note, article.text) == (None, TEXT)


@pytest.mark.parametrize("tag", ["p", "div"])
def test_date_below_the_text_is_none_of_it(tag):
    body = f"{paragraphs(PROSE)}<{tag}>Posted on 2018-07-09</{tag}><p>{BIO}</p>"
    assert page(HEAD, body=body).text == TEXT


@pytest.mark.parametrize("parts", [("<p>", "</p>"), ("<div>", "</div>"), ("", "")])
def test_time_below_the_text_tells_the_instant(parts):
    before, after = parts
    moment = "2018-07-09T12:30:00+10:00"
    shown = f"{before}<time datetime='{moment}'>9 July 2018</time>{after}"
    article = page(HEAD, body=f"{paragraphs(PROSE)}{shown}<p>{BIO}</p>")
    assert (article.published_at, article.text) == (moment, TEXT)


def test_time_of_another_article_tells_nothing():
    other = "<h3><a href='/2015/05/05/x/'>Another</a></h3><time datetime='2015-05-05'>5 May</time>"
    article = page(f"<aside><h3>Popular</h3>{other}</aside><time>9 July 2018</time>{HEAD}")
    assert article.published_at == "2018-07-09"


def test_reading_time_stands_right_after_a_year():
    shown = "<div><time>9 July 2018</time><span>3 min read</span></div>"
    article = page(HEAD + shown)
    assert (article.reading_minutes, article.published_at) == (3, "2018-07-09")


@pytest.mark.parametrize(
    "first", ["Dear Editors,", "Who flies them is not known.[1]", "The kite is up. It stays up"]
)
def test_first_words_below_a_picture_with_a_caption_are_text(first):
    picture = "<figure><img src='/k.jpg'><figcaption>Kites at dusk.</figcaption></figure>"
    article = page(HEAD, body=picture + paragraphs([first, *PROSE]))
    assert article.text == f"{first}\n\n{TEXT}"
    assert [image.caption for image in article.images] == ["Kites at dusk."]


def test_first_words_below_a_credit_are_text():
    first = "The kite is up, the harbour says"
    picture = "<p><img src='/k.jpg'></p><p>Kites at dusk (Photo: AAP).</p>"
    assert page(HEAD, body=picture + paragraphs([first, *PROSE])).text == f"{first}\n\n{TEXT}"


def test_box_that_asks_for_an_address_is_no_text():
    box = (
        "<div><h4>Get our digest</h4><p>Subscribe to the kites.</p>"
        "<form><input type=email name=e><button>Subscribe</button></form></div>"
    )
    body = paragraphs(PROSE[:2]) + box + paragraphs(PROSE[2:])
    assert page(HEAD, body=body).text == TEXT


def test_text_in_one_element_with_a_form_stays():
    form = "<form><input type=email name=e><button>Subscribe</button></form>"
    assert page(HEAD, body=f"<div>{paragraphs(PROSE)}{form}</div>").text == TEXT
    few = f"<div><p>{PROSE[0]}</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p>{form}</div>"
    assert page(HEAD, body=few + paragraphs(PROSE[3:])).text == TEXT


def test_pieces_of_a_body_may_be_wrapped_twice():
    short = "<p><strong>Strings</strong></p>"
    piece = "<div data-id='{}'><div class='w9'>{}</div></div>"
    body = piece.format(1, paragraphs(PROSE[:3])) + piece.format(2, short + paragraphs(PROSE[3:]))
    text = "\n\n".join([*PROSE[:3], "Strings", *PROSE[3:]])
    assert page(HEAD, body=body).text == text


def test_college_that_is_named_whole_is_no_part_of_what_follows():
    line = "Author: Ann Roe, Example College Leeds, Keio University, and ANU"
    (author,) = page(f"{HEAD}<p>{line}</p>").authors
    assert author.affiliations == ("Example College Leeds", "Keio University", "ANU")


def test_what_the_text_says_of_an_event_is_not_the_articles_date():
    event = "<p><b>When:</b> 14 March 2013, 9am–5pm<br><b>Where:</b> The customs house</p>"
    body = paragraphs(PROSE[:1]) + event + paragraphs(PROSE[1:])
    assert page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", body).published_at == "2018-07-09"
    shown = f"{HEAD}<p>Author: Ann Roe, ANU</p><p>8 July 2018</p>"
    assert page(shown, body).published_at == "2018-07-08"
