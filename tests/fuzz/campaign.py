"""One target under libFuzzer, guided by the coverage of our code: `make fuzz` runs it for each.

    campaign.py TARGET SECONDS FOLDER

What breaks a promise is kept in FOLDER as ``<target>-crash-…``, ``…-timeout-…`` or ``…-oom-…``.
"""

import sys
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["eafarchive", "protego"]):
    from targets import TARGETS

SEEDS = Path(__file__).parents[1] / "fixtures" / "fuzz"


def main():
    name, seconds, folder = sys.argv[1:]
    grown = Path(folder) / "corpus" / name
    grown.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")  # protego's and tomllib's are not about faults
    options = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=16384"]
    options += [f"-artifact_prefix={folder}/{name}-", "-print_final_stats=1", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, str(grown), str(SEEDS / name)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
