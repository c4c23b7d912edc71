"""The disk: WARC files, the ledger, the manifest, and the directory that holds them."""
