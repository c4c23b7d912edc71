"""The journal in bare boxes: pleas in sections, dates before names."""

from __future__ import annotations

import pytest
from kites import BIO, NOTE, PROSE, TEXT, TITLE, URL, page, paragraphs
from site_truth import read

from eafarchive.model import Article

HEAD = f"<h1>{TITLE}</h1>"
OTHERS = "".join(
    f"<div><h4><a href='/{n}/'>{n} birds over the other strait</a></h4><p>{PROSE[0]} […]</p></div>"
    for n in ("Red", "Blue", "Green")
)


@pytest.mark.parametrize(
    "plea",
    [
        "Enjoying this article? Sign up for our weekly newsletter.",
        "Want more like this? Subscribe to our newsletter",
        "Are you enjoying EAF? Please sign up to the newsletter.",
    ],
)
def test_plea_after_a_question_is_no_text(plea):
    box = f"<section><p>{plea}</p><a href='/subscribe/'>Sign up</a></section>"
    body = box.join(f"<section>{paragraphs(part)}</section>" for part in (PROSE[:2], PROSE[2:]))
    assert page(HEAD, body).text == TEXT


def test_question_before_other_words_stays():
    line = "Want a kite? Sign up for the harbour master’s lessons, which are held at noon."
    assert page(HEAD, paragraphs([*PROSE[:2], line, *PROSE[2:]])).text.count(line) == 1


@pytest.mark.parametrize("among", ["<h2>At noon</h2>", "<blockquote><p>{}</p></blockquote>"])
def test_body_between_line_breaks_in_bare_boxes_is_whole(among):
    quoted = "The string was longer than the strait, and nobody had measured either of the two."
    parts = (PROSE[:2], [*PROSE[2:], *PROSE[:2]])
    boxes = [f"<div>{'<br><br>'.join(part)}</div>" for part in parts]
    html = (
        f"<title>{TITLE}</title><table><tr><td><a href='/'>Home</a></td><td>{HEAD}"
        f"<div>Author: Ann Roe, ANU</div>{among.format(quoted).join(boxes)}"
        f"<div><a href='/share/'>Share</a></div></td><td><h3>Read next</h3>{OTHERS}</td></tr></table>"
    )
    article = read(html, URL)
    assert isinstance(article, Article)
    told = "At noon" if "h2" in among else quoted
    assert article.text == "\n\n".join([*PROSE[:2], told, *PROSE[2:], *PROSE[:2]])


@pytest.mark.parametrize("bar", [" | ", " · ", " / "])
def test_byline_follows_a_date_and_a_bar(bar):
    article = page(f"{HEAD}<div><span>9 July 2018</span>{bar}Author: Ann Roe, ANU</div>")
    assert article.byline == "Author: Ann Roe, ANU"
    assert [(one.name, one.affiliations) for one in article.authors] == [("Ann Roe", ("ANU",))]
    assert (article.published_at, article.text) == ("2018-07-09", TEXT)


def test_date_stands_beside_a_reading_time():
    article = page(f"{HEAD}<div><time>8 July 2018</time><span>Reading Time: 2 mins</span></div>")
    assert (article.published_at, article.reading_minutes) == ("2018-07-08", 2)


@pytest.mark.parametrize(
    ("caption", "shown"),
    [
        ("Also by Ann Roe: <a href='/2018/01/02/sails/'>Sails over the other strait</a>", 0),
        ("Kites, as the harbour master keeps them, <a href='/kites/'>in his own house</a>", 1),
    ],
)
def test_picture_that_leads_where_its_words_do_is_a_teaser_s(caption, shown):
    href = caption.partition("href='")[2].partition("'")[0]
    box = f"<figure><a href='{href}'><img src='/small.jpg'></a><figcaption>{caption}</figcaption>"
    body = f"{paragraphs(PROSE[:2])}{box}</figure>{paragraphs(PROSE[2:])}"
    assert len(page(HEAD, body).images) == shown


@pytest.mark.parametrize("heading", ["Author", "The authors", "Contributors"])
def test_notes_stand_under_a_heading_of_one_word(heading):
    box = f"<div><h4>{heading}</h4><div><img class='avatar' src='/a.jpg'><p>{BIO}</p></div></div>"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs(PROSE) + box)
    assert (article.author_note, article.text) == (BIO, TEXT)


def test_part_of_the_text_called_author_stays():
    body = f"{paragraphs(PROSE[:3])}<h3>The author</h3>{paragraphs(PROSE[3:])}"
    assert page(HEAD, body).text == "\n\n".join([*PROSE[:3], "The author", *PROSE[3:]])


def test_card_in_an_aside_of_one_whom_the_note_tells_of():
    house = "Peterson Institute for International Economics, Washington"
    who = f"<p><strong>Ann Roe</strong><br>{house}</p>"
    article = page(f"{HEAD}<aside>{who}</aside>", paragraphs([*PROSE, BIO]))
    told = [(one.name, ", ".join(one.affiliations)) for one in article.authors]
    assert told == [("Ann Roe", house)]
    assert (article.author_note, article.text) == (BIO, TEXT)


