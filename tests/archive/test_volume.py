"""The place of an archive: links planted in it, who may write, how much room, whether locks hold."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path

import pytest
from exchanges import ANSWERS, OPERATOR, capture, files_of, fill, keeper

from eafarchive.archive.directory.holdings import Archive, Keeper
from eafarchive.archive.disk import volume
from eafarchive.config import ArchiveSettings
from eafarchive.errors import ConfigError, EafarchiveError, WriteError
from workbench import warc_findings

RAW = ANSWERS["chunked"][0]


def storage(**settings: object) -> ArchiveSettings:
    return ArchiveSettings(**settings)  # type: ignore[arg-type]


def kept(root: Path, settings: ArchiveSettings) -> Keeper:
    return Keeper(root, OPERATOR, 1 << 30, storage=settings)


@pytest.mark.parametrize(
    "planted",
    [
        "warc",
        "records",
        "ledger.sqlite3",
        "ledger.sqlite3-wal",
        "ledger.sqlite3-shm",
        "warc/eafarchive-20990101000000-00001.warc.gz.open",
        "warc/eafarchive-20990101000000-00001.warc.gz",
    ],
)
def test_s14_a_link_planted_in_the_archive_is_refused_and_its_target_unharmed(
    planted: str, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    if planted in {"warc", "records"}:
        victim.mkdir()
        (victim / "precious.json").write_bytes(b"precious")
    else:
        victim.write_bytes(b"precious")
    before = files_of(tmp_path)
    root = tmp_path / "archive"
    (root / planted).parent.mkdir(parents=True)
    (root / planted).symlink_to(victim)
    with pytest.raises(EafarchiveError, match="is a symbolic link, which is not followed"):
        keeper(root)
    after = files_of(tmp_path)
    assert {name: after[name] for name in before} == before
    assert not any(name.startswith("victim") for name in after.keys() - before.keys())


def test_s14_a_link_in_place_of_the_manifest_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"")
    root = tmp_path / "archive"
    root.mkdir()
    (root / "manifest-sha256.txt").symlink_to(victim)
    (root / ".manifest-sha256.txt.new").symlink_to(victim)
    fill(root, 1)
    assert victim.read_bytes() == b""
    assert not (root / "manifest-sha256.txt").is_symlink()


def test_s15_who_may_read_and_write_what(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    fill(root, 1)
    modes = {
        path.relative_to(root).as_posix().partition("-0")[0]: stat.S_IMODE(path.stat().st_mode)
        for path in root.rglob("*")
        if path.is_file()
    }
    assert modes["ledger.sqlite3"] == 0o600
    assert modes["manifest-sha256.txt"] == 0o644
    (warc,) = Archive(root).warc_files()
    assert stat.S_IMODE(warc.stat().st_mode) == 0o444
    with keeper(root) as run:
        assert run.concerns == []
        run.append(capture(5, RAW), None)
        assert stat.S_IMODE((root / "ledger.sqlite3-wal").stat().st_mode) == 0o600
    for mode in (0o775, 0o757, 0o777):
        root.chmod(mode)
        with keeper(root) as run:
            (line,) = run.concerns
            assert f"others may write here (mode {mode:04o})" in line


def test_c10_the_floor_is_kept_and_the_archive_closed_in_good_order(tmp_path: Path) -> None:
    first = kept(tmp_path, storage(min_free_bytes=0))
    row = first.append(capture(1, RAW), None)
    first._min_free = 1 << 60
    with (
        pytest.raises(
            WriteError, match=r"bytes are free; .* must stay free .*min_free_bytes"
        ) as caught,
        first,
    ):
        first.append(capture(2, RAW), None)
    assert caught.value.exit_code == 73
    (path,) = Archive(tmp_path).warc_files()
    assert path.suffix == ".gz", "closed, while there was room for that"
    assert list(warc_findings(path, {})) == []
    with kept(tmp_path, storage(min_free_bytes=0)) as run:
        assert run.mended == []
        assert [held.place for held in run.ledger.captures()] == [row.place]
        run.append(capture(2, RAW), None)


def test_c10_the_floor_is_2_gib_or_5_percent_whichever_is_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk(blocks: int, free: int) -> os.statvfs_result:
        return os.statvfs_result((4096, 4096, blocks, free, free, 0, 0, 0, 0, 255))

    for gib, floor in ((10, 10 * volume.GIB // 20), (1000, 2 * volume.GIB)):
        blocks = gib * volume.GIB // 4096
        monkeypatch.setattr(os, "statvfs", lambda _, b=blocks, f=floor: disk(b, f // 4096 + 1))
        volume.check_room(tmp_path, 0, None)
        with pytest.raises(WriteError):
            volume.check_room(tmp_path, 8192, None)


MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:44 / {root} rw,relatime - {kind} server:/export rw
31 22 0:45 / {root}/in\\040side rw shared:7 - tmpfs none rw
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_c24_a_network_file_system_is_refused_unless_allowed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS.format(root=tmp_path, kind=kind))
    monkeypatch.setattr(volume, "_MOUNTS", table)
    root = tmp_path / "archive"
    with pytest.raises(
        ConfigError, match=rf"network file system \({kind}\).*allow_network"
    ) as caught:
        keeper(root)
    assert caught.value.exit_code == 2
    assert not list(root.glob("ledger*"))
    with kept(root, storage(allow_network_filesystem=True)) as run:
        assert run.concerns == [f"{root}: lies on a network file system ({kind}), as allowed"]
    with keeper(tmp_path / "in side" / "archive") as run:
        assert run.concerns == []


def test_c24_a_file_system_without_locks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", none)
        with pytest.raises(ConfigError, match="cannot lock: No locks available; use a local disk"):
            keeper(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", lambda _descriptor, _how: None)
        with pytest.raises(ConfigError, match="locks keep nobody out"):
            keeper(tmp_path)
    with keeper(tmp_path):
        pass
