"""What is held, read again.

`history`, `difference` and `words` tell an article's versions apart; `status` counts.
"""
