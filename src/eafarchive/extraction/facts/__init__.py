"""When an article appeared, under which title, in which language, filed where.

`title`, with `headed` for a line that says it again; `metadata` and `marks` tell what markup says;
`datelines` are dates on show and `stamps` choose among all; `terms`, `doi`; `refusal` says whether
the page is an article and the one asked for, `pieces` whether it has other pages.
"""