def test_name_that_begins_as_a_pronoun_does():
    note = "I Made Rai Sudiarta is a lecturer at the Institute of Kites, Denpasar."
    article = page(HEAD, paragraphs([*PROSE, note]))
    assert [one.name for one in article.authors] == ["I Made Rai Sudiarta"]
    assert (article.author_note, article.text) == (note, TEXT)


def test_replies_with_the_day_beside_the_name():
    replies = "".join(
        f"<li><article><footer><cite>{who}</cite> says: <a href='#c'>4 May 2015 at 10:00 am</a>"
        f"</footer><div><p>{PROSE[0]} I saw it.</p></div></article></li>"
        for who in ("Jo Loe", "Bo Moe", "Flo Noe")
    )
    foot = f"<section><h2>What readers say</h2><ol>{replies}</ol></section>"
    assert page(HEAD, "", foot).text == TEXT


def test_other_articles_are_no_body_of_a_page_without_one():
    html = (
        f"<title>{TITLE}</title><div>{HEAD}<div>By Ann Roe, ANU</div></div>"
        f"<div><h3>Related articles</h3>{OTHERS}</div>"
    )
    article = read(html, URL)
    assert not isinstance(article, Article) or not article.text


@pytest.mark.parametrize(
    "heading", ["Reader comments", "What our readers say", "Readers’ responses (2)"]
)
def test_comments_end_the_article_by_who_makes_them(heading):
    replies = "".join(
        f"<div><div>Posted by <b>{who}</b> on 4 May 2016, 11:02 am</div><p>{PROSE[0]} I saw it.</p>"
        "<a href='#respond'>Reply to this comment</a></div>"
        for who in ("Jo Loe", "Bo Moe")
    )
    body = f"{paragraphs([*PROSE, BIO])}<h3>{heading}</h3>{replies}"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", body)
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_few_paragraphs_between_the_same_button_are_an_article():
    button = "<p>Like kites? Sign up for our newsletter.</p><div><a href='/join/'>Sign up</a></div>"
    body = "".join(f"<section>{button}<p>{line}</p></section>" for line in PROSE[:2])
    assert page(HEAD, body).text == "\n\n".join(PROSE[:2])


def test_two_lines_of_one_paragraph_are_a_note_each():
    other = "Bob Moe is a poet at the School of Winds, Dili."
    article = page(
        f"{HEAD}<p>Authors: Ann Roe, ANU, and Bob Moe, KDI</p>",
        paragraphs([*PROSE, f"<em>{BIO}</em><br><em>{other}</em>"]),
    )
    assert article.author_note == f"{BIO}\n\n{other}"


def test_names_of_the_page_s_parts_are_no_byline():
    parts = "".join(
        f"<li><a href='#{one}'>{one}</a></li>" for one in ("Article", "Authors", "Comments")
    )
    article = page(f"{HEAD}<ul>{parts}</ul>", paragraphs([*PROSE, BIO]))
    assert article.byline is None
    assert [one.name for one in article.authors] == ["Ann Roe"]


def test_card_of_one_name_that_the_note_tells_of():
    note = NOTE.replace("Institute", "School")
    article = page(
        f"{HEAD}<aside><p>Suharno<br>Keio University</p></aside>", paragraphs([*PROSE, note])
    )
    assert [(one.name, one.affiliations) for one in article.authors] == [
        ("Suharno", ("Keio University",))
    ]
    assert (article.author_note, article.text) == (note, TEXT)


@pytest.mark.parametrize("how", ["abridged from a longer paper", "shortened from a speech in Dili"])
def test_note_says_from_what_the_text_was_cut(how):
    note = f"This essay is {how}, available here."
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs([*PROSE, BIO, note]))
    assert (article.text, article.author_note, article.notes) == (TEXT, BIO, (note,))


def test_note_names_the_author_after_the_office():
    note = "The author, Ann Roe, is a lecturer at the Institute of Kites, Jakarta."
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs([*PROSE, note]))
    assert (article.text, article.author_note) == (TEXT, note)


@pytest.mark.parametrize(
    "line",
    ["Rate this article: ★★★ (12 votes)", "1,204 views", "No. 12 of 14", "Download PDF (1.2 MB)"],
)
def test_few_words_below_the_note_are_no_text(line):
    body = f"{paragraphs([*PROSE, BIO])}<div>{line}</div><p>{line}</p>"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", body)
    assert (article.text, article.author_note) == (TEXT, BIO)


@pytest.mark.parametrize(
    "cited", ["Ann Roe. “{}.”", "Ann Roe (2018), ‘{}’,", "Ann Roe (2018), ‘What {} taught Fiji’,"]
)
def test_citation_is_no_note_on_its_author(cited):
    cited = f"{cited.format(TITLE)} East Asia Forum, 9 July 2018."
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs([*PROSE, BIO, cited]))
    assert article.author_note == BIO or article.author_note is None
    assert cited not in (article.author_note or "")
    box = f"<div><h4>Cite this article</h4><p>{cited}</p></div>"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs(PROSE) + box)
    assert (article.text, article.author_note) == (TEXT, None)


