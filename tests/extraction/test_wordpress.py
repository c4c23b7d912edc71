"""Pages as WordPress makes them: themes, plugins and core's words in many languages; invented text."""

import re

import pytest

from eafarchive.config import fallback_profiles, load_profile
from eafarchive.extraction import Page, extract
from eafarchive.extraction.document.choice import choose_profile
from eafarchive.model import NotAnArticle

URL = "https://harbour.example/2021/05/the-bell-buoy/"
WORDPRESS = load_profile("wordpress")
TEXT = [
    (
        "The bell buoy off the northern mole was laid in the year of the great fog, and the fishermen"
        " have argued about its note ever since."
    ),
    (
        "It rings a flat B when the swell is from the west, and something that nobody has a name for"
        " when it is not; the harbour master keeps a list."
    ),
    (
        "Whoever tunes it next will have to do so from a boat, in a swell, with the whole town listening"
        " and most of it giving advice."
    ),
]
CAPTION = "The buoy in a calm, which is rare (Photo: P. Eel)"

# by language: share, like, categories, tags, comment heading, says, reply, leave a reply, closed,
# related, reading time, navigation
WORDS = {
    "en": (
        "Share this:|Like this:|Posted in Harbours|Tagged bells, buoys|2 thoughts on “The bell buoy”"
        "|Ann Roe says:|Reply|Leave a Reply|Comments are closed.|Related|Reading Time: 3 minutes"
        "|Post navigation"
    ),
    "de": (
        "Teilen mit:|Gefällt mir:|Veröffentlicht in Häfen|Verschlagwortet mit Glocken, Bojen"
        "|2 Gedanken zu „The bell buoy“|Ann Roe sagt:|Antworten|Schreibe einen Kommentar"
        "|Die Kommentarfunktion ist geschlossen.|Ähnliche Beiträge|Lesezeit: 3 Minuten"
        "|Beitragsnavigation"
    ),
    "fr": (
        "Partager :|J’aime ça :|Publié dans Ports|Étiqueté cloches, bouées"
        "|2 réflexions sur « The bell buoy »|Ann Roe dit :|Répondre|Laisser un commentaire"
        "|Les commentaires sont fermés.|Articles similaires|Temps de lecture : 3 minutes"
        "|Navigation de l’article"
    ),
    "es": (
        "Comparte esto:|Me gusta esto:|Publicado en Puertos|Etiquetado como campanas, boyas"
        "|2 comentarios en «The bell buoy»|Ann Roe dice:|Responder|Deja una respuesta"
        "|Los comentarios están cerrados.|Entradas relacionadas|Tiempo de lectura: 3 minutos"
        "|Navegación de entradas"
    ),
    "pt": (
        "Compartilhe isso:|Curtir isso:|Publicado em Portos|Marcado sinos, boias"
        "|2 comentários em “The bell buoy”|Ann Roe disse:|Responder|Deixe um comentário"
        "|Os comentários estão encerrados.|Posts relacionados|Tempo de leitura: 3 minutos"
        "|Navegação de posts"
    ),
    "it": (
        "Condividi:|Mi piace:|Pubblicato in Porti|Contrassegnato da tag campane, boe"
        "|2 commenti su “The bell buoy”|Ann Roe ha detto:|Rispondi|Lascia un commento"
        "|I commenti sono chiusi.|Articoli correlati|Tempo di lettura: 3 minuti"
        "|Navigazione articoli"
    ),
    "nl": (
        "Delen:|Vind-ik-leuk:|Geplaatst in Havens|Getagd met bellen, boeien"
        "|2 reacties op “The bell buoy”|Ann Roe schreef:|Beantwoorden|Geef een reactie"
        "|Reacties zijn gesloten.|Gerelateerde berichten|Leestijd: 3 minuten|Berichtnavigatie"
    ),
    "id": (
        "Bagikan ini:|Menyukai ini:|Ditulis di Pelabuhan|Ditandai lonceng"
        "|2 komentar pada “The bell buoy”|Ann Roe berkata:|Balas|Tinggalkan Balasan"
        "|Komentar ditutup.|Artikel terkait|Waktu baca: 3 menit|Navigasi pos"
    ),
    "ru": (
        "Поделиться ссылкой:|Понравилось это:|Рубрика: Гавани|Метки: колокола"
        "|2 комментария к «The bell buoy»|Ann Roe пишет:|Ответить|Добавить комментарий"
        "|Комментарии закрыты.|Похожие записи|Время чтения: 3 мин|Навигация по записям"
    ),
    "ja": (
        "共有:|いいね:|カテゴリー: 港|タグ: 鐘|「The bell buoy」への2件のフィードバック"
        "|Ann Roe より:|返信|コメントを残す|コメントは受け付けていません。|関連記事"
        "|読了時間: 約 3 分|投稿ナビゲーション"
    ),
    "zh": (
        "分享到:|赞:|分类: 港口|标签: 钟|《The bell buoy》有2个想法|Ann Roe说:|回复|发表回复"
        "|评论已关闭。|相关文章|阅读时间: 3 分钟|文章导航"
    ),
}


