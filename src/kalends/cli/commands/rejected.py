"""Writes the rejected rows of a table to a file beside it."""

from itertools import count
from pathlib import Path

from kalends.application.importing import Imported, RowFile, table_of
from kalends.cli.context import Context
from kalends.cli.hints import in_words
from kalends.domain.errors import N_
from kalends.words import os_error_message


def rejected_file(context: Context, source: Path, rows: RowFile, done: Imported) -> Path | None:
    """Write the rejected rows of a table to a new file beside it; return its path, or None.

    The file has the same format and one more column for the reasons. No existing file is changed.
    """
    table = table_of(rows)
    if table is None:
        return None
    from kalends.presentation.rejected_rows import rejected_rows  # noqa: PLC0415 - seldom needed

    reasons = {}
    for number, error in done.left_out:
        said = in_words(context.words, error)
        reasons[number] = f"{said['message']} → {said['hint']}"
    try:
        made = rejected_rows(context.words, table, reasons, created=context.workspace.now())
        return _written(source, made)
    except OSError as error:
        template = N_("! The rows that were not recorded could not be written to a file: {detail}")
        context.talk(template, detail=context.words.gettext(os_error_message(error)))
        return None


def _written(source: Path, made: bytes) -> Path:
    for number in count(1):
        again = "" if number == 1 else f"-{number}"
        path = source.with_name(f"{source.stem}-rejected{again}{source.suffix}")
        try:
            with path.open("xb") as file:
                file.write(made)
        except FileExistsError:
            continue
        return path
    raise AssertionError  # pragma: no cover - numbers never run out
