"""Whether a document ends before it is over."""

from __future__ import annotations

import re
from collections import Counter

_END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_TAIL = 2000
"""Characters at a page's end in which most have theirs: they are looked at first."""
_PARTS = re.compile(
    r"<!--|-->|<(/?)(article|aside|blockquote|center|div|footer|form|header|main|nav|ol|script"
    r"|section|style|table|ul)\b",
    re.IGNORECASE,
)
"""Comments, and elements whose end tag may not be left out (WHATWG HTML section 13.1.2.4)."""


def is_cut_off(text: str) -> bool:
    """Whether a page has the end neither of itself nor of a part that must have one.

    Many a page leaves out ``</body>`` and ``</html>``, as it may.
    """
    if _END.search(text, max(len(text) - _TAIL, 0)) or _END.search(text):
        return False
    opened: Counter[str] = Counter()
    until = ""
    for found in _PARTS.finditer(text):
        said, name = found[0].lower(), (found[2] or "").lower()
        if until:
            until = "" if said == until else until
        elif said == "<!--":
            until = "-->"
        elif said in {"<script", "<style"}:
            until = f"</{name}"
        elif name:
            opened[name] = max(opened[name] + (-1 if found[1] else 1), 0)
    return bool(until) or opened.total() > 0
