"""What the crash tests share: one harness, as it is slow to make."""

import pytest
from harness import harness


@pytest.fixture(scope="session")
def tried():
    with harness() as ready:
        yield ready
