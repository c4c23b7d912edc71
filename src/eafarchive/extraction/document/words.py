"""How many words a text has, in scripts with spaces between them and without."""

from __future__ import annotations

import re

_IDEOGRAPHS = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WESTERN = bytes(octet for octet in range(256) if not 0xE3 <= octet <= 0xEF)
"""What UTF-8 has in it of characters below U+3000 only."""
_LONGEST = 8
"""Letters of a word, with its space, that the words of no script exceed on average."""


def count_words(text: str) -> int:
    """The words between spaces; each ideograph and each kana is one (Unicode Annex 29)."""
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _WESTERN):
        return len(text.split())
    spaced = _IDEOGRAPHS.sub(" ", text)
    count = len(text) - len(_IDEOGRAPHS.sub("", text))
    return count + len(spaced.split())


def guess_words(text: str, counted: int) -> int:
    """At least how many words there are, where a script such as Thai does not part them."""
    return max(counted, len(text) // _LONGEST)
