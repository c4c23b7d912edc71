"""The wire: one polite, bounded, byte-exact request at a time."""
