"""The journal's notes on one author and several, words of teasers, pictures over titles."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, TOOLS, URL, page, paragraphs
from site_truth import read

from eafarchive import load_profile
from eafarchive.model import NotAnArticle

HEAD = f"<h1>{TITLE}</h1>"
THREE = (
    "Ann Roe is a lecturer at Keio University, Tokyo, Bob Moe is Director of the Kite Programme at"
    " the School of Winds, Dili, and Cid Loe is a PhD candidate at the Lowy Institute, Sydney."
)
NAMES = ["Ann Roe", "Bob Moe", "Cid Loe"]


@pytest.mark.parametrize(
    ("byline", "houses"),
    [
        ("", [(), (), ()]),
        ("Authors: Ann Roe, Bob Moe and Cid Loe, ANU", [("ANU",)] * 3),
        ("Authors: Ann Roe and Bob Moe, KDI, and Cid Loe, ANU", [("KDI",), ("KDI",), ("ANU",)]),
    ],
)
def test_note_names_each_of_three(byline, houses):
    article = page(HEAD + (f"<p>{byline}</p>" if byline else ""), paragraphs([*PROSE, THREE]))
    assert [author.name for author in article.authors] == NAMES
    assert [author.affiliations for author in article.authors] == houses
    assert (article.author_note, article.text) == (THREE, TEXT)


def test_town_after_a_house_is_its_place():
    article = page(HEAD + "<p>Author: Ann Roe, KDI, Sejong</p>")
    assert article.authors[0].affiliations == ("KDI, Sejong",)


def test_credited_line_at_the_picture_over_the_title_is_its_caption():
    line = "Kites over the harbour of Dili, 4 March 2018 (Photo: AAP)."
    article = page(f"<div><img src='/a.jpg' alt=''><p>{line}</p></div>{HEAD}")
    assert [(image.caption, image.credit) for image in article.images] == [(line, "AAP")]
    assert article.text == TEXT


def test_link_in_a_closing_note_is_no_tag():
    note = (
        "This article is part of an <a href='/tag/series/'>EAF special feature series</a> on 2019"
        " in review and the year ahead."
    )
    assert page(HEAD, paragraphs([*PROSE, note])).tags == ()
    tagged = page(HEAD, paragraphs(PROSE) + "<p>Tags: <a href='/tag/kites/'>kites</a></p>")
    assert tagged.tags == ("kites",)


@pytest.mark.parametrize("words", [1, 3])
def test_teasers_of_other_articles_are_no_body(words):
    teasers = "".join(
        f"<li><h4><a href='/2018/01/0{n}/x/'>Wind number {n}</a></h4><p>{PROSE[n] * words}</p></li>"
        for n in range(3)
    )
    html = (
        f"<article><header>{HEAD}</header><section></section></article>"
        f"<div><h3>More on this topic</h3><ul>{teasers}</ul></div><p>Comments are closed.</p>"
    )
    assert isinstance(read(html, URL), NotAnArticle)


RELATED = "".join(
    f"<li><a href='/2018/01/0{n}/x/' rel='bookmark'>Wind number {n} over the strait</a> It blew.</li>"
    for n in range(1, 4)
)


@pytest.mark.parametrize("rel", ["rel='category tag'", ""])
def test_related_articles_with_excerpts_end_the_text_and_not_the_foot(rel):
    note = "Ann Roe is a lecturer at Keio University, Tokyo."
    filed = f"<p>Posted in <a href='/category/winds/' {rel}>Winds</a> | Tags: <a href='/tag/sea/'>sea</a></p>"
    text = paragraphs([*PROSE, note])
    article = page(
        body=f"<article>{HEAD}<div>{text}<div><h3>Related posts:</h3><ol>{RELATED}</ol></div></div>"
        f"{filed}</article>"
    )
    assert (article.text, article.author_note) == (TEXT, note)
    assert (article.categories, article.tags) == (("Winds",), ("sea",))


def test_words_between_a_picture_and_the_byline_are_its_caption_below_a_label_too():
    words = "Kites over the harbour, with the customs house behind."
    brief = f"<h4>In Brief</h4><p><img src='/a.jpg' alt=''></p><p>{words}</p><p>Author: Ann Roe, ANU</p>"
    article = page(
        HEAD, f"{brief}<p>{PROSE[0]}</p><ul><li>A</li><li>A</li></ul>{paragraphs(PROSE[1:])}"
    )
    assert [image.caption for image in article.images] == [words]
    assert (article.summary, article.byline) == (PROSE[0], "Author: Ann Roe, ANU")


def test_agency_and_photographer_in_brackets_are_a_credit():
    line = "Kites over the harbour of Dili, seen from the quay (Reuters/Dee Poe)."
    article = page(HEAD, f"<p><img src='/a.jpg' alt=''></p><p>{line}</p>{paragraphs(PROSE)}")
    assert [(image.caption, image.credit) for image in article.images] == [
        (line, "Reuters/Dee Poe")
    ]
    told = f"{PROSE[0]} The owner had told them so (Reuters)."
    assert page(HEAD, paragraphs([told, *PROSE[1:]])).text.startswith(told)


@pytest.mark.parametrize("place", ["head", "body"])
def test_author_named_by_a_label_goes_before_who_posted(place):
    posted = "<p>Posted By EAF On July 9, 2018 @ 12:00 am In Winds | Comments Disabled</p>"
    line = "<p>Author: Ann Roe, Keio University</p>"
    head, body = (line, "") if place == "head" else ("", line)
    article = page(HEAD + posted + head, body + paragraphs(PROSE))
    assert (article.byline, article.text) == ("Author: Ann Roe, Keio University", TEXT)
    assert page(HEAD + "<p>Posted by Ann Roe on July 9, 2018</p>").authors[0].name == "Ann Roe"


def test_byline_and_first_paragraph_in_one_element():
    opening = f"<p>Author: <a href='/author/roe/'>Ann Roe</a>, Keio University<br>{PROSE[0]}</p>"
    article = page(HEAD, opening + paragraphs(PROSE[1:]))
    assert (article.byline, article.text) == ("Author: Ann Roe, Keio University", TEXT)
    assert article.links == ()
    assert article.authors[0].url == "https://www.eastasiaforum.org/author/roe/"


def test_heading_within_an_article_is_no_label_of_a_summary():
    parts = paragraphs(PROSE[:2]) + "<h3>In brief</h3>" + paragraphs(PROSE[2:])
    article = page(HEAD, parts)
    assert article.text == "\n\n".join([*PROSE[:2], "In brief", *PROSE[2:]])
    assert article.summary is None


def test_note_goes_on_in_a_second_paragraph_and_may_open_with_a_mark():
    more = "She has been on the Harbour Board of Dili since 2011."
    article = page(HEAD, paragraphs([*PROSE, f"*{BIO}", more]))
    assert (article.text, article.author_note) == (TEXT, f"*{BIO}\n\n{more}")
    assert article.authors[0].name == "Ann Roe"
    assert page(HEAD, paragraphs([*PROSE, more])).text.endswith(more)


def test_leader_in_the_news_is_no_note_and_a_former_one_is():
    news = "Don Doe is a leader at the height of his powers, and the party knows it."
    assert page(HEAD, paragraphs([*PROSE, news])).text.endswith(news)
    note = "Don Doe is a former Governor of the Harbour."
    assert page(HEAD, paragraphs([*PROSE, note])).author_note == note


def test_rank_in_parentheses_is_no_house():
    authors = page(HEAD + "<p>Author: Gen Ann Roe (Retd), IIT Chennai</p>").authors
    assert [author.affiliations for author in authors] == [("IIT Chennai",)]


@pytest.mark.parametrize(
    ("shown", "named"),
    [
        ("https://www.eastasiaforum.org/wp-content/uploads/k-1024x682-c-default.webp", "k.jpg"),
        ("https://www.eastasiaforum.org/wp-content/uploads/k-1024x682.jpg", "k-scaled.jpg"),
        ("https://i0.wp.com/www.eastasiaforum.org/wp-content/uploads/k.jpg?resize=40%2C30", ""),
        ("https://www.eastasiaforum.org/wp-content/uploads/k-40x30.jpg", "m.jpg"),
    ],
)
def test_real_file_of_a_picture_is_the_one_that_metadata_names(shown, named):
    uploads = "https://www.eastasiaforum.org/wp-content/uploads/"
    meta = f"<meta property='og:image' content='{uploads}{named}'>"
    article = page(HEAD, f"<p><img src='{shown}'></p>{paragraphs(PROSE)}", meta=meta)
    real = {"k.jpg": "k.jpg", "k-scaled.jpg": "k-1024x682.jpg", "": "k.jpg", "m.jpg": "k-40x30.jpg"}
    assert [image.url for image in article.images] == [uploads + real[named]]


@pytest.mark.parametrize("name", ["eafadmin", "East Asia Forum"])
def test_account_in_metadata_says_nothing_of_whom_the_note_is_about(name):
    data = (
        f'{{"@type":"Article","headline":"{TITLE}","author":{{"@type":"Person","name":"{name}"}}}}'
    )
    meta = f"<script type='application/ld+json'>{data}</script>"
    article = page(HEAD, paragraphs([*PROSE, BIO]), meta=meta)
    assert [author.name for author in article.authors] == ["Ann Roe"]
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_house_among_the_parts_of_a_list_is_no_name():
    article = page(HEAD + "<p>Authors: Ann Roe, Chatham House and Bob Moe, CSIS</p>")
    assert [(a.name, a.affiliations) for a in article.authors] == [
        ("Ann Roe", ("Chatham House",)),
        ("Bob Moe", ("CSIS",)),
    ]


def test_second_author_with_a_label_of_their_own():
    lines = ["Author: Ann Roe, Keio University", "Author: Bob Moe, ANU"]
    article = page(HEAD, paragraphs([*lines, *PROSE]))
    assert (article.byline, article.text) == (" ".join(lines), TEXT)
    assert [(a.name, a.affiliations) for a in article.authors] == [
        ("Ann Roe", ("Keio University",)),
        ("Bob Moe", ("ANU",)),
    ]


def test_note_may_call_the_author_by_another_form_of_the_name():
    note = "Jennifer Roe is a PhD candidate at the Institute of Kites."
    head = HEAD + "<p>Author: Jenny Roe, ANU</p>"
    assert page(head, paragraphs([*PROSE, note])).author_note == note
    other = note.replace("Jennifer", "Bob")
    assert page(head, paragraphs([*PROSE, other])).author_note is None


def test_buttons_with_pictures_below_the_note_are_no_part():
    icons = "".join(
        f"<li><a href='https://{n}.example/s?u=x'><img src='/{n}.png'></a></li>" for n in "ab"
    )
    share = f"<div><span>Share and Enjoy:</span><ul>{icons}</ul></div>"
    printer = "<p><a href='print/'><img src='/p.gif'></a> <a href='print/'>Print This Post</a></p>"
    article = page(HEAD, paragraphs([*PROSE, BIO]) + share + printer)
    assert (article.text, article.author_note, article.images) == (TEXT, BIO, ())
    gallery = "<ul><li><a href='/k.jpg'><img src='/k-40x30.jpg'></a></li></ul>"
    assert len(page(HEAD, paragraphs(PROSE) + gallery).images) == 1


@pytest.mark.parametrize("line", ["<p>Discussion</p>", "<p><strong>Comments</strong></p>"])
def test_line_of_one_word_amid_paragraphs_heads_a_part(line):
    article = page(HEAD, paragraphs(PROSE[:2]) + line + paragraphs([*PROSE[2:], BIO]))
    assert article.text.split("\n\n")[3:] == PROSE[2:]
    assert article.author_note == BIO
    replies = f"<div>{line}<p>Bob Moe says:</p>{paragraphs(PROSE[2:])}</div>"
    assert page(HEAD, paragraphs(PROSE[:2]), replies).text == "\n\n".join(PROSE[:2])


@pytest.mark.parametrize(
    ("signed", "noted", "is_note"),
    [
        ("Bec Roe", "Rebecca Roe", True),
        ("Shigeru Otsuka", "Otsuka Shigeru", True),
        ("Al Roe", "Dalia Roe", False),
        ("Shigeru Otsuka", "Otsuka Takeo", False),
    ],
)
def test_note_may_shorten_a_name_or_turn_it(signed, noted, is_note):
    note = f"{noted} is Professor of Economics at the Institute of Kites."
    article = page(HEAD + f"<p>Author: {signed}, ANU</p>", paragraphs([*PROSE, note]))
    assert article.author_note == (note if is_note else None)
    assert [a.name for a in article.authors] == [signed]
    assert article.text == ("\n\n".join(PROSE) if is_note else "\n\n".join([*PROSE, note]))


@pytest.mark.parametrize(
    "head",
    [
        "<div><span>Authors:</span><ul><li>{}</li><li>{}</li></ul></div>",
        "<p>Authors:</p><ol><li>{}</li><li>{}</li></ol>",
    ],
)
def test_a_list_below_the_label_is_the_authors(head):
    article = page(
        HEAD + head.format("Ann Roe, Keio University", "Bob Moe, ANU"), paragraphs(PROSE)
    )
    assert article.text == TEXT
    assert article.byline == "Authors: Ann Roe, Keio University Bob Moe, ANU"
    assert [(a.name, a.affiliations) for a in article.authors] == [
        ("Ann Roe", ("Keio University",)),
        ("Bob Moe", ("ANU",)),
    ]


def test_of_a_list_that_holds_the_label_only_the_author_is_one():
    items = ("Author:", "Ann Roe", "4 March 2019", "Trade")
    head = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    assert [a.name for a in page(HEAD + head, paragraphs(PROSE)).authors] == ["Ann Roe"]


@pytest.mark.parametrize("mark", ["a href='/author/ann-roe/'", "strong", "b"])
def test_a_house_follows_a_marked_name_without_a_comma(mark):
    end = mark.split()[0]
    line = f"Author: <{mark}>Ann Roe</{end}><b> </b><span>Keio University</span>"
    article = page(HEAD + f"<p>{line}</p>", paragraphs(PROSE))
    assert [(a.name, a.affiliations) for a in article.authors] == [
        ("Ann Roe", ("Keio University",))
    ]
    assert article.byline == "Author: Ann Roe Keio University"


def test_a_last_paragraph_in_italics_is_a_note_and_no_quotation_or_emphasis_is():
    note = "The counts were made for the Harbour Trust in the spring, and checked by its clerks."
    article = page(HEAD, paragraphs([*PROSE, f"<em>{note}</em>"]))
    assert (article.text, article.notes) == (TEXT, (note,))
    for last in (f"<em>“{note}”</em>", f"<em>{note}</em> So it is.", f"<strong>{note}</strong>"):
        assert page(HEAD, paragraphs([*PROSE, last])).notes == ()
    slanted = [f"<i>{line}</i>" for line in (*PROSE, note)]
    assert page(HEAD, paragraphs(slanted)).notes == ()
    quoted = f"{paragraphs(PROSE)}<blockquote>{paragraphs([f'<em>{note}</em>'])}</blockquote>"
    assert page(HEAD, quoted).text.endswith(note)


def test_whom_editors_posted_for_is_said_below_a_caption():
    head = HEAD + "<p>Posted by EAF editors</p>"
    caption = "Kites over Dili, 3 June 2010 (Picture: Flickr user kite)."
    line = "Authors: Ann Roe, ANU, and Bob Moe, Keio University"
    article = page(head, paragraphs([f"{caption}<br>{line}", *PROSE]))
    assert (article.byline, article.text) == (line, TEXT)
    assert [(a.name, a.affiliations) for a in article.authors] == [
        ("Ann Roe", ("ANU",)),
        ("Bob Moe", ("Keio University",)),
    ]


@pytest.mark.parametrize("label", ["<p>{}</p>", "<span>{}</span>"])
def test_a_player_that_reads_a_short_article_aloud_leaves_it_one(label):
    player = f"<div>{label.format('Listen to this article')}<audio src='/tts.mp3'></audio></div>"
    article = page(HEAD + player, "<h3>The puzzle</h3>" + paragraphs(PROSE[:2]))
    assert article.text == "\n\n".join(["The puzzle", *PROSE[:2]])


def test_a_heading_below_the_text_with_the_words_of_a_title_in_no_heading():
    meta = f"<meta property='og:title' content='{TITLE}'>"
    again = f"<div><h3>{TITLE}</h3><p>Share it with a friend.</p></div>"
    article = page(f"<div>{TITLE}</div>", paragraphs(PROSE), again, meta=meta)
    assert (article.title, article.text) == (TITLE, TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/donate/'>Support Quality Analysis</a>",
        "<a href='#respond'>Leave a comment</a>",
        "<a href='#comments'>3 Comments</a>",
    ],
)
@pytest.mark.parametrize("at", [0, 2])
def test_a_line_that_leads_elsewhere_among_the_paragraphs_ends_nothing(line, at):
    article = page(HEAD, paragraphs([*PROSE[:at], line, *PROSE[at:], BIO]))
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_a_house_with_a_dash_in_its_name_is_one():
    line = "Author: Ann Roe, ISEAS – Yusof Ishak Institute"
    article = page(HEAD + f"<p>{line}</p>", paragraphs(PROSE))
    assert [a.affiliations for a in article.authors] == [("ISEAS – Yusof Ishak Institute",)]
    parted = page(HEAD + "<p>Author: Ann Roe – ANU</p>", paragraphs(PROSE))
    assert [(a.name, a.affiliations) for a in parted.authors] == [("Ann Roe", ("ANU",))]


def test_a_short_last_sentence_with_a_link_is_text():
    last = "As <a href='https://b.example/e/'>argued earlier</a>, prices fell."
    article = page(HEAD, paragraphs([*PROSE, last, BIO]))
    assert article.text == f"{TEXT}\n\nAs argued earlier, prices fell."
    assert article.author_note == BIO


@pytest.mark.parametrize(
    ("source", "is_caption"), [("Reuters/Kim Aoki", True), ("World Bank", False)]
)
def test_a_source_of_pictures_makes_a_caption_far_from_its_picture(source, is_caption):
    line = f"Workers at a port, June 2019 (Source: {source})"
    article = page(HEAD, paragraphs([line, *PROSE]))
    assert article.text == (TEXT if is_caption else f"{line}\n\n{TEXT}")


@pytest.mark.parametrize(
    "end",
    [
        "<p>Comments are closed.</p>",
        "<div><h2>Support Quality Analysis</h2><a href='/donate/'>Donate</a></div>",
        "<div>Article printed from East Asia Forum (</div>",
    ],
)
def test_what_it_is_filed_under_may_stand_below_what_ends_it(end):
    filed = "<div>Topics <a href='/category/trade/' rel='category tag'>Trade</a></div>"
    article = page(HEAD, paragraphs(PROSE) + f"</div>{end}{filed}<div>")
    assert (article.text, article.categories) == (TEXT, ("Trade",))


def test_a_box_under_a_heading_below_the_note_is_no_part():
    box = "<div><h4>Republish</h4><p>Republish this article for free under a licence.</p></div>"
    article = page(HEAD, paragraphs([*PROSE, BIO]) + box)
    assert (article.text, article.author_note, article.notes) == (TEXT, BIO, ())
    part = "<h4>Strings</h4><p>Republish nothing, the harbour master said, and he meant it.</p>"
    assert page(HEAD, paragraphs(PROSE) + part).text.endswith("he meant it.")


def test_wordpress_s_smileys_are_no_pictures_and_a_republish_box_no_text():
    smiley = "<img src='https://s.w.org/images/core/emoji/2.2.1/72x72/1f642.png' alt=':)'>"
    box = "<div><h4>Republish</h4><p>Republish this article for free under a licence.</p></div>"
    lines = [*PROSE[:-1], f"{PROSE[-1]} {smiley}"]
    article = page(HEAD, paragraphs(lines) + box)
    assert (article.text, article.images) == (TEXT, ())


def test_a_video_without_words_over_teasers_with_their_dates_is_no_article():
    teasers = "".join(
        f"<div><span><h2><a href='/2018/04/0{day}/x/'>{title}</a></h2>"
        f"<time>{day} April 2018</time></span><p>{line}</p></div>"
        for day, title, line in zip((1, 2, 3), ("Nickel", "Cotton", "Cables"), PROSE, strict=False)
    )
    video = "<iframe src='https://www.youtube.com/embed/z'></iframe>"
    html = (
        f"<title>{TITLE}</title><main><article>{HEAD}<div>{video}</div></article>{teasers}</main>"
    )
    assert isinstance(read(html, URL), NotAnArticle)


@pytest.mark.parametrize("tag", ["article", "div"])
def test_a_list_of_articles_with_their_authors_is_none(tag):
    items = "".join(
        f"<{tag}><h2><a href='/2018/04/0{day}/x/'>{title}</a></h2>"
        f"<p>Ann Roe, 2018/04/0{day}</p><p>{line[:110]}.</p></{tag}>"
        for day, title, line in zip((1, 2, 3), ("Nickel", "Cotton", "Cables"), PROSE, strict=False)
    )
    html = f"<title>Trade</title><main><h1>Trade</h1>{items}</main>"
    assert isinstance(read(html, URL, profile=load_profile("wordpress")), NotAnArticle)


@pytest.mark.parametrize(
    "brief",
    ["<p><strong>In Brief</strong><br>{}</p>", "<aside><h3>In Brief</h3><p>{}</p></aside>"],
)
def test_a_summary_beside_the_element_of_the_text(brief):
    head = HEAD + brief.format(PROSE[0]) + TOOLS * 2
    article = page(head, paragraphs(PROSE[1:]))
    assert (article.summary, article.text) == (PROSE[0], TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "<p><a>Print</a> | <a href='?pdf=1'>Download PDF</a></p>",
        "<p>Share: <a href='https://x.com/intent'>X</a> <a href='https://fb.com/s'>Facebook</a></p>",
        "<ul><li>Print</li><li>Email</li></ul>",
        "<dl><dt>Reading Time</dt><dd>4 mins</dd></dl>",
    ],
)
def test_tools_at_the_top_of_the_text_are_no_part(line):
    article = page(HEAD + "<p>Author: Ann Roe, ANU</p>", line + paragraphs(PROSE))
    assert article.text == TEXT
    assert article.reading_minutes == (4 if "Reading" in line else None)


def test_few_words_with_a_footnotes_mark_are_text_over_a_note():
    last = "The kites came down.<a href='#_ftn1'>[12]</a>"
    note = "Ann Roe is a lecturer at Keio University, Tokyo."
    article = page(
        f"{HEAD}<p>Author: Ann Roe, Keio University</p>", paragraphs([*PROSE, last, note])
    )
    assert article.text == f"{TEXT}\n\nThe kites came down.[12]"
    assert article.author_note == note


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ("<div><img src='/wp-content/uploads/2018/07/kite.jpg' alt='A kite'></div>", True),
        ("<div><img src='/wp-content/uploads/2018/06/kite.jpg' alt='A kite'></div>", True),
        ("<div><img src='/wp-content/uploads/2011/03/banner.jpg' alt='A kite'></div>", False),
        ("<a href='/g'><img src='/wp-content/uploads/2018/07/gift.jpg' alt='Give'></a>", False),
    ],
)
def test_picture_before_the_article_that_came_with_it_is_its_own(picture, shown):
    article = read(
        f"<title>{TITLE}</title><body><p><a href='/'>East Asia Forum</a></p>{picture}"
        f"<main><article><header>{HEAD}</header>{paragraphs(PROSE)}</article></main></body>",
        URL,
    )
    assert article.text == TEXT
    assert len(article.images) == shown
