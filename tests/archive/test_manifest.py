"""The manifest, also in the eyes of another program."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from exchanges import fill

from eafarchive.archive.disk.manifest import NAME, add_to_manifest, read_manifest
from eafarchive.errors import DamageError


def test_there_is_none_before_there_is_one(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_w25_sha256sum_confirms_every_closed_file(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    fill(tmp_path, 2, first=2)
    command = ["sha256sum", "--check", "--strict", NAME]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(b": OK") == 2
    victim = next((tmp_path / "warc").iterdir())
    victim.chmod(0o644)
    victim.write_bytes(victim.read_bytes()[:-1])
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert checked.returncode == 1


def test_files_are_added_in_any_order_and_listed_in_one(tmp_path: Path) -> None:
    folder = tmp_path / "warc"
    folder.mkdir()
    files = [folder / f"{letter}.warc.gz" for letter in "cab"]
    for path in files:
        path.write_bytes(path.name.encode())
    for path in files:
        add_to_manifest(tmp_path, [path])
    one_by_one = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).unlink()
    add_to_manifest(tmp_path, sorted(files))
    assert (tmp_path / NAME).read_bytes() == one_by_one
    assert list(read_manifest(tmp_path)) == [f"warc/{letter}.warc.gz" for letter in "abc"]


def test_a_file_that_is_there_keeps_its_name_through_any_characters(tmp_path: Path) -> None:
    path = tmp_path / "with  two spaces \x85 and ü.warc.gz"
    path.write_bytes(b"x")
    add_to_manifest(tmp_path, [path])
    assert list(read_manifest(tmp_path)) == [path.name]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"nonsense\n", f"{NAME}:1: not 'digest  path'"),
        (b"0" * 64 + b"  a\n\n", f"{NAME}:2: not 'digest  path'"),
        (b"0" * 63 + b"  a\n", f"{NAME}:1: not 'digest  path'"),
        (b"0" * 64 + b" a\n", f"{NAME}:1: not 'digest  path'"),
        (b"0" * 64 + b"  \n", f"{NAME}:1: not 'digest  path'"),
        (b"x" * 64 + b"  a\n", f"{NAME}:1: not 'digest  path'"),
        (b"\xff", f"{NAME}: is not UTF-8 text"),
    ],
)
def test_a_damaged_manifest_is_said_to_be_so(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(DamageError) as caught:
        read_manifest(tmp_path)
    assert str(caught.value) == message
    with pytest.raises(DamageError):
        add_to_manifest(tmp_path, [])
    assert (tmp_path / NAME).read_bytes() == content
