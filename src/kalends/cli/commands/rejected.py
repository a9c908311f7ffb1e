"""Writes the rejected rows or sentences of a file to another one beside it."""

from pathlib import Path

from kalends.application.given_files import write_beside
from kalends.application.recording.importing import Imported, RowFile, given_back
from kalends.cli.context import Context
from kalends.cli.hints import in_words
from kalends.domain.errors import N_
from kalends.words import os_error_message


def rejected_file(context: Context, source: Path, rows: RowFile, done: Imported) -> Path | None:
    """Write the rejected rows or sentences to a new file beside it; return its path, or None.

    The file has the same format; a table has one more column, for the reasons. No existing file
    is changed.
    """
    table = given_back(rows)
    if table is None:
        return None
    from kalends.presentation.rejected_rows import rejected_rows  # noqa: PLC0415 - seldom needed

    reasons = {}
    for number, error in done.left_out:
        said = in_words(context.words, error)
        reasons[number] = f"{said['message']} → {said['hint']}"
    try:
        made = rejected_rows(context.words, table, reasons, created=context.workspace.now())
        return write_beside(source, "rejected", made)
    except OSError as error:
        template = N_("! The rows that were not recorded could not be written to a file: {detail}")
        context.talk(template, detail=context.words.gettext(os_error_message(error)))
        return None
