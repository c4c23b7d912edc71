"""The disk: WARC files, the ledger, the manifest, and the directory that holds them.

`holdings` is the directory as a whole, `roster` tells its own WARC files from strays, `volume` is
the file system below it, `files` how any file is written; `recovery` mends what the last run left
behind.

WARC files of ours: `warc` makes records with their `digests`, `revisits` those of what says nothing
new, `writer` appends them; `members` reads them back, `gaps` past damage, where `seeking` finds the
next; `index` is a line a capture, `cdxj` one for replay tools. To verify, `inspection` reads a file
once: each record by `conformance`, all together by `references` and the `roll` of ids.

The ledger: `ledger` is its door, `agenda` its tables of URLs and sources, `listings` that of
sitemaps that overlap, `fixity` those of checks; `memory` the shapes of its rows, `tables` their
columns, `database` the SQLite file, `seal` its digest beside it. `manifest` has the digests of
closed WARC files, `lost` knows those not there.

WARC files of others: `stream` gives their octets, `loose` their records by the `fields` of their
headers, `kept` undoes what their writers did to answers, `foreign` makes captures of them,
`soundness` tells their faults.
"""
