"""Where to look, and may we: URLs, what lists them, and manners. Pure: no input, no output."""
