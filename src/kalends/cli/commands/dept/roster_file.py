"""`kalends dept add --from`: register a whole roster from a file, all of it or nothing."""

from pathlib import Path

import click

from kalends.application.roster.registering import Registered, register_all, roster_file
from kalends.cli.commands.dept.change import MOST_LISTED, alike_notes, today_of
from kalends.cli.commands.unread import say_unread
from kalends.cli.context import Context, lines
from kalends.cli.options.input import content_of
from kalends.domain.errors import N_
from kalends.domain.events import DepartmentRegistered
from kalends.presentation import json_shapes


def register_file(context: Context, source: Path) -> None:
    """Register every department of a file and print how many; raises as `register_all` does."""
    rows = roster_file(content_of(source))
    notes = say_unread(context, rows)
    done = register_all(context.workspace, rows)
    notes += _alike(context, done)
    if context.json:
        _emit(context, done, notes)
        return
    said = N_("{count} registered, {there} were there already; position {position}.")
    if context.dry_run:
        said = N_("{count} would be registered, {there} are there already.")
    position = context.workspace.log.position()
    lines([context.say(said, count=done.count, there=done.already, position=position)])


def _alike(context: Context, done: Registered) -> list[str]:
    """Print which of the departments may be the same as others, and return these notes."""
    notes = alike_notes(
        context,
        [
            (event.code, (event.name, *event.aliases))
            for event in (entry.event for entry in done.entries)
            if isinstance(event, DepartmentRegistered)
        ],
    )
    for note in notes[:MOST_LISTED]:
        click.echo(f"! {note}", err=True)
    if len(notes) > MOST_LISTED:
        context.talk(N_("  … and {count} more."), count=len(notes) - MOST_LISTED)
    return notes


def _emit(context: Context, done: Registered, notes: list[str]) -> None:
    roster, today = context.workspace.service.roster(), today_of(context)
    codes = dict.fromkeys(getattr(entry.event, "code", "") for entry in done.entries)
    context.emit(
        {
            "registered": done.count,
            "already": done.already,
            "departments": [
                json_shapes.department(department, today)
                for department in roster.listed
                if department.code in codes
            ],
            "events": [json_shapes.event(entry) for entry in done.entries],
            "position": context.workspace.log.position(),
            "dry_run": context.dry_run,
            "notes": notes,
        }
    )
