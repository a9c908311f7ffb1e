"""What the lists of webhooks and digests say: how far each is, and what its receiver answered."""

from typing import Any

import click

from kalends.application import deliveries
from kalends.application.deliveries import Attempt, Delivery
from kalends.application.sending import Sent
from kalends.application.subscriptions import Subscription
from kalends.cli.context import Context
from kalends.cli.hints import in_words
from kalends.cli.printing import shortened
from kalends.domain.errors import N_, SubscriptionsError

BEHIND = {"failed", "waiting", "paused"}
SHARED_HEADS = (N_("position"), N_("state"), N_("last answer"), N_("note"))
# So many cells of an answer are shown in a list.
_ROOM = 60
_PROBLEMS = {
    "timeout": N_("no answer in time"),
    "name": N_("the name is not known"),
    "tls": N_("no secure connection"),
    "protocol": N_("the answer is not HTTP"),
    "connection": N_("no connection"),
    "refused": N_("not sent"),
}


def cells(context: Context, made: Subscription) -> list[str]:
    """Return the cells of one below `SHARED_HEADS`."""
    stands = _stands(context, made)
    return [
        "?" if stands is None else str(stands.position),
        _state(context, stands),
        _answer(context, None if stands is None else stands.last),
        made.note,
    ]


def said_of(context: Context, sent: Sent) -> str:
    """Return what came of one turn, in words."""
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


def say_ended(context: Context, ended: Subscription) -> None:
    """Say that one was revoked."""
    if context.json:
        context.emit({"mark": ended.mark})
        return
    click.echo(context.say(N_("{mark} ended: nothing more is sent to it."), mark=ended.mark))


def sent_shape(context: Context, sent: Sent) -> dict[str, Any]:
    """Return what came of one turn, as JSON shows it."""
    error = None if sent.error is None else in_words(context.words, sent.error)
    return {"mark": sent.mark, "outcome": sent.outcome, "sent": sent.messages, "error": error}


def _stands(context: Context, made: Subscription) -> Delivery | None:
    """Return where one stands; None where that is damaged."""
    try:
        return deliveries.read(context.workspace.folder, made)
    except SubscriptionsError:
        return None


def _state(context: Context, stands: Delivery | None) -> str:
    if stands is None:
        return context.say(N_("damaged"))
    if stands.paused is not None:
        return context.say(N_("paused since {at}"), at=stands.paused[:10])
    behind = max(0, context.workspace.log.position() - stands.position)
    if stands.failing is not None:
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
    if last.status is not None:
        return shortened(f"{last.status} {last.text}".rstrip(), _ROOM)
    if last.problem is None:
        return context.say(N_("taken"))
    return shortened(f"{context.say(_PROBLEMS[last.problem])} {last.text}".rstrip(), _ROOM)


def shape(context: Context, made: Subscription, address: str) -> dict[str, Any]:
    """Return one as JSON shows it; `address` is without what may be secret in it."""
    stands = _stands(context, made)
    head = context.workspace.log.position()
    last = stands and stands.last
    return {
        "mark": made.mark,
        "address": address,
        "departments": list(made.departments),
        "tags": list(made.tags),
        "withheld": made.withheld,
        "made": made.made,
        "by": made.by,
        "note": made.note,
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
