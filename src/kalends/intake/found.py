"""The parts that were found in a sentence."""

from dataclasses import dataclass, field

from kalends.dates.joining import EACH_DAY
from kalends.dates.reader import Reading
from kalends.domain.details import Participation


@dataclass(slots=True, kw_only=True)
class Sentence:
    """The parts of a sentence; those that were not found are empty.

    `before` is the heading and the occasion with which it began; the title begins with them.
    `kept_headcount` is what says about how many took part, where that is no exact number; `others`
    are the words that say that more departments took part than are named: 团市委等5个部门.
    `had_unseen` says that invisible characters, as pasted from a chat, were left out.
    """

    when: Reading | None = None
    departments: list[Participation] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: str | None = None
    before: str = ""
    title: str = ""
    headcount: int | None = None
    kept_headcount: str | None = None
    others: list[str] = field(default_factory=list)
    had_unseen: bool = False

    @property
    def hours_of_each(self) -> str | None:
        """The date whose hours are those of each of several days, or None."""
        has_hours = self.when is not None and self.when.rule.endswith(EACH_DAY)
        return self.when.when.text if self.when and has_hours else None

    @property
    def description(self) -> str | None:
        """The words of the sentence that are kept beside its title, or None."""
        kept = [self.hours_of_each, *self.others, self.kept_headcount]
        return "；".join(filter(None, kept)) or None
