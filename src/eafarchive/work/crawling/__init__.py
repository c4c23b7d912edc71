"""A run on the wire: `run` puts one together.

`plan` names the errands, `crawl` goes on them, `welcome` counts refusals; `withdrawal` takes back
what was made of notices. `reconcile` holds the archive against the site, `demo` crawls the bundled
one.
"""
