"""WordPress's own marks below a body: whose they are, and whose they are not."""

from eafarchive.config import load_profile
from eafarchive.extraction import Page, extract

URL = "https://journal.example/2019/03/23/an-invented-title/"
PROSE = "The invented council of Examplia met again, and spoke at length about its harbour. " * 4
BLOCK = (
    '<div class="wp-block-post-date"><time datetime="{at}">Some day</time></div>'
    '<div class="taxonomy-category wp-block-post-terms"><a href="/c/" rel="tag">{category}</a></div>'
    '<div class="wp-block-post-author"><p class="wp-block-post-author__name">{name}</p></div>'
    '<div class="taxonomy-post_tag wp-block-post-terms"><a href="/t/" rel="tag">{tag}</a></div>'
)
OWN = BLOCK.format(
    at="2019-03-23T09:44:00+11:00", category="Trade", name="Ada Invented", tag="harbours"
)
OTHER = BLOCK.format(at="2018-01-01T00:00:00+11:00", category="Sport", name="Bo Else", tag="boats")


def read(below):
    html = (
        '<!doctype html><html lang="en"><title>An invented title</title><body><main>'
        '<h1 class="wp-block-post-title">An invented title</h1>'
        f'<div class="entry-content wp-block-post-content">{f"<p>{PROSE}</p>" * 4}</div>'
        f"{below}</main></body></html>"
    )
    return extract(Page.from_html(html.encode(), URL, "text/html"), load_profile("wordpress"))


def told(article):
    names = [author.name for author in article.authors]
    return names, article.published_at, article.categories, article.tags


def test_core_blocks_below_the_body_are_the_articles():
    names, published, categories, tags = told(read(OWN))
    assert names == ["Ada Invented"]
    assert published == "2019-03-23T09:44:00+11:00"
    assert (categories, tags) == (("Trade",), ("harbours",))


def test_those_of_other_articles_in_a_query_are_not():
    query = f'<div class="wp-block-query"><ul><li>{OTHER}</li></ul></div>'
    assert told(read(OWN + query)) == told(read(OWN))
    assert told(read(query))[0] == []


def test_the_footer_of_a_classic_theme():
    footer = (
        '<footer class="entry-footer"><time class="entry-date published updated"'
        ' datetime="2019-03-23T09:44:00+11:00">March 23</time><span class="byline">By'
        ' <a href="/author/ada/" rel="author">Ada Invented</a></span><span class="cat-links">'
        '<a href="/c/" rel="category tag">Trade</a></span><span class="tags-links">'
        '<a href="/t/" rel="tag">harbours</a></span></footer>'
    )
    names, published, categories, tags = told(read(footer))
    assert names == ["Ada Invented"]
    assert published == "2019-03-23T09:44:00+11:00"
    assert (categories, tags) == (("Trade",), ("harbours",))
