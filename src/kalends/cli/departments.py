"""`kalends dept`: the roster, and what becomes of its departments."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import click

from kalends.cli import printing, shapes
from kalends.cli.call import Call, lines, pass_call
from kalends.cli.moment import context
from kalends.cli.verbs import Verbs, option, verb
from kalends.dates.reader import read
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CloseDepartment,
    MergeDepartment,
    RegisterDepartment,
    RenameDepartment,
    RosterCommand,
)
from kalends.domain.errors import N_, CodeError, TextError, UsageError
from kalends.domain.roster import Department, Roster, check_free
from kalends.domain.text import clean
from kalends.intake.naming import department
from kalends.words import Message

_on = option("--on", metavar="DAY", help=N_("Valid from this day; since ever without it."))
_reason = option("--reason", metavar="TEXT", help=N_("Why; it is kept for ever."))
_MOST = 40
_SEPARATORS = re.compile("[,，、;；]")  # no name of an office holds one


@verb("add", kind="writes", help=N_("Register a department or unit under a code of its own."))
@click.argument("name")
@option("--code", metavar="CODE", help=N_("A short name in a-z, 0-9, -; from pinyin without it."))
@option(
    "--alias",
    multiple=True,
    metavar="NAME",
    help=N_("A further name, or several: A, B. Repeatable."),
)
@option("--parent", metavar="NAME", help=N_("The department that it belongs to."))
@_on
@pass_call
def add(
    call: Call, name: str, *, code: str | None, alias: tuple[str, ...], parent: str | None,
    on: str | None,
) -> None:  # fmt: skip
    """Register a department."""
    roster = call.desk.service.roster()
    name = clean(name, "name")
    check_free(roster, [name])
    command = RegisterDepartment(
        code=code if code is not None else _free_code(roster, name),
        name=name,
        aliases=tuple(one for given in alias for one in _SEPARATORS.split(given) if one.strip()),
        parent=None if parent is None else department(roster, parent).code,
        on=_day(call, on),
    )
    _change(call, command, N_("√ registered {name} ({code})"))


@verb("alias", kind="writes", help=N_("Give a department a further name that it is found by."))
@click.argument("name")
@click.argument("alias")
@pass_call
def alias(call: Call, name: str, alias: str) -> None:
    """Add an alias."""
    code = department(call.desk.service.roster(), name).code
    if _SEPARATORS.search(alias):
        raise TextError(
            field="alias",
            value=alias,
            rule=N_("it looks like several"),
            cure=N_("Give one at a time; a name holds no comma or semicolon."),
        )
    _change(
        call,
        AliasDepartment(code=code, alias=alias),
        N_("√ {name} ({code}) is also called {alias}"),
    )


@verb(
    "short",
    kind="writes",
    help=N_(
        "Set the short name that lists and feeds use for a department. Until one is set, it is "
        "the first alias given that is shorter than the name, or the name."
    ),
)
@click.argument("name")
@click.argument("short", required=False)
@option("--remove", is_flag=True, help=N_("Take the short name back that was set."))
@pass_call
def short(call: Call, name: str, short: str | None, *, remove: bool) -> None:
    """Set the short name, or take it back."""
    code = department(call.desk.service.roster(), name).code
    if (short is None) != remove:
        raise UsageError(detail=Message("give a short name, or --remove"))
    _change(
        call,
        AbbreviateDepartment(code=code, short=short),
        N_("√ {name} ({code}) is shown as {short}"),
    )


@verb("rename", kind="writes", help=N_("Give a department a new name from a day on."))
@click.argument("name")
@click.argument("new_name", metavar="NEW")
@_on
@_reason
@pass_call
def rename(call: Call, name: str, new_name: str, on: str | None, reason: str | None) -> None:
    """Rename; history keeps showing the name that was valid then."""
    code = department(call.desk.service.roster(), name).code
    command = RenameDepartment(code=code, name=new_name, on=_day(call, on), reason=reason)
    _change(call, command, N_("√ renamed: {name} ({code})"))


@verb("merge", kind="writes", help=N_("Let a department go up in another one from a day on."))
@click.argument("name")
@click.argument("into")
@_on
@_reason
@pass_call
def merge(call: Call, name: str, into: str, on: str | None, reason: str | None) -> None:
    """Merge; the other one's history and feed include it from now on."""
    roster = call.desk.service.roster()
    command = MergeDepartment(
        code=department(roster, name).code,
        into=department(roster, into).code,
        on=_day(call, on),
        reason=reason,
    )
    if _change(call, command, N_("√ merged: {name} ({code}) into {into}")) and on is None:
        again = f"kalends dept merge {command.code} {command.into} --on DAY"
        _tell_since(call, command.code, again)


@verb("close", kind="writes", help=N_("End a department on a day."))
@click.argument("name")
@_on
@_reason
@pass_call
def close(call: Call, name: str, on: str | None, reason: str | None) -> None:
    """Close; what it did stays in its history."""
    code = department(call.desk.service.roster(), name).code
    command = CloseDepartment(code=code, on=_day(call, on), reason=reason)
    if _change(call, command, N_("√ closed: {name} ({code})")) and on is None:
        _tell_since(call, code, f"kalends dept close {code} --on DAY")


