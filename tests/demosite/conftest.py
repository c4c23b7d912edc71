from __future__ import annotations

import pytest

from bundled import Site, build


@pytest.fixture(scope="session")
def site() -> Site:
    return build("http://127.0.0.1:8080/")
