"""What a power cut leaves: from a log of every change to a directory, the states it may be found in.

What was synced stays: a file's bytes up to its last sync, a directory's entries up to its own. Of the
rest anything may be: names come and go in the order they were made, but how far each directory got is
open; of unsynced bytes each 4 KiB page is there, or zeros, or garbage, and the file ends anywhere.
"""

import random
from pathlib import Path

PAGE = 4096


def read_log(path, root):
    """The changes, in order: what, path below the root, second path, offset, bytes."""
    data, at, ops = path.read_bytes(), 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        what, first, second, offset, length = data[at:end].decode().split("\t")
        at = end + 1 + int(length)
        body = data[end + 1 : at]
        first, second = (name and str(Path(name).relative_to(root)) for name in (first, second))
        ops.append((what, first, second, int(offset), body))
    return ops


class Inode:
    """A file's bytes as the program sees them, and as the disk holds them for sure."""

    def __init__(self, data=b""):
        self.seen = bytearray(data)
        self.synced = data

    def found(self, rng):
        """The bytes after the lights come on again."""
        if self.seen == self.synced or rng.random() < 0.2:
            return bytes(self.seen)
        result = bytearray(self.synced)
        full = len(self.seen)
        if full > len(result):
            result.extend(bytes(rng.randint(0, full - len(result))))
        for start in range(0, len(result), PAGE):
            end = min(start + PAGE, len(result))
            new, old = bytes(self.seen[start:end]), bytes(self.synced[start:end])
            if new[: len(old)] == old and len(new) == len(old):
                continue
            kind = rng.choice(("there", "there", "zeros", "garbage", "torn"))
            page = {
                "there": new,
                "zeros": bytes(end - start),
                "garbage": rng.randbytes(end - start),
                "torn": new[: len(new) // 2],
            }[kind]
            page = page.ljust(end - start, b"\0")
            kept = len(old) if new[: len(old)] == old else 0
            result[start + kept : end] = page[kept:]
        return bytes(result)


class Disk:
    """Directories and files below one root, replayed from a log."""

    def __init__(self, base=None):
        """``base``: a directory whose content is there, and synced, from the beginning."""
        self.names = {}
        """Path → `Inode`, or ``None`` for a directory: as the program sees it."""
        self.kept = {}
        """The same, as the disk holds it for sure."""
        self.pending = []
        """Changes of names that are not synced, in order: (directory, path, node or absent)."""
        for path in sorted(base.rglob("*")) if base else ():
            node = None if path.is_dir() else Inode(path.read_bytes())
            name = str(path.relative_to(base))
            self.names[name] = self.kept[name] = node

    def play(self, op):
        """Let the program make a change."""
        what, path, second, offset, body = op
        if what == "write":
            seen = self.names[path].seen
            seen.extend(bytes(max(0, offset - len(seen))))
            seen[offset : offset + len(body)] = body
        elif what == "truncate":
            seen = self.names[path].seen
            del seen[offset:]
            seen.extend(bytes(offset - len(seen)))
        elif what == "sync":
            self._sync(path)
        elif what in {"create", "mkdir"}:
            self._name(path, Inode() if what == "create" else None)
        elif what == "unlink":
            del self.names[path]
            self.pending.append((str(Path(path).parent), [(path, "gone")]))
        elif what in {"rename", "link"}:
            node = self.names[path]
            self.names[second] = node
            if what == "rename":
                del self.names[path]
            changes = [(second, node), *([(path, "gone")] if what == "rename" else [])]
            self.pending.append((str(Path(second).parent), changes))

    def _name(self, path, node):
        self.names[path] = node
        self.pending.append((str(Path(path).parent), [(path, node)]))

    def _sync(self, path):
        node = self.names.get(path)
        if isinstance(node, Inode):
            node.synced = bytes(node.seen)
            return
        for folder, changes in self.pending:
            if folder == path:
                self._keep(self.kept, changes)
        self.pending = [item for item in self.pending if item[0] != path]

    @staticmethod
    def _keep(names, changes):
        for path, node in changes:
            if node == "gone":
                names.pop(path, None)
            else:
                names[path] = node

    def leave(self, root, seed):
        """Make ``root`` what a power cut now may leave, by the dice of ``seed``."""
        rng = random.Random(seed)
        names = dict(self.kept)
        reach = {
            folder: rng.random() for folder, _ in sorted(self.pending, key=lambda item: item[0])
        }
        totals = {folder: sum(f == folder for f, _ in self.pending) for folder in reach}
        counts = dict.fromkeys(reach, 0)
        for folder, changes in self.pending:
            counts[folder] += 1
            if counts[folder] <= round(totals[folder] * reach[folder]):
                self._keep(names, changes)
        root.mkdir()
        for path, node in sorted(names.items()):
            if Path(path).name.endswith("-shm") or not (root / path).parent.is_dir():
                continue
            if node is None:
                (root / path).mkdir(exist_ok=True)
            else:
                (root / path).write_bytes(node.found(rng))


def promises(disk):
    """WARC files' bytes that are synced, by final name: none of them may be missing afterwards."""
    return {
        path.removesuffix(".open"): node.synced
        for path, node in disk.names.items()
        if isinstance(node, Inode) and ".warc.gz" in path and ".torn" not in path
    }
