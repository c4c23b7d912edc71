"""The bundled site: a SYNTHETIC journal in three layouts.

Every text, person and institution here is invented; nothing is taken from East Asia Forum.
One set of definitions (``articles/*.toml``) serves the demo and the tests. Here a definition is
rendered as HTML; the tests tell from it what is true of the page, without any extractor.
"""

from __future__ import annotations

from eafarchive.demosite.article import DemoArticle
from eafarchive.demosite.resource import Answer
from eafarchive.demosite.server import DemoServer, serve
from eafarchive.demosite.site import DemoSite, build

__all__ = ["Answer", "DemoArticle", "DemoServer", "DemoSite", "build", "serve"]
