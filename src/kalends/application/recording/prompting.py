"""The interface through which use cases ask questions, and one for when nobody is there."""

from collections.abc import Sequence
from typing import Protocol

from kalends.domain.errors import KalendsError
from kalends.intake.sentence_prompter import NoSentencePrompter, SentencePrompter


class Prompter(SentencePrompter, Protocol):
    """Answers questions about unclear sentences and about possible duplicates."""

    def repeat(self, error: KalendsError) -> None:
        """Return if a similar activity should be recorded too; otherwise raise the error."""

    def pass_lines(self, errors: Sequence[tuple[int, KalendsError]]) -> bool | None:
        """Decide about lines of a file that are similar to recorded activities.

        True: skip them; False: record them; None: nobody is there to ask, so refuse them.
        """


class NoPrompter(NoSentencePrompter):
    """Used when nobody is there: raises every question as its error."""

    def repeat(self, error: KalendsError) -> None:
        """Raise the error."""
        raise error

    def pass_lines(self, errors: Sequence[tuple[int, KalendsError]]) -> bool | None:  # noqa: ARG002
        """Return None: nobody is there to ask."""
        return None
