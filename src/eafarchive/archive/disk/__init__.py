"""Files as such, whatever is in them.

`files` is how any is written, `volume` the file system that they lie on, `manifest` has the digests
of those that are closed.
"""
