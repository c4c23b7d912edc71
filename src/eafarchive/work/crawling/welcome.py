"""Whether a host still lets us see its pages."""

from __future__ import annotations

PATIENCE = 25
"""So many pages in a row refused, failed on the server, or another in place of each: we go away."""


class Welcome:
    """Counts the rebuffs in a row, by the order in which visits began.

    A page that came is read while others are asked for: those behind it wait to be counted.
    """

    def __init__(self) -> None:
        self.rebuffs = 0
        """Pages in a row that were refused, failed, blocked or drifted."""
        self.is_told = False
        """Whether it was said that we go away."""
        self._begun = 0
        self._counted = 0
        self._ended: dict[int, bool] = {}
        """Of visits that ended before one begun earlier: whether they brought a rebuff."""

    @property
    def is_outstayed(self) -> bool:
        """Whether no further page is to be asked for."""
        return self.rebuffs >= PATIENCE

    def begin(self) -> int:
        """The number of the visit that begins."""
        self._begun += 1
        return self._begun - 1

    def end(self, number: int, *, is_rebuff: bool) -> None:
        """Take how the visit of this number ended."""
        self._ended[number] = is_rebuff
        while (next_one := self._ended.pop(self._counted, None)) is not None:
            self._counted += 1
            self.rebuffs = self.rebuffs + 1 if next_one else 0
