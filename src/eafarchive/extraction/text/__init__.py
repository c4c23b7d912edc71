"""Which blocks are the article's: `body` is the whole order.

`container` holds them, as far as its `reach`, with what `builds` finds built as it is; `span` says
which these are. `captions`, those at the `lead` picture too, an `opening` of links or names,
`scraps` and the `summary` under a label (the `deck` without one) come out; `tail` and its
`trailers` follow the text, `epilogue` what follows its element; `told_body` is a text that only
data holds. `emptiness` says why there is none, `account` which rule did what.
"""
