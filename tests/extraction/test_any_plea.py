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


ASKS = [
    "<div><div><p>Ich bin damit einverstanden, dass mir dieser externe Inhalt angezeigt wird.</p><button>Akzeptieren</button></div></div>",
    "<div><p>Dort drüben steht, was an der Mole geschah, und zwar bei einem anderen Haus.</p><button>Externen Inhalt anzeigen</button><p>Dabei werden Daten an dessen Betreiber gesandt, der sie lange behält.</p></div>",
    "<div><p>Für die Anzeige dieses Videos ist die Zustimmung zur Nutzung erforderlich.</p></div>",
    "<div><p>Tässä kohtaa jutussa on palvelusta upotettua sisältöä.</p><button>Näytä sisältö</button></div>",
    "<div><p>Um deze post te kunnen tonen, moet er nog iets gebeuren.</p><button>Toestemmen</button></div>",
    "<div><p>Chaque matin, ce qui s’est passé au port la veille.</p><button>Je m’inscris</button></div>",
    "<div><h4>The pier by night</h4><p>What the keepers saw, every evening at six.</p><label>Address <input></label><button>SIGN UP</button><p>We keep it to ourselves.</p></div>",
    "<div><div>The Ebb</div><p>Berlins meistgelesener Newsletter. Kostenlos per E-Mail.</p><label>Ich bin damit einverstanden, dass mir per E-Mail Angebote unterbreitet werden.</label></div>",
    "<p><em>Sign up for <a href='/s'>The Ebb</a> to get the most insightful criticism out there, delivered to your inbox daily.</em></p>",
    "<p><i><a href='/nl'>Sign up to get the latest harbour news in your inbox.</a></i></p>",
    "<p><b><i>Get more from The Ebb with a digital subscription from as little as 1.50 a week. <a href='/s'>Click here</a></i></b></p>",
    "<p><b>Quer receber notícias no WhatsApp? <a href='/w'>Participe do grupo do Cais</a></b></p>",
    "<div><p>Enjoying this article? Click <a href='/s'>here</a> to subscribe for full access. Just five dollars a month.</p></div>",
    "<div><p>Help keep journalism free. Make a contribution to The Pier today.</p></div>",
    "<div><p>Advertisement</p><p>Hide Ad</p></div>",
    "<p><b>Related Reads</b></p><div><a href='/1'><img src='/t.jpg'>Lamps go out on the pier</a><a href='/2'>Harbour master buys a lamp</a></div>",
]  # fmt: skip
SAYS = [
    "Those who sign up for the lamps get an answer in their inbox, as you may in your inbox, too.",
    "Enjoying this article? Click here, wrote a bot under each of the lamps that it had found.",
    "Help keep the pier free. That is what the keepers had painted on the lamps, and it stayed.",
    "Hide and seek was played on the pier until the advertisement for the lamps came down again.",
    "Dass mir dieser externe Inhalt angezeigt wird, sagte sie, habe ich den Leuchten zu verdanken.",
    "Quer receber notícias do cais? Foi o que os guardas das lâmpadas perguntaram a todos nós ali.",
    "The digital subscription cost the keepers of the lamps 1.50 a week. They had to click here.",
]  # fmt: skip


@pytest.mark.parametrize("among", ASKS)
def test_what_asks_for_consent_or_an_address_is_none_of_the_words(among: str) -> None:
    assert read(page(among)).text == PLAIN


@pytest.mark.parametrize("line", SAYS)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_what_only_tells_of_consent_or_an_address_stays(line: str, tag: str) -> None:
    test_a_sentence_with_such_words_stays(line, tag)


@pytest.mark.parametrize(
    "box",
    [
        "<div><button>Accept</button><p>{}</p></div>",  # what it opens
        "<div><p>{}</p><button>Enlarge the lamp</button></div>",
        "<blockquote><p>{}</p><button>Accept</button></blockquote>",
        "<div><p>{0}</p><p>{0}</p><button>Subscribe</button></div>",
    ],
)
def test_words_at_another_button_stay(box: str) -> None:
    line = " ".join(
        ["The lamps on the pier were lit by hand each night, as the keepers tell it."] * 5
    )
    assert line in read(page(box.format(line))).text


