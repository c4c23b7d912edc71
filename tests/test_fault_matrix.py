"""docs/faults.md names tests that exist: each file holds some, each case number is in a test's name."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([A-Z])(\d\d) \| .+? \| (.+) \|$", PAGE, re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def collected():
    """Path below the root of each file of tests → the names of its tests."""
    found = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        names = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        tests = {name for name in names if name.startswith("test_")}
        found[path.relative_to(ROOT).as_posix()] = tests
    return found


def test_every_test_that_is_named_exists():
    tests = collected()
    every = set().union(*tests.values())
    wrong = []
    for section, number, where in ROWS:
        for name in CODE.findall(where):
            path, _, case = name.partition("::")
            if name.startswith("pytest -k "):
                is_there = any(name.removeprefix("pytest -k ") in test for test in every)
            elif case:
                is_there = case in tests.get(path, ())
            elif path.startswith("tests/"):
                is_there = any(test.startswith(path) and tests[test] for test in tests)
            else:
                is_there = not path.startswith("bench/") or (ROOT / path).is_file()
            if not is_there:
                wrong.append(f"{section}{number}: {name}")
    assert wrong == []


def test_every_case_has_one_row_in_order():
    numbers = defaultdict(list)
    for section, number, _ in ROWS:
        numbers[section].append(int(number))
    assert len(ROWS) == PAGE.count("\n| ") - PAGE.count("\n| case |")
    assert {section: sorted(set(found)) for section, found in numbers.items()} == numbers
