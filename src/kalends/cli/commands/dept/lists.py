"""`kalends dept ls` and `show`: list the roster; show one department with its history."""

import click

from kalends.application.queries.departments import department_record
from kalends.application.queries.departments import roster as roster_at
from kalends.cli.command_classes import command
from kalends.cli.commands.dept.change import today_of
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.terminal import printing
from kalends.domain.errors import N_
from kalends.presentation import department_text, json_shapes


@command(
    "ls",
    kind="reads",
    help=N_("List the departments with their codes, parents, short names and aliases."),
)
@pass_context
def ls(context: Context) -> None:
    """List the roster."""
    roster = roster_at(context.workspace, known_at=context.as_known)
    ordered = list(roster.tree)
    today = today_of(context)
    if context.json:
        departments = [json_shapes.department(department, today) for _, department in ordered]
        context.emit({"known_at": context.as_known, "departments": departments})
        return
    if not ordered:
        context.talk(N_("No department is registered yet: `kalends dept add NAME`."))
    rows = [
        department_text.in_roster(context.words, depth, department, today)
        for depth, department in ordered
    ]
    lines(printing.tree(rows, printing.width()))


@command(
    kind="reads",
    help=N_("Show a department: its names and parts as of today, and who changed what and why."),
)
@click.argument("name")
@pass_context
def show(context: Context, name: str) -> None:
    """Show a department and everything that happened to it."""
    found = department_record(context.workspace, name, known_at=context.as_known)
    department, roster, events = found
    today = today_of(context)
    if context.json:
        shaped = json_shapes.department(department, today)
        shaped_events = [json_shapes.event(entry) for entry in events]
        context.emit({"known_at": context.as_known, "department": shaped, "events": shaped_events})
        return
    words, zone = context.words, context.zone
    rows = department_text.description(words, roster, department, today)
    lines([department_text.name_and_code(department, today)])
    lines(printing.aligned([[f"  {label}", text] for label, text in rows], None))
    rows = [department_text.happened(words, zone, entry) for entry in events]
    lines(["", *printing.aligned(rows, None)])
