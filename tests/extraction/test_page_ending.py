"""Whether a page was cut off, by the elements that it leaves open."""

import pytest

from eafarchive.extraction.document.ending import is_cut_off


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><article><p>half of a wo",
        "<main><p>one.</p>",
        "<ul><li>one",
        "<div></div></div><div>",
        "<p>one.<!-- the quay",
        "<p>one.<script>const dress = '</div>'",
        "<DIV><script></script><p>one.",
    ],
)
def test_a_page_that_ends_within_what_must_have_an_end_is_cut_off(text):
    assert is_cut_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one",
        "<title>one</title><p>one<p>two and <b>three",
        "<div><ul><li>one<li>two</ul></div> three",
        "<div><p>one</body>",
        "<div><p>one</HTML >" + " " * 3000,
        "<!-- <div> --><script>'<div>'</script><style></style><p>one",
        "</div><div></div>",
    ],
)
def test_what_may_be_left_out_cuts_nothing_off(text):
    assert not is_cut_off(text)
