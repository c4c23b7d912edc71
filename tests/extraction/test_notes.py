"""Author notes and closing notes, told from the last paragraphs of an article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bundled import build
from eafarchive import load_profile
from eafarchive.extraction.lines.notes import is_author_note, is_closing_note, names_in_note

PROFILE = load_profile("eastasiaforum")
SITE = build("http://127.0.0.1:8080/")


def is_note(text: str, names: tuple[str, ...] = ()) -> bool:
    return is_author_note(text, names, PROFILE.notes, PROFILE.byline)


def names_in(text: str) -> tuple[str, ...]:
    return names_in_note(text, PROFILE.notes, PROFILE.byline)


@pytest.mark.parametrize("path", SITE.expected)
def test_bundled_site(path):
    truth = SITE.expected[path]
    names = tuple(author["name"] for author in truth["authors"])
    for note in (truth["author_note"] or "").split("\n\n"):
        if note:
            assert is_note(note, names)
            assert is_note(note)
            assert not is_closing_note(note, PROFILE.notes)
    for note in truth["notes"]:
        assert is_closing_note(note, PROFILE.notes)
        assert not is_note(note, names)
    for block in truth["text"].split("\n\n"):
        assert not is_note(block, names), block
        assert not is_note(block), block
        assert not is_closing_note(block, PROFILE.notes), block


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Roe is Professor of Economics at the Crawford School, ANU.", ("Ann Roe",)),
        ("Ann Roe is Professor of Economics at the Crawford School, ANU.", ()),
        ("Dr Ann Roe is a Research Fellow at ISEAS, Singapore.", ()),
        ("Ann B. Roe is a writer.", ("Ann Roe",)),
        ("Ann Roe is a freelance journalist based in Manila.", ()),
        ("Ann Roe and Bo Doe are researchers at the Lowy Institute.", ("Ann Roe", "Bo Doe")),
        ("Ann Roe, Bo Doe and Cy Poe are researchers at the Lowy Institute.", ()),
        ("Professor Ann Roe teaches law at Keio University.", ()),
        ("Sukarno is a lecturer at Universitas Indonesia.", ("Sukarno",)),
        ("J.P. Roe is Senior Analyst at ADB.", ()),
        ("J. J. Roe is Senior Analyst at ADB.", ("Jeffrey J. Roe",)),
        ("Ann van der Roe is a PhD candidate at Leiden University.", ()),
        (
            "The Editorial Board is located in the Crawford School of Public Policy.",
            ("Editorial Board",),
        ),
        ("The EAF Editorial Board is located in the Crawford School of Public Policy, ANU.", ()),
        (
            "The EAF Editorial Board is located in the Crawford School of Public Policy, ANU.",
            ("Editors, East Asia Forum",),
        ),
        ("The EAF Editorial Board is located in the Crawford School.", ("Editorial Board, ANU",)),
        ("The author is a lecturer at ANU.", ("Ann Roe",)),
        ("The authors are lecturers at ANU.", ()),
        (
            "Ann Roe is the Head of the Department of History at Example College and Bo Doe is a lecturer there.",
            (),
        ),
        ("Roe Wei-jen is Kaihautū at the Te Whare Institute.", ()),
        ("Ann Roe recently completed a PhD at ANU.", ("Ann Roe",)),
        ("Ann Roe, an economist, is a visiting fellow at ANU.", ("Ann Roe",)),
        ("Ann Roe (PhD) is a visiting fellow at ANU.", ("Ann Roe",)),
        ("Ann O’Roe has taught at ANU since 1990.", ("Ann O'Roe",)),
        ("Ann Roe MP is Shadow Minister for Trade.", ("Ann Roe",)),
        ("Ann Roe currently works as an analyst at the World Bank.", ("Ann Roe",)),
        ("Ann Roe is an Australian diplomat. The views expressed are her own.", ()),
        ("Ms Roe is a professor at Keio University.", ("Ann Roe",)),
        ("‘Ann Roe’ is the pseudonym of an analyst in Yangon.", ("Ann Roe",)),
        ("About the author: Ann Roe is a lecturer at ANU.", ("Ann Roe",)),
        ("At the time of writing, Ann Roe was a lecturer at ANU.", ("Ann Roe",)),
        ("The authors are both at the Lowy Institute.", ("Ann Roe", "Bo Doe")),
        ("Both authors are at Keio University.", ("Ann Roe", "Bo Doe")),
        ("The author is the J.B. Poe Professor of Asian History at ANU.", ("Ann Roe",)),
        ("Ann Roe tunes kites at the Institute of Kites.", ("Ann B. Roe",)),
        ("Ann Roe is from the Institute of Kites, Jakarta.", ()),
        ("The author is the Sir Bo Moe Chair of Kites at the Lake Bank.", ("Ann Roe",)),
        ("The authors are both at Merrow University. This is their view.", ("Ann Roe", "Bo Doe")),
        ("The author is an official of the Government of Fiji.", ("Ann Roe",)),
        ("Ann Roe lectures in history at Keio University.", ()),
        ("Ann Roe chairs the board of Keio University.", ()),
        ("The Editors are based at the Institute of Kites.", ()),
        ("HE Ann Roe is High Commissioner of Kettle to Merrow.", ("Ann Roe",)),
        ("H.E. Ann Roe is Ambassador of Kettle to Merrow.", ("Ann Roe",)),
        ("Sir Bo Moe is Chancellor of the University of Tents.", ("Bo Moe",)),
        ("Tan Sri Bo Moe is Chairman of the Institute of Tents.", ("Bo Moe",)),
        ("Bo Moe is Chairman of the Institute of Tents.", ("Datuk Seri Bo Moe",)),
        ("Ann dela Roe is Fellow at Kettle University.", ()),
        ("Roe s/o Moe is Fellow at Kettle University.", ("Roe s/o Moe",)),
        ("Suharto is Head of Research at Kettle University.", ()),
    ],
)
def test_author_note(text, names):
    assert is_note(text, names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Vietnam is the largest economy in the lower basin and a lender at the centre of every plan for it.",
            (),
        ),
        ("Laos is the smallest economy at the table and a partner in every one of the dams.", ()),
        ("South Korea is a member of the Asian Infrastructure Investment Bank.", ()),
        ("New Zealand is a partner with ASEAN in trade.", ()),
        ("The Bank of Japan is a leader in monetary policy.", ()),
        ("Ruo Jinlan is the president of China.", ("Ann Roe",)),
        ("Ruo Jinlan is the president of China.", ()),
        (
            "The region is at a turning point and the authors of its treaties are to blame.",
            ("Ann Roe",),
        ),
        ("The authors of the report are economists at the Bank of Tents.", ("Ann Roe",)),
        ("Editors are a dying breed, and the reader is worse off.", ("Editors",)),
        (
            "The author is dead, wrote Barthes, and the reader is born with the text at his side.",
            ("Ann Roe",),
        ),
        ("Southeast Asia is home to many scholars.", ()),
        ("Prime Minister Shunzo Aoki is a leader with a mandate.", ("Ann Roe",)),
        ("Papua New Guinea is a member of the Pacific Islands Forum.", ()),
        ("The United States is a founder of the World Bank.", ()),
        ("It is the author of its own misfortune.", ()),
        ("Seoul is the head of the queue.", ("Ann Roe",)),
        ("Ann Roe’s book is the best on the subject.", ("Ann Roe",)),
        ("North Asia is the engine of growth and a partner at large with every university.", ()),
        ("East Asia Forum is a platform for research and analysis.", ("Editors",)),
        ("The author is at pains to say that nobody was to blame.", ("Ann Roe",)),
        ("Both authors are cited by everyone who disagrees with them.", ("Ann Roe",)),
        ("At the time of writing, nobody at the ministry had read it.", ("Ann Roe",)),
        ("Ann Roebuck’s kites are better.", ("Ann B. Roe",)),
        ("Editors are a dying breed, and the reader is worse off.", ()),
        ("The team is led by a professor.", ()),
        ("Ann Roe, Keio University 11 May 2023", ("Ann Roe",)),
        ("Bo Moe is a former professor at Keio University, but that will not spare him.", ()),
        ("HE Cy Poe is High Commissioner of Kettle to Merrow.", ("Ann Roe",)),
        ("Sir Cy Poe is Chancellor of the University of Tents.", ("Ann Roe", "Bo Moe")),
        ("Bo Moe is Director of the Institute of Tents, and few have done more for them.", ()),
        ("Kettle is Head of Research at Merrow University.", ()),
        ("Sumawan is a member of the Council of Island Provinces.", ()),
        ("Palawan is a leader of the Council of Island Provinces.", ()),
    ],
)
def test_paragraph_that_only_looks_like_one(text, names):
    assert not is_note(text, names)


@pytest.mark.parametrize(
    "text",
    [
        "This article appeared in the most recent edition of East Asia Forum Quarterly, ‘X’, Vol 1, No 2.",
        "An extended version of this article is available here.",
        "A version of this article was first published by the Kettle Review.",
        "This article is part of an EAF special feature series on x.",
        "This article is based on a paper.",
        "This piece first appeared here on PacNet.",
        "An earlier version of this essay appeared in X.",
        "This post was originally published in X.",
        "This is an edited version of a speech.",
        "This article was originally published on Y.",
        "The views expressed here are those of the author alone.",
        "First published in the Lakeside Review.",
        "This article is an excerpt from Z.",
        "A fuller version of this post can be read here.",
        "The opinions expressed in this article are the author’s own.",
        "This article was written with support from X.",
        "A longer, referenced version of this article was published in X.",
        "This article first appeared in X",
        "This is the second in a series of articles on X.",
        "This article comes from the most recent edition of East Asia Forum Quarterly.",
        "This essay is from the most recent edition of EAFQ.",
        "A version of this piece appeared in X.",
        "Republished with permission from X.",
        "This commentary originally appeared here.",
        "The original version of this article appears in X.",
        "You can read the full paper here.",
        "The full report is available here.",
        "Part 1 of this article appeared yesterday.",
        "These are the author’s personal views.",
        "The author is writing in a personal capacity.",
        "Ann Roe wrote this article in her personal capacity.",
        "It is the third in a series of articles on kites.",
        "This article forms part of a series on water.",
        "For a longer version of this article, see here.",
        "The paper on which this article is based can be found here.",
        "Correction: an earlier version gave another date.",
        "Editors’ note: the date was changed on 4 May.",
        "Republished from the Kettle Review.",
        "Cross-posted at Kite Watch.",
        "To read the full paper, click here.",
        "This essay is from East Asia Forum Quarterly: Kites.",
        "First published in the Kettle Review on 4 May 2015.",
        "This research was generously supported by the Institute of Kites.",
        "Research for this article was funded by the Institute of Kites.",
        "This is a special feature from EAFQ.",
        "Read the introduction to the special feature here.",
        "Click here to read the first part of this series.",
        "The first part of this article can be found here.",
        "The second part of this essay will appear tomorrow.",
        "More on this subject can be found in the latest edition of Kites Quarterly.",
        "Further reading on this topic is available at the Institute of Kites.",
        "Translated from the Fijian by Bo Moe.",
        "Translated by Bo Moe",
    ],
)
def test_closing_note(text):
    assert is_closing_note(text, PROFILE.notes)


@pytest.mark.parametrize(
    "text",
    [
        "This article argues that tariffs hurt.",
        "This is the first time a ministry has said so.",
        "This is part of the problem.",
        "This is an edited world.",
        "The piece was lost.",
        "A version of the treaty was signed.",
        "This article of the treaty was breached in May.",
        "The views expressed by the minister were mild.",
        "This article was the first the treaty’s drafters agreed on, and the last they kept.",
        "The paper is an honest account of the harbour.",
        "The article was withdrawn after protests, and the editor resigned.",
        "The digest has been read by everyone in the ministry.",
        "The post is a relic of the telegraph.",
        "For more information to reach the public, the ministry must talk.",
        "An original version of the treaty survives.",
        "This is the first case of its kind.",
        "First published in 1942, the book is still banned.",
        "It is the third ministry to say so.",
        "The full report of the committee was lost.",
        "Part of this article of faith is money.",
        "Correction is coming: prices have fallen by a third.",
        "The research was slow to arrive.",
        "Research for peace has no such friends.",
        "This research was ignored.",
        "Republished in 1998, the pamphlet is still read.",
        "To see the full report buried, the minister called an election.",
        "This report is from a ministry that has lied before.",
        "This is a feature of every treaty.",
        "Read it again: the treaty says nothing of who pays here.",
        "The first part of this article of faith is that kites fly.",
        "More on this subject would be welcome, but the minister said no more.",
        "Translated into votes by the ministry, this came to nothing.",
        "Translated by Bo Moe. The book sold well in Jakarta.",
    ],
)
def test_paragraph_that_begins_like_a_closing_note(text):
    assert not is_closing_note(text, PROFILE.notes)


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Ann Roe is Reader at ANU. She is the author of Ships.", ("Ann Roe",)),
        ("Ann Roe is Reader at ANU. Dr Bo van Doe is a writer.", ("Ann Roe", "Bo van Doe")),
        (
            "Ann Roe and Bo Doe are writers. J.P. Poe is a poet and lecturer.",
            ("Ann Roe", "Bo Doe", "J.P. Poe"),
        ),
        ("Ann Roe is Senior Fellow and Bo Doe is Analyst at ADB.", ("Ann Roe", "Bo Doe")),
        (
            "Ann Roe is Professor at Merrow University and Bo Mei-doe is a research fellow at ADB.",
            ("Ann Roe", "Bo Mei-doe"),
        ),
        ("Ann Roe is a writer.\n\nBo Doe is a painter.", ("Ann Roe", "Bo Doe")),
        ("Ann Roe, an economist, is Reader at ANU.", ("Ann Roe",)),
        ("Wiranti is a lecturer in Jakarta.", ("Wiranti",)),
        ("Vietnam is the largest economy in the basin.", ()),
        ("The Bank of Lakes is a lender.", ()),
        ("", ()),
        (
            "Ann Roe is Professor of Law, and Bo Moe a PhD candidate, at Kettle University.",
            ("Ann Roe", "Bo Moe"),
        ),
        (
            "Ann Roe is head of Research and Public Policy, a member of the board of Kettle Bank.",
            ("Ann Roe",),
        ),
        ("Ann Roe is a lecturer at ANU. Suharno is a fellow at UNSW.", ("Ann Roe", "Suharno")),
        ("Ann Roe is a lecturer at ANU. Research is what she is for at UNSW.", ("Ann Roe",)),
    ],
)
def test_names_in_note(note, names):
    assert names_in(note) == names


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text):
    is_note(text, (text[:20],))
    is_closing_note(text, PROFILE.notes)
    assert all(name for name in names_in(text))


@pytest.mark.parametrize("unit", ["Ann Roe is ", "This article ", "a-b ", "A, ", " "])
def test_endless_paragraphs_are_no_notes(unit):
    text = unit * (200_000 // len(unit))
    assert not is_note(text, ("Ann Roe",))
    assert not is_closing_note(text, PROFILE.notes)
    assert all(name in text for name in names_in(text))
