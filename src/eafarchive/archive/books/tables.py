"""The ledger's tables, and how those of an older program become today's."""

from __future__ import annotations

import sqlite3

from eafarchive.archive.captures.index import key_of

VERSION = 5

_INDEX = """
CREATE TABLE captures (                -- one row a response or revisit record
    record_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,                -- response, revisit
    refers_to TEXT,                    -- id of the response that a revisit refers to
    key TEXT NOT NULL,                 -- canonical key of target_uri
    warc TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    end INTEGER NOT NULL,              -- first byte after the last record of the exchange
    target_uri TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    status INTEGER,
    payload_digest TEXT NOT NULL,
    harvested INTEGER NOT NULL DEFAULT 0,
    UNIQUE (warc, offset)
) STRICT;
CREATE INDEX captures_by_key ON captures (key);
CREATE INDEX captures_unharvested ON captures (harvested) WHERE harvested = 0;
"""
_MEMORY = """
CREATE TABLE urls (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    source TEXT,                       -- where it was found
    outcome TEXT NOT NULL,             -- see Visit
    detail TEXT NOT NULL DEFAULT '',
    visited_at TEXT,                   -- null: not asked for yet
    captured_at TEXT,                  -- last whole capture
    gone_at TEXT,                      -- first 404 or 410 after a capture; null once it is back
    failures INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,    -- 1: to be asked for, at due_at if that is given
    due_at TEXT,                       -- not to be asked before; null: no such time
    lastmod TEXT,                      -- as a sitemap spelled it last
    updated TEXT,                      -- as a feed did
    modified TEXT,                     -- as the REST route did
    etag TEXT,                         -- validators and payload of the last whole answer
    last_modified TEXT,
    payload_digest TEXT,
    listed_in TEXT,                    -- the sitemap that named it last
    unlisted_at TEXT                   -- when that one ceased to; null: it has not
) STRICT;
CREATE INDEX urls_due ON urls (due) WHERE due = 1;
CREATE INDEX urls_by_sitemap ON urls (listed_in);
CREATE TABLE sources (                 -- sitemaps, feeds, REST routes
    url TEXT PRIMARY KEY,
    kind TEXT NOT NULL,                -- sitemap, feed, rest
    parent TEXT,                       -- the sitemap index that names it
    lastmod TEXT,                      -- as its parent gives it now
    read_lastmod TEXT,                 -- as its parent gave it when it was read whole, or
                                       -- of a REST route, the newest modification read
    read_at TEXT,                      -- when it was last read whole; null: never
    leads INTEGER NOT NULL DEFAULT 0,  -- how many URLs it named then
    etag TEXT,                         -- validators and payload of that answer
    last_modified TEXT,
    payload_digest TEXT,
    answered_by TEXT,                  -- whose they are, where it redirects
    rules TEXT,                        -- digest of the rules by which it was read then
    articles INTEGER,                  -- how many it named then; null: it names sitemaps
    problem TEXT,                      -- what was wrong with it last; null: nothing
    tried_at TEXT,                     -- when it was last asked for in vain
    audited_page INTEGER               -- of a REST route, the page of all posts audited last
) STRICT;
CREATE INDEX sources_by_parent ON sources (parent);
CREATE TABLE overlaps (                -- URLs that a sitemap names beside urls.listed_in
    sitemap TEXT NOT NULL,
    key TEXT NOT NULL,
    lastmod TEXT,                      -- as this one spelled it last
    PRIMARY KEY (sitemap, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlaps_by_key ON overlaps (key);
"""
_REST = """
CREATE TABLE files (
    name TEXT PRIMARY KEY              -- path below the archive, its final name
) STRICT;
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    robots_status INTEGER,
    robots_body BLOB,
    robots_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    due_at TEXT
) STRICT;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    exit_code INTEGER,
    summary TEXT
) STRICT;
"""
_SET_ASIDE = """
DROP INDEX captures_by_uri;
ALTER TABLE captures RENAME TO old_captures;
ALTER TABLE urls RENAME TO old_urls;
"""
_TAKE_OVER = """
INSERT INTO captures (record_id, kind, key, warc, offset, length, end, target_uri, captured_at,
    status, payload_digest, harvested)
SELECT record_id, 'response', key_of(target_uri), warc, offset, length, end, target_uri,
    captured_at, status, payload_digest, harvested FROM old_captures ORDER BY rowid;
INSERT INTO urls (key, url, outcome, detail, visited_at, captured_at, failures, due, due_at,
    lastmod)
SELECT key, url, outcome, detail, visited_at, captured_at, failures,
    outcome IN ('failed', 'refused'), due_at, lastmod FROM old_urls ORDER BY rowid;
DROP TABLE old_captures;
DROP TABLE old_urls;
"""
_LISTINGS = """
ALTER TABLE urls ADD COLUMN listed_in TEXT;
ALTER TABLE urls ADD COLUMN unlisted_at TEXT;
CREATE INDEX urls_by_sitemap ON urls (listed_in);
"""
_READINGS = """
DROP INDEX IF EXISTS captures_by_uri;
ALTER TABLE sources ADD COLUMN answered_by TEXT;
ALTER TABLE sources ADD COLUMN rules TEXT;
ALTER TABLE sources ADD COLUMN articles INTEGER;
ALTER TABLE sources ADD COLUMN problem TEXT;
ALTER TABLE sources ADD COLUMN tried_at TEXT;
CREATE TABLE overlaps (
    sitemap TEXT NOT NULL,
    key TEXT NOT NULL,
    lastmod TEXT,
    PRIMARY KEY (sitemap, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlaps_by_key ON overlaps (key);
"""
_AUDITS = """
ALTER TABLE sources ADD COLUMN audited_page INTEGER;
UPDATE sources SET audited_page = CAST(lastmod AS INTEGER), lastmod = NULL
    WHERE kind = 'rest' AND lastmod IS NOT NULL;
"""


def create(db: sqlite3.Connection) -> None:
    """Make the tables of an empty file; within the caller's transaction."""
    _run(db, _INDEX + _MEMORY + _REST)
    db.execute(f"PRAGMA user_version = {VERSION}")


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Make the tables of an older ``version`` today's; within the caller's transaction.

    Version 1 knew no revisits and no sources, and had no line on a URL not yet asked for; version 2
    did not know which sitemap names a URL, version 3 not by what rules a source was read; version 4
    had a page's number among the times of sources.
    """
    if version == 1:
        db.create_function("key_of", 1, key_of, deterministic=True)
        _run(db, _SET_ASIDE + _INDEX + _MEMORY + _TAKE_OVER)
    else:
        _run(db, _LISTINGS * (version == 2) + _READINGS * (version <= 3) + _AUDITS)
    db.execute(f"PRAGMA user_version = {VERSION}")


def _run(db: sqlite3.Connection, script: str) -> None:
    """Execute the statements; unlike ``executescript`` this ends no transaction."""
    for statement in script.split(";\n"):
        db.execute(statement)
