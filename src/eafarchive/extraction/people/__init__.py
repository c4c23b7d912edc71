"""Who wrote it: `authorship` weighs all that speaks of authors.

`byline` reads a line that says so, `labelled` boxes under a label, `unlabelled` lines that read
like one, `metaline` its part of a line with a date, `signatures` what markup names (by its
`nameplates`), `cards` a name with a house beneath, `reporters` whom papers of East Asia name by
their trade; `witnesses` are asked where none is there. `frame` is what stands around an article.
"""
