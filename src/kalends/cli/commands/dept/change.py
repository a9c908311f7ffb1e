"""What the commands of `kalends dept` that change the roster share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from kalends.application.roster.roster_changes import change_roster
from kalends.application.roster.same_offices import SameOffices
from kalends.application.workspaces.date_context import date_context
from kalends.cli.command_classes import option
from kalends.cli.context import Context, lines
from kalends.domain.commands import RosterCommand
from kalends.domain.errors import N_
from kalends.presentation import json_shapes, texts

if TYPE_CHECKING:
    from kalends.application.queries.activity_lists import Revision

on_day = option("--on", metavar="DAY", help=N_("Valid from this day; by default always."))
on_day_or_today = option(
    "--on", metavar="DAY", help=N_("Valid from this day; by default from today.")
)
reason = option("--reason", metavar="TEXT", help=N_("The reason; it is kept for ever."))

MOST_LISTED = 20


def change(
    context: Context,
    command: RosterCommand,
    done: str,
    *,
    after: date | None = None,
    alike: Iterable[str] = (),
    **fields: object,
) -> bool:
    """Change the roster and print what was done; return whether anything changed.

    `after`: the day from which the department no longer acts; activities on or after it are
    listed. `alike`: the names of a new department, which may be registered already.
    """
    entries = change_roster(context.workspace, [command])
    roster = context.workspace.service.roster()
    now = roster.departments.get(command.code)
    notes = alike_notes(context, [(command.code, tuple(alike))])
    late = _from(context, command.code, after) if entries and after is not None else []
    if context.json:
        shaped = None if now is None else json_shapes.department(now, today_of(context))
        events = [json_shapes.event(entry) for entry in entries]
        document = {"department": shaped, "events": events, **_shaped(context, late)}
        context.emit({**document, "dry_run": context.dry_run, "notes": notes})
    elif not entries:
        lines([context.say(N_("Nothing to do: it is already like this."))])
    elif context.dry_run:
        lines([context.say(N_("It would be recorded."))])
    else:
        assert now is not None
        today = today_of(context)
        called = {"name": now.name_on(today), "short": now.short_on(today)}
        lines([context.say(done, **{"code": now.code, **called, **fields})])
    if late and not context.json:
        _warn(context, late)
    for note in notes:
        click.echo(f"! {note}", err=True)
    return bool(entries)


def alike_notes(context: Context, named: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Return what to say of new departments, by code and names, that may be registered already."""
    offices, notes = SameOffices(context.workspace.service.roster()), []
    for code, names in named:
        other = offices.other(code, names)
        if other is not None:
            said = N_(
                "{name} may be the same as {other} ({code}). If it is, undo this, and give that "
                "one another name: `kalends dept alias {code} {name}`."
            )
            notes.append(context.say(said, name=names[0], other=other.name, code=other.code))
    return notes


def today_of(context: Context) -> date:
    """Return today in the campaign's zone."""
    return date_context(context.workspace).today


def _from(context: Context, code: str, day: date) -> list["Revision"]:
    """Return a department's activities that begin on or after a day and are not retracted."""
    from kalends.application.queries.activity_history import standing_from  # noqa: PLC0415 - only if it ends

    return standing_from(context.workspace, code, day)


def _warn(context: Context, late: list["Revision"]) -> None:
    context.talk(
        N_("! Activities on or after that day that name it (they stay unchanged): {count}"),
        count=len(late),
    )
    for revision in late[:MOST_LISTED]:
        ref = context.workspace.service.ref(revision.id)
        when = texts.when(context.words, revision.details.when)
        click.echo(f"  {ref}  {when}  {revision.details.title}", err=True)
    if len(late) > MOST_LISTED:
        context.talk(N_("  … and {count} more."), count=len(late) - MOST_LISTED)


def _shaped(context: Context, late: list["Revision"]) -> Mapping[str, object]:
    roster, ref = context.workspace.service.roster(), context.workspace.service.ref
    return {
        "after": [
            json_shapes.activity(revision, ref=ref(revision.id), roster=roster)
            for revision in late
        ]
    }
