"""`kalends feed secret`: addresses of feeds that hold what is withheld, too."""

import click

from kalends.application.subscriptions import feed_secrets
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.terminal.printing import aligned
from kalends.domain.errors import N_


@command(
    "new",
    in_folder=True,
    kind="asks",
    help=N_("Make a secret address of a feed, and show it this once."),
)
@click.argument("name")
@option("--note", metavar="TEXT", help=N_("Who gets it, to recognise it in the list."))
@option("--public-url", metavar="URL", help=N_("The server's address, to show the whole address."))
@pass_context
def new(context: Context, name: str, note: str | None, public_url: str | None) -> None:
    """Make a secret address."""
    made = feed_secrets.new_secret(context.workspace, name, note or "")
    address = f"{(public_url or '').rstrip('/')}{made.path}"
    if context.json:
        context.emit({"mark": made.kept.mark, "name": made.kept.name, "address": address})
        return
    click.echo(address)
    if public_url is None:
        context.talk(N_("Put the address of your server before it."))
    context.talk(
        N_(
            "It is shown only now. Whoever has it sees what is withheld, until "
            "`kalends feed secret revoke {mark}`."
        ),
        mark=made.kept.mark,
    )


@command("ls", in_folder=True, kind="asks", help=N_("List the secret addresses by their marks."))
@pass_context
def ls(context: Context) -> None:
    """List them; the secrets themselves are not kept."""
    found = feed_secrets.secrets(context.workspace.folder)
    if context.json:
        kept = [
            {"mark": each.mark, "name": each.name, "created": each.created, "note": each.note}
            for each in found
        ]
        context.emit({"secrets": kept})
        return
    if not found:
        context.talk(N_("There are no secret addresses."))
        return
    lines(aligned([[each.mark, each.name, each.created, each.note] for each in found], None))


@command(
    "revoke",
    in_folder=True,
    kind="asks",
    help=N_("End a secret address, also in servers that are running."),
)
@click.argument("mark")
@pass_context
def revoke(context: Context, mark: str) -> None:
    """End a secret address."""
    ended = feed_secrets.revoke(context.workspace, mark)
    if context.json:
        context.emit({"mark": ended.mark, "name": ended.name})
        return
    click.echo(
        context.say(N_("{mark} ended: its address of {name} no longer works."), mark=ended.mark,
                    name=ended.name)
    )  # fmt: skip


LAZY = {
    "new": ("feed_secrets:new", N_("Make a secret address, and show it this once.")),
    "ls": ("feed_secrets:ls", N_("List the secret addresses.")),
    "revoke": ("feed_secrets:revoke", N_("End a secret address.")),
}
secret = Group(
    "secret", lazy=LAZY, help=N_("Make and end addresses of feeds that hold withheld activities.")
)
