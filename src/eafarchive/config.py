"""Settings and profiles, read from TOML and checked before anything is done with them."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urljoin

import msgspec

from eafarchive.discovery.urls import clean_url, host_of
from eafarchive.errors import ConfigError
from eafarchive.profile import Profile, Rule, inherit, is_selector, rules_of, spelled_out

_MOST = 1 << 20
"""Bytes of a configuration or a profile."""
_MAIL = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+")
_PLAIN = re.compile(r"[!-'*-~]+")
"""Visible ASCII without the parentheses that end a comment of the ``User-Agent``."""
_GROUPS = {"labels.reading": "minutes", "credits": "credit"}
T = TypeVar("T")
Positive = Annotated[float, msgspec.Meta(gt=0, le=86400)]
Bytes = Annotated[int, msgspec.Meta(ge=1024)]


class ArchiveSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the archive lies."""

    path: Annotated[str, msgspec.Meta(min_length=1, pattern=r"^[^\x00]*$")] = "archive"
    min_free_bytes: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """``None``: 2 GiB or 5 % of the file system, whichever is less; 0: until the disk is full."""
    allow_network_filesystem: bool = False


class CrawlSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to ask: times in seconds, sizes in bytes."""

    contact: str = ""
    delay: Annotated[float, msgspec.Meta(ge=0, le=86400)] = 1.0
    connections: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1
    timeout: Positive = 30.0
    total_timeout: Positive = 60.0
    max_wire_bytes: Annotated[int, msgspec.Meta(ge=1024, le=64 << 20)] = 16 << 20
    max_decoded_bytes: Bytes = 32 << 20
    allow_private_addresses: bool = False
    warc_max_bytes: Bytes = 1_000_000_000
    audit: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 20
    ca_file: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]*$")] = ""


SITEMAPS = ("sitemap_index.xml", "wp-sitemap.xml")
FEEDS = ("feed/",)
REST = "wp-json/wp/v2/posts"
"""The usual places: of those that nobody asked for by another name, not each need be there."""


class SiteSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site as configured."""

    profile: str
    base_url: str
    sitemaps: tuple[str, ...] = SITEMAPS
    feeds: tuple[str, ...] = FEEDS
    rest: str | None = None


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as written."""

    archive: ArchiveSettings = ArchiveSettings()
    crawl: CrawlSettings = CrawlSettings()
    sites: tuple[SiteSettings, ...] = ()


class Site(msgspec.Struct, frozen=True):
    """A site ready to be asked: absolute URLs, and its profile bound to its host."""

    base_url: str
    profile: Profile
    sitemaps: tuple[str, ...]
    feeds: tuple[str, ...]
    rest: str | None = None
    usual: frozenset[str] = frozenset()
    """Where most sites have sources: that this one lacks one of them there is no news."""


class Settings(msgspec.Struct, frozen=True):
    """Everything a run needs to know."""

    source: str
    """The file read, for messages."""
    text: str
    """The file as it stands; an empty one means the packaged one."""
    digest: str
    """``sha256:`` of the configuration file's bytes."""
    archive: Path
    storage: ArchiveSettings
    crawl: CrawlSettings
    sites: tuple[Site, ...]
    ca_file: Path | None = None


def load_settings(config: Path | None = None, archive: Path | None = None) -> Settings:
    """The settings in ``config``, else in ``./config.toml``, else the packaged default.

    ``archive`` overrides the configured directory; a file without ``[[sites]]`` means the packaged
    ones. Raises `ConfigError` that names the file and the key for an unreadable file, an unknown
    key, a wrong type or an impossible value.
    """
    path = config if config is not None else Path("config.toml")
    if config is None and not (path.exists() or path.is_symlink()):
        raw, base, source = _packaged("default.toml"), Path(), "packaged default configuration"
    else:
        raw, base, source = _read(path), path.parent, str(path)
    default = _parse(_packaged("default.toml"), "packaged default configuration")
    written = _convert({"sites": default["sites"]} | _parse(raw, source), Configuration, source)
    sites = tuple(
        _site(site, base, f"{source}: $.sites[{n}]") for n, site in enumerate(written.sites)
    )
    hosts = [host_of(site.base_url) for site in sites]
    for n, host in enumerate(hosts):
        if host in hosts[:n]:
            raise ConfigError(f"{source}: $.sites[{n}].base_url: {host} is configured twice")
    return Settings(
        source=source,
        text=(raw if raw.strip() else _packaged("default.toml")).decode("utf-8-sig"),
        digest=f"sha256:{hashlib.sha256(raw).hexdigest()}",
        archive=archive if archive is not None else _below(base, written.archive.path),
        storage=written.archive,
        crawl=_checked(written.crawl, source),
        sites=sites,
        ca_file=_below(base, written.crawl.ca_file) if written.crawl.ca_file else None,
    )


def load_profile(name: str, base: Path = Path()) -> Profile:
    """The built-in profile called ``name``, or the one in the TOML file at that path.

    A relative path is looked for from ``base``. Raises `ConfigError` for an unknown name, an
    unreadable file, an unknown key or a regular expression that does not compile.
    """
    if not name.endswith(".toml"):
        return _builtin(name)
    path = _below(base, name)
    source = str(path)
    data = _parse(_read(path), source)
    parent = data.get("extends")
    if parent is not None and parent not in builtin_profiles():
        raise ConfigError(f"{source}: $.extends: must be the name of a built-in profile")
    profile = _profile(data, source)
    known = set(map(_told, rules_of(_builtin(parent)))) if parent else frozenset()
    for rule in rules_of(profile):
        if _told(rule) not in known:
            _check_rule(rule, f"{source}: $.{rule.key}")
    return profile


