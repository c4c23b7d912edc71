"""One run put together: settings in, an archive written, a summary and an exit code out."""

from __future__ import annotations

import contextlib
import logging
import os
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.captures.warc import Operator
from eafarchive.archive.directory.holdings import Archive, Keeper
from eafarchive.archive.directory.lost import missing_line, missing_now
from eafarchive.config import Settings, fallback_profiles
from eafarchive.discovery.manners import is_public_host
from eafarchive.discovery.urls import host_of
from eafarchive.errors import ConfigError, EafarchiveError, ExitCode, exit_code_of
from eafarchive.model import Lead
from eafarchive.profile import Profile
from eafarchive.record import SOFTWARE
from eafarchive.sandbox import Extractor
from eafarchive.work.crawling.crawl import Crawl
from eafarchive.work.crawling.plan import Plan, Wishes
from eafarchive.work.fetching.asking import Asker
from eafarchive.work.fetching.journeys import Driver, Keep, Means
from eafarchive.work.fetching.pace import Pace
from eafarchive.work.records.notices import read_notices
from eafarchive.work.records.reading import Reader
from eafarchive.work.report.deadline import Alarm, Progress, Stop, alarm, patience
from eafarchive.work.report.journal import lost_lines, told
from eafarchive.work.report.reason import CUT_SHORT, reason
from eafarchive.work.report.summary import Circumstances, Summary, exit_code

Clock = Callable[[], datetime]

_MOST_READERS = 4
"""One thread unpacks, checks and writes for all of them: more would wait for it."""

log = logging.getLogger(__name__)


class Result(msgspec.Struct, frozen=True):
    """How a run ended."""

    summary: Summary
    exit_code: ExitCode
    reason: str = ""
    """Why, in words, if it is not 0."""
    leads: tuple[Lead, ...] = ()
    """What would have been asked for in a dry run."""
    is_cut_short: bool = False
    """Whether a dry run was to end before it had read all sources: there may be more leads."""


def utc_now() -> datetime:
    """The moment, aware UTC."""
    return datetime.now(UTC)


def crawl(
    settings: Settings,
    wishes: Wishes,
    stop: threading.Event,
    progress: Progress = lambda _done, _of: None,
    clock: Clock = utc_now,
    summary: Summary | None = None,
) -> Result:
    """Crawl as wished into the archive of the settings; ``stop`` ends it early, in good order.

    ``summary`` takes the counts as they come, so that they are known of a run that fails too.

    Raises `ConfigError`, `BusyError`, `DamageError`, `WriteError`.
    """
    _check(settings, wishes)
    began = time.monotonic()
    summary, circumstances = summary or Summary(), Circumstances()
    with contextlib.ExitStack() as stack:
        keeper = stack.enter_context(
            Keeper(
                settings.archive,
                operator(settings),
                settings.crawl.warc_max_bytes,
                patience(stop, wishes.lock_timeout),
                settings.storage,
            )
        )
        limit = stack.enter_context(alarm(stop, wishes.time_limit))
        last, run = keeper.ledger.last_run(), keeper.ledger.begin_run(clock())
        log.info("run %d begins: %s", run, settings.archive, extra=told("run-begin", run=run))
        reader = stack.enter_context(reading(settings))

        def keep(wanted: Sequence[Keep]) -> list[CaptureRow]:
            return keeper.append_all([one.entry for one in wanted])

        asker, driver = _means(settings, keeper.ledger, keep, stop, clock, stack, reader)

        def tally() -> None:
            summary.warc_bytes = keeper.warc_bytes
            summary.requests = driver.requests
            summary.seconds = round(time.monotonic() - began, 3)

        stack.callback(tally)

        def note(_kind: object, error: BaseException | None, _trace: object) -> None:
            if error is not None:
                tally()
                with contextlib.suppress(EafarchiveError):  # the ledger may be what failed
                    counts = msgspec.structs.asdict(summary)
                    keeper.ledger.finish_run(run, clock(), exit_code_of(error), counts)

        stack.push(note)
        visits = Crawl(keeper, asker, driver, reader, clock, summary, circumstances)
        visits.catch_up(last)
        plan = Plan(wishes, settings.sites, keeper.ledger, clock, settings.crawl.audit)
        plan.discover(asker, driver, summary, circumstances)
        visits.run(plan.errands(), plan.total(), progress)
        tally()
        code = _code(stop, limit, exit_code(summary, circumstances))
        code = ExitCode.CANNOT_WRITE if lost_lines() else code  # as the journal will say
        counts = msgspec.structs.asdict(summary)
        why = reason(code, summary, circumstances)
        ended = told("run-end", run=run, exit_code=code, reason=why, summary=counts)
        log.info("run %d ends with exit code %d", run, code, extra=ended)
        code = ExitCode.CANNOT_WRITE if lost_lines() else code
        keeper.ledger.finish_run(run, clock(), code, counts, visits.records)
    return Result(summary, code, why)


def _code(stop: threading.Event, limit: Alarm, code: ExitCode) -> ExitCode:
    """The exit code of a run, or what ended it before its time asks for."""
    if limit.rang or not stop.is_set():
        return ExitCode.LATER if limit.rang else code
    return stop.exit_code if isinstance(stop, Stop) else ExitCode.INTERRUPTED


