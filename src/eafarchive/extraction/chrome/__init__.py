"""What on a page is not its article: `survey` is all of it.

`widgets`, `forms`, `replies`, `boxes` and `promotions` by what they are, `parts` where a box shares
its element with the text; inside the text `asides` by their label, `pullquotes` said twice,
`onward` links to other articles, `picks` lists of them, `teasers` their headlines alone. `around`
is where an article's head begins, and what follows a box about others.
"""
