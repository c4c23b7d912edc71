"""The disk: WARC files, the ledger, the manifest, and the directory that holds them.

From the ground up, each package using only those below it: `disk` is how any file is written,
`captures` are in WARC files of ours, `books` say where they lie and what to do next; `others`,
which knows nothing of the books, is for WARC files of others. `standard` holds one file of ours
against the WARC standard, `directory` is the archive as a whole.
"""
