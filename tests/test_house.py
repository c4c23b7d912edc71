"""The house: its front door, its floors, its size, its words, and that everything is documented."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import eafarchive
from eafarchive.cli import app
from workbench import environment

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "eafarchive"
MODULES = sorted(SRC.rglob("*.py"))
README = (ROOT / "README.md").read_text("utf-8")
NOUNS = ("Archive", "Article", "Capture", "Finding", "Lead", "Page", "Place", "Profile", "Record")
GROUPED = ("work", "archive", "extraction")
"""Floors whose rooms stand in packages, each with a contract of its own."""
PACKAGES = sorted(
    path.parent.relative_to(SRC).as_posix()
    for floor in GROUPED
    for path in SRC.glob(f"{floor}/*/__init__.py")
)
MAX_LINES = 300
PURE = (
    "body.py", "codings.py", "http1", "model.py", "permalinks.py", "phrases.py", "profile.py",
    "discovery", "extraction",
)  # fmt: skip


def each(paths):
    """The test put to each of the paths, as one test: the runner's cost of hundreds is seconds."""

    def decorate(test):
        def over_all():
            wrong = []
            for path in paths:
                try:
                    test(path)
                except AssertionError as error:
                    wrong.append(f"{path.relative_to(ROOT).as_posix()}: {error}")
            assert paths
            assert not wrong, "\n".join(wrong)

        over_all.__name__ = test.__name__
        return over_all

    return decorate


def test_the_front_door():
    assert sorted(eafarchive.__all__) == list(eafarchive.__all__)
    for name in eafarchive.__all__:
        assert getattr(eafarchive, name) is not None
    for name in ("Archive", "Page", "extract", "load_profile", "EafarchiveError", *NOUNS):
        assert name in eafarchive.__all__
    assert (SRC / "py.typed").is_file()


def test_the_nouns_are_explained_in_the_readme():
    for noun in NOUNS:
        assert f"| `{noun}` |" in README


@each(MODULES)
def test_no_file_is_long(path):
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


