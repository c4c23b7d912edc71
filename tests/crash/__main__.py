"""``make crash``: tries points of the crash harness, and says which failed."""

import argparse
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

from harness import harness, sample


def main():
    """Try points; the exit code is 1 if any failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--points", type=int, default=1_000_000, metavar="N")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--scene", choices=("first", "second"), default="first")
    arguments.add_argument("--only", default="", metavar="BEGINNING")
    arguments.add_argument("--point", metavar="POINT")
    given = arguments.parse_args()
    began, failed, kinds = time.monotonic(), [], Counter()
    with harness(given.scene) as tried:
        points = [point for point in tried.points(given.seed) if point.startswith(given.only)]
        points = [given.point] if given.point else sample(points, given.points, given.seed)
        print(
            f"{len(points)} points, seed {given.seed}; a whole run makes {tried.calls['any']} calls",
            flush=True,
        )
        for number, point in enumerate(points, 1):
            root = tried.site.folder / "archive"
            wrong = list(tried.attempt(point, root))
            kinds[point.partition("@")[0].partition(":")[0] + ("+" * ("," in point))] += 1
            if wrong:
                failed.append(point)
                print(f"{point}:", *wrong, sep="\n    ", flush=True)
            if given.point:
                kept = Path("crash-point").absolute()
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(root, kept)
                print(f"what it left, mended: {kept}")
            elif number % 100 == 0:
                print(f"{number} tried, {len(failed)} failed", flush=True)
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(
        f"{len(points)} points ({said}), seed {given.seed}: {len(failed)} failed, {time.monotonic() - began:.0f} s"
    )
    for point in failed:
        print(f"  make crash SCENE={given.scene} POINT='{point}'")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
