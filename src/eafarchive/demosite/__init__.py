"""The bundled site: a SYNTHETIC journal in three layouts, with the truth about every page.

Every text, person and institution here is invented; nothing is taken from East Asia Forum.
One set of definitions (``articles/*.toml``) serves the demo, the tests and the golden pages:
a definition is rendered as HTML by one room and told as truth by another, so that what an
extractor should find is known without any extractor.
"""

from __future__ import annotations

from eafarchive.demosite.article import DemoArticle
from eafarchive.demosite.resource import Answer
from eafarchive.demosite.server import DemoServer, serve
from eafarchive.demosite.site import DemoSite, build

__all__ = ["Answer", "DemoArticle", "DemoServer", "DemoSite", "build", "serve"]
