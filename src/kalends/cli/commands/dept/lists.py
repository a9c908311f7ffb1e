"""`kalends dept ls` and `show`: list the roster; show one department with its history."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from kalends.application.departments import department_record
from kalends.application.departments import roster as roster_at
from kalends.cli import printing
from kalends.cli.command_classes import command
from kalends.cli.commands.dept.change import today_of
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.department import Department
from kalends.domain.errors import N_
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.presentation import json_shapes
from kalends.words.topics import TOPIC_WORDS


@command(
    "ls",
    kind="reads",
    help=N_("List the departments with their codes, parents, short names and aliases."),
)
@pass_context
def ls(context: Context) -> None:
    """List the roster."""
    roster = roster_at(context.workspace, known_at=context.as_known)
    ordered = list(_as_tree(roster))
    today = today_of(context)
    if context.json:
        departments = [json_shapes.department(department, today) for _, department in ordered]
        context.emit({"known_at": context.as_known, "departments": departments})
        return
    if not ordered:
        context.talk(N_("No department is registered yet: `kalends dept add NAME`."))
    rows = [_row(context, depth, department, today) for depth, department in ordered]
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
    lines(_stands(context, roster, department, today))
    lines(["", *printing.aligned([_happened(context, entry) for entry in events], None)])


def _stands(
    context: Context, roster: Roster, department: Department, today: date
) -> Iterator[str]:
    """Yield the lines that describe a department as it is today."""
    yield f"{department.name_on(today)} ({department.code})"
    parts = [
        f"{part.name_on(today)} ({part.code})"
        for part in roster.listed
        if part.parent == department.code
    ]
    merged = [
        f"{old.name_on(today)} ({old.code})"
        for old in roster.listed
        if old.merged_into == department.code
    ]
    parent = None if department.parent is None else roster.departments[department.parent]
    fields = [
        (N_("names"), _names(context, department)),
        (N_("aliases"), department.aliases),
        (N_("short name"), [department.short_on(today)]),
        (N_("parent"), [] if parent is None else [f"{parent.name_on(today)} ({parent.code})"]),
        (N_("parts"), parts),
        (N_("merged into it"), merged),
        (N_("state"), list(_states(context, department, today))),
    ]
    rows = [[f"  {context.say(label)}", "、".join(texts)] for label, texts in fields if texts]
    yield from printing.aligned(rows, None)


def _names(context: Context, department: Department) -> list[str]:
    """Return the names, each with the day from which it is valid."""
    return [
        name
        if since is None
        else context.say(N_("{name} (from {since} on)"), name=name, since=since.isoformat())
        for since, name in department.names
    ]


def _happened(context: Context, entry: Entry) -> list[str]:
    """Return an event as a row: position, time, handle, what was done, reason."""
    event = entry.event
    at = f"{event.at.astimezone(context.zone):%Y-%m-%d %H:%M}"
    state = json_shapes.event(entry)["state"]
    changes = [
        f"{context.say(label)} {_shown(state[field])}"
        for field, label in _FIELDS.items()
        if state.get(field)
    ]
    reason = [state["reason"]] if "reason" in state else []
    what = "  ".join([context.say(TOPIC_WORDS[event.TOPIC]), *changes, *reason])
    return [str(entry.position), at, event.by, what]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "、".join(item["name"] if isinstance(item, dict) else str(item) for item in value)
    return str(value)


_FIELDS = {
    "name": N_("name"),
    "names": N_("names"),
    "alias": N_("alias"),
    "aliases": N_("aliases"),
    "short": N_("short name"),
    "parent": N_("parent"),
    "into": N_("into"),
    "on": N_("from"),
}


def _row(
    context: Context, depth: int, department: Department, today: date
) -> tuple[str, str, Sequence[str]]:
    """Return a department as it is today: code, indented name, other names and remarks."""
    name, short = department.name_on(today), department.short_on(today)
    others = dict.fromkeys(text for text in (short, *department.aliases) if text != name)
    return (
        department.code,
        "  " * depth + name,
        ["、".join(others), *_states(context, department, today)],
    )


def _states(context: Context, department: Department, today: date) -> Iterator[str]:
    """Yield remarks on beginnings, endings and names that differ from today's state."""
    if department.since is not None and department.since > today:
        yield context.say(N_("begins {since}"), since=department.since.isoformat())
    for since, name in department.names:
        if since is not None and since > today:
            yield context.say(N_("from {since}: {name}"), since=since.isoformat(), name=name)
    for pause in department.pauses:
        template = N_("closed from {since} until {until}")
        began = "" if pause.since is None else pause.since.isoformat()
        yield context.say(template, since=began, until=pause.until.isoformat())
    if department.is_closed:
        day = department.closed_on.isoformat() if department.closed_on else ""
        ended = N_("closes {since}") if department.acts_on(today) else N_("closed {since}")
        ended = N_("merged into {into} {since}") if department.merged_into else ended
        yield context.say(ended, into=department.merged_into, since=day).strip()


def _as_tree(roster: Roster) -> Iterator[tuple[int, Department]]:
    """Yield every department after its parent, with its depth in the tree."""
    parts: dict[str | None, list[Department]] = {}
    for department in reversed(roster.listed):
        parts.setdefault(department.parent, []).append(department)
    waiting = [(0, department) for department in parts.get(None, ())]
    while waiting:
        depth, department = waiting.pop()
        yield depth, department
        waiting += [(depth + 1, part) for part in parts.get(department.code, ())]
