"""`kalends digest`: what changed since the last one, by mail or to a chat."""

from typing import Any, get_args

import click

from kalends.application.subscriptions import digests
from kalends.application.subscriptions.subscription_list import NewSubscription
from kalends.application.subscriptions.subscriptions import Every
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, pass_context
from kalends.cli.lists import subscription_text
from kalends.cli.lists.subscription_text import (
    SHARED_HEADS,
    cells,
    end,
    subscription_list,
)
from kalends.cli.options.secret_address import address_given
from kalends.cli.terminal.printing import table
from kalends.domain.errors import N_

_EVERY = get_args(Every)


@command(
    "new",
    kind="asks",
    help=N_(
        "Make a digest for a mail address or a chat. An address may hold a password, and others "
        "on this machine can see it in the list of processes: with `-` as URL it is read from "
        "standard input; at a terminal it is asked for and not shown."
    ),
)
@click.argument("url", required=False)
@option("--every", type=click.Choice(_EVERY), default="day",
        help=N_("How often at most."))  # fmt: skip
@option("--dept", "departments", metavar="NAME", multiple=True,
        help=N_("Only activities of this department, its children included."))  # fmt: skip
@option("--tag", "tags", metavar="WORD", multiple=True,
        help=N_("Only activities with this tag."))  # fmt: skip
@option("--from", "after", metavar="TIME|POSITION",
        help=N_("Send what was recorded after this moment; 0 is everything."))  # fmt: skip
@option("--note", metavar="TEXT", help=N_("A note, to recognise it in the list."))
@pass_context
def new(
    context: Context, /, url: str | None, every: Every, note: str | None, **given: Any
) -> None:
    """Make a digest."""
    address = address_given(context, url)
    wanted = NewSubscription(address, every=every, note=note or "", **given)
    made = subscription_list(context).new("digest", wanted).shape
    if context.json:
        context.emit({"digest": made})
        return
    click.echo(made["mark"])
    context.talk(N_("`kalends digest send` sends it when it is due; let cron call it every hour."))


@command(
    "ls",
    kind="asks",
    help=N_("List the digests: how far each is, and the last answer."),
)
@pass_context
def ls(context: Context) -> None:
    """List them; whole addresses are not shown."""
    found = subscription_list(context).all("digest")
    if context.json:
        context.emit({"digests": found})
        return
    if not found:
        context.talk(N_("There are no digests."))
        return
    heads = (N_("mark"), N_("address"), N_("every"), *SHARED_HEADS)
    rows = [
        [
            each["mark"],
            each["address"],
            context.say(_EVERY_WORDS[each["every"]]),
            *cells(context, each),
        ]
        for each in found
    ]
    table([[context.say(head) for head in heads], *rows])


@command("revoke", kind="asks", help=N_("End a digest."))
@click.argument("mark")
@pass_context
def revoke(context: Context, mark: str) -> None:
    """End a digest."""
    end(context, "digest", mark)


@command("pause", kind="asks", help=N_("Pause a digest: nothing is sent until you resume it."))
@click.argument("mark")
@pass_context
def pause(context: Context, mark: str) -> None:
    """Pause a digest."""
    subscription_text.pause(context, "digest", mark)


@command("resume", kind="asks", help=N_("Resume a paused digest."))
@click.argument("mark")
@option("--from", "after", metavar="TIME|POSITION",
        help=N_("Send again what was recorded after this moment or position."))  # fmt: skip
@pass_context
def resume(context: Context, mark: str, after: str | None) -> None:
    """Resume a digest."""
    subscription_text.resume(context, "digest", mark, after)


@command("send", in_folder=True, kind="asks", help=N_("Send the digests that are due, once."))
@pass_context
def send(context: Context) -> None:
    """Send what is due; for cron."""
    subscription_text.tell_sent(context, "digest", digests.send_all(context.workspace))


_EVERY_WORDS = {"hour": N_("hour"), "day": N_("day"), "week": N_("week")}

LAZY = {
    "new": ("digests:new", N_("Make a digest for a mail address or a chat.")),
    "ls": ("digests:ls", N_("List the digests.")),
    "send": ("digests:send", N_("Send the digests that are due, once.")),
    "pause": ("digests:pause", N_("Pause a digest: nothing is sent until you resume it.")),
    "resume": ("digests:resume", N_("Resume a paused digest.")),
    "revoke": ("digests:revoke", N_("End a digest.")),
}
digest = Group("digest", lazy=LAZY, help=N_("Say by mail or in a chat what has changed."))
