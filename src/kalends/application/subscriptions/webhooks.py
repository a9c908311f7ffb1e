"""Webhooks: addresses to which each change is sent as soon as it is recorded."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from kalends.application.access.secrets_folder import MARK_LENGTH, hash_of, moment_text
from kalends.application.subscriptions import deliveries, subscribed, subscriptions
from kalends.application.subscriptions.http_post import is_private, plain_address
from kalends.application.subscriptions.reach import leads_inside
from kalends.application.subscriptions.subscribed import begin, check_reached, codes_of, end
from kalends.application.subscriptions.subscriptions import Subscription
from kalends.application.subscriptions.webhook_messages import key_from
from kalends.application.workspaces.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    HookAddressError,
    HookPausedError,
    InsecureHookError,
    InsideAddressError,
)
from kalends.domain.text import clean_or_none

_LONGEST = 2_000


def new(  # noqa: PLR0913 - all that is known of a webhook
    workspace: Workspace,
    address: str,
    *,
    departments: Sequence[str] = (),
    tags: Sequence[str] = (),
    withheld: bool = False,
    note: str = "",
    after: str | None = None,
    request: str = "",
) -> Subscription:
    """Make a webhook that sends what comes after a position or a moment, by default after now.

    Raises `HookAddressError`, `InsideAddressError`, `InsecureHookError`, `TextError`, `DiskError`,
    `SubscriptionsError`, an error of reading a filter, or what `position_of` raises.
    """
    plain = plain_address(address)
    if plain is None or len(plain) > _LONGEST:
        raise HookAddressError
    if withheld and not is_private(plain):
        raise InsecureHookError
    distant, networks = workspace.caller is not None, workspace.folder.networks
    if distant and leads_inside(urlsplit(plain).hostname or "", networks):
        raise InsideAddressError
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
        distant=distant,
        request=request,
    )
    return begin(workspace, made, after)


def revoke(workspace: Workspace, mark: str) -> Subscription:
    """End a webhook; raises what `subscriptions.remove` raises."""
    return end(workspace, "webhook", mark)


def resume(workspace: Workspace, mark: str, after: str | None = None) -> Subscription:
    """Try again at once; see `subscribed.resume`."""
    return subscribed.resume(workspace, "webhook", mark, after)


def check_webhooks(here: WorkspaceFolder, last: int) -> None:
    """Raise if a file is damaged or open to others, or if nothing can be sent to a webhook.

    `last` is the newest position of the log.
    """
    subscriptions.check(here)
    found = subscriptions.subscriptions(here, "webhook")
    for each in found:
        check_reached(each, deliveries.read(here, each).position, last)
    standing = [(each.mark, deliveries.read(here, each)) for each in found]
    # What somebody has paused is no trouble.
    paused = [mark for mark, stands in standing if stands.paused and stands.failing]
    if paused:
        raise HookPausedError(marks=", ".join(paused))
