"""The webhooks and digests of a campaign, as the campaign office sees and changes them."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from kalends.application.subscriptions import (
    deliveries,
    digests,
    subscribed,
    subscriptions,
    webhooks,
)
from kalends.application.subscriptions.deliveries import Attempt, Delivery
from kalends.application.subscriptions.http_post import shortened as shortened_address
from kalends.application.subscriptions.notifying import shortened as service_of
from kalends.application.subscriptions.subscriptions import Every, Kind, Subscription
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import SubscriptionsError
from kalends.presentation.json_types import AttemptShape
from kalends.presentation.json_types import SubscriptionShape as Shape


class NewSubscription(NamedTuple):
    """What somebody wants to be sent, and where; see `webhooks.new` and `digests.new`."""

    address: str
    departments: Sequence[str] = ()
    tags: Sequence[str] = ()
    after: str | None = None
    note: str = ""
    withheld: bool = False
    every: Every = "day"


class MadeSubscription(NamedTuple):
    """One that was made: how it is shown, and the key that its receiver needs, "" for a digest.

    `is_repeated` says that the same request had made it before.
    """

    shape: Shape
    key: str
    is_repeated: bool = False


class SubscriptionList(Protocol):
    """The webhooks and digests; all of it raises what `subscriptions.find` raises."""

    def all(self, kind: Kind) -> list[Shape]:
        """Return those of a kind, the oldest first."""

    def new(self, kind: Kind, given: NewSubscription) -> MadeSubscription:
        """Make one; raises what `webhooks.new` and `digests.new` raise."""

    def pause(self, kind: Kind, mark: str) -> Shape:
        """Send nothing more until it is resumed; raises `HookBusyError`."""

    def resume(self, kind: Kind, mark: str, after: str | None) -> Shape:
        """Try again at once; raises what `subscribed.resume` raises."""

    def revoke(self, kind: Kind, mark: str) -> str:
        """End one at once; return its mark."""


class FolderSubscriptions:
    """Those of a workspace that is here. `request` marks the request in whose name it is used."""

    def __init__(self, workspace: Workspace, request: str = "") -> None:
        """Take the workspace, in whose user's name everything is done."""
        self._workspace, self._request = workspace, request

    def all(self, kind: Kind) -> list[Shape]:
        """Return those of a kind, the oldest first."""
        return [
            self._shape(each) for each in subscriptions.subscriptions(self._workspace.folder, kind)
        ]

    def find(self, kind: Kind, mark: str) -> Shape:
        """Return one."""
        return self._shape(subscriptions.find(self._workspace.folder, kind, mark))

    def new(self, kind: Kind, given: NewSubscription) -> MadeSubscription:
        """Make one, or return what the same request has made before."""
        before = subscriptions.before(self._workspace.folder, self._request)
        made = before or self._made(kind, given)
        return MadeSubscription(self._shape(made), made.key, is_repeated=before is not None)

    def _made(self, kind: Kind, given: NewSubscription) -> Subscription:
        workspace, request = self._workspace, self._request
        if kind == "webhook":
            return webhooks.new(
                workspace, given.address, departments=given.departments, tags=given.tags,
                withheld=given.withheld, note=given.note, after=given.after, request=request,
            )  # fmt: skip
        return digests.new(
            workspace, given.address, given.every, departments=given.departments, tags=given.tags,
            note=given.note, after=given.after, request=request,
        )  # fmt: skip

    def pause(self, kind: Kind, mark: str) -> Shape:
        """Send nothing more until it is resumed."""
        return self._shape(subscribed.pause(self._workspace, kind, mark))

    def resume(self, kind: Kind, mark: str, after: str | None) -> Shape:
        """Try again at once."""
        return self._shape(subscribed.resume(self._workspace, kind, mark, after))

    def revoke(self, kind: Kind, mark: str) -> str:
        """End one at once."""
        return subscribed.end(self._workspace, kind, mark).mark

    def _shape(self, made: Subscription) -> Shape:
        """Return one as JSON shows it; nothing secret is in it."""
        stands = self._stands(made)
        head = self._workspace.log.position()
        is_digest = made.kind == "digest"
        address = service_of(made.address) if is_digest else shortened_address(made.address)
        last = None if stands is None else stands.last
        shape: Shape = {
            "mark": made.mark,
            "address": address,
            "departments": list(made.departments),
            "tags": list(made.tags),
            "withheld": made.withheld,
            "made": made.made,
            "by": made.by,
            "note": made.note,
            "position": None if stands is None else stands.position,
            "behind": None if stands is None else max(0, head - stands.position),
            "sent": None if stands is None else stands.sent,
            "failing": None if stands is None else stands.failing,
            "next_try": None if stands is None else stands.next_try,
            "paused": None if stands is None else stands.paused,
            "last": None if last is None else _attempt(last),
        }
        if made.every is not None:
            shape["every"] = made.every
        return shape

    def _stands(self, made: Subscription) -> Delivery | None:
        """Return where one stands; None where that is damaged."""
        try:
            return deliveries.read(self._workspace.folder, made)
        except SubscriptionsError:
            return None


def _attempt(last: Attempt) -> AttemptShape:
    return {"at": last.at, "status": last.status, "problem": last.problem, "text": last.text}
