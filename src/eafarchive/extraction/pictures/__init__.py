"""Pictures and players with the words that belong to them.

`images` shows them by their `sources`, `figures` and `legends` find their words, `players` those
of films and sound.
"""
