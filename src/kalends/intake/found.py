"""The parts that were found in a sentence."""

from kalends.dates.joining import EACH_DAY
from kalends.dates.reader import Reading
from kalends.domain.details import Participation


class Sentence:
    """The parts of a sentence; those that were not found are empty.

    `before` is the heading and the occasion with which it began; the title begins with them.
    `kept_headcount` is what says about how many took part, where that is no exact number; `others`
    are the words that say that more departments took part than are named: 团市委等5个部门.
    `had_unseen` says that invisible characters, as pasted from a chat, were left out.
    """

    __slots__ = (
        *("before", "departments", "had_unseen", "headcount", "kept_headcount", "others", "place"),
        *("tags", "title", "when"),
    )

    def __init__(self, *, place: str | None, tags: list[str], had_unseen: bool) -> None:
        """Begin with what was marked in the sentence."""
        self.when: Reading | None = None
        self.departments: list[Participation] = []
        self.tags, self.place, self.had_unseen = tags, place, had_unseen
        self.before = self.title = ""
        self.headcount: int | None = None
        self.kept_headcount: str | None = None
        self.others: list[str] = []

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
