"""Lists of activities of any length, read and written some at a time: memory stays flat."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from kalends.application.known_at import date_context
from kalends.cli import printing
from kalends.cli.context import Context, lines
from kalends.cli.tones import GONE, WRONG, is_coloured, toned_lines
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.presentation import texts
from kalends.views import activities
from kalends.views.activities import Revision

# People are shown so many at most, unless they ask for all: the columns of these are aligned.
MOST = 1_000

_Item = TypeVar("_Item")


def with_refs(
    context: Context, found: Iterable[_Item], id_of: Callable[[_Item], str], *, known_at: int
) -> Iterator[tuple[_Item, str]]:
    """Yield each with the shortest beginning of its activity's id."""
    coming = iter(found)
    while some := list(islice(coming, MOST)):
        refs = activities.refs(context.views, map(id_of, some), known_at=known_at)
        for each in some:
            yield each, refs[id_of(each)]


def write(
    context: Context,
    found: Iterator[_Item],
    show: Callable[[Sequence[_Item]], None],
    *,
    whole: bool = True,
) -> int:
    """Show them some at a time; unless `whole`, only the first, and say when there are more.

    Return how many were shown.
    """
    shown = 0
    while some := list(islice(found, MOST)):
        show(some)
        shown += len(some)
        if not whole and next(found, None) is not None:
            more = N_("There are more than these {count}; --all lists every one.")
            context.talk(more, count=shown)
            break
    return shown


def write_with_lines(
    rows: Sequence[Sequence[str]],
    below: Sequence[Sequence[str]],
    *,
    mark: str = "",
    tones: Iterable[str] = (),
) -> None:
    """Write the rows of activities, aligned, each with its own lines below it.

    `mark` holds a character for each row, which goes before it; `tones` the tone of each.
    """
    limit = printing.width()
    marks = [f"{sign} " for sign in mark] or [""] * len(rows)
    room = None if limit is None else limit - len(marks[0] if marks else "")
    each = list(tones) or [""] * len(rows)
    blocks = zip(marks, printing.listed(rows, room), below, each, strict=True)
    for before, shown, under, tone in blocks:
        further = (f"{' ' * len(before)}{line}" for line in shown[1:])
        toned_lines([f"{before}{shown[0]}", *further], tone)
        lines(f"    {text}" for text in under)


def write_rows(rows: Sequence[Sequence[str]], tones: Iterable[str] = ()) -> None:
    """Write the rows of activities, aligned to the terminal."""
    write_with_lines(rows, [()] * len(rows), tones=tones)


def tones(context: Context, revisions: Iterable[Revision]) -> list[str]:
    """Return the tone of each activity: red for a plan whose day has passed without a word."""
    if not is_coloured():
        return ["" for _ in revisions]
    today = date_context(context.workspace).today
    return [_tone(revision, today) for revision in revisions]


def _tone(revision: Revision, today: date) -> str:
    if revision.status in {"cancelled", "retracted"}:
        return GONE
    is_overdue = revision.status == "planned" and revision.details.when.last_day < today
    return WRONG if is_overdue else ""


def row(
    context: Context, revision: Revision, ref: str, roster: Roster, asked: str | None = None
) -> list[str]:
    """Return an activity's row in a list: date, ref, status, departments, title with tags.

    On a terminal, where room is scarce, the departments are the leading one by its short name,
    and a number; the department whose history was `asked` for, by code, is not repeated.
    """
    details = revision.details
    title = "  ".join([details.title, *(f"#{tag}" for tag in details.tags)])
    if printing.width() is None:
        named = texts.departments(context.words, details, roster)
    else:
        named = texts.lead(details, roster, asked)
    return [
        texts.when(context.words, details.when),
        ref,
        texts.status(context.words, revision),
        named,
        title,
    ]
