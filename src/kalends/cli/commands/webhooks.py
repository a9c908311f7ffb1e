"""`kalends webhook`: addresses to which each change is sent as soon as it is recorded."""

import signal
import sys
from threading import Event, Lock
from typing import Any

import click

from kalends.application import deliveries, sending, subscriptions, webhooks
from kalends.application.deliveries import Attempt, Delivery
from kalends.application.http_post import shortened
from kalends.application.sending import Sent
from kalends.application.subscriptions import Subscription
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, pass_context
from kalends.cli.hints import in_words
from kalends.cli.printing import table
from kalends.domain.errors import N_, HookBusyError, HooksBehindError, SubscriptionsError
from kalends.presentation.error_answers import exit_code

_BEHIND = {"failed", "waiting", "paused"}
_PROBLEMS = {
    "timeout": N_("no answer in time"),
    "name": N_("the name is not known"),
    "tls": N_("no secure connection"),
    "protocol": N_("the answer is no HTTP"),
    "connection": N_("no connection"),
}


@command("new", kind="asks", help=N_("Make a webhook, and show its key this once."))
@click.argument("url")
@option("--dept", "departments", metavar="NAME", multiple=True,
        help=N_("Only activities of this department, its children included."))  # fmt: skip
@option("--tag", "tags", metavar="WORD", multiple=True,
        help=N_("Only activities with this tag."))  # fmt: skip
@option("--from", "after", metavar="TIME|POSITION",
        help=N_("Send what was recorded after this moment; 0 is everything."))  # fmt: skip
@option("--withheld", is_flag=True, help=N_("Send what is withheld, too."))
@option("--note", metavar="TEXT", help=N_("A note, to recognise it in the list."))
@pass_context
def new(context: Context, /, url: str, note: str | None, **given: Any) -> None:
    """Make a webhook; `-` reads the address from standard input, where no history keeps it."""
    address = sys.stdin.readline().strip() if url == "-" else url
    made = webhooks.new(context.workspace, address, note=note or "", **given)
    if context.json:
        context.emit({"key": made.key, "webhook": _shape(context, made)})
        return
    click.echo(made.key)
    context.talk(
        N_(
            "It is shown only now: the receiver checks signatures with it. "
            "`kalends webhook follow` sends; `kalends webhook revoke {mark}` ends it."
        ),
        mark=made.mark,
    )


@command("ls", kind="asks", help=N_("List the webhooks: how far each is, and its last answer."))
@pass_context
def ls(context: Context) -> None:
    """List them; keys and whole addresses are not shown."""
    found = subscriptions.subscriptions(context.workspace.folder, "webhook")
    if context.json:
        context.emit({"webhooks": [_shape(context, each) for each in found]})
        return
    if not found:
        context.talk(N_("There are no webhooks."))
        return
    heads = (N_("mark"), N_("address"), N_("position"), N_("state"), N_("last answer"), N_("note"))
    rows = []
    for each in found:
        stands = _stands(context, each)
        rows.append(
            [
                each.mark,
                shortened(each.address),
                "?" if stands is None else str(stands.position),
                _state(context, stands),
                _answer(context, None if stands is None else stands.last),
                each.note,
            ]
        )
    table([[context.say(head) for head in heads], *rows])


@command("revoke", kind="asks", help=N_("End a webhook at once."))
@click.argument("mark")
@pass_context
def revoke(context: Context, mark: str) -> None:
    """End a webhook."""
    ended = webhooks.revoke(context.workspace, mark)
    if context.json:
        context.emit({"mark": ended.mark})
        return
    click.echo(context.say(N_("{mark} ended: nothing more is sent to it."), mark=ended.mark))


@command("resume", kind="asks", help=N_("Try a webhook again at once, also one that is paused."))
@click.argument("mark")
@option("--from", "after", metavar="TIME|POSITION",
        help=N_("Send again what was recorded after this moment or position."))  # fmt: skip
@pass_context
def resume(context: Context, mark: str, after: str | None) -> None:
    """Forget failures, and perhaps how far it was."""
    try:
        found = webhooks.resume(context.workspace, mark, after)
    except TimeoutError:
        raise HookBusyError(mark=mark) from None
    if context.json:
        context.emit({"webhook": _shape(context, found)})
        return
    click.echo(context.say(N_("{mark} is tried again."), mark=found.mark))


