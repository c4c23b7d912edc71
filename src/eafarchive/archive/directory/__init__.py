"""One archive: `holdings` is the directory as a whole, to read or for the one run that writes.

`roster` tells its own WARC files from strays, `lost` knows those not there, `revisits` which
answers say nothing new, `recovery` mends what the last run left behind; `cdxj` is an index for
replay tools.
"""
