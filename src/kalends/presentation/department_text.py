"""A department as text: as it is on a day, and what happened to it."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from kalends.domain.department import Department
from kalends.domain.errors import N_
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.presentation import json_shapes
from kalends.words import Words
from kalends.words.topics import TOPIC_WORDS


def name_and_code(department: Department, today: date) -> str:
    """Return its name today, and its code."""
    return f"{department.name_on(today)} ({department.code})"


def description(
    words: Words, roster: Roster, department: Department, today: date
) -> list[list[str]]:
    """Return the rows that describe a department as it is today: label, text."""
    parts = [
        name_and_code(part, today) for part in roster.listed if part.parent == department.code
    ]
    merged = [
        name_and_code(old, today) for old in roster.listed if old.merged_into == department.code
    ]
    parent = None if department.parent is None else roster.departments[department.parent]
    fields = [
        (N_("names"), _names(words, department)),
        (N_("aliases"), department.aliases),
        (N_("short name"), [department.short_on(today)]),
        (N_("parent"), [] if parent is None else [name_and_code(parent, today)]),
        (N_("parts"), parts),
        (N_("merged into it"), merged),
        (N_("state"), list(_states(words, department, today))),
    ]
    return [[words.say(label), "、".join(texts)] for label, texts in fields if texts]


def _names(words: Words, department: Department) -> list[str]:
    """Return the names, each with the day from which it is valid."""
    return [
        name
        if since is None
        else words.say(N_("{name} (from {since} on)"), name=name, since=since.isoformat())
        for since, name in department.names
    ]


def happened(words: Words, zone: tzinfo, entry: Entry) -> list[str]:
    """Return an event as a row: position, time, handle, what was done, reason."""
    event = entry.event
    at = f"{event.at.astimezone(zone):%Y-%m-%d %H:%M}"
    state = json_shapes.event(entry)["state"]
    changes = [
        f"{words.say(label)} {_shown(state[field])}"
        for field, label in _FIELDS.items()
        if state.get(field)
    ]
    reason = [state["reason"]] if "reason" in state else []
    what = "  ".join([words.say(TOPIC_WORDS[event.TOPIC]), *changes, *reason])
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


def in_roster(
    words: Words, depth: int, department: Department, today: date
) -> tuple[str, str, Sequence[str]]:
    """Return a department as it is today: code, indented name, other names and remarks."""
    name, short = department.name_on(today), department.short_on(today)
    others = dict.fromkeys(text for text in (short, *department.aliases) if text != name)
    return (
        department.code,
        "  " * depth + name,
        ["、".join(others), *_states(words, department, today)],
    )


def _states(words: Words, department: Department, today: date) -> Iterator[str]:
    """Yield remarks on beginnings, endings and names that differ from today's state."""
    if department.since is not None and department.since > today:
        yield words.say(N_("begins {since}"), since=department.since.isoformat())
    for since, name in department.names:
        if since is not None and since > today:
            yield words.say(N_("from {since}: {name}"), since=since.isoformat(), name=name)
    for pause in department.pauses:
        template = N_("closed from {since} until {until}")
        began = "" if pause.since is None else pause.since.isoformat()
        yield words.say(template, since=began, until=pause.until.isoformat())
    if department.is_closed:
        day = department.closed_on.isoformat() if department.closed_on else ""
        ended = N_("closes {since}") if department.acts_on(today) else N_("closed {since}")
        ended = N_("merged into {into} {since}") if department.merged_into else ended
        yield words.say(ended, into=department.merged_into, since=day).strip()
