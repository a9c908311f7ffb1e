"""`kalends dept move, merge, close, reopen`: a department's parent, its end, its return."""

import click

from kalends.application.queries.departments import department
from kalends.application.roster.department_changes import closing, merging, moving, reopening
from kalends.cli.command_classes import command, option
from kalends.cli.commands.dept.change import (
    change,
    on_day_or_today,
    reason,
    today_of,
)
from kalends.cli.context import Context, pass_context
from kalends.domain.department import Department
from kalends.domain.errors import N_


@command(
    "move",
    kind="writes",
    help=N_(
        "Put a department under another parent. The parents' histories and feeds change too: "
        "they hold what belongs to them now, whatever the activity's day."
    ),
)
@click.argument("name")
@option("--parent", metavar="NAME", help=N_("The new parent; without it, none."))
@reason
@pass_context
def move(context: Context, name: str, parent: str | None, reason: str | None) -> None:
    """Move a department to another parent, or to the top."""
    roster = context.workspace.service.roster()
    command = moving(context.workspace, department(roster, name), parent, reason)
    above = None if command.parent is None else roster.departments[command.parent]
    done = N_("√ moved: {name} ({code}) belongs to no other department")
    if above is not None:
        done = N_("√ moved: {name} ({code}) belongs to {parent}")
    change(context, command, done, parent="" if above is None else _name(context, above))


@command("merge", kind="writes", help=N_("Merge a department into another from a date."))
@click.argument("name")
@click.argument("into")
@on_day_or_today
@reason
@pass_context
def merge(context: Context, name: str, into: str, on: str | None, reason: str | None) -> None:
    """Merge; the other department's history and feed include it from now on."""
    roster = context.workspace.service.roster()
    command = merging(context.workspace, department(roster, name), into, on, reason)
    named, day = _name(context, roster.departments[command.into]), command.on
    done = N_("√ merged: {name} ({code}) into {into}, from {on} on")
    change(context, command, done, after=day, into=named, on=day)


@command("close", kind="writes", help=N_("Close a department from a date."))
@click.argument("name")
@on_day_or_today
@reason
@pass_context
def close(context: Context, name: str, on: str | None, reason: str | None) -> None:
    """Close; its history stays."""
    old = department(context.workspace.service.roster(), name)
    command = closing(context.workspace, old, on, reason)
    done, day = N_("√ closed: {name} ({code}), from {on} on"), command.on
    change(context, command, done, after=day, on=day)


@command(
    "reopen",
    kind="writes",
    help=N_(
        "Reopen a closed department from a date. Reopened from its closing date, it counts as "
        "never closed."
    ),
)
@click.argument("name")
@on_day_or_today
@reason
@pass_context
def reopen(context: Context, name: str, on: str | None, reason: str | None) -> None:
    """Reopen; it stays closed for the days in between."""
    old = department(context.workspace.service.roster(), name)
    command = reopening(context.workspace, old, on, reason)
    day = command.on
    done = N_("√ reopened: {name} ({code}), from {on} on; closed from {since} until then")
    if day is None or old.closed_on is None or day <= old.closed_on:
        done = N_("√ reopened: {name} ({code}), as if it had never been closed")
    change(context, command, done, on=day, since=old.closed_on)


def _name(context: Context, named: Department) -> str:
    """Return the name that is valid today."""
    return named.name_on(today_of(context))