def _told(rule: Rule) -> tuple[str, str, str]:
    """What there is to check of a rule, wherever it stands in its list."""
    return rule.kind, rule.key.partition("[")[0], rule.pattern


@cache
def _builtin(name: str) -> Profile:
    """A profile that comes with the program; that its rules are sound is not checked each time."""
    if name not in builtin_profiles():
        known = ", ".join(builtin_profiles())
        raise ConfigError(
            f"no profile called {name!r}: use one of {known}, or a path to a .toml file"
        )
    source = f"profile {name}"
    return _profile(_parse(_packaged(f"profiles/{name}.toml"), source), source)


def _profile(data: dict[str, Any], source: str) -> Profile:
    if "digest" in data:
        raise ConfigError(f"{source}: $.digest: is computed, not written")
    if parent := data.get("extends"):
        data = inherit(_builtin(parent), data)
    profile = _convert(data | {"digest": ""}, Profile, source)
    profile = msgspec.structs.replace(profile, notes=spelled_out(profile.notes))
    in_force = msgspec.structs.replace(profile, extends=None)
    digest = hashlib.sha256(msgspec.json.encode(in_force)).hexdigest()
    return msgspec.structs.replace(profile, digest=f"sha256:{digest}")


@cache
def builtin_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the program, sorted."""
    folder = resources.files("eafarchive") / "profiles"
    return tuple(sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml")))


def fallback_profiles() -> tuple[Profile, ...]:
    """The built-in profiles for pages of any host: those with a ``when``, and `generic` last."""
    profiles = tuple(map(_builtin, builtin_profiles()))
    return (*(p for p in profiles if p.when and not p.hosts), _builtin("generic"))


def _site(site: SiteSettings, base: Path, where: str) -> Site:
    base_url = clean_url(site.base_url)
    if base_url is None:
        raise ConfigError(f"{where}.base_url: {site.base_url!r} is not an http or https URL")
    if not base_url.endswith("/") or set("@?#") & set(site.base_url):
        raise ConfigError(
            f"{where}.base_url: {site.base_url!r} must end with a slash, and hold no user"
            " name, query or fragment"
        )
    try:
        profile = load_profile(site.profile, base)
    except ConfigError as error:
        raise ConfigError(f"{where}.profile: {error}") from None
    hosts = tuple(dict.fromkeys((*profile.hosts, host_of(base_url))))
    return Site(
        base_url=base_url,
        profile=msgspec.structs.replace(profile, hosts=hosts),
        sitemaps=tuple(_absolute(base_url, path, f"{where}.sitemaps") for path in site.sitemaps),
        feeds=tuple(_absolute(base_url, path, f"{where}.feeds") for path in site.feeds),
        rest=_absolute(base_url, site.rest, f"{where}.rest") if site.rest else None,
        usual=frozenset(_absolute(base_url, path, where) for path in (*SITEMAPS, *FEEDS, REST)),
    )


def _absolute(base_url: str, path: str, where: str) -> str:
    url = clean_url(urljoin(base_url, path))
    if url is None:
        raise ConfigError(f"{where}: {path!r} is not a path or an http URL")
    return url


def _checked(crawl: CrawlSettings, source: str) -> CrawlSettings:
    said = crawl.contact
    if said and not ((_MAIL.fullmatch(said) or clean_url(said)) and _PLAIN.fullmatch(said)):
        raise ConfigError(f"{source}: $.crawl.contact: use an e-mail address or URL in plain ASCII")
    return crawl


def _check_rule(rule: Rule, where: str) -> None:
    """Raises `ConfigError` for a rule that would fail, or mean something else, on a page."""
    if rule.kind == "selector":
        if not is_selector(rule.pattern):
            raise ConfigError(f"{where}: not a CSS selector: {rule.pattern!r}")
        return
    if rule.kind == "label":
        return
    group = _GROUPS.get(rule.key.partition("[")[0])
    # Most are joined into one, where a flag or a group's name would be everybody's.
    is_joined = rule.kind in {"block", "hint", "part"} and not group
    try:
        found = re.compile(rule.pattern)
        re.compile(f"(?:{rule.pattern})|(?:{rule.pattern})" if is_joined else "")
    except re.error as error:
        raise ConfigError(f"{where}: not a regular expression: {error}") from None
    if group and group not in found.groupindex:
        raise ConfigError(f"{where}: has no group (?P<{group}>…)")


def _packaged(name: str) -> bytes:
    return (resources.files("eafarchive") / name).read_bytes()


def _below(base: Path, name: str) -> Path:
    """The path, as UTF-8 whatever the locale has names of files in."""
    return base / os.fsdecode(name.encode("utf-8", "surrogateescape"))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST + 1)  # of a device there may be no end
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise ConfigError(f"{str(path)!r}: cannot be the name of a file") from None
    if len(raw) > _MOST:
        raise ConfigError(f"{path}: more than {_MOST:,} bytes: no configuration is so long")
    return raw


def _parse(raw: bytes, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{source}: not valid TOML: {error}") from None


def _convert(data: dict[str, Any], kind: type[T], source: str) -> T:
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        raise ConfigError(f"{source}: {where.strip('`') or '$'}: {what}") from None
