"""`kalends store`: where the log is kept, and moving it."""

import click

from kalends.application.workspaces import store_moves, stores
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.lists.findings import checks_shape, exit_if_bad, is_good, write_checks
from kalends.domain.errors import N_
from kalends.store_address import SCHEMA, SQLITE, checked

_SCHEMA_HELP = N_("The schema of this campaign in the database; by default kalends.")


@command(
    "migrate",
    in_folder=True,
    kind="writes",
    help=N_("Move the log to a PostgreSQL database, or back to the file with sqlite."),
)
@click.argument("target", metavar="URL|sqlite")
@option("--schema", metavar="NAME", default=SCHEMA, help=_SCHEMA_HELP)
@pass_context
def migrate(context: Context, target: str, schema: str) -> None:
    """Move the log to another store."""
    address = None if target == SQLITE else checked(target, schema)
    workspace = context.workspace
    before, name = store_moves.name_of(workspace.folder.store), store_moves.name_of(address)
    moved = stores.migrate(workspace, address)
    root = moved.root
    if context.json:
        answer = {"from": before, "to": name, "moved": moved.is_new, "size": moved.size}
        answer |= {"readdressed": True} if moved.is_readdressed else {}
        context.emit({**answer, "root": root, **({"dry_run": True} if context.dry_run else {})})
        return
    if moved.is_readdressed and context.dry_run:
        template = N_("It is the same log: only its address would be changed to {name}.")
    elif moved.is_readdressed:
        template = N_("√ it is the same log; its address is {name} now")
    elif not moved.is_new:
        template = N_("Nothing to do: the log is kept there.")
    elif context.dry_run:
        template = N_("The log would be moved from {before} to {name}.")
    else:
        template = N_("√ moved from {before} to {name}; every line was compared")
    lines([context.say(template, before=before, name=name)])
    events = N_("  events: {size}, root {root}")
    lines([context.say(events, size=moved.size, root=root)])


@command("check", in_folder=True, kind="asks", help=N_("Check the store that keeps the log."))
@pass_context
def check(context: Context) -> None:
    """Check that the store answers, keeps only what is ours, and agrees with the journal."""
    found = stores.check(context.workspace)
    root = found.root
    notices = [context.say(_MAY_CHANGE)] if found.may_change else []
    if context.json:
        checks = checks_shape(context, found.findings)
        is_ok = is_good(found.findings)
        answer = {"ok": is_ok, "store": found.name, "size": found.size, "root": root}
        context.emit({**answer, "checks": checks, "notices": notices})
    else:
        lines([found.name])
        write_checks(context, found.findings)
        lines(f"! {notice}" for notice in notices)
        if root is not None:
            lines([context.say(N_("events: {size}, root {root}"), size=found.size, root=root)])
    exit_if_bad(found.findings)


_MAY_CHANGE = N_(
    "This role may also change or remove what is recorded. `kalends store sql` prints a role that "
    "may only add."
)


@command(
    "sql",
    in_folder=True,
    kind="asks",
    help=N_("Print the SQL of a schema, and of a role that only adds."),
)
@option("--schema", metavar="NAME", default=SCHEMA, help=_SCHEMA_HELP)
@option("--role", metavar="NAME", default="kalends", help=N_("The name of the role."))
@pass_context
def sql(context: Context, schema: str, role: str) -> None:
    """Print the SQL, for an administrator to read and to run."""
    text = stores.role_sql(schema, role)
    if context.json:
        context.emit({"schema": schema, "role": role, "sql": text})
        return
    click.echo(text, nl=False)


store = Group(
    "store",
    lazy={
        "migrate": ("store:migrate", N_("Move the log to another store.")),
        "check": ("store:check", N_("Check the store that keeps the log.")),
        "sql": ("store:sql", N_("Print the SQL of a schema and its role.")),
    },
    help=N_("Keep the log in a file or on a PostgreSQL server."),
)
