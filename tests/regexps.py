"""Every regular expression of the program, and the inputs that are worst for each, from its own parts."""

import importlib
import pkgutil
import random
import re
import re._constants as op
import re._parser as parser
from pathlib import Path

import eafarchive
from eafarchive.config import builtin_profiles, load_profile
from eafarchive.extraction.document.rules import compiled
from eafarchive.phrases import Phrases

SEARCHING = ("search", "sub", "subn", "finditer", "findall", "split")
ANCHORED = ("match", "fullmatch")
SOUGHT = ("drop", "keep", "captions", "players", "credits", "reading")
"""Rules of profiles that are looked for; all others have to match a whole block."""


def patterns():
    """Name → the pattern and the methods that the code calls on it."""
    found = {}
    for module in _modules():
        source = Path(module.__file__).read_text("utf-8")
        called = set(
            re.findall(r"\.(search|subn?|finditer|findall|split|match|fullmatch)\(", source)
        )
        for name, value in vars(module).items():
            for number, pattern in enumerate(_within(value)):
                used = rf"\b{name}\.({'|'.join((*SEARCHING, *ANCHORED))})\b"
                methods = set(re.findall(used, source)) or called
                key = f"{module.__name__.removeprefix('eafarchive.')}.{name}"
                found[f"{key}[{number}]" if number else key] = (pattern, methods)
    for profile in map(load_profile, builtin_profiles()):
        rules = compiled(profile)
        for name in rules._fields:
            for number, pattern in enumerate(_within(getattr(rules, name))):
                method = "search" if name in SOUGHT else "fullmatch"
                found[f"{profile.name}: {name}[{number}]"] = (pattern, {method})
        for number, written in enumerate(profile.notes.closing):
            pattern = re.compile(written, re.IGNORECASE)
            found[f"{profile.name}: notes.closing[{number}]"] = (pattern, {"match"})
        if profile.article_path:
            pattern = re.compile(profile.article_path)
            found[f"{profile.name}: article_path"] = (pattern, {"fullmatch"})
    return found


def _modules():
    yield eafarchive
    for info in pkgutil.walk_packages(eafarchive.__path__, "eafarchive."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _within(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Phrases):
        yield from _within(value[""])
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _within(item)
    elif isinstance(value, dict):
        yield from _within(list(value.values()))


def worst_inputs(pattern):
    """Recipes (beginning, what is repeated, end) that make a backtracking matcher sweat.

    For each stretch of the pattern's parts, one sample of it is repeated: after what leads there,
    alone, and before an end that fits nothing.
    """
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    chance = random.Random(0)
    pumps, leads = set(), {""}
    for sequence, lead in _sequences(list(tree), "", chance):
        for start in range(len(sequence)):
            for end in range(start + 1, min(start + 4, len(sequence)) + 1):
                for _ in range(2):
                    pumps.add(_sample(sequence[start:end], chance))
        leads.add(lead)
        leads.add(lead + _sample(sequence, chance))
    whole = _sample(list(tree), chance)
    leads.add(whole)
    pumps |= {whole, whole[:-1], " ", "a", "A", "0", "\t", "\n", "a ", "A a ", "(", "<", "-"}
    recipes = set()
    for pump in _some(pumps, 20, chance):
        recipes |= {(lead[:200], pump, "\x00") for lead in ["", *_some(leads, 1, chance)]}
    return sorted(recipes)


def cook(pattern, recipe, size):
    """The text of a recipe, in the pattern's kind of string."""
    lead, pump, end = recipe
    text = lead + pump * (size // len(pump)) + end
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def _some(texts, count, chance):
    """The texts, or that many of them."""
    sorted_texts = sorted(filter(None, texts))
    return chance.sample(sorted_texts, min(count, len(sorted_texts)))


def _sequences(tree, lead, chance):
    """Each sequence of parts in the tree, with a sample of what stands before it."""
    yield tree, lead
    before = lead
    for item in tree:
        for child in _children(item):
            yield from _sequences(child, before, chance)
        before += _sample([item], chance)


def _children(item):
    code, value = item
    if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
        return [list(value[2])]
    if code is op.SUBPATTERN:
        return [list(value[3])]
    if code is op.BRANCH:
        return [list(branch) for branch in value[1]]
    if code is op.ATOMIC_GROUP:
        return [list(value)]
    return []


def _sample(tree, chance):
    return "".join(_one(item, chance) for item in tree)


def _one(item, chance):
    code, value = item
    if code is op.LITERAL:
        return chr(value)
    if code is op.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is op.ANY:
        return "a"
    if code is op.IN:
        return _of_class(value, chance)
    if code is op.BRANCH:
        return _sample(list(chance.choice(value[1])), chance)
    if code is op.SUBPATTERN:
        return _sample(list(value[3]), chance)
    if code is op.ATOMIC_GROUP:
        return _sample(list(value), chance)
    if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
        low, high, body = value
        times = max(low, min(high, 1 if low == 0 else low))
        return "".join(_sample(list(body), chance) for _ in range(times))
    return ""


_CATEGORIES = {op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "w"}


def _of_class(parts, chance):
    options = []
    for code, value in parts:
        if code is op.NEGATE:
            taken = {chr(v) for c, v in parts if c is op.LITERAL}
            ranges = [v for c, v in parts if c is op.RANGE]
            free = "a x0-.\u00e9A"
            return next(
                c
                for c in (*free, "\x01")
                if c not in taken and not any(lo <= ord(c) <= hi for lo, hi in ranges)
            )
        if code is op.LITERAL:
            options.append(chr(value))
        elif code is op.RANGE:
            options += [chr(value[0]), chr(value[1])]
        elif code is op.CATEGORY:
            options.append(_CATEGORIES.get(value, "a"))
    return chance.choice(options)
