"""The interface for questions about unclear sentences, and one for when nobody is there."""

from typing import Protocol

from kalends.dates.reader import Reading
from kalends.domain.department import Department
from kalends.domain.errors import KalendsError


class SentencePrompter(Protocol):
    """Answers questions about an unclear sentence, or raises them as errors."""

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
    """Used when nobody is there: raises every question as its error."""

    def date(self, error: KalendsError) -> Reading:
        """Raise what is asked."""
        raise error

    def department(self, error: KalendsError) -> Department:
        """Raise what is asked."""
        raise error

    def title(self, error: KalendsError) -> str:
        """Raise what is asked."""
        raise error
