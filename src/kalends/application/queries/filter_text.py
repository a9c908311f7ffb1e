"""Reads the filters of lists (`--dept`, `--tag`, `--from` …) as you type them."""

from dataclasses import fields
from datetime import date

from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.details import HELD, STATUSES, Status
from kalends.domain.errors import N_, EmptyTextError, NoSuchStatusError, SpanError
from kalends.domain.text import fold
from kalends.domain.value import Value
from kalends.intake.vocabulary.naming import department
from kalends.views import roster_view
from kalends.views.activity_filter import ActivityFilter


class FilterText(Value):
    """A filter as typed, or as in a web address; every field may be empty."""

    dept: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    by: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether all fields are empty."""
        return not any(getattr(self, field.name) for field in fields(self))


def read_filter(workspace: Workspace, text: FilterText, *, known_at: int) -> ActivityFilter:
    """Resolve a typed filter into an `ActivityFilter`.

    Departments are looked up in the roster known at the position, and include their children. If a
    date phrase names several days, `first` means the first of them and `last` the last. Raises
    `SpanError`, `EmptyTextError`, `NoSuchStatusError`, or an error of reading a department or a
    date.
    """
    first, last = _day(workspace, text.first), _day(workspace, text.last, ends=True)
    if first is not None and last is not None and last < first:
        raise SpanError(detail=f"{first} → {last}")
    return ActivityFilter(
        codes=_codes(workspace, text.dept, known_at),
        tags=_folded(text.tag, "#", N_("tag")),
        places=_folded(text.place, "@", N_("place")),
        statuses=frozenset[Status]().union(*map(_statuses, text.status)),
        first=first,
        last=last,
        by=frozenset(text.by),
    )


def _codes(workspace: Workspace, names: tuple[str, ...], known_at: int) -> frozenset[str]:
    if not names:
        return frozenset()
    roster = roster_view.roster(workspace.views, known_at=known_at)
    return frozenset().union(*(roster.within(department(roster, name).code) for name in names))


def _folded(texts: tuple[str, ...], sign: str, field: str) -> frozenset[str]:
    """Return texts folded for comparison, without the `#` or `@` that lists print before them.

    An empty text is refused, since every place contains it.
    """
    found = frozenset(fold(text).removeprefix(sign) for text in texts)
    if "" in found:
        raise EmptyTextError(field=field)
    return found


def _statuses(text: str) -> tuple[Status, ...]:
    """Return the statuses that a word stands for: all that took place is held, as in a report."""
    if text == "held":
        return HELD
    for status in STATUSES:
        if status == text:
            return (status,)
    raise NoSuchStatusError(name=text)


def _day(workspace: Workspace, text: str | None, *, ends: bool = False) -> date | None:
    if text is None:
        return None
    from kalends.dates.reader import read  # noqa: PLC0415 - only for a date

    when = read(text, date_context(workspace)).when
    return when.last_day if ends else when.first_day