def test_how_to_republish_the_article_is_none_of_it():
    line = "You are free to republish this article in print or online under a Creative Commons licence if you credit us."
    box = f"<div><h4>Republish</h4><p>{line}</p></div>"
    assert page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs(PROSE) + box).text == TEXT


def test_pictures_under_a_label_for_sharing_below_text_between_breaks_are_none_of_it():
    share = "<div><b>Share and Enjoy:</b><ul><li><a href='http://d.example/s'><img src='/d.png'></a></li></ul></div>"
    article = page(HEAD, "<br><br>".join(PROSE) + share)
    assert (article.text, article.images) == (TEXT, ())


def test_topics_that_lead_to_tags_are_no_categories():
    topics = "<p>Topics: <a href='/tag/kites/'>Kites</a>, <a href='/tag/wind/'>Wind</a></p>"
    article = page(HEAD, paragraphs([*PROSE, BIO]) + topics)
    assert (article.categories, article.tags) == ((), ("Kites", "Wind"))


@pytest.mark.parametrize("box", [False, True])
def test_author_of_one_name(box):
    note = NOTE.replace("Suharno", "Sukarna")
    bio = f"<div><h4>About the author</h4><p>{note}</p></div>" if box else f"<p>{note}</p>"
    head = f"{HEAD}<div><span>By</span> <span>Sukarna, Keio University</span></div>"
    article = page(head, paragraphs(PROSE) + bio)
    assert [(one.name, one.affiliations) for one in article.authors] == [
        ("Sukarna", ("Keio University",))
    ]
    assert (article.author_note, article.text) == (note, TEXT)


def test_date_below_a_short_article_is_another_s():
    dated = OTHERS.replace("<p>", "<div>18 May 2013</div><p>")
    html = (
        f"<title>{TITLE}</title>{HEAD}<div>{PROSE[0]} It was 2017. {PROSE[1]}</div>"
        f"<div><h3>Read next</h3>{dated}</div>"
    )
    article = read(html, URL)
    assert isinstance(article, Article)
    assert article.published_at == "2018-07-09"


def test_house_in_parentheses_ends_a_byline():
    article = page(f"{HEAD}<div><span>By</span> <span>Ann Roe (Keio University)</span></div>")
    assert [(one.name, one.affiliations) for one in article.authors] == [
        ("Ann Roe", ("Keio University",))
    ]
    assert article.text == TEXT


@pytest.mark.parametrize(
    "line", ["Rate this article: ★★★ (12 votes)", "Rate this post", "★★★★☆ 4.1"]
)
def test_rating_before_a_box_on_the_author_is_no_text(line):
    box = f"<div><h4>About the author</h4><p>{BIO}</p></div>"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", f"{paragraphs(PROSE)}<p>{line}</p>{box}")
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_note_stands_past_how_to_cite_the_article():
    cite = f"<div><h4>Cite this article</h4><p>Ann Roe. “{TITLE}.” East Asia Forum, 9 July 2018.</p></div>"
    box = f"<div><h4>About the author</h4><p>{BIO}</p></div>"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", paragraphs(PROSE) + cite, box)
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_cards_of_two_in_an_aside_with_houses_that_nobody_knows():
    notes = [
        NOTE.replace("Suharno", "Sukarna"),
        "Bob Moe is a lecturer at the School of Winds, Dili.",
    ]
    cards = "<p><b>Sukarna</b><br>Kitemakers United</p><p><b>Bob Moe</b><br>Sciences de la Mer</p>"
    article = page(f"{HEAD}<aside>{cards}</aside>", paragraphs([*PROSE, *notes]))
    assert [(one.name, one.affiliations) for one in article.authors] == [
        ("Sukarna", ("Kitemakers United",)),
        ("Bob Moe", ("Sciences de la Mer",)),
    ]
    assert (article.author_note, article.text) == ("\n\n".join(notes), TEXT)


@pytest.mark.parametrize("more", ["", "<div><h4>Republish</h4><p>Ask us first.</p></div>"])
def test_terms_stand_past_how_to_cite_the_article(more):
    cite = f"<div><h4>Cite this article</h4><p>Ann Roe. “{TITLE}.” East Asia Forum, 9 July 2018.</p></div>"
    filed = "<div>Filed under: <a rel='category tag' href='/category/kites/'>Kites</a></div>"
    body = f"{paragraphs([*PROSE, BIO])}{cite}{more}<div><a href='/tag/wind/'>Wind</a></div>{filed}"
    article = page(f"{HEAD}<p>Author: Ann Roe, ANU</p>", body)
    assert (article.categories, article.tags, article.text) == (("Kites",), ("Wind",), TEXT)
