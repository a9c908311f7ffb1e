"""The parts that were found in a sentence."""

from dataclasses import dataclass, field

from kalends.dates.reader import Reading
from kalends.domain.details import Participation


@dataclass(slots=True, kw_only=True)
class Sentence:
    """The parts of a sentence; those that were not found are empty.

    `before` is the heading and the occasion with which it began; the title begins with them.
    `had_unseen` says that invisible characters, as pasted from a chat, were left out.
    """

    when: Reading | None = None
    departments: list[Participation] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: str | None = None
    before: str = ""
    title: str = ""
    headcount: int | None = None
    description: str | None = None
    had_unseen: bool = False
