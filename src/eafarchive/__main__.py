"""``python -m eafarchive``."""

from eafarchive.cli import main

main()
