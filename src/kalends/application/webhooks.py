"""Webhooks: addresses to which each change is sent as soon as it is recorded."""

from collections.abc import Sequence

from kalends.application import deliveries, subscriptions
from kalends.application.deliveries import Delivery
from kalends.application.http_post import is_private, plain_address
from kalends.application.secrets_folder import MARK_LENGTH, hash_of, moment_text
from kalends.application.subscribed import begin, check_reached, codes_of, end, position_after
from kalends.application.subscriptions import Subscription
from kalends.application.webhook_messages import key_from
from kalends.application.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import HookAddressError, HookPausedError, InsecureHookError
from kalends.domain.text import clean_or_none

_LONGEST = 2_000
# Whoever sends meanwhile is done, or has given up, after so many seconds.
_RESUME_SECONDS = 30


def new(  # noqa: PLR0913 - all that is known of a webhook
    workspace: Workspace,
    address: str,
    *,
    departments: Sequence[str] = (),
    tags: Sequence[str] = (),
    withheld: bool = False,
    note: str = "",
    after: str | None = None,
) -> Subscription:
    """Make a webhook that sends what comes after a position or a moment, by default after now.

    Raises `HookAddressError`, `InsecureHookError`, `TextError`, `DiskError`, `SubscriptionsError`,
    an error of reading a filter, or what `position_of` raises.
    """
    plain = plain_address(address)
    if plain is None or len(plain) > _LONGEST:
        raise HookAddressError
    if withheld and not is_private(plain):
        raise InsecureHookError
    key = key_from(workspace.new_seed())
    made = Subscription(
        kind="webhook",
        mark=hash_of(key)[:MARK_LENGTH],
        address=plain,
        key=key,
        made=moment_text(workspace.now()),
        by=workspace.by,
        departments=codes_of(workspace, departments),
        tags=tuple(dict.fromkeys(tags)),
        withheld=withheld,
        note=clean_or_none(note, "note") or "",
    )
    begin(workspace, made, after)
    return made


def revoke(workspace: Workspace, mark: str) -> Subscription:
    """End a webhook; raises what `subscriptions.remove` raises."""
    return end(workspace, "webhook", mark)


def resume(workspace: Workspace, mark: str, after: str | None = None) -> Subscription:
    """Try again at once, also what is paused; go on after a position or a moment if it is given.

    Raises what `subscriptions.find` and `position_of` raise, and `TimeoutError` if somebody sends
    all the while.
    """
    here = workspace.folder
    found = subscriptions.find(here, "webhook", mark)
    with deliveries.sending(here, found, _RESUME_SECONDS):
        if after is None:
            before = deliveries.read(here, found)
            stands = Delivery(before.position, before.tried, sent=before.sent, last=before.last)
        else:
            position = position_after(workspace, after)
            stands = Delivery(position=position, tried=position)
        deliveries.write(here, found, stands, forced=True)
        with subscriptions.access_record(workspace).turn():
            subscriptions.log(workspace, found, "resumed")
    return found


def check_webhooks(here: WorkspaceFolder, last: int) -> None:
    """Raise if a file is damaged or open to others, or if nothing can be sent to a webhook.

    `last` is the newest position of the log.
    """
    subscriptions.check(here)
    found = subscriptions.subscriptions(here, "webhook")
    for each in found:
        check_reached(each, deliveries.read(here, each).position, last)
    paused = [each.mark for each in found if deliveries.read(here, each).paused is not None]
    if paused:
        raise HookPausedError(marks=", ".join(paused))