@each([path for path in MODULES if path.name != "__main__.py"])
def test_every_module_and_every_public_thing_says_what_it_is(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("floor", [*GROUPED, *PACKAGES])
def test_a_floor_of_many_rooms_says_what_each_is_for(floor):
    told = set(
        re.findall(
            r"`(\w+)`",
            ast.get_docstring(ast.parse((SRC / floor / "__init__.py").read_text("utf-8"))),
        )
    )
    rooms = {path.stem for path in (SRC / floor).glob("[!_]*")}
    assert rooms == told & rooms, sorted(rooms - told)
    assert told <= rooms, sorted(told - rooms)


@each([path for path in MODULES if path.parent.name == "demosite"])
def test_the_bundled_site_holds_nothing_that_only_tests_use(path):
    """It is in the wheel; `tests/bundled.py` has the rest. A handler's methods are HTTP's names."""
    source = "".join(module.read_text("utf-8") for module in MODULES)
    allowed = {"do_GET", "do_HEAD", "log_message"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name not in allowed:
            assert len(re.findall(rf"\b{node.name}\b", source)) > 1, node.name


@each(MODULES)
def test_no_vague_rooms(path):
    assert path.stem not in {"utils", "helpers", "core", "base", "manager", "handler", "misc"}
    assert path.stem != path.parent.name


def test_s24_the_locks_have_hashes_and_name_no_host():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text


@each(MODULES)
def test_s23_nothing_evaluates_or_unpickles_or_asks_a_shell(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"eval", "exec", "os.system", "os.popen", "__import__"}, called
            assert not {"pickle", "marshal", "shelve", "tarfile", "yaml"} & set(called.split("."))
            assert not called.endswith((".extractall", ".unpack_archive"))
            assert not any(word.arg == "shell" for word in node.keywords)


SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|ALTER|DROP|VACUUM)\b")
OUR_SQL = {
    "agenda.py": {"column", "unread", "back"},
    "database.py": {"table", "columns", "marks", "key", "updates"},
    "drafts.py": {"query"},
    "ledger.py": {"when", "columns", "condition"},
}
"""Names of tables and columns, and whole statements, that the code itself spells."""


@each(MODULES)
def test_s22_sql_is_literal(path):
    """Statements hold no text from outside: what is put into one is a constant's name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr.startswith("execute") and node.args:
            statement = node.args[0]
        elif isinstance(node, ast.JoinedStr) and SQL.search(ast.unparse(node)):
            statement = node
        else:
            continue
        put = [n for n in ast.walk(statement) if isinstance(n, ast.FormattedValue)]
        names = {ast.unparse(n.value).split(".")[-1] for n in put}
        foreign = {name for name in names if not name.isupper()}
        assert foreign <= OUR_SQL.get(path.name, set()), ast.unparse(node)


def layers_of(contract):
    assert contract["exhaustive"] is True
    return {name.strip() for layer in contract["layers"] for name in re.split(r"[:|]", layer)}


def test_the_floors_are_in_the_contracts():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layered, *grouped, forbidden = contracts
    rooms = {path.stem for path in SRC.glob("*.py")} | {
        path.parent.name for path in SRC.glob("*/__init__.py")
    }
    assert rooms - {"__init__", "__main__"} == layers_of(layered)
    assert [within["containers"] for within in grouped] == [[f"eafarchive.{f}"] for f in GROUPED]
    packages = [f"{f}/{p}" for f, c in zip(GROUPED, grouped, strict=True) for p in layers_of(c)]
    assert sorted(packages) == PACKAGES
    assert set(forbidden["source_modules"]) == {
        f"eafarchive.{name.removesuffix('.py')}" for name in PURE
    }
    assert set(forbidden["forbidden_modules"]) >= {"httpx", "warcio", "sqlite3", "socket"}


@each(
    sorted(
        path
        for name in PURE
        for path in ([SRC / name] if ".py" in name else (SRC / name).rglob("*.py"))
    )
)
def test_pure_rooms_import_nothing_that_reads_or_writes(path):
    """What a room imports itself; the contract sees the standard library by its packages only."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    packages = {name.partition(".")[0] for name in names}
    assert not packages & {"os", "pathlib", "socket", "sqlite3", "subprocess", "shutil"}
    assert not packages & {"httpx", "httpcore", "warcio", "urllib3", "requests", "tempfile"}
    calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert not calls & {"open", "print", "input"}


def test_the_command_line_starts_without_what_is_slow_to_import():
    """Workers load extraction, and whoever goes on the wire httpx: 0.2 s that others do not pay."""
    code = "import sys, eafarchive.cli; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, check=True
    )
    loaded = ran.stdout.decode().split()
    assert "eafarchive.work.crawling.crawl" in loaded
    assert not {"eafarchive.extraction", "httpx", "eafarchive.demosite"} & set(loaded)


COMMANDS = sorted(command.name for command in app.registered_commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name, cli):
    assert f"eafarchive {name}" in README or f"make {name}" in README
    ran = cli(name, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    lines = ran.out.splitlines()
    options = [n for n, line in enumerate(lines) if line.startswith("  -")]
    assert len(options) >= 4
    for n in options:
        told = re.split(r"\s{2,}", lines[n].strip(), maxsplit=1)
        assert len(told) == 2 or lines[n + 1].startswith("      "), lines[n]
    for option in ("--archive", "--json", "--quiet", "--verbose"):
        assert option in ran.out


def test_the_help_tells_the_commands_and_exit_codes(cli):
    ran = cli("--help")
    table = re.findall(r"^\| ([0-9, ]+) \|", README, re.MULTILINE)
    codes = {code.strip() for row in table for code in row.split(",")}
    assert codes == {"0", "1", "2", "3", "4", "5", "6", "7", "73", "75", "129", "130", "143"}
    for code in codes:
        assert re.search(rf"\b{code}\b", ran.out.partition("Exit codes:")[2]), code
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", ran.out, re.MULTILINE)


def test_shell_completion_is_offered(cli):
    assert "--install-completion" in cli("--help").out
