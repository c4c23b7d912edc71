"""A file is the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from eafarchive.archive.disk.files import make_directory, replace_file, replacing
from eafarchive.errors import WriteError


def test_a_file_is_made_and_replaced_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.json"
    for content in (b"", b"one", b"two" * 100_000):
        replace_file(path, content)
        assert path.read_bytes() == content
        assert [p.name for p in path.parent.iterdir()] == ["c.json"]


def test_an_error_half_way_leaves_what_was(tmp_path: Path) -> None:
    path = tmp_path / "a"
    replace_file(path, b"old")

    def half() -> None:
        with replacing(path) as file:
            file.write(b"new" * 100_000)
            assert path.read_bytes() == b"old"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("name", ["fsync", "rename", "open"])
def test_a_call_that_fails_leaves_what_was_and_names_the_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    replace_file(path, b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        with pytest.raises(WriteError) as caught:
            replace_file(path, b"new")
    assert str(caught.value) == f"{path}: cannot write: Read-only file system"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_signal_right_after_the_file_was_opened_leaves_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.open

    def interrupted(*given: object, **named: object) -> int:
        os.close(really(*given, **named))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", interrupted)
        with pytest.raises(KeyboardInterrupt):
            replace_file(tmp_path / "a", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_while_writing_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "a"

    def fill_up() -> None:
        with replacing(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(WriteError, match="a: cannot write: No space left on device"):
        fill_up()
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_beside_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".a.new").write_bytes(b"left behind")
    replace_file(tmp_path / "a", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_s14_planted_symlinks_are_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"victim")
    for name in ("a", ".a.new"):
        (tmp_path / name).symlink_to(victim)
    replace_file(tmp_path / "a", b"new")
    assert victim.read_bytes() == b"victim"
    assert not (tmp_path / "a").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_folder_in_the_files_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "a" / "full").mkdir(parents=True)
    with pytest.raises(WriteError, match="a: cannot write: Is a directory"):
        replace_file(tmp_path / "a", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_pipe_or_a_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link"):
        with pytest.raises(WriteError, match=f"{name}: cannot write: not a regular file"):
            replace_file(tmp_path / name, b"new")
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link").is_symlink()
    assert {p.name for p in tmp_path.iterdir()} == {"pipe", "link"}


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    for path in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(WriteError, match="cannot write"):
            make_directory(path)
