from __future__ import annotations

import pytest

from eafarchive.demosite import DemoSite, build


@pytest.fixture(scope="session")
def site() -> DemoSite:
    return build("http://127.0.0.1:8080/")