@command("send", kind="asks", help=N_("Send all webhooks what they have not been told, once."))
@pass_context
def send(context: Context) -> None:
    """Send what there is now; for cron."""
    found = sending.send_all(context.workspace)
    codes = [exit_code(each.error) for each in found if each.error is not None]
    behind = [each.mark for each in found if each.outcome in _BEHIND]
    if context.json:
        shapes = [_sent_shape(context, each) for each in found]
        context.emit({"ok": not behind, "webhooks": shapes})
        if behind:
            raise click.exceptions.Exit(max([exit_code(HooksBehindError(marks="")), *codes]))
        return
    for each in found:
        click.echo(_said(context, each))
        if each.error is not None:
            context.caution(each.error)
    if not found:
        context.talk(N_("There are no webhooks."))
    if behind:
        raise HooksBehindError(marks=", ".join(behind))


@command(
    "follow",
    kind="asks",
    help=N_("Send each change as soon as it is recorded, until you stop it."),
)
@pass_context
def follow(context: Context) -> None:
    """Send until somebody stops it; only what is new is said."""
    stopped, lock = Event(), Lock()
    said: dict[str, str] = {}

    def report(sent: Sent) -> None:
        text = _said(context, sent)
        with lock:
            if sent.messages or said.get(sent.mark, "") != sent.outcome:
                click.echo(text, err=True)
            said[sent.mark] = sent.outcome

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    context.talk(N_("Sending each change as it is recorded. Ctrl+C stops it."))
    sending.follow(context.workspace, stopped.wait, report)
    context.talk(N_("Stopped."))


def _said(context: Context, sent: Sent) -> str:
    words = {
        "done": N_("{mark}: up to date, {count} sent"),
        "failed": N_("{mark}: failed after {count} sent"),
        "waiting": N_("{mark}: waits before it is tried again"),
        "paused": N_("{mark}: paused"),
        "busy": N_("{mark}: another program is sending"),
        "stopped": N_("{mark}: stopped after {count} sent"),
        "ended": N_("{mark}: revoked"),
    }
    return context.say(words[sent.outcome], mark=sent.mark, count=sent.messages)


def _sent_shape(context: Context, sent: Sent) -> dict[str, Any]:
    error = None if sent.error is None else in_words(context.words, sent.error)
    return {"mark": sent.mark, "outcome": sent.outcome, "sent": sent.messages, "error": error}


def _stands(context: Context, hook: Subscription) -> Delivery | None:
    """Return where one stands; None where that is damaged."""
    try:
        return deliveries.read(context.workspace.folder, hook)
    except SubscriptionsError:
        return None


def _state(context: Context, stands: Delivery | None) -> str:
    if stands is None:
        return context.say(N_("damaged"))
    if stands.paused is not None:
        return context.say(N_("paused since {at}"), at=stands.paused[:10])
    behind = max(0, context.workspace.log.position() - stands.position)
    if stands.next_try is not None:
        return context.say(
            N_("{count} behind, failing since {at}"), count=behind, at=stands.failing
        )
    return (
        context.say(N_("{count} behind"), count=behind)
        if behind
        else context.say(N_("up to date"))
    )


def _answer(context: Context, last: Attempt | None) -> str:
    if last is None:
        return "-"
    if last.status is None:
        return context.say(_PROBLEMS.get(last.problem or "", N_("no connection")))
    return f"{last.status} {last.text}".rstrip()


def _shape(context: Context, hook: Subscription) -> dict[str, Any]:
    """Return a webhook as JSON shows it, without its key and what may be secret in its address."""
    stands = _stands(context, hook)
    head = context.workspace.log.position()
    last = stands and stands.last
    return {
        "mark": hook.mark,
        "address": shortened(hook.address),
        "departments": list(hook.departments),
        "tags": list(hook.tags),
        "withheld": hook.withheld,
        "made": hook.made,
        "by": hook.by,
        "note": hook.note,
        "position": stands and stands.position,
        "behind": stands and max(0, head - stands.position),
        "sent": stands and stands.sent,
        "failing": stands and stands.failing,
        "next_try": stands and stands.next_try,
        "paused": stands and stands.paused,
        "last": last and {
            "at": last.at, "status": last.status, "problem": last.problem, "text": last.text
        },
    }  # fmt: skip


LAZY = {
    "new": ("webhooks:new", N_("Make a webhook, and show its key this once.")),
    "ls": ("webhooks:ls", N_("List the webhooks.")),
    "send": ("webhooks:send", N_("Send what has not been sent, once.")),
    "follow": ("webhooks:follow", N_("Send each change as soon as it is recorded.")),
    "resume": ("webhooks:resume", N_("Try a webhook again at once.")),
    "revoke": ("webhooks:revoke", N_("End a webhook.")),
}
webhook = Group(
    "webhook", lazy=LAZY, help=N_("Send each change to other programs as it is recorded.")
)