@pytest.mark.parametrize("over", ["", f"<p>{PROSE[3]}</p>"])
def test_a_short_article_over_a_button_is_whole(over: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in PROSE[:3])
    html = (
        "<html><head><title>The lamps go out</title></head><body><h1>The lamps go out</h1>"
        f"{over}<div class='x'>{body}<button>Subscribe</button></div></body></html>"
    )
    assert read(html).text.endswith("\n\n".join(PROSE[:3]))


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>Get the Ebb &amp; Flow newsletters.</h3><p>Start with what the tide brought in, followed by what it took.</p></div>",
        "<div><h2>Sign up for more like this.</h2><p>No spam. Unsubscribe anytime.</p></div>",
        "<div><div>Ebb Daily: Join over 1 million subscribers who have the lamps in their hands each day.</div></div>",
        "<div><div><p><b>Get your lamps from keepers, straight to your inbox.</b> Sign up to our daily newsletter to receive all of them.</p></div></div>",
        "<div><h4>Stay updated with all top lamps and other stories</h4></div>",
        "<div><p>Become a Member</p></div>",
        "<div><h6>Visit The Ebb’s home page for more news, analysis and lamps</h6></div>",
        "<div><div>💡</div><div>Do you know anything else about the lamps? I would love to hear from you.</div></div>",
        "<p>點擊下圖放大瀏覽</p>",
        "<div><h4>These lamps are free</h4><p>Light matters. Please support it.</p></div>",
        "<div><h4>SHARE YOUR THOUGHTS</h4><p><em>Who should light the lamps? Join the conversation below.</em></p></div>",
        "<div><h3>Mole Newsletter: Jetzt kostenlos abonnieren!</h3><p>Was an der Mole geschah.</p></div>",
    ],
)
def test_a_box_that_calls_readers_is_none_of_the_words(box: str) -> None:
    assert read(page(box)).text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "Keepers can sign up for the lamps at the harbour office, which is open until noon each day.",
        "Join the keepers at the harbour office, and get a lamp of your own for as little as a coin.",
        "The newsletter of the keepers has subscribers on every pier, and it is never read by them.",
        "“Get our newsletter,” the keepers said to all of the subscribers that the harbour ever had.",
        "Do you know the keepers? They would light each lamp of the harbour for you, and for nobody else.",
        "To become a member of the keepers, one had to have lit a lamp at night and in a storm, too.",
        "She did not share your thoughts on the lamps, nor did she ever join the conversation there.",
    ],
)
@pytest.mark.parametrize("box", ["<div><p>{}</p></div>", "<div><h4>The lamps</h4><p>{}</p></div>"])
def test_a_box_that_tells_of_calls_stays(line: str, box: str) -> None:
    assert line in read(page(box.format(line))).text


@pytest.mark.parametrize(
    "line",
    [
        "Ao assinar o pacto do cais, o porto aceita apagar as lâmpadas durante três noites por ano.",
        "En validant le pacte, le conseil du port accepte que les gardiens gardent leurs lampes.",
        "Recevoir sa lampe par mail est devenu la règle au port.",
        "Denna lampa kräver samtycke av alla väktare, och den har brunnit sedan i våras.",
        "Con l’iscrizione al porto il guardiano accetta i controlli delle lampade ogni mese.",
        "Al suscribirse al pacto, el puerto acepta que otros enciendan sus lámparas por la noche.",
        "Door je in te schrijven bij de haven ga je akkoord met een lamp per jaar.",
        "Zur Darstellung der Wächter ist die Einwilligung der Familien nötig, so der Hafen.",
        "See below: the three lamps that matter most to the keepers of the harbour.",
        "Map below: The lamps of the harbour lie two hundred metres off the pier.",
        "Help keep the lamps independent, the keepers asked, and the donation was made at once.",
        "We use a small lamp to manage additional content that can set cookies.",
    ],
)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_sentence_on_an_agreement_of_others_stays(line: str, tag: str) -> None:
    test_a_sentence_with_such_words_stays(line, tag)


@pytest.mark.parametrize(
    "line",
    [
        "Become a member of the keepers first. That was the advice of the harbour in 2003, and all followed it.",
        "Start of service: 2011. In its first year the lamp had 40,000 subscribers, most of them on the pier.",
        "Share your thoughts, the keeper told the others. Nobody spoke for a minute, and then all of them did.",
        "No spam law had been passed by then on the pier, and none has been passed there since.",
        "Join the conversation about lamps, the master urged the keepers, and bring your own oil to it.",
        "Join the keepers, the posters said, and those who did were given daily briefings on the lamps.",
        "Please support us, the keepers wrote to the master in spring, or we shall have no oil left to burn.",
        "Discover magazine closed in the spring, and with it went the last of the newsletters on lamps.",
        "Get a licence, wait a year, and then send the harbour two briefings on the lamps that were lit.",
        "Subscribe to the pact or leave the pier: that was the choice, and daily briefings made it plain.",
        "Receive a lamp and you have a month to light it. The harbour sends no more briefings after that.",
        "Unsubscribe anytime: that promise was made on the pier in 2003, and eleven keepers broke it.",
        "Recibe en su correo cada lunes las cifras de las lámparas.",
    ],
)
@pytest.mark.parametrize("box", ["<div><p>{}</p></div>", "<div><h4>The lamps</h4><p>{}</p></div>"])
def test_a_box_that_quotes_a_call_of_others_stays(line: str, box: str) -> None:
    test_a_box_that_tells_of_calls_stays(line, box)


@pytest.mark.parametrize(
    "button",
    [
        "Agree", "I agree", "Allow", "Accept the offer", "Show map", "View map", "Show the map",
        "View video", "View content", "Karte anzeigen", "Zu den Lampen",
    ],
)  # fmt: skip
def test_words_over_a_button_of_the_article_stay(button: str) -> None:
    line = "The first step is to light the lamps, which the keepers could pay for out of their oil."
    assert line in read(page(f"<div><p>{line}</p><button>{button}</button></div>")).text
