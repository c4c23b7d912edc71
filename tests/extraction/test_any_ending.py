"""What a site of any language writes under the last words, and last words that read like it.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, page, read

ENDS = [
    "<div><h4>Support HLFP | Policies | Error/typo? | Contact Us | Newsletter</h4><p>Help safeguard press freedom &amp; keep HLFP free for all by supporting our team</p></div>",
    "<div><p>If you buy a lamp or register for an account through a link on our site, we may receive compensation.</p></div>",
    "<p>(At The Lamp, we question everything. Shape our journalism by becoming a <a href='/m'>member</a> today.)</p>",
    "<p>Do you have a story to share?</p><p>Get in touch by emailing <a href='mailto:m@m.example'>m@m.example</a>.</p>",
    "<p><i>Have you been affected by the issues raised in this story? Share your experiences by emailing <a href='mailto:y@m.example'>y@m.example</a>.</i></p>",
    "<p><em>Reageren op dit artikel kan onderaan. Alleen reacties met een naam worden geplaatst.</em></p>",
    "<p>Δείτε όλες τις τελευταίες <a href='/n'>ειδήσεις</a> από το λιμάνι</p>",
    "<p>Découvrez l’offre complète des newsletters du port</p>",
    "<p>ফলো করুন আমাদের মাধ্যমগুলি:</p>",
    "<p>انتهای پیام</p>",
    "<p>Riproduzione riservata ©</p>",
    "<p>The opinions expressed in reader comments are those of the author only.</p>",
    "<p>责任编辑:<span></span></p>",
    "<p>Pier News</p>",
]  # fmt: skip
NOTES = [
    "(Except for the headline, this story has not been edited by The Lamp and is from a syndicated feed.)",
    "This story was originally published November 16, 2024, 6:11 PM.",
    "Een versie van dit artikel verscheen ook in de krant van 8 oktober 2024.",
    "Commentary is produced by the Centre for Lamps, a private institution.",
    "本文系灯塔网独家稿件,未经授权,不得转载。",
]
STAYS = [
    "You appreciate our lamps, she told the keepers; your support is essential if they are to burn.",
    "Help keep the harbour clean by supporting the keepers, the master wrote on each of the lamps.",
    "If you buy a lamp through the harbour master, you may find that no keeper will ever light it.",
    "Do you have a story to tell, the keepers asked one another, or is it only the lamps again?",
    "Have you been affected by the lamps? Nobody on the pier had ever asked the keepers that before.",
    "Get in touch, the keepers said, and nobody on the pier ever did so until the lamps went out.",
    "This story was originally published as a play, and the keepers of the lamps knew it by heart.",
    "Except for the headline of that day, nothing about the lamps was ever printed on the pier.",
    "Commentary is produced by keepers who have nothing better to do, said the harbour master.",
    "Een versie van dit verhaal deed al langer de ronde onder de wachters van de lampen, zei zij.",
    "Δείτε τις λάμπες, είπε ο φύλακας του λιμανιού, και πείτε μου ποιος θα τις ανάψει απόψε.",
    "未经港务长同意,任何人不得点灯,这是守灯人世代相传的规矩,至今仍然没有人敢于违反它。",
    "Nobody on the pier had ever bought a paper called the Pier News.",
    "Sigue habiendo dudas sobre las lámparas, y nadie en el puerto sabe quién las va a encender.",
    "Siga o azeite, disse o guarda, e saberá quem apagou as lâmpadas do porto naquela noite.",
    "Hier geht es um mehr als um Lampen, sagte die Wärterin, und niemand im Hafen widersprach ihr.",
    "Suivez l’huile, dit la gardienne, et vous saurez qui a éteint les lampes du port cette nuit-là.",
    "Segui l’olio, disse il guardiano, e saprai chi ha spento le lampade del porto quella notte.",
    "Следите за маслом, сказал смотритель, и вы узнаете, кто погасил в ту ночь портовые лампы.",
    "Join our hands, the keepers sang, and nobody on the pier knew what they meant by that.",
    "Support our lamps was the slogan of that winter, and it was the harbour that paid for them.",
]


@pytest.mark.parametrize("end", ENDS)
def test_what_a_site_says_under_the_words_is_none_of_them(end: str) -> None:
    found = read(page().replace("</div></article>", f"{end}</div></article>"))
    assert (found.text, found.notes) == (PLAIN, ())


@pytest.mark.parametrize("note", NOTES)
def test_a_note_on_where_the_words_come_from_is_kept_apart(note: str) -> None:
    found = read(page().replace("</div></article>", f"<p><i>{note}</i></p></div></article>"))
    assert (found.text, found.notes) == (PLAIN, (note,))


@pytest.mark.parametrize("line", STAYS)
@pytest.mark.parametrize("end", ["<p>{}</p>", "<p>{} <a href='/x'>Lamps</a>.</p>"])
def test_last_words_that_read_alike_are_the_articles(line: str, end: str) -> None:
    found = read(page().replace("</div></article>", f"{end.format(line)}</div></article>"))
    assert line in found.text


@pytest.mark.parametrize(
    "box",
    [
        "<div><p>{}</p><a href='/x'>Read our report</a></div>",  # nobody is asked
        "<blockquote><p>Our lamps are yours. {}</p><a href='/x'>Ann Roe</a></blockquote>",
        "<div><p>Our lamps are yours, the keepers say. {0} {0} {0} {0}</p><a href='/x'>Yes</a></div>",
    ],
)
def test_last_words_in_a_box_over_a_link_are_the_articles(box: str) -> None:
    line = "The keepers of the harbour lamps had nothing to add, as they told the master on Monday."
    found = read(page().replace("</div></article>", f"{box.format(line)}</div></article>"))
    assert line in found.text


@pytest.mark.parametrize("beside", ["", "<div>KEYWORDS <a href='/k'>Lamps</a></div>"])
def test_a_plea_in_a_box_beside_what_holds_the_words_is_none_of_them(beside: str) -> None:
    plea = "<div><p>To read all of our lamps and our piers, please subscribe</p><a href='/s'>Subscribe</a></div>"
    found = read(page().replace("</div></article>", f"</div>{beside}{plea}</article>"))
    assert found.text == PLAIN


def test_a_last_part_over_a_link_is_the_articles() -> None:
    parts = "".join(f"<div class='p'><p>{line}</p></div>" for line in PLAIN.split("\n\n"))
    last = "The lamps are yours, the keepers said, and they are ours, too."
    end = f"<div class='p'><p>{last}</p><a href='/x'>Read all</a></div>"
    html = f"<html><body><article><h1>The lamps go out</h1>{parts}{end}</article></body></html>"
    assert read(html).text.startswith(f"{PLAIN}\n\n{last}")


@pytest.mark.parametrize(
    "line",
    [
        "Help protect local journalism by subscribing to a paper on your own pier.",
        "Do you have a story to tell about the lamps?",
        "Good News",
        "When you buy oil through a broker, the links between lamp and price are what we may call loose.",
        "The views expressed in comments are those of the keepers, not of the harbour that heard them.",
    ],
)
def test_last_words_that_ask_nothing_for_the_site_are_the_articles(line: str) -> None:
    test_last_words_that_read_alike_are_the_articles(line, "<p>{}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "本文是对三部描写灯塔的小说作品的评论，这三部小说都写于灯灭之后的十年间。守灯人彼此并不相识。",
        "本文为读者介绍港口灯塔的历史，并讨论近年来发表的几篇文章，说明争论为什么没有结束。",
        "内容由AI生成的灯塔新闻在三年内增加了一倍，读者却很难分辨。",
        "未经守灯人同意不得复制其日记，这是新规定的核心。",
        "未经批准，任何单位不得复制这份灯塔账目，条例第三条这样规定。",
        "版权所有者可以要求转载的网站付费，港口法院在去年的判决里这样写道。",
    ],
)
def test_a_sentence_on_writings_of_others_is_no_note(line: str) -> None:
    start, among, end = (f"<p>{line}</p>" for _ in range(3))
    html = page(among).replace("</div></article>", f"{end}</div></article>")
    found = read(html.replace("<p>The first", f"{start}<p>The first", 1))
    assert (found.text.count(line), found.notes) == (3, ())
