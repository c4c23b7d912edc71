"""The words beside a date and before a name; digits of other scripts; dates with years of two
digits, which are as often a number on file, of a version or of a telephone.
"""

from __future__ import annotations

import re

LEADING = ("by", "von", "por", "par", "door", "di", "av", "af")
"""What stands before a name, be it an account's: *by Ann Roe*."""
TO_NAME = "|".join(LEADING)
"""The same as an expression's alternatives."""
SMALL = frozenset(
    "published posted updated modified written by at on in and of the first last min mins uhr um"
    " am von vom und publiziert veröffentlicht erstellt publié mis mise à jour modifié le la de du"
    " et par publicado publicada actualizado atualizado el en del por y e em às pubblicato"
    " aggiornato modifica il di alle ore gepubliceerd bijgewerkt op door om en den publicerad"
    " uppdaterad av kl opublikowano zaktualizowano dodano o godz"
    " опубликовано обновлено опубліковано оновлено в о".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag"
    " freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes"
    " miércoles jueves viernes sábado lunedì martedì mercoledì giovedì venerdì sabato"
    " domenica ص م صباحا مساء".split()
)
LABELS = SMALL | DAYS | frozenset("filed under categories category tags topics am pm".split())
"""What stands beside a date and the links of a line at the title."""
_DIGITS = {at + digit: str(digit) for at in map(ord, "٠۰०০๐") for digit in range(10)}
"""Those of other scripts that are read as the Latin ones."""
_OTHER = re.compile(f"[{''.join(map(chr, _DIGITS))}]")
_SHORT = re.compile(r"(?<![\w.])[0-9]{2}\.[0-9]{2}\.[0-9]{2}(?![\w.])")
_HOUR = re.compile(r"[ ,|·–—-]{0,3}(?:um )?[0-9]{1,2}[:.h][0-9]{2}(?![.0-9])")
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = LABELS | frozenset(
    "datum dato data дата stand aktualisiert geändert oppdatert opdateret päivitetty julkaistu"
    " publisert udgivet aktualizacja aktualizováno עודכן פורסם mo di mi do fr sa so пн вт ср чт пт"
    " сб вс".split()
)
_NUMBERED = re.compile(r"\b(?:[^\W\d_]{1,3}\.|version|drucksache|aktenzeichen) ?$")
"""The end of what leads to a number."""
_PLAIN = re.compile(r"[\w\s.,:;|·•()–—-]*")
"""What has no sign that makes the number beside it no date, as *§* and *©* do."""


def in_latin(text: str) -> str:
    """The text with Latin digits: few have others, and to look for them costs less."""
    return text if text.isascii() or not _OTHER.search(text) else text.translate(_DIGITS)


def is_short(line: str) -> bool:
    """Whether there may be a date with a short year: *03.12.24*."""
    return _SHORT.search(line) is not None


def is_doubtful(line: str) -> bool:
    """Whether such a date stands beside more than its label, a day's name and a clock, and right
    before no clock; or is an hour itself: *10.11.12 Uhr*.
    """
    short = _SHORT.search(line)
    if short is None:
        return False
    before, after = line[: short.start()].lower(), line[short.end() :].lower()
    hour = _HOUR.match(after)
    if after.lstrip().startswith("uhr"):
        return True
    if hour:
        after = after[hour.end() :]
    words = _WORD.findall(f"{before} {after}")
    is_plain = _PLAIN.fullmatch(before + after) and not re.search("[0-9]", before)
    return not (is_plain and (_BESIDE.issuperset(words) or (hour and not _NUMBERED.search(before))))
