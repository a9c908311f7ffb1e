"""Whoever is asked where something is unclear: a person at a door, or nobody."""

from collections.abc import Sequence
from typing import Protocol

from kalends.domain.errors import KalendsError
from kalends.intake.sentence_prompter import NoSentencePrompter, SentencePrompter


class Prompter(SentencePrompter, Protocol):
    """Answers what a sentence leaves unclear, and what is like something on record."""

    def repeat(self, error: KalendsError) -> None:
        """Return where an activity like one on record is another one; else raise."""

    def pass_lines(self, errors: Sequence[tuple[int, KalendsError]]) -> bool | None:
        """Return what becomes of a file's lines like activities on record.

        True: pass them over; False: record them too; None: nobody can tell, they are refused.
        """


class NoPrompter(NoSentencePrompter):
    """Nobody is there: what is unclear is raised."""

    def repeat(self, error: KalendsError) -> None:
        """Raise what is asked."""
        raise error

    def pass_lines(self, errors: Sequence[tuple[int, KalendsError]]) -> bool | None:  # noqa: ARG002
        """Return that nobody can tell."""
        return None
