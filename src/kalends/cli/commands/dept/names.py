"""`kalends dept add, alias, short, rename`: register departments and name them."""

from pathlib import Path
from typing import Any

import click

from kalends.application.queries.departments import department
from kalends.application.roster import department_changes
from kalends.application.roster.department_names import given_name
from kalends.application.workspaces.date_context import date_context
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.commands.dept.change import change, on_day, reason
from kalends.cli.context import Context, pass_context
from kalends.domain.commands import AbbreviateDepartment, UnaliasDepartment
from kalends.domain.errors import N_, UsageError
from kalends.words import Message


@command(
    "add",
    kind="writes",
    help=N_("Register a department under its own code, or a whole roster from a file."),
)
@click.argument("name", required=False)
@option(
    "--code", metavar="CODE", help=N_("A code in a-z, 0-9 and -; by default made from pinyin.")
)
@option(
    "--alias",
    multiple=True,
    metavar="NAME",
    help=N_("Another name, or several: A, B. Repeatable."),
)
@option("--parent", metavar="NAME", help=N_("The department it belongs to."))
@on_day
@option(
    "--from",
    "source",
    type=PATH,
    metavar="FILE",
    help=N_(
        "Register every department of a table (.xlsx, .csv) or JSON Lines file; - reads standard "
        "input."
    ),
)
@pass_context
def add(context: Context, /, name: str | None, source: Path | None, **given: Any) -> None:
    """Register a department, or many."""
    if source is not None:
        if name is not None or any(given.values()):
            detail = Message("--from takes everything from its file; give nothing else")
            raise UsageError(detail=detail)
        from kalends.cli.commands.dept.roster_file import register_file  # noqa: PLC0415 - for files only

        register_file(context, source)
        return
    if name is None:
        raise UsageError(detail=Message("give a name, or --from FILE"))
    command = department_changes.registration(
        context.workspace,
        name,
        code=given["code"],
        aliases=given["alias"],
        parent=given["parent"],
        on=given["on"],
    )
    names = (command.name, *command.aliases)
    change(context, command, N_("√ registered {name} ({code})"), alike=names)


@command("alias", kind="writes", help=N_("Give a department another name to find it by."))
@click.argument("name")
@click.argument("alias")
@option("--remove", is_flag=True, help=N_("Remove the alias."))
@pass_context
def alias(context: Context, name: str, alias: str, *, remove: bool) -> None:
    """Add an alias, or remove one."""
    found = department(context.workspace.service.roster(), name)
    if remove:
        done = N_("√ {name} ({code}) is not called {alias} any more")
        change(context, UnaliasDepartment(code=found.code, alias=alias), done, alias=alias)
        return
    done = N_("√ {name} ({code}) is also called {alias}")
    change(context, department_changes.aliasing(found, alias), done, alias=alias)


@command(
    "short",
    kind="writes",
    help=N_(
        "Set the short name that lists and feeds use for a department. Until one is set, it is "
        "the first alias given that is shorter than the name, or the name."
    ),
)
@click.argument("name")
@click.argument("short", required=False)
@option("--remove", is_flag=True, help=N_("Remove the short name."))
@pass_context
def short(context: Context, name: str, short: str | None, *, remove: bool) -> None:
    """Set the short name, or remove it."""
    code = department(context.workspace.service.roster(), name).code
    if (short is None) != remove:
        raise UsageError(detail=Message("give a short name, or --remove"))
    change(
        context,
        AbbreviateDepartment(code=code, short=short),
        N_("√ {name} ({code}) is shown as {short}"),
    )


@command("rename", kind="writes", help=N_("Rename a department from a date."))
@click.argument("name")
@click.argument("new_name", metavar="NEW")
@on_day
@reason
@pass_context
def rename(context: Context, name: str, new_name: str, on: str | None, reason: str | None) -> None:
    """Rename; history keeps showing the name that was valid then."""
    found = department(context.workspace.service.roster(), name)
    command = department_changes.renaming(context.workspace, found, new_name, on, reason)
    done = N_("√ renamed: {name} ({code})")
    if command.on is not None:
        done = N_("√ renamed: {name} ({code}), from {on} on")
    new_name = given_name(new_name, "name", date_context(context.workspace))
    change(context, command, done, name=new_name, on=command.on)
