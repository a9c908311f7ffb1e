"""`kalends dept add --from`: register a whole roster from a file, all of it or nothing."""

import sys
from pathlib import Path

from kalends.application.registering import Registered, register_all
from kalends.cli.commands.dept.change import today_of
from kalends.cli.context import Context, lines
from kalends.domain.errors import N_, FileNotReadableError
from kalends.presentation import json_shapes
from kalends.words import os_error_message


def register_file(context: Context, source: Path) -> None:
    """Register every department of a file and print how many; raises as `register_all` does."""
    done = register_all(context.workspace, _bytes(source))
    if context.json:
        _emit(context, done)
        return
    said = N_("{count} registered, {there} were there already; position {position}.")
    if context.dry_run:
        said = N_("{count} would be registered, {there} are there already.")
    position = context.workspace.log.position()
    lines([context.say(said, count=done.count, there=done.already, position=position)])


def _emit(context: Context, done: Registered) -> None:
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
        }
    )


def _bytes(source: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise FileNotReadableError(name=source, detail=os_error_message(error)) from None
