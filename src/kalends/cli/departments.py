"""`kalends dept`: registering departments and naming them."""

import re

import click

from kalends.cli.call import Call, pass_call
from kalends.cli.roster_change import change, day_of, on_day, reason
from kalends.cli.verbs import Verbs, option, verb
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    RegisterDepartment,
    RenameDepartment,
    UnaliasDepartment,
)
from kalends.domain.errors import N_, CodeError, TextError, UsageError
from kalends.domain.roster import Roster, check_free
from kalends.domain.text import clean
from kalends.intake.naming import department
from kalends.words import Message

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
@on_day
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
        on=day_of(call, on),
    )
    change(call, command, N_("√ registered {name} ({code})"))


@verb("alias", kind="writes", help=N_("Give a department a further name that it is found by."))
@click.argument("name")
@click.argument("alias")
@option("--remove", is_flag=True, help=N_("Take the alias back."))
@pass_call
def alias(call: Call, name: str, alias: str, *, remove: bool) -> None:
    """Add an alias, or take one back."""
    code = department(call.desk.service.roster(), name).code
    if remove:
        done = N_("√ {name} ({code}) is not called {alias} any more")
        change(call, UnaliasDepartment(code=code, alias=alias), done, alias=alias)
        return
    if _SEPARATORS.search(alias):
        raise TextError(
            field="alias",
            value=alias,
            rule=N_("it looks like several"),
            cure=N_("Give one at a time; a name holds no comma or semicolon."),
        )
    done = N_("√ {name} ({code}) is also called {alias}")
    change(call, AliasDepartment(code=code, alias=alias), done, alias=alias)


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
    change(
        call,
        AbbreviateDepartment(code=code, short=short),
        N_("√ {name} ({code}) is shown as {short}"),
    )


@verb("rename", kind="writes", help=N_("Give a department a new name from a day on."))
@click.argument("name")
@click.argument("new_name", metavar="NEW")
@on_day
@reason
@pass_call
def rename(call: Call, name: str, new_name: str, on: str | None, reason: str | None) -> None:
    """Rename; history keeps showing the name that was valid then."""
    code = department(call.desk.service.roster(), name).code
    command = RenameDepartment(code=code, name=new_name, on=day_of(call, on), reason=reason)
    change(call, command, N_("√ renamed: {name} ({code})"))


LAZY = {
    "add": ("departments:add", N_("Register a department.")),
    "alias": ("departments:alias", N_("Give a department a further name, or take one back.")),
    "short": ("departments:short", N_("Set the short name that lists and feeds use.")),
    "rename": ("departments:rename", N_("Give a department a new name.")),
    "move": ("department_ends:move", N_("Let a department belong to another parent.")),
    "merge": ("department_ends:merge", N_("Let a department go up in another one.")),
    "close": ("department_ends:close", N_("End a department.")),
    "reopen": ("department_ends:reopen", N_("Let a closed department act again.")),
    "ls": ("department_lists:ls", N_("List the departments.")),
    "show": ("department_lists:show", N_("Show a department and its whole history.")),
}
dept = Verbs("dept", lazy=LAZY, help=N_("Register departments and change them."))


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
