"""From captures to records.

`reading` turns a capture into a record (several `ahead`, offline), `shelf` folds it in by what
`drift` (by `stains`) and `statement` say of it, `visits` tells the ledger; `notices` are words at
many addresses. `trail` tells what was asked for of a crawl that is over; `derive` and its `drafts`
make all records anew from the WARC files.
"""
