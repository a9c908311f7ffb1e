"""Whoever is asked where a sentence is unclear."""

from typing import Protocol

from kalends.dates.reader import Reading
from kalends.domain.department import Department
from kalends.domain.errors import KalendsError


class SentencePrompter(Protocol):
    """Whoever answers where a sentence is unclear, or raises what is asked."""

    def date(self, error: KalendsError) -> Reading:
        """Return the date that was meant."""
        ...

    def department(self, error: KalendsError) -> Department:
        """Return the department that was meant."""
        ...

    def title(self, error: KalendsError) -> str:
        """Return what happened."""
        ...


class NoSentencePrompter:
    """Nobody is there to ask."""

    def date(self, error: KalendsError) -> Reading:
        """Raise what is asked."""
        raise error

    def department(self, error: KalendsError) -> Department:
        """Raise what is asked."""
        raise error

    def title(self, error: KalendsError) -> str:
        """Raise what is asked."""
        raise error
