"""Pages of no known site: pleas, notices and what a player asks for, and sentences like them.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

PLEAS = [
    "<div><h3>The harbour, direct to your inbox</h3><p>The Oxfjord Paper will deliver a wrap of the week every Friday. Sign up to stay connected.</p></div>",
    "<div><p>Get the latest stories from the pier sent straight to your inbox with our daily newsletter</p><p>Invalid e-mail</p><p>We use your sign-up to provide content in ways you've consented to.</p></div>",
    "<p><em>Start the day with a summary of what the tide brought in. </em><a href='/nl'><em>Sign up for our Ebb and Flow newsletter</em></a><em>.</em></p>",
    "<div><h4>Subscribe to our daily newsletter</h4><p>By providing an email address. I agree to the Terms of Use and acknowledge that I have read the Privacy Policy.</p></div>",
    "<div><p>Article continues after this advertisement</p></div>",
    "<div><p>We need your consent to load this pier-player content</p><p>We use pier-player to manage extra content that can set cookies on your device. Please review their details.</p><a href='#'>Manage</a></div>",
    "<div><p>This content is hosted on a third party platform. Cookies needed. <button>Accept</button></p></div>",
    "<p><em>The Pier Report is a nonprofit newsroom that looks into harbours. <a href='/nl'>Sign up to receive our biggest stories</a> as soon as they’re published.</em></p>",
    "<ul><li><a href='/w'><b>Clique aqui para se inscrever no canal do Cais no WhatsApp</b></a></li></ul>",
    "<p>Follow The Pier Report on Snapchat, Instagram and Facebook.</p>",
    "<p><b>VÍDEOS: Tudo sobre o cais e as lâmpadas</b></p>",
    "<p><b>Simak Video “Dermaga gelap sejak musim gugur”</b></p>",
]  # fmt: skip
NOTICES = [
    "<div><p>Comments have to be in English. They cannot be abusive. Please abide by our <a href='/g'>community guidelines</a> for posting your comments.</p></div>",
    "<div><p>This website and associated newspapers adhere to the Independent Press Standards Organisation's Editors' Code of Practice. If you have a complaint, please contact the editor here.</p></div>",
    "<p><em>SUPPORT: </em></p><div><p>Our stories may be republished online or in print under Creative Commons license CC BY-NC-ND 4.0. We ask that you link to our website.</p></div>",
    "<p><b><em>What do you think? Let us know <a href='#comments'>in the comments section below</a>.</em></b></p>",
    "<p>Original-Content von: Lampenverband Oxfjord, übermittelt durch pier aktuell</p>",
]  # fmt: skip
STAYS = [
    "Those who follow the pier on Snapchat had seen the lamps go out before the keepers knew of it.",
    "Get the lamps to your pier before the news reaches the harbour master, they say in Oxfjord.",
    "The offer came with a promise. “Sign up to stay connected,” it said, and nobody did so.",
    "A letter came each week. Those who sign up for our neighbours’ newsletter never read it.",
    "Everyone on the pier will get regular updates on the lamps from the harbour master, she said.",
    "By providing an email address, the keepers of the lamps agreed to be written to each day.",
    "We need your consent to load this barge, the harbour master told the owner of the lamps.",
    "The company says that its lamps are hosted on a third-party platform that nobody maintains.",
    "The Lamp is a nonprofit newsroom that looks into harbours. It has signed up forty readers.",
    "The videos: everything about the pier that the police had found in the keeper’s own desk.",
    "Simak video itu sampai selesai, kata penjaga lampu kepada semua orang di dermaga Oxfjord.",
    "The comments broke no rule. Users are told to follow our community’s guidelines, she said.",
    "The newspaper adheres to the Independent Press Standards Organisation’s code, as few still do.",
    "Our stories may be republished in a book next year, the keeper of the lamps says with pride.",
    "What do you think? Nobody had asked the keepers of the lamps that before, in all those years.",
    "Support: that is what the keepers of the lamps had asked for, and what they never were given.",
]  # fmt: skip


@pytest.mark.parametrize("among", PLEAS)
def test_a_plea_is_none_of_the_words(among: str) -> None:
    assert read(page(among)).text == PLAIN


@pytest.mark.parametrize("end", [*NOTICES, *PLEAS])
def test_a_notice_below_the_words_is_none_of_them(end: str) -> None:
    found = read(page().replace("</div></article>", f"{end}</div></article>"))
    assert found.text == PLAIN


@pytest.mark.parametrize("line", STAYS)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_sentence_with_such_words_stays(line: str, tag: str) -> None:
    among, end = (f"<{tag}>{line}</{tag}>" for _ in range(2))
    found = read(page(among).replace("</div></article>", f"{end}</div></article>"))
    assert found.text == "\n\n".join([*PROSE[:3], line, *PROSE[3:], line])