def page(language, theme, *, comments):
    share, like, posted, tagged, heading, says, reply, leave, closed, related, reading, way = WORDS[
        language
    ].split("|")
    content = "".join(f"<p>{words}</p>" for words in TEXT[:1])
    content += (
        '<figure class="wp-block-image wp-caption"><img src="/wp-content/uploads/b-300x200.jpg">'
        f'<figcaption class="wp-element-caption">{CAPTION}</figcaption></figure>'
        if theme != "classic"
        else '<div class="wp-caption alignnone"><img src="/wp-content/uploads/b-300x200.jpg">'
        f'<p class="wp-caption-text">{CAPTION}</p></div>'
    )
    content += "".join(f"<p>{words}</p>" for words in TEXT[1:])
    flair = (
        f'<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{share}</h3><ul>'
        '<li><a href="#">Facebook</a></li><li><a href="#">X</a></li></ul></div>'
        f'<div class="sharedaddy sd-like"><h3 class="sd-title">{like}</h3><p>Loading...</p></div>'
        f'<div id="jp-relatedposts"><h3><em>{related}</em></h3>'
        '<p><a href="/2020/01/the-other-buoy/">The other buoy, of which less is said and more is known'
        "</a></p></div>"
    )
    box = (
        '<div class="author-box"><h4>Bea Stanmore</h4><p>Bea Stanmore keeps the list of sounds at the'
        " harbour office, and has done so for longer than the buoy.</p></div>"
    )
    replies = (
        f"<h2 class='comments-title'>{heading}</h2><ol class='comment-list'><li><b>{says}</b><p>I was"
        " there on the night when it rang an A, and I have told this to everybody who would hear it."
        f"</p><a class='comment-reply-link' href='#'>{reply}</a></li></ol>"
        if comments
        else f"<p class='no-comments'>{closed}</p>"
    )
    form = (
        f"<div id='respond'><h3>{leave}</h3><form><textarea name=comment></textarea></form></div>"
        if comments
        else ""
    )
    inner = {
        "block": f'<div class="entry-content wp-block-post-content">{content}{flair}</div>',
        "classic": f'<div class="entry-content">{content}{flair}</div>',
        "builder": f'<div class="td-post-content tagdiv-type">{content}</div>{flair}',
        "bare": f"<div>{content}{flair}</div>",
    }[theme]
    html = (
        f"<!doctype html><html lang={language}><head><title>The bell buoy – Harbour Post</title>"
        '<meta name="generator" content="WordPress 6.5.2"><meta property="og:site_name"'
        ' content="Harbour Post"></head><body class="single single-post postid-9"><header>'
        '<a href="/">Harbour Post</a><nav><a href="/a/">A</a></nav></header><main><article class="post">'
        '<header class="entry-header"><h1 class="entry-title">The bell buoy</h1><p class="entry-meta">'
        '<time datetime="2021-05-06T10:00:00+02:00">6. 5. 2021</time></p></header>'
        f'<p class="rt-reading-time"><span>{reading}</span></p>{inner}<footer class="entry-footer">'
        f"<span>{posted}</span> <span>{tagged}</span></footer></article>{box}"
        f'<nav class="post-navigation"><h2>{way}</h2><a href="/p/">The bell before</a></nav>'
        f'<div id="comments" class="comments-area">{replies}{form}</div></main>'
        '<aside class="widget-area"><h2>Recent Posts</h2><ul><li><a href="/r/">A recent post</a></li>'
        "</ul></aside><footer>Proudly powered by WordPress</footer></body></html>"
    )
    if theme == "bare":  # nothing but core's words tells what is what
        html = re.sub(r" (?:class|id)=(?:'[^']*'|\"[^\"]*\")", "", html)
        html = re.sub(r"<(/?)(?:header|footer|aside|nav|article|main)\b", r"<\1div", html)
    return html


@pytest.mark.parametrize(
    ("language", "theme"),
    [*((one, "bare") for one in WORDS), ("en", "block"), ("ja", "classic"), ("de", "builder")],
)
@pytest.mark.parametrize("comments", [False, True])
def test_the_article_and_nothing_else(language, theme, comments):
    found = extract(Page.from_html(page(language, theme, comments=comments), URL), WORDPRESS)
    assert found.text.split("\n\n") == TEXT
    assert found.title == "The bell buoy"
    assert found.reading_minutes == 3
    assert found.comments_open is comments
    assert [image.caption for image in found.images] == [CAPTION]


SIGNS = [
    '<meta name="generator" content="WordPress 6.5">',
    '<link rel="https://api.w.org/" href="/wp-json/">',
    '<link rel="stylesheet" href="/wp-content/themes/x/style.css">',
    '<script src="/wp-includes/js/jquery.js"></script>',
    '<body class="post-template-default single single-post postid-1">',
]
NO_SIGNS = [
    '<meta name="generator" content="Hugo 0.1">',
    '<link rel="stylesheet" href="/theme/style.css"><p>WordPress, wp-content, wp-json</p>',
    '<img src="https://elsewhere.example/wp-content/uploads/a.jpg">',
]


@pytest.mark.parametrize(
    ("html", "name"),
    [*((sign, "wordpress") for sign in SIGNS), *((sign, "generic") for sign in NO_SIGNS)],
)
def test_a_page_of_no_configured_site_shows_whose_rules_it_needs(html, name):
    assert choose_profile(Page.from_html(html, URL), fallback_profiles()).name == name


def test_locked_posts_and_wordpress_own_errors_are_no_articles():
    locked = (
        "<title>Protected: The bell buoy – Harbour Post</title><h1>Protected: The bell buoy</h1>"
        '<div class="entry-content"><form class="post-password-form" method="post"><p>This content is'
        ' password protected. To view it please enter your password below:</p><input name="post_password"'
        ' type="password"></form></div>'
    )
    found = extract(Page.from_html(locked, URL), WORDPRESS)
    assert found == NotAnArticle(URL, "password-protected")
    error = "<title>Datenbankfehler</title><h1>Fehler beim Aufbau einer Datenbankverbindung</h1>"
    assert extract(Page.from_html(error, URL), WORDPRESS).is_blocked
