"""The verbs. The only loops of the program stand here.

From the ground up, each package using only those below it: `report` is what a run tells, `fetching`
what a crawl asks a site for, `records` what is made of the captures. On these stand three that know
nothing of each other: `held` reads again what is held, `verification` doubts it and mends it,
`pages` puts profiles to pages at hand. `crawling` puts a run together.
"""
