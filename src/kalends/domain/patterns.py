"""Regular expressions that are compiled when they are first needed.

Compiling takes a third of the time of a command, and most texts need few of the patterns.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

DIGITS = "0123456789"

# What a regular expression takes for i, s or k without regard to case, beside I, S and K.
_ALIKE = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")


def small(text: str) -> str:
    """Return a text in small letters, alike where an expression without regard to case is."""
    return text.translate(_ALIKE).lower()


class Pattern:
    """A regular expression, used like a compiled one.

    Every match contains at least one of the characters in `needs`, and at least one of `words`,
    which are small where the expression has no regard to case; where there is a `then`, one of its
    characters right behind that word. It contains one of `also` too, and at least so many `digits`
    in a row. A match begins with one of the characters in `first`, and with none in `never_first`;
    a search looks at `first` only if the expression begins with `^`, and at `never_first` not at
    all. For a text that cannot match, nothing is compiled.
    """

    __slots__ = (
        *("_compiled", "_flags", "also", "digits", "first", "needs", "never_first", "source"),
        *("then", "words"),
    )

    def __init__(  # noqa: PLR0913 - whatever can be said of every match
        self,
        source: str,
        flags: int = 0,
        *,
        needs: str = "",
        words: Iterable[str] = (),
        then: str = "",
        also: Iterable[str] = (),
        digits: int = 0,
        first: str = "",
        never_first: str = "",
    ) -> None:
        """Keep the source; compile it later."""
        self.source, self.needs = source, frozenset(needs)
        self.words, self.first = tuple(words), frozenset(first)
        self.then, self.also, self.digits = frozenset(then), tuple(also), digits
        self.never_first = frozenset(never_first)
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression of the standard library."""
        if self._compiled is None:
            self._compiled = re.compile(self.source, self._flags)
        return self._compiled

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match at a place of the text, or None."""
        return None if self._is_vain_at(text, start) else self.compiled.match(text, start)

    def fullmatch(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match if it covers the whole text from a place on, or None."""
        return None if self._is_vain_at(text, start) else self.compiled.fullmatch(text, start)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in the text, or None."""
        return None if self._is_vain(text) else self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return every match in the text."""
        return iter(()) if self._is_vain(text) else self.compiled.finditer(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with every match replaced."""
        return text if self._is_vain(text) else self.compiled.sub(replacement, text)

    def _is_vain(self, text: str) -> bool:
        if self.first and self.source[0] == "^" and text[:1] not in self.first:
            return True
        return self._lacks(text)

    def _is_vain_at(self, text: str, start: int) -> bool:
        begins = text[start : start + 1]
        if (self.first and begins not in self.first) or begins in self.never_first:
            return True
        return self._lacks(text[start:])

    def _lacks(self, text: str) -> bool:
        if self.needs and self.needs.isdisjoint(text):
            return True
        if self.digits and digits_in_a_row(text) < self.digits:
            return True
        if not self.words:
            return False
        if self._flags & re.IGNORECASE:
            text = small(text)
        return not self._has_words(text)

    def _has_words(self, text: str) -> bool:
        if self.also and not any(word in text for word in self.also):
            return False
        if self.then:
            return any(_goes_on(text, word, self.then) for word in self.words)
        return any(word in text for word in self.words)


class Either:
    """Patterns of which the first that matches counts; the others are compiled only without it."""

    __slots__ = ("_patterns",)

    def __init__(self, *patterns: Pattern) -> None:
        """Keep them, in their order."""
        self._patterns = patterns

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match at a place of the text, or None."""
        found = (pattern.match(text, start) for pattern in self._patterns)
        return next(filter(None, found), None)


def _goes_on(text: str, word: str, then: frozenset[str]) -> bool:
    """Return whether a word is in a text with one of these characters right behind it."""
    start = text.find(word)
    while start >= 0:
        if text[start + len(word) : start + len(word) + 1] in then:
            return True
        start = text.find(word, start + 1)
    return False


@lru_cache(maxsize=8)
def digits_in_a_row(text: str) -> int:
    """Return how many digits stand in a row at most."""
    parted = "".join(char if char in DIGITS else " " for char in text)
    return max(map(len, parted.split()), default=0)
