"""What a sentence was found to say."""

from dataclasses import dataclass, field

from kalends.dates.reader import Reading
from kalends.domain.details import Participation


@dataclass(slots=True, kw_only=True)
class Sentence:
    """What a sentence was found to say; what was not found is empty.

    `had_unseen`: characters that nobody sees, as they are pasted from a chat, were left out.
    """

    when: Reading | None = None
    departments: list[Participation] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: str | None = None
    title: str = ""
    headcount: int | None = None
    description: str | None = None
    had_unseen: bool = False
