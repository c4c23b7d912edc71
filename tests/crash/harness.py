"""The crash harness: a crawl of the bundled site stopped at every point, mended, and compared.

A point is written ``kill@any:17`` (dead at the 17th call that changes a file), ``EIO@fsync:3`` (that call
fails), ``ENOSPC+@write:5`` (it and every later one), ``after:0.35`` (dead after so many seconds) or
``power:17:2`` (the current is cut after the 17th change, the disk's state by dice number 2). Two joined by a
comma happen to two runs in a row. After it the crawl runs again undisturbed, and the archive must be the
one that an undisturbed crawl makes.

    make crash                       every point
    make crash POINTS=200 SEED=5     so many of them, drawn with that seed
    make crash SCENE=second          every point of a later crawl
    make crash ONLY=kill@            those that begin so
    make crash POINT=kill@any:17     that one alone; what it left is kept and named
"""

import contextlib
import errno
import io
import random
import shutil
import time
from pathlib import Path

from judge import acknowledged, faults, held
from power import Disk, promises, read_log
from runs import DIE, KINDS, sites

from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.config import load_settings
from eafarchive.work.crawling.run import reading

ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EROFS")
EDITED = "2026-01-01T00:00:00+00:00"
STATES = 2
"""Power cuts tried at each point, with other dice."""


class Harness:
    """One served site, its undisturbed archive, and the points tried on it."""

    def __init__(self, site, reader, base=None):
        """``base``: the archive that each run begins with; without it, none is there yet."""
        self.site = site
        self.reader = reader
        self.base = base
        whole = site.folder / "whole"
        self._begin(whole)
        log = site.folder / "log"
        self.began = time.time()
        ended = site.run(whole, log=log)
        assert ended.code in {0, 3}, ended
        self.calls, self.seconds = ended.calls, ended.seconds
        self.before = held(whole, counted=base is None)
        self.ops = read_log(log, whole)
        self.promised = set()

    def points(self, seed=1):
        """Every point, in order; ``seed`` draws the second kills, the moments, the dice of power cuts."""
        some = random.Random(seed)
        for k in range(1, self.calls["any"] + 1):
            yield f"kill@any:{k}"
            yield f"kill@any:{k},kill@any:{some.randint(1, 40)}"
            yield f"after:{some.uniform(0.02, self.seconds):.3f}"
        for kind in KINDS[1:]:
            for k in range(1, self.calls[kind] + 1):
                for number, name in enumerate(ERRORS):
                    yield f"{name}{'+' * ((k + number) % 2)}@{kind}:{k}"
        for k in range(1, len(self.ops) + 1):
            yield from (f"power:{k}:{dice}" for dice in range(seed * STATES, (seed + 1) * STATES))

    def attempt(self, point, root):
        """What is wrong after the point; nothing, we hope."""
        self._begin(root)
        promised, shift = set(), 0
        for step in point.split(","):
            yield from self._disturb(step, root)
            if step.startswith("power"):  # the state is of then, and so is the clock
                shift = int(self.began - time.time())
            promised |= self.promised if step.startswith("power") else acknowledged(root)
        ended = self.site.run(root, shift=shift)
        if ended.code not in {0, 3} or "Traceback" in ended.err:
            yield f"the next run ends with {ended.code}: {ended.err[-1500:]}"
            return
        yield from faults(root, self.reader, self.before, promised)

    def _begin(self, root):
        shutil.rmtree(root, ignore_errors=True)
        if self.base:
            shutil.copytree(self.base, root)

    def _disturb(self, step, root):
        what, _, where = step.partition("@" if "@" in step else ":")
        if what == "power":
            self.promised = self._cut(*map(int, where.split(":")), root)
            return
        if what == "after":
            self.site.run(root, seconds=float(where))
            return
        kind, _, k = where.partition(":")
        action = DIE if what == "kill" else getattr(errno, what.rstrip("+"))
        ended = self.site.run(root, kind=kind, at=int(k), action=action, sticky=what.endswith("+"))
        # SQLite takes a change back whose sync failed, and syncs that: the ledger was just being made.
        is_new_ledger = Path(ended.resynced).name == "ledger.sqlite3" and not acknowledged(root)
        if ended.resynced and not is_new_ledger:
            yield f"{ended.resynced}: a sync that failed was tried again on the same descriptor"
        if what == "kill":
            if not ended.is_killed and ended.calls[kind] >= int(k):
                yield f"it did not die but ended with {ended.code}"
        elif ended.code not in {73, 3, 0}:  # the call could be done without
            yield f"it ended with {ended.code}: {ended.err[-1500:]}"
        elif "Traceback" in ended.err or (ended.code == 73 and "cannot" not in ended.err):
            yield f"it did not say what happened: {ended.err[-1500:]}"

    def _cut(self, k, dice, root):
        shutil.rmtree(root, ignore_errors=True)
        disk = Disk(self.base)
        for op in self.ops[:k]:
            disk.play(op)
        disk.leave(root, f"{k}:{dice}")
        found = set()
        for data in promises(disk).values():
            items = read_members(io.BytesIO(data))
            found |= {
                i.record_id for i in items if isinstance(i, WarcRecord) and i.kind == "response"
            }
        return found


@contextlib.contextmanager
def harness(scene="first", articles=4):
    """A `Harness` ready to try points: several WARC files, a few articles, one of each trouble.

    The scene is the ``first`` crawl; or the ``second``, of a site where an article was edited and one
    is gone, which audits all and so writes revisits.
    """
    size = 16_000 if scene == "first" else 6_000
    with (
        sites(articles, warc_max_bytes=size) as site,
        reading(load_settings(site.config)) as reader,
    ):
        yield Harness(site, reader, None if scene == "first" else _lived(site))


def _lived(site):
    base = site.folder / "base"
    ended = site.run(base)
    assert ended.code in {0, 3}, ended
    was = site.server.site
    edited, gone = (article.path for article in was.articles[:2])
    site.server.site = was.edited(edited, "A thought more.", EDITED).without(gone)
    audited = site.config.read_text("utf-8").replace("audit = 0", "audit = 9")
    site.config.write_text(audited, "utf-8")
    return base


def sample(points, count, seed):
    """So many of the points, each kind of point in proportion, by the dice of ``seed``."""
    points = list(points)
    if count >= len(points):
        return points
    return random.Random(seed).sample(points, count)