def rehearse(
    settings: Settings, wishes: Wishes, stop: threading.Event, clock: Clock = utc_now
) -> Result:
    """A dry run: ask the sources, say what would be asked for, write nothing."""
    began = time.monotonic()
    summary, circumstances = Summary(), Circumstances()
    with scouting(settings, wishes, stop, clock) as (ledger, asker, driver):
        with alarm(stop, wishes.time_limit) as limit:
            plan = Plan(wishes, settings.sites, ledger, clock, settings.crawl.audit)
            plan.discover(asker, driver, summary, circumstances)
            leads = tuple(errand.lead for errand in plan.errands())
        summary.requests = driver.requests
        summary.seconds = round(time.monotonic() - began, 3)
        code = _code(stop, limit, exit_code(summary, circumstances))
    why = CUT_SHORT if stop.is_set() else reason(code, summary, circumstances)
    return Result(summary, code, why, leads, is_cut_short=stop.is_set())


@contextlib.contextmanager
def scouting(
    settings: Settings, wishes: Wishes, stop: threading.Event, clock: Clock
) -> Iterator[tuple[Ledger, Asker, Driver]]:
    """What it takes to ask the sources and write nothing: a copy of the ledger in memory."""
    _check(settings, wishes)

    def forget(wanted: Sequence[Keep]) -> list[None]:
        return [None] * len(wanted)

    with contextlib.ExitStack() as stack:
        archive = Archive(settings.archive)
        if missing := missing_now(archive.root):
            log.warning("%s", missing_line(archive.root, missing), extra=told("concern"))
        ledger = Ledger.scratch(archive.ledger_path)
        stack.callback(ledger.close)
        asker, driver = _means(settings, ledger, forget, stop, clock, stack)
        yield ledger, asker, driver


@contextlib.contextmanager
def reading(
    settings: Settings, only: Profile | None = None, *, is_own: bool = True
) -> Iterator[Reader]:
    """A `Reader` with the settings' profiles, its parser kept in check.

    ``only`` is the profile for all pages, whatever their host. ``is_own``: it reads the archive's
    pages, of which some words are known to be no article's. Raises `DamageError`.
    """
    notices = read_notices(settings.archive) if is_own else set()
    if only is None:
        profiles = tuple(dict.fromkeys(site.profile for site in settings.sites))
        fallbacks = fallback_profiles()
    else:
        profiles, fallbacks = (), (msgspec.structs.replace(only, hosts=()),)
    with Extractor(
        (*profiles, *fallbacks),
        page_bytes=settings.crawl.max_decoded_bytes,
        workers=_cores(),
    ) as extractor:
        yield Reader(profiles, fallbacks, extractor, notices)


def operator(settings: Settings) -> Operator:
    """What WARC files say of this run."""
    return Operator(SOFTWARE, user_agent(settings), settings.crawl.contact, settings.digest)


def user_agent(settings: Settings) -> str:
    """The ``User-Agent``: product, version, and whom to turn to."""
    product, contact = SOFTWARE.replace(" ", "/"), settings.crawl.contact
    return f"{product} (+{contact})" if contact else product


def _means(
    settings: Settings,
    ledger: Ledger,
    keep: Callable[[Sequence[Keep]], Sequence[CaptureRow | None]],
    stop: threading.Event,
    clock: Clock,
    stack: contextlib.ExitStack,
    reader: Reader | None = None,
) -> tuple[Asker, Driver]:
    from eafarchive.network.fetcher import Fetcher  # noqa: PLC0415 - httpx is slow to import

    crawling = settings.crawl
    fetcher = stack.enter_context(
        Fetcher(
            user_agent=user_agent(settings),
            timeout=crawling.timeout,
            total_timeout=crawling.total_timeout,
            max_wire_bytes=crawling.max_wire_bytes,
            allow_private_addresses=crawling.allow_private_addresses,
            connections=crawling.connections,
            ca_file=settings.ca_file,
        )
    )
    pace = Pace(crawling.delay)
    hosts = frozenset(host_of(site.base_url) for site in settings.sites)
    means = Means(
        fetch=fetcher.fetch,
        abort=fetcher.abort,
        keep=keep,
        read=reader.read if reader else None,
        together=ledger.together,
        resent=lambda: fetcher.resent,
        connections=crawling.connections,
        readers=_readers(settings),
    )
    return Asker(hosts, ledger, pace, clock), Driver(means, pace, stop)


def _readers(settings: Settings) -> int:
    """How many pages are read at a time: as many as can arrive, if there are cores for them."""
    return min(settings.crawl.connections, _cores())


def _cores() -> int:
    """Those that this process may use, or as many as it can keep busy."""
    count = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(count, _MOST_READERS)


def _check(settings: Settings, wishes: Wishes) -> None:
    if not settings.sites:
        raise ConfigError(f"{settings.source}: no [[sites]]: nothing to crawl")
    if wishes.since and wishes.until and wishes.since > wishes.until:
        raise ConfigError(f"--since {wishes.since} is after --until {wishes.until}")
    hosts = {host_of(site.base_url) for site in settings.sites}
    for url in wishes.urls:
        if host_of(url) not in hosts:
            known = ", ".join(sorted(hosts))
            raise ConfigError(f"{url}: not on a configured site ({known}); add it to [[sites]]")
    if settings.ca_file is not None:
        _check_ca(settings, settings.ca_file)
    if not settings.crawl.contact:
        for site in settings.sites:
            if is_public_host(site.base_url):
                raise ConfigError(
                    f"{settings.source}: $.crawl.contact is empty: set an e-mail address or URL, so"
                    f" that {host_of(site.base_url)} can tell who is asking"
                )


def _check_ca(settings: Settings, file: str | os.PathLike[str]) -> None:
    """Raise `ConfigError` if the file has no certificates to trust."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except OSError as error:
        is_read = isinstance(error, ssl.SSLError)
        why = "holds no certificate in PEM" if is_read else error.strerror
        raise ConfigError(f"{settings.source}: $.crawl.ca_file: {file}: {why}") from None
