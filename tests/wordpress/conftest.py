"""These tests need Debian's WordPress, MariaDB, php-fpm and nginx: `make test-wordpress` runs them."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

collect_ignore_glob = [] if "WORDPRESS" in os.environ else ["test_*.py"]


@pytest.fixture(scope="module")
def site():
    from wordpress import NEEDED, WordPress, missing  # noqa: PLC0415 - only where they are run

    if lacking := missing():
        reason = f"not installed: {lacking}; apt-get install --no-install-recommends {NEEDED}"
        if os.environ["WORDPRESS"] == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    with WordPress() as running:
        yield running
