"""Pages at hand, whoever captured them.

`extract` and `repeats` read loose files; `check` puts a profile to pages and `telling` says what
came of it.
"""
