"""What URLs may hold that is nobody's business, kept out of logs."""

from __future__ import annotations

import re

_SECRET = re.compile(
    r"([?&;][^=&;\s]{0,40}?(?:token|key|secret|passw|pwd|auth|sig|sess|sid|nonce|code|jwt|ticket)"
    r"[^=&;\s]{0,40}=)[^&;#\s\"'<>]+",
    re.IGNORECASE,
)
_USER = re.compile(r"(https?://)[^/?#\s@]{1,400}@", re.IGNORECASE)


def discreet(text: str) -> str:
    """The text with user-info out of its URLs, and ``…`` for values in queries that may be secrets.

    By the parameter's name: tokens, keys, signatures, passwords, sessions and the like.
    """
    return _SECRET.sub(r"\1…", _USER.sub(r"\1", text))
