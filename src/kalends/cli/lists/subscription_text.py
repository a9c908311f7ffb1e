"""What the lists of webhooks and digests say: how far each is, and what its receiver answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from kalends.application.subscriptions.sending import Outcome, Sent
from kalends.application.subscriptions.subscription_list import (
    FolderSubscriptions,
    SubscriptionList,
)
from kalends.application.subscriptions.subscriptions import Kind
from kalends.cli.context import Context
from kalends.cli.hints import in_words
from kalends.cli.terminal.printing import shortened
from kalends.domain.errors import N_, DigestsBehindError, HooksBehindError
from kalends.presentation.error_answers import exit_code
from kalends.presentation.json_types import AttemptShape
from kalends.presentation.json_types import SubscriptionShape as Shape

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
    "inside": N_("the address is closed to it"),
}


@dataclass(frozen=True, slots=True)
class _Sending:
    """What differs between webhooks and digests once they were sent."""

    key: str  # of the JSON
    none: str
    waits: str
    behind: frozenset[Outcome]  # the others need nobody
    error: type[HooksBehindError | DigestsBehindError]


_SENDING: dict[Kind, _Sending] = {
    "webhook": _Sending(
        key="webhooks",
        none=N_("There are no webhooks."),
        waits=N_("{mark}: waits before it is tried again"),
        behind=frozenset({"failed", "waiting", "paused"}),
        error=HooksBehindError,
    ),
    "digest": _Sending(
        key="digests",
        none=N_("There are no digests."),
        waits=N_("{mark}: not due yet"),
        behind=frozenset({"failed"}),
        error=DigestsBehindError,
    ),
}


def subscription_list(context: Context) -> SubscriptionList:
    """Return the webhooks and digests of the folder, or of the server."""
    if context.on_server is None:
        return FolderSubscriptions(context.workspace)
    from kalends.application.subscriptions import remote_subscriptions  # noqa: PLC0415 - only for a server

    return remote_subscriptions.of(context.workspace)


def cells(context: Context, shape: Shape) -> list[str]:
    """Return the cells of one below `SHARED_HEADS`."""
    position = shape["position"]
    return [
        "?" if position is None else str(position),
        _state(context, shape),
        _answer(context, shape["last"]),
        shape["note"],
    ]


def tell_sent(context: Context, kind: Kind, found: Sequence[Sent]) -> None:
    """Say what came of sending all, and end with the gravest exit code where some are behind."""
    how = _SENDING[kind]
    behind = [each.mark for each in found if each.outcome in how.behind]
    if context.json:
        shapes = [_sent_shape(context, each) for each in found]
        context.emit({"ok": not behind, how.key: shapes})
        if behind:
            codes = [exit_code(each.error) for each in found if each.error is not None]
            raise click.exceptions.Exit(max([exit_code(how.error(marks="")), *codes]))
        return
    for each in found:
        click.echo(said_of(context, kind, each))
        if each.error is not None:
            context.caution(each.error)
    if not found:
        context.talk(how.none)
    if behind:
        raise how.error(marks=", ".join(behind))


def said_of(context: Context, kind: Kind, sent: Sent) -> str:
    """Return what came of one turn, in words."""
    words: dict[Outcome, str] = {
        "done": N_("{mark}: up to date, {count} sent"),
        "failed": N_("{mark}: failed after {count} sent"),
        "waiting": _SENDING[kind].waits,
        "paused": N_("{mark}: paused"),
        "busy": N_("{mark}: another program is sending"),
        "stopped": N_("{mark}: stopped after {count} sent"),
        "ended": N_("{mark}: revoked"),
    }
    return context.say(words[sent.outcome], mark=sent.mark, count=sent.messages)


def end(context: Context, kind: Kind, mark: str) -> None:
    """End one, and say so."""
    ended = subscription_list(context).revoke(kind, mark)
    if context.json:
        context.emit({"mark": ended})
        return
    click.echo(context.say(N_("{mark} ended: nothing more is sent to it."), mark=ended))


def pause(context: Context, kind: Kind, mark: str) -> None:
    """Pause one, and say so."""
    found = subscription_list(context).pause(kind, mark)
    _say_changed(
        context, kind, found, N_("{mark} is paused: nothing is sent until you resume it.")
    )


def resume(context: Context, kind: Kind, mark: str, after: str | None) -> None:
    """Resume one, and say so."""
    found = subscription_list(context).resume(kind, mark, after)
    _say_changed(context, kind, found, N_("{mark} is tried again."))


def _say_changed(context: Context, kind: Kind, found: Shape, text: str) -> None:
    if context.json:
        context.emit({kind: found})
        return
    click.echo(context.say(text, mark=found["mark"]))


def _sent_shape(context: Context, sent: Sent) -> dict[str, Any]:
    """Return what came of one turn, as JSON shows it."""
    error = None if sent.error is None else in_words(context.words, sent.error)
    return {"mark": sent.mark, "outcome": sent.outcome, "sent": sent.messages, "error": error}


def _state(context: Context, shape: Shape) -> str:
    if shape["position"] is None:
        return context.say(N_("damaged"))
    if shape["paused"] is not None:
        return context.say(N_("paused since {at}"), at=shape["paused"][:10])
    behind = shape["behind"]
    if shape["failing"] is not None:
        return context.say(
            N_("{count} behind, failing since {at}"), count=behind, at=shape["failing"]
        )
    return (
        context.say(N_("{count} behind"), count=behind)
        if behind
        else context.say(N_("up to date"))
    )


def _answer(context: Context, last: AttemptShape | None) -> str:
    if last is None:
        return "-"
    if last["status"] is not None:
        return shortened(f"{last['status']} {last['text']}".rstrip(), _ROOM)
    if last["problem"] is None:
        return context.say(N_("taken"))
    problem = _PROBLEMS[last["problem"]]
    return shortened(f"{context.say(problem)} {last['text']}".rstrip(), _ROOM)
