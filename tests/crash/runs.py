"""What the crash tests stand on: the shim compiled, a served site, runs of the command line on it."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bundled import assemble, build
from eafarchive.demosite import serve
from workbench import configuration, environment, some

HERE = Path(__file__).parent
DIE = -1
KINDS = (
    "any",
    "write",
    "pwrite",
    "fsync",
    "fdatasync",
    "ftruncate",
    "openat",
    "rename",
    "unlink",
    "mkdir",
    "chmod",
)


class Ended(msgspec.Struct, frozen=True):
    """How a run ended."""

    code: int
    seconds: float
    calls: dict[str, int]
    """By kind; empty if it was killed."""
    resynced: str
    """The file whose failed sync was tried again on the same descriptor, if there was one."""
    out: str
    err: str

    @property
    def is_killed(self):
        return self.code == -signal.SIGKILL


def compile_shim(folder):
    """The shim as a shared library; compiled anew, it takes a moment."""
    library = folder / "shim.so"
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "the shim needs a C compiler: install gcc, or run the other tests"
    words = [
        compiler,
        "-O1",
        "-Wall",
        "-shared",
        "-fPIC",
        "-o",
        library,
        HERE / "shim.c",
        "-ldl",
        "-lpthread",
    ]
    subprocess.run(list(map(str, words)), check=True, timeout=60)
    return library


class Site:
    """The bundled site, small, on one address for all the runs; and a nursery for them."""

    def __init__(self, folder, nursery, server, **crawl):
        self.folder = folder
        self.server = server
        self._nursery = nursery
        self.config = folder / "config.toml"
        said = "".join(f"{name} = {value}\n" for name, value in crawl.items())
        self.config.write_text(configuration(server.base_url, said), "utf-8")

    def run(
        self,
        archive,
        *more,
        verb="crawl",
        kind="any",
        at=0,
        action=0,
        sticky=False,
        log="",
        seconds=0.0,
        memory=0,
        shift=0,
    ):
        """A run of the command line over an archive; ``kind``, ``at``, … as the shim has them.

        It is killed after so many ``seconds``, and may use ``memory`` more bytes than it begins with.
        """
        out, err = self.folder / "out", self.folder / "err"
        words = [verb, "--config", self.config, "--archive", archive, *more]
        self._nursery.stdin.write(
            json.dumps(
                {
                    "words": list(map(str, words)),
                    "root": str(archive),
                    "out": str(out),
                    "err": str(err),
                    "kinds": KINDS,
                    "kind": kind,
                    "at": at,
                    "action": action,
                    "sticky": sticky,
                    "log": str(log),
                    "seconds": seconds,
                    "memory": memory,
                    "shift": shift,
                }
            ).encode()
            + b"\n"
        )
        self._nursery.stdin.flush()
        line = self._nursery.stdout.readline()
        assert line, "the nursery is gone"
        said = {"out": out.read_text("utf-8", "replace"), "err": err.read_text("utf-8", "replace")}
        return Ended(**json.loads(line), **said)


@contextlib.contextmanager
def sites(articles=5, **crawl):
    """A `Site` of so many articles, and of pages that are missing, forbidden, moved and no article."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crash-")))
        library = compile_shim(folder)
        server = stack.enter_context(serve(build))
        pages = some(server.site.pages, "missing", "forbidden", "challenge")
        server.site = assemble(server.base_url, pages[-articles - 3 :])
        nursery = stack.enter_context(
            subprocess.Popen(
                [sys.executable, HERE / "nursery.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(LD_PRELOAD=str(library), HOME=str(folder)),
            )
        )
        stack.callback(nursery.stdin.close)
        yield Site(folder, nursery, server, **crawl)
