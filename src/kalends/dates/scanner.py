"""Scans a phrase from left to right, and keeps track of how each character was typed."""

import re
from collections.abc import Callable
from functools import cache

from kalends.domain.errors import (
    DaysApartError,
    ImpossibleDateError,
    TwoReadingsError,
    UnreadableDateError,
    VagueDateError,
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(f" *(?:{pattern})", re.ASCII)


def nowhere(_: int) -> bool:
    """Return that no known name begins at any position."""
    return False


class Scanner:
    """A place in a phrase. `whole`: all of it must be read, not only how it begins.

    `named` tells where the name of somebody known begins: a date ends there as it does before a
    comma.
    """

    __slots__ = ("at", "named", "raw", "text", "whole")

    def __init__(
        self,
        raw: str,
        text: str,
        *,
        whole: bool,
        at: int = 0,
        named: Callable[[int], bool] = nowhere,
    ) -> None:
        """Begin at a place in a phrase: as it was typed, and in the form in which it is read."""
        self.raw, self.text, self.whole = raw, text, whole
        self.at, self.named = at, named

    def peek(self, pattern: str, first: str = "") -> re.Match[str] | None:
        """Return the match of a pattern here, blanks before it skipped, without moving on.

        `first`, if given, holds every character with which the pattern can begin: most patterns
        are then never compiled.
        """
        if first and not self.begins(first):
            return None
        return _compiled(pattern).match(self.text, self.at)

    def take(self, pattern: str, first: str = "") -> re.Match[str] | None:
        """Return the match of a pattern here and move behind it, or return None and stay."""
        found = self.peek(pattern, first)
        if found is not None:
            self.at = found.end()
        return found

    def skip_midnight(self) -> bool:
        """Move behind the midnight that programs write after a day; return whether it was here.

        With seconds it is 0:00:00, 12:00:00 AM, 上午 12:00:00; behind slashes also 0:00, as
        spreadsheets show a cell with a day in it.
        """
        if ":00" not in self.text:
            return False
        short = "|0:00" if "/" in self.text[: self.at] else ""
        midnight = self.take(
            rf"(?:00?:00:00(?:\.0+)?|12:00:00(?:\.0+)? ?am|(?:上午|凌晨) ?12:00:00{short})"
            "(?![0-9:a-z+]| ?[-~至到])",
            first="01上凌",
        )
        return midnight is not None

    def begins(self, first: str) -> bool:
        """Return whether the next character that is no blank is one of these."""
        rest = self.text[self.at :].lstrip(" ")
        return rest != "" and rest[0] in first

    @property
    def is_apart(self) -> bool:
        """Return whether a word ends here: no letter or digit follows, or a known name does."""
        ended = self.at == len(self.text) or not self.text[self.at].isalnum()
        return ended or self.is_before_name

    @property
    def is_before_name(self) -> bool:
        """Return whether the name of somebody known follows, blanks before it skipped."""
        return self.named(len(self.text) - len(self.text[self.at :].lstrip(" ")))

    def words(self, start: int, end: int | None = None) -> str:
        """Return the words as typed, from `start` to `end` (here), without outer blanks."""
        return self.raw[start : self.at if end is None else end].strip()

    def typed(self, found: re.Match[str], group: int | str = 0) -> str:
        """Return what a match matched, as it was typed, without blanks, commas and brackets."""
        return self.raw[slice(*found.span(group))].strip().strip(",，()（）【】[]").strip()

    @property
    def said(self) -> str:
        """The phrase as far as it matters: all of it, or what was read of the sentence."""
        return self.raw.strip() if self.whole else self.words(0)

    def unreadable(self, part: str) -> UnreadableDateError:
        """Return the error that names the part not understood."""
        return UnreadableDateError(text=self.said, part=part)

    def apart(self, part: str) -> DaysApartError:
        """Return the refusal of a further day that does not follow the one before."""
        return DaysApartError(text=self.said, part=part)

    def either(self, part: str, first: str, second: str) -> TwoReadingsError:
        """Return the refusal of what may be either of two days or times."""
        return TwoReadingsError(text=self.said, part=part, first=first, second=second)

    def impossible(self, part: str) -> ImpossibleDateError:
        """Return the error for a day or time that does not exist."""
        return ImpossibleDateError(text=self.said, part=part)

    def vague(self, part: str) -> VagueDateError:
        """Return the error for words that name no day."""
        return VagueDateError(text=self.said, part=part)