@verb(
    "ls",
    kind="reads",
    help=N_("List the departments with their codes, parents, short names and aliases."),
)
@pass_call
def ls(call: Call) -> None:
    """List the roster."""
    from kalends.views import roster as rosters  # noqa: PLC0415 - writing needs no views

    roster = rosters.roster(call.views, known_at=call.as_known)
    ordered = list(_as_tree(roster, None))
    today = context(call.desk).now.date()
    if call.json:
        departments = [shapes.department(one, today) for _, one in ordered]
        call.emit({"known_at": call.as_known, "departments": departments})
        return
    if not ordered:
        call.talk(N_("No department is registered yet: `kalends dept add NAME`."))
    rows = [_row(call, depth, one, today) for depth, one in ordered]
    lines(printing.tree(rows, printing.width()))


LAZY = {
    "add": ("departments:add", N_("Register a department.")),
    "alias": ("departments:alias", N_("Give a department a further name.")),
    "short": ("departments:short", N_("Set the short name that lists and feeds use.")),
    "rename": ("departments:rename", N_("Give a department a new name.")),
    "merge": ("departments:merge", N_("Let a department go up in another one.")),
    "close": ("departments:close", N_("End a department.")),
    "ls": ("departments:ls", N_("List the departments.")),
}
dept = Verbs("dept", lazy=LAZY, help=N_("Register departments and change them."))


def _row(
    call: Call, depth: int, department: Department, today: date
) -> tuple[str, str, Sequence[str]]:
    """Return a department as it is today: its code, indented name, other names, what is known."""
    name, short = department.name_on(today), department.short_on(today)
    others = dict.fromkeys(text for text in (short, *department.aliases) if text != name)
    return (
        department.code,
        "  " * depth + name,
        ["、".join(others), *_states(call, department, today)],
    )


def _states(call: Call, department: Department, today: date) -> Iterator[str]:
    """Yield when it began, ends or gets another name, where that is not today's state."""
    if department.since is not None and department.since > today:
        yield call.say(N_("begins {since}"), since=department.since.isoformat())
    for since, name in department.names:
        if since is not None and since > today:
            yield call.say(N_("from {since}: {name}"), since=since.isoformat(), name=name)
    if department.is_closed:
        day = department.closed_on.isoformat() if department.closed_on else ""
        ended = N_("closes {since}") if department.acts_on(today) else N_("closed {since}")
        ended = N_("merged into {into} {since}") if department.merged_into else ended
        yield call.say(ended, into=department.merged_into, since=day).strip()


def _as_tree(roster: Roster, parent: str | None, depth: int = 0) -> list[tuple[int, Department]]:
    found: list[tuple[int, Department]] = []
    for one in roster.departments.values():
        if one.parent == parent:
            found += [(depth, one), *_as_tree(roster, one.code, depth + 1)]
    return found


def _tell_since(call: Call, code: str, command: str) -> None:
    """Say that a department ended since ever, whatever it did, and how it is given a day."""
    from kalends.views import activities  # noqa: PLC0415 - no other command needs views

    known_at = call.desk.log.position()
    found = activities.history(call.views, {code}, known_at=known_at)
    count = sum(1 for one, _ in found if one.status != "retracted")
    call.talk(
        N_("! It holds since ever; activities on record: {count}. With a day: `{command}`."),
        count=count,
        command=command,
    )


def _change(call: Call, command: RosterCommand, done: str) -> bool:
    """Change the roster and say so; return whether anything changed."""
    entries = call.desk.service.change_roster(command)
    roster = call.desk.service.roster()
    now = roster.departments.get(command.code)
    if call.json:
        shaped = None if now is None else shapes.department(now, context(call.desk).now.date())
        events = [shapes.event(one) for one in entries]
        call.emit({"department": shaped, "events": events, "dry_run": call.dry_run})
    elif not entries:
        click.echo(call.say(N_("Nothing to do: it already is so.")))
    elif call.dry_run:
        click.echo(call.say(N_("It would be recorded.")))
    else:
        assert now is not None
        told = {"alias": getattr(command, "alias", ""), "into": getattr(command, "into", "")}
        told["short"] = now.short_on(date.max)
        click.echo(call.say(done, name=now.name, code=now.code, **told))
    return bool(entries)


def _day(call: Call, phrase: str | None) -> date | None:
    return None if phrase is None else read(phrase, context(call.desk)).when.first_day


def _free_code(roster: Roster, name: str) -> str:
    """Return a code made of the name: pinyin's syllables, or initials where that is too long."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - heavy, and only where no code is given

    syllables = [re.sub(r"[^a-z0-9]+", "-", one.lower()).strip("-") for one in lazy_pinyin(name)]
    syllables = [one for one in syllables if one]
    code = "-".join(syllables) if name.isascii() else "".join(syllables)
    if len(code) > _MOST:
        code = "".join(one[0] for one in syllables)[:_MOST]
    code = code if code[:1].isalpha() else f"d{code}"
    if not syllables:
        raise CodeError(name=name)
    numbered = (
        code if n == 1 else f"{code[: _MOST - 3]}-{n}" for n in range(1, len(roster.owners) + 2)
    )
    return next(one for one in numbered if roster.find(one) is None)
