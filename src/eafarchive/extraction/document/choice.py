"""Which of several profiles a page is meant for, where its host does not say."""

from __future__ import annotations

from collections.abc import Sequence

from eafarchive.extraction.document.page import Page
from eafarchive.profile import Profile


def choose_profile(page: Page, profiles: Sequence[Profile]) -> Profile:
    """The first profile one of whose ``when`` selectors the page matches, else the last one."""
    for profile in profiles[:-1]:
        if profile.when and page.tree.css_first(", ".join(profile.when)) is not None:
            return profile
    return profiles[-1]
