"""What a run tells of itself.

`outcome` and `summary` count, `reason` says why it ended so; `journal` and `metrics` tell machines.
`deadline` bounds it in time, and tells that it waits, or how far it is.
"""
