"""Lists of activities, read and written in batches so that memory stays flat."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from kalends.application.queries.activity_lists import Revision, refs
from kalends.application.workspaces.date_context import date_context
from kalends.cli.context import Context, lines
from kalends.cli.lists.tones import GONE, WRONG, is_coloured, toned_lines
from kalends.cli.terminal import printing
from kalends.domain.details import CALLED_OFF
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.presentation import texts

# The size of a batch, whose columns are aligned; without --all only the first is shown.
MOST = 1_000

_Item = TypeVar("_Item")


def with_refs(
    context: Context, found: Iterable[_Item], id_of: Callable[[_Item], str], *, known_at: int
) -> Iterator[tuple[_Item, str]]:
    """Yield each item with the shortest unique prefix of its activity's id."""
    coming = iter(found)
    while some := list(islice(coming, MOST)):
        found_refs = refs(context.workspace, map(id_of, some), known_at=known_at)
        for each in some:
            yield each, found_refs[id_of(each)]


def write(
    context: Context,
    found: Iterator[_Item],
    show: Callable[[Sequence[_Item]], None],
    *,
    whole: bool = True,
) -> int:
    """Show items in batches; unless `whole`, only the first batch, and say if there are more.

    Return the number of items shown.
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
    """Write rows of activities, aligned, each followed by its own lines.

    `mark` has one character for each row, printed before it; `tones` has the colour of each row.
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
    """Write rows of activities, aligned to the terminal's width."""
    write_with_lines(rows, [()] * len(rows), tones=tones)


def tones(context: Context, revisions: Iterable[Revision]) -> list[str]:
    """Return each activity's tone: red if planned and overdue, faint if cancelled or retracted."""
    if not is_coloured():
        return ["" for _ in revisions]
    today = date_context(context.workspace).today
    return [_tone(revision, today) for revision in revisions]


def _tone(revision: Revision, today: date) -> str:
    if revision.status in CALLED_OFF:
        return GONE
    is_overdue = revision.status == "planned" and revision.details.when.last_day < today
    return WRONG if is_overdue else ""


def row(
    context: Context, revision: Revision, ref: str, roster: Roster, history_of: str | None = None
) -> list[str]:
    """Return an activity's row in a list: date, id, status, departments, title, tags, place.

    On a terminal, where room is scarce, the leading department's short name and the number of
    others stand for all. `history_of` is the code of the department whose history it is, which is
    left out.
    """
    details = revision.details
    title = "  ".join([details.title, *texts.marks(details)])
    if printing.width() is None:
        named = texts.departments(context.words, details, roster)
    else:
        named = texts.lead(details, roster, history_of)
    return [
        texts.when(context.words, details.when),
        ref,
        texts.status(context.words, revision),
        named,
        title,
    ]
