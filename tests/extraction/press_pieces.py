"""SYNTHETIC articles for `press_page`: invented text about nothing, with traps in it."""

from __future__ import annotations

from dataclasses import dataclass

NOTE_A = (
    "Odile Farrant is Reader in Coastal Bookkeeping at the University of Lower Sands, Kelp Bay."
)
NOTE_B = (
    "Ruben Achterberg is Professor of Harbour Law at Quayside University and Lin Mei-hua is a"
    " research fellow at the Institute for Idle Studies, Port Amber."
)


@dataclass(frozen=True)
class Piece:
    """An article; a body entry is a paragraph, or (kind, content)."""

    slug: str
    title: str
    brief: tuple[str, ...]
    body: tuple[object, ...]
    byline: str | None = None
    authors: tuple[tuple[str, tuple[str, ...], str | None, str], ...] = ()
    """Name, affiliations, role, kind."""
    note: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    caption: tuple[str, str] | None = None
    """The lead picture's caption and its credit."""
    published: str = "2015-07-21T09:30:00+10:00"
    comments: tuple[str, ...] = ()


PIECES = (
    Piece(
        "a-lighthouse-for-the-spreadsheet-age",
        "A lighthouse for the spreadsheet age",
        (
            "Lamps along the invented coast are counted twice a year, once by ship and once by clerk.",
        ),
        (
            (
                "The two counts have never agreed. In the last decade the clerks found eleven lamps more"
                " than the ships did, and the ministry paid oil for every one of them."
            ),
            (
                "A report in the spring asked whether a lamp that nobody sees is a lamp. The authors"
                " quoted a sign on the ministry’s door, ‘Support Quality Analysis’, and wondered who had"
                " put it there. Comments are closed. So said the last line of the report."
            ),
            ("h2", "What the ships saw"),
            "Captains write down what they can see. Fog is an excuse; so, in one logbook, is soup.",
            ("ul", ["Lamps lit", "Lamps lit by other lamps", "Lamps remembered"]),
            "The country that counts its lamps last has the darkest coast, but the best statistics.",
        ),
        "Author: Odile Farrant, University of Lower Sands",
        (("Odile Farrant", ("University of Lower Sands",), None, "person"),),
        (NOTE_A,),
        caption=(
            "The old lamp at Kelp Bay on a clear night (Photo: Reuters/Anna Vale).",
            "Reuters/Anna Vale",
        ),
    ),
    Piece(
        "who-owns-the-tide",
        "Who owns the tide? “Nobody”, said the clerk",
        (
            "The tide comes in over private land and goes out over public land – twice a day",
            "Lawyers have noticed only one of the two",
        ),
        (
            "Quayside courts heard forty cases about tides last year. Most were withdrawn at low water.",
            (
                "quote",
                ["“The sea has no fixed address,” the judge wrote.", "“It cannot be served.”"],
            ),
            "A",
            "B",
            (
                "These two letters were all that remained of the second judgment after the flood of the"
                " court’s own cellar. They are cited to this day."
            ),
            ("ol", ["Find the owner.", "Find the tide.", "Adjourn."]),
            (
                "Vietnam is the largest economy in this story only because it is the only one: the other"
                " parties were villages, and one of them was under water."
            ),
        ),
        "Authors: Ruben Achterberg, Quayside University, and Lin Mei-hua, Institute for Idle Studies",
        (
            ("Ruben Achterberg", ("Quayside University",), None, "person"),
            ("Lin Mei-hua", ("Institute for Idle Studies",), None, "person"),
        ),
        (NOTE_B,),
        ("An extended version of this article was published in the Tidal Law Gazette.",),
    ),
    Piece(
        "eleven-rules-for-the-empty-harbour",
        "Eleven rules for the empty harbour",
        ("Empty harbours are expensive. They must be dredged, lit and insured like full ones.",),
        (
            "Rule one is to find out who emptied it. In six cases out of seven it was the railway.",
            ("h3", "Rates"),
            ("table", [["Harbour", "Ships", "Fee"], ["Amber", "0", "12"], ["Kelp", "1", "9"]]),
            "The table leaves out the ferry, which does not pay.[1]",
            ("nested", ("Boats that sail", ["with crew", "without"], "Boats that do not")),
            "Share the dredger among neighbours, and the harbour is cheaper than a road.",
            "[1] It has been asked to.",
        ),
        "Authors: Jonas P. Eberle and Minh Tran Thi, HIHR",
        (
            ("Jonas P. Eberle", ("HIHR",), None, "person"),
            ("Minh Tran Thi", ("HIHR",), None, "person"),
        ),
        (
            "Jonas P. Eberle is Senior Fellow at the Hollow Institute for Harbour Research (HIHR).",
            "Minh Tran Thi is Research Associate at the HIHR.",
        ),
        (
            "This article appeared in the most recent edition of East Asia Forum Quarterly, ‘Empty places’.",
        ),
        ("Nothing at Amber pier, Monday 6 July 2015 (Picture: Lars Holm)", "Lars Holm"),
        comments=("I was at Amber pier that Monday.", "It was not empty: the author is there."),
    ),
    Piece(
        "notes-from-a-quiet-board",
        "Notes from a quiet board",
        ("Boards meet. This is the whole of what can be said for certain about them.",),
        (
            "In Brief, a magazine for barristers, once printed the minutes of a board that had not met.",
            "Our own board met in March. It thanked the readers and asked for better biscuits.",
            "Peer reviewed analysis from world leading experts is what the biscuit trade calls tasting.",
        ),
        "Author: Editorial Board, ANU",
        (("Editorial Board", ("ANU",), None, "group"),),
        (
            "The Editorial Board is located in the Crawford School of Public Policy, The Australian National University.",
        ),
    ),
    Piece(
        "the-consultants-map",
        "The consultant’s map",
        ("A map drawn for a fee shows what the fee was for.",),
        (
            "Four institutions paid for the map of the Amber delta, and four deltas are on it.",
            "Copyright in each of them is held by somebody else. Nobody has complained.",
            "Readers who want the real delta should take the ferry.",
        ),
        "Author: Wen Yi Goh, UC Delmar, Moonrise University, Fulan University, and ICPE-RASS",
        (
            (
                "Wen Yi Goh",
                ("UC Delmar", "Moonrise University", "Fulan University", "ICPE-RASS"),
                None,
                "person",
            ),
        ),
        (
            "Wen Yi Goh is Professor of Cartography at UC Delmar, Moonrise University and Fulan University.",
        ),
        ("This article is part of an EAF special feature series on maps and their makers.",),
        caption=("A ferry passes the real delta. (Photo; M. Osei)", "M. Osei"),
    ),
    Piece(
        "what-the-editor-saw",
        "What the editor saw",
        ("Editors see everything twice: before it is printed, and when it is too late.",),
        (
            "The second time is worse. A comma has moved; a minister has become a monster.",
            "Subscribe to the view that nothing can be done and you may sleep at night.",
        ),
        "Author: Alasdair Penhaligon, Editor, East Asia Forum",
        (("Alasdair Penhaligon", ("East Asia Forum",), "Editor", "person"),),
    ),
)

BARE = Piece(
    "the-sound-of-the-ferry",
    "Podcast: The sound of the ferry",
    (),
    (("player", "/media/ferry.mp3"),),
)
LOCKED = Piece(
    "a-letter-to-members",
    "Protected: A letter to members",
    (),
    (
        (
            "locked",
            "This content is password protected. To view it please enter your password below:",
        ),
    ),
)
"""No articles: a player without prose, and a post behind a password."""
EMPTY = Piece("a-draft-that-got-out", "A draft that got out", (), ())
