"""A run on the wire: `run` puts one together.

`plan` names the errands, `crawl` goes on them, `welcome` counts refusals; `night` compares what
they bring, and `withdrawal` takes back what is not believed. `reconcile` holds the archive against
the site, `demo` crawls the bundled one.
"""
