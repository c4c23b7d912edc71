"""What is asked of a site, and in which manner.

`discover` reads its sources from the `roots` on (`posts` a REST route); `asking` follows one URL to
its `answers`, as `robots` say and at the `pace` its host allows, `journeys` drives many side by
side.
"""
