"""The verbs. The only loops of the program stand here.

A crawl: `run` puts one together, `deadline` bounds it in time, `discover` reads the sources from
the `roots` on (`posts` a REST route), `plan` names the errands, `crawl` goes on them, `asking`
follows one URL to its `answers`, as `robots` say and at the `pace` its host allows, `journeys`
drives many side by side. `reading` turns a capture into a record (several `ahead`, offline),
`shelf` folds it in by what `drift` (by `stains`) and `statement` say of it, `visits` tells the
ledger; `notices` are words at many addresses, and `withdrawal` takes back what was made of them;
`outcome` and `summary` count, `reason` says why it ended so, `welcome` counts refusals,
`journal` and `metrics` tell machines. `trail` tells what was asked for of a crawl that is over.

What is held, read again: `derive`, `rebuild` and their `drafts` make records and ledger anew from
the WARC files; `history`, `difference` and `words` tell versions apart; `status` counts;
`reconcile` and `compare` hold the archive against the site and against a copy.

What is held, doubted: `verify` checks a `scope` of it, by `bookkeeping` (seal, manifest, index) and
by `evidence` (records against captures), in view of the files whose `absence` it met; `repair`
mends what can be made again, a `checkup` is all that with its counts, and for people a file's
`consequences` are counted.

What is anybody's: `extract` and `repeats` read loose files; `check` puts a profile to pages and
`telling` says what came of it; `demo` crawls the bundled site.
"""
