"""Webhooks and digests, for the campaign office: what `kalends webhook` and `digest` do."""

from kalends.application.keyed_request import KeyedRequest
from kalends.application.subscription_list import FolderSubscriptions, NewSubscription
from kalends.application.subscriptions import Kind
from kalends.domain.errors import OfficeAloneError
from kalends.web.api.call import ApiCall, Document, Handler
from kalends.web.api.inputs import NewDigest, NewWebhook, Nothing, ResumeFrom


def _subscriptions(call: ApiCall, keyed: KeyedRequest | None = None) -> FolderSubscriptions:
    """Return them, for the office; raises `OfficeAloneError`."""
    if call.caller.role != "office":
        raise OfficeAloneError(actor=call.caller.actor)
    return FolderSubscriptions(call.workspace, "" if keyed is None else keyed.act)


def listed(kind: Kind) -> Handler:
    """Return what lists those of a kind."""

    def handler(call: ApiCall) -> Document:
        return Document({f"{kind}s": _subscriptions(call).all(kind)})

    return handler


def single(kind: Kind) -> Handler:
    """Return what shows one of them."""

    def handler(call: ApiCall, mark: str) -> Document:
        return Document({kind: _subscriptions(call).find(kind, mark)})

    return handler


def new_webhook(call: ApiCall) -> Document:
    """Make a webhook; its key is in the answer, this once."""
    given = call.request.decoded(NewWebhook)
    wanted = NewSubscription(
        given.url, given.departments, given.tags, given.after, given.note, given.withheld
    )
    return _made(call, "webhook", wanted)


def new_digest(call: ApiCall) -> Document:
    """Make a digest."""
    given = call.request.decoded(NewDigest)
    wanted = NewSubscription(
        given.url, given.departments, given.tags, given.after, given.note, every=given.every
    )
    return _made(call, "digest", wanted)


def _made(call: ApiCall, kind: Kind, wanted: NewSubscription) -> Document:
    made = _subscriptions(call, call.request.keyed(call.caller)).new(kind, wanted)
    fields = {kind: made.shape, **({"key": made.key} if made.key else {})}
    place = f"/{kind}s/{made.shape['mark']}"
    return Document(fields, created=place, is_repeated=made.is_repeated)


def pause(kind: Kind) -> Handler:
    """Return what pauses one."""

    def handler(call: ApiCall, mark: str) -> Document:
        call.request.decoded(Nothing)
        return Document({kind: _subscriptions(call).pause(kind, mark)})

    return handler


def resume(kind: Kind) -> Handler:
    """Return what resumes one."""

    def handler(call: ApiCall, mark: str) -> Document:
        after = call.request.decoded(ResumeFrom).after
        return Document({kind: _subscriptions(call).resume(kind, mark, after)})

    return handler


def revoke(kind: Kind) -> Handler:
    """Return what ends one."""

    def handler(call: ApiCall, mark: str) -> Document:
        call.request.decoded(Nothing)
        return Document({"mark": _subscriptions(call).revoke(kind, mark)})

    return handler
