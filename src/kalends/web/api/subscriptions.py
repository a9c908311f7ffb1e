"""Webhooks and digests, for the campaign office: what `kalends webhook` and `digest` do."""

from kalends.application.recording.keyed_request import KeyedRequest
from kalends.application.subscriptions.subscription_list import (
    FolderSubscriptions,
    MadeSubscription,
    NewSubscription,
)
from kalends.application.subscriptions.subscriptions import Kind
from kalends.domain.errors import OfficeAloneError
from kalends.presentation.json_types import SubscriptionShape
from kalends.web.api.call import ApiCall, Created, Document, Handler
from kalends.web.api.inputs import NewDigest, NewWebhook, Nothing, ResumeFrom
from kalends.web.api.outcomes import Digest, Digests, Revoked, Webhook, Webhooks


def _subscriptions(call: ApiCall, keyed: KeyedRequest | None = None) -> FolderSubscriptions:
    """Return them, for the office; raises `OfficeAloneError`."""
    if call.caller.role != "office":
        raise OfficeAloneError(actor=call.caller.actor)
    return FolderSubscriptions(call.workspace, "" if keyed is None else keyed.act)


def webhooks(call: ApiCall) -> Document[Webhooks]:
    """Return all webhooks."""
    return Document({"webhooks": _subscriptions(call).all("webhook")})


def digests(call: ApiCall) -> Document[Digests]:
    """Return all digests."""
    return Document({"digests": _subscriptions(call).all("digest")})


def webhook(call: ApiCall, mark: str) -> Document[Webhook]:
    """Return a webhook."""
    return Document({"webhook": _subscriptions(call).find("webhook", mark)})


def digest(call: ApiCall, mark: str) -> Document[Digest]:
    """Return a digest."""
    return Document({"digest": _subscriptions(call).find("digest", mark)})


def new_webhook(call: ApiCall) -> Created[Webhook]:
    """Make a webhook; its key is in the answer, this once."""
    given = call.request.decoded(NewWebhook)
    made = _made(
        call,
        "webhook",
        NewSubscription(
            given.url, given.departments, given.tags, given.after, given.note, given.withheld
        ),
    )
    fields: Webhook = {"webhook": made.shape, "key": made.key}
    return Created(fields, place=_place("webhook", made), is_repeated=made.is_repeated)


def new_digest(call: ApiCall) -> Created[Digest]:
    """Make a digest."""
    given = call.request.decoded(NewDigest)
    made = _made(
        call,
        "digest",
        NewSubscription(
            given.url, given.departments, given.tags, given.after, given.note, every=given.every
        ),
    )
    fields: Digest = {"digest": made.shape}
    return Created(fields, place=_place("digest", made), is_repeated=made.is_repeated)


def _made(call: ApiCall, kind: Kind, wanted: NewSubscription) -> MadeSubscription:
    return _subscriptions(call, call.request.keyed(call.caller)).new(kind, wanted)


def _place(kind: Kind, made: MadeSubscription) -> str:
    return f"/{kind}s/{made.shape['mark']}"


def pause_webhook(call: ApiCall, mark: str) -> Document[Webhook]:
    """Pause a webhook."""
    return Document({"webhook": _paused(call, "webhook", mark)})


def pause_digest(call: ApiCall, mark: str) -> Document[Digest]:
    """Pause a digest."""
    return Document({"digest": _paused(call, "digest", mark)})


def _paused(call: ApiCall, kind: Kind, mark: str) -> SubscriptionShape:
    call.request.decoded(Nothing)
    return _subscriptions(call).pause(kind, mark)


def resume_webhook(call: ApiCall, mark: str) -> Document[Webhook]:
    """Resume a webhook."""
    return Document({"webhook": _resumed(call, "webhook", mark)})


def resume_digest(call: ApiCall, mark: str) -> Document[Digest]:
    """Resume a digest."""
    return Document({"digest": _resumed(call, "digest", mark)})


def _resumed(call: ApiCall, kind: Kind, mark: str) -> SubscriptionShape:
    after = call.request.decoded(ResumeFrom).after
    return _subscriptions(call).resume(kind, mark, after)


def revoke(kind: Kind) -> Handler:
    """Return what ends one."""

    def handler(call: ApiCall, mark: str) -> Document[Revoked]:
        call.request.decoded(Nothing)
        return Document({"mark": _subscriptions(call).revoke(kind, mark)})

    return handler
