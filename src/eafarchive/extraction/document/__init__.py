"""The page as data, before anything is said of what it holds.

`encoding` (`detection` where none is declared) gives its text, `ending` says whether that is all of
it, `nesting` keeps it flat, `page` parses it, `linked_data` reads what its scripts tell; `outline`
is what all else reads, made by `walk` after `tags`, and `anchors` end the links that have no end
tag, for a second parse. `hints` and `kinds` find its elements by class and by selector, `units` are
blocks that belong together, `inline` and `render` write them, `words` counts. `rules` are a
profile's patterns, `choice` says which profile.
"""
