"""What is held, doubted, and mended where it can be made again.

`verify` checks a `scope` of it, by `bookkeeping` (seal, manifest, index) and by `evidence` (records
against captures), in view of the files whose `absence` it met; `repair` mends, a `checkup` is all
that with its counts, and for people a file's `consequences` are counted. `rebuild` makes the ledger
anew; `compare` holds the archive against a copy.
"""
