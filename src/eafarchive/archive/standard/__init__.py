"""WARC files of ours, doubted: `inspection` reads one once, strictly.

Each record is held against the standard by `conformance`, all together by `references` and the
`roll` of ids.
"""
