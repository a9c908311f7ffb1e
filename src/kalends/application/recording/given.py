"""Details of an activity given as options beside the sentence, as typed."""

from kalends.domain.details import CorrectedStatus
from kalends.domain.text import without_unseen
from kalends.domain.value import Value, replace


class Given(Value):
    """The fields of an activity as typed; each may be None or empty.

    A department is `NAME` or `NAME:ROLE`.
    """

    when: str | None = None
    dept: tuple[str, ...] = ()
    title: str | None = None
    place: str | None = None
    tag: tuple[str, ...] = ()
    description: str | None = None
    headcount: int | None = None
    link: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Return whether date, departments and title are given, so that no sentence is needed."""
        return bool(self.when and self.dept and self.title)

    @property
    def seen(self) -> "Given":
        """Return the same without invisible characters, as for sentences."""
        return replace(
            self,
            dept=tuple(without_unseen(text) for text in self.dept),
            title=self.title and without_unseen(self.title),
            place=self.place and without_unseen(self.place),
            tag=tuple(without_unseen(text) for text in self.tag),
            description=self.description and without_unseen(self.description),
        )


class Correction(Given):
    """A correction: what is None or empty stays; `clear` names the fields to empty."""

    status: CorrectedStatus | None = None
    clear: tuple[str, ...] = ()
