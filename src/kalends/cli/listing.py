"""Lists of activities of any length, read and written some at a time: memory stays flat."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from kalends.cli import printing
from kalends.cli.context import Context, lines
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
    rows: Sequence[Sequence[str]], below: Sequence[Sequence[str]], *, mark: str = ""
) -> None:
    """Write the rows of activities, aligned, each with its own lines below it.

    `mark` holds a character for each row, which goes before it.
    """
    limit = printing.width()
    marks = [f"{sign} " for sign in mark] or [""] * len(rows)
    room = None if limit is None else limit - len(marks[0] if marks else "")
    for before, shown, under in zip(marks, printing.listed(rows, room), below, strict=True):
        lines([f"{before}{shown[0]}", *(f"{' ' * len(before)}{line}" for line in shown[1:])])
        lines(f"    {text}" for text in under)


def write_rows(rows: Sequence[Sequence[str]]) -> None:
    """Write the rows of activities, aligned to the terminal."""
    write_with_lines(rows, [()] * len(rows))


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
