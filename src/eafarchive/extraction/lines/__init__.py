"""What one line, paragraph or address says by itself, wherever it stands.

`names` and their `looks`, by shape (`byline_shape`, `continuations`) read into `parties`;
`subjects` of `sentences`, `notes` on authors or on the article, `biographies` under a heading;
`dates`, their `months` and the `date_words` beside them; `footnotes`, `verses`, `lists`, posts of
other sites (`embeds`); `signposts`, which only lead about the page; `address` is what a page says
of its own.
"""
