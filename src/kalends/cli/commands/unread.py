"""Warns, before anything is recorded, which columns of a table are not read."""

import click

from kalends.application.recording.importing import RowFile
from kalends.application.roster.registering import RosterFile
from kalends.cli.asking import ask_to_go_on
from kalends.cli.context import Context
from kalends.domain.errors import N_
from kalends.presentation import texts


def say_unread(context: Context, rows: RowFile | RosterFile) -> list[str]:
    """Print which columns and sheets are not read, and return these notes.

    At a terminal, ask whether to go on without such columns; `--yes` and a dry run do not ask.
    """
    notes = []
    if names := getattr(rows, "unread", []):
        notes.append(texts.unread_columns(context.words, names))
    if others := getattr(rows, "others", []):
        template = N_("Sheets that are not read: {names}. --sheet NAME reads one of them.")
        notes.append(context.say(template, names=", ".join(others)))
    for text in notes:
        click.echo(f"! {text}", err=True)
    if names and context.can_ask and not context.yes and not context.dry_run:
        ask_to_go_on(context, notes[0])
    return notes
