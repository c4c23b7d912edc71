"""What to do next, and where the captures lie, in SQLite: `ledger` is the door.

`agenda` has its tables of URLs and sources, `listings` that of sitemaps that overlap, `fixity`
those of checks; `memory` the shapes of its rows, `tables` their columns, `database` is the SQLite
file, `seal` its digest beside it.
"""
