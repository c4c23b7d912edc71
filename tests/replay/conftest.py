"""These tests need pywb, which lives in an environment of its own: `make replay` runs them."""

import os

collect_ignore_glob = [] if "REPLAY_PYTHON" in os.environ else ["test_*.py"]
