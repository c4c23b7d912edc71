"""``config``."""

from __future__ import annotations

import msgspec

from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    Quiet,
    Verbose,
    log_to_stderr,
)
from eafarchive.config import load_settings
from eafarchive.terminal import print_json, write


def config_command(
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print the configuration file as it stands; with --json, every value in force.

    Without a file of yours it is the packaged one, every key explained, to begin your own with; a
    key that yours leaves out has the value given there, but for a site's rest: without that line no
    REST route is asked. A file with a mistake in it is exit code 2,
    and one line says where.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    settings = load_settings(config, archive)
    if not as_json:
        write(settings.text)
        return
    sites = [msgspec.to_builtins(site) | {"profile": site.profile.name} for site in settings.sites]
    print_json(
        {
            "source": settings.source,
            "digest": settings.digest,
            "archive": msgspec.to_builtins(settings.storage) | {"path": str(settings.archive)},
            "crawl": settings.crawl,
            "sites": sites,
        }
    )
