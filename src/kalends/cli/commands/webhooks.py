"""`kalends webhook`: addresses to which each change is sent as soon as it is recorded."""

import signal
from threading import Event, Lock
from typing import Any

import click

from kalends import bootstrap
from kalends.application.subscriptions import sending
from kalends.application.subscriptions.sending import Sent
from kalends.application.subscriptions.subscription_list import NewSubscription
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, pass_context
from kalends.cli.lists import subscription_text
from kalends.cli.lists.subscription_text import (
    SHARED_HEADS,
    cells,
    end,
    said_of,
    subscription_list,
)
from kalends.cli.options.secret_address import address_given
from kalends.cli.terminal.printing import table
from kalends.domain.errors import N_


@command(
    "new",
    kind="asks",
    help=N_(
        "Make a webhook, and show its key this once. With `-` as URL the address is read from "
        "standard input; at a terminal it is asked for and not shown."
    ),
)
@click.argument("url", required=False)
@option("--dept", "departments", metavar="NAME", multiple=True,
        help=N_("Only activities of this department, its children included."))  # fmt: skip
@option("--tag", "tags", metavar="WORD", multiple=True,
        help=N_("Only activities with this tag."))  # fmt: skip
@option("--from", "after", metavar="TIME|POSITION",
        help=N_("Send what was recorded after this moment; 0 is everything."))  # fmt: skip
@option("--withheld", is_flag=True, help=N_("Send what is withheld, too."))
@option("--note", metavar="TEXT", help=N_("A note, to recognise it in the list."))
@pass_context
def new(context: Context, /, url: str | None, note: str | None, **given: Any) -> None:
    """Make a webhook."""
    address = address_given(context, url)
    wanted = NewSubscription(address, note=note or "", **given)
    made = subscription_list(context).new("webhook", wanted)
    if context.json:
        context.emit({"key": made.key, "webhook": made.shape})
        return
    click.echo(made.key)
    context.talk(
        N_(
            "It is shown only now: the receiver checks signatures with it. "
            "`kalends webhook follow` sends; `kalends webhook revoke {mark}` ends it."
        ),
        mark=made.shape["mark"],
    )


@command(
    "ls",
    kind="asks",
    help=N_("List the webhooks: how far each is, and its last answer."),
)
@pass_context
def ls(context: Context) -> None:
    """List them; keys and whole addresses are not shown."""
    found = subscription_list(context).all("webhook")
    if context.json:
        context.emit({"webhooks": found})
        return
    if not found:
        context.talk(N_("There are no webhooks."))
        return
    heads = (N_("mark"), N_("address"), *SHARED_HEADS)
    rows = [[each["mark"], each["address"], *cells(context, each)] for each in found]
    table([[context.say(head) for head in heads], *rows])


@command("revoke", kind="asks", help=N_("End a webhook at once."))
@click.argument("mark")
@pass_context
def revoke(context: Context, mark: str) -> None:
    """End a webhook."""
    end(context, "webhook", mark)


@command("pause", kind="asks", help=N_("Pause a webhook: nothing is sent until you resume it."))
@click.argument("mark")
@pass_context
def pause(context: Context, mark: str) -> None:
    """Pause a webhook."""
    subscription_text.pause(context, "webhook", mark)


@command(
    "resume",
    kind="asks",
    help=N_("Try a webhook again at once, also one that is paused."),
)
@click.argument("mark")
@option("--from", "after", metavar="TIME|POSITION",
        help=N_("Send again what was recorded after this moment or position."))  # fmt: skip
@pass_context
def resume(context: Context, mark: str, after: str | None) -> None:
    """Forget failures, and perhaps how far it was."""
    subscription_text.resume(context, "webhook", mark, after)


@command(
    "send",
    in_folder=True,
    kind="asks",
    help=N_("Send all webhooks what they have not received yet, once."),
)
@pass_context
def send(context: Context) -> None:
    """Send what there is now; for cron."""
    subscription_text.tell_sent(context, "webhook", sending.send_all(context.workspace))


@command(
    "follow",
    in_folder=True,
    kind="asks",
    help=N_("Send each change as soon as it is recorded, until you stop it."),
)
@pass_context
def follow(context: Context) -> None:
    """Send until somebody stops it; only what is new is said."""
    stopped, lock = Event(), Lock()
    said: dict[str, tuple[object, ...]] = {}

    def report(sent: Sent) -> None:
        text = said_of(context, "webhook", sent)
        now = (sent.outcome, sent.error and sent.error.code)
        with lock:
            if sent.messages or said.get(sent.mark) != now:
                click.echo(text, err=True)
                if sent.error is not None:
                    context.caution(sent.error)
            said[sent.mark] = now

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    context.workspace.log.position()  # what keeps it from being opened is said alone
    context.talk(N_("Sending each change as it is recorded. Ctrl+C stops it."))
    sending.follow(context.workspace, stopped.wait, report, bootstrap.clock)
    context.talk(N_("Stopped."))


LAZY = {
    "new": ("webhooks:new", N_("Make a webhook, and show its key this once.")),
    "ls": ("webhooks:ls", N_("List the webhooks.")),
    "send": ("webhooks:send", N_("Send what has not been sent, once.")),
    "follow": ("webhooks:follow", N_("Send each change as soon as it is recorded.")),
    "pause": ("webhooks:pause", N_("Pause a webhook: nothing is sent until you resume it.")),
    "resume": ("webhooks:resume", N_("Try a webhook again at once.")),
    "revoke": ("webhooks:revoke", N_("End a webhook.")),
}
webhook = Group(
    "webhook", lazy=LAZY, help=N_("Send each change to other programs as it is recorded.")
)
