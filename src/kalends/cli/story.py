"""Lists of activities on a terminal: a row each, and what is said of it below."""

from collections.abc import Sequence

from kalends.cli import printing
from kalends.cli.context import Call, lines
from kalends.domain.roster import Roster
from kalends.presentation import texts
from kalends.views.activities import Revision


def tell(rows: Sequence[Sequence[str]], told: Sequence[Sequence[str]], *, mark: str = "") -> None:
    """Write the rows of activities, aligned, each with the lines that are told of it below.

    `mark` holds a character for each row, which goes before it.
    """
    limit = printing.width()
    marks = [f"{one} " for one in mark] or [""] * len(rows)
    room = None if limit is None else limit - len(marks[0] if marks else "")
    for before, shown, below in zip(marks, printing.listed(rows, room), told, strict=True):
        lines([f"{before}{shown[0]}", *(f"{' ' * len(before)}{line}" for line in shown[1:])])
        lines(f"    {text}" for text in below)


def write(rows: Sequence[Sequence[str]]) -> None:
    """Write the rows of activities, aligned to the terminal."""
    tell(rows, [()] * len(rows))


def line(
    call: Call, revision: Revision, ref: str, roster: Roster, asked: str | None = None
) -> list[str]:
    """Return an activity's row in a list: date, ref, status, departments, title with tags.

    On a terminal, where room is scarce, the departments are the leading one by its short name,
    and a number; the department whose history was `asked` for, by code, is not repeated.
    """
    details = revision.details
    title = "  ".join([details.title, *(f"#{tag}" for tag in details.tags)])
    if printing.width() is None:
        named = texts.departments(call.words, details, roster)
    else:
        named = texts.lead(details, roster, asked)
    return [
        texts.when(call.words, details.when),
        ref,
        texts.status(call.words, revision),
        named,
        title,
    ]
