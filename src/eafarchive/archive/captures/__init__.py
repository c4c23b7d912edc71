"""WARC files of ours, written and read back.

`warc` makes records, `writer` appends them; `members` reads them back, `gaps` past damage, where
`seeking` finds the next; `index` is a line a capture.
"""
