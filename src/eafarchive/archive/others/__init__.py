"""WARC files of others, by any writer: `foreign` makes captures of them.

`stream` gives their octets, `loose` their records by the `fields` of their headers, `digests` are
as they spell them; `kept` undoes what their writers did to answers, `soundness` tells their faults.
"""
