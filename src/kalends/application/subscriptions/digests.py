"""Digests: what changed since the last one, by mail or to a chat, once in a period at most."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, tzinfo

from kalends.application.access.secrets_folder import (
    MARK_LENGTH,
    hash_of,
    moment_text,
    secret_from,
)
from kalends.application.subscriptions import deliveries, subscriptions
from kalends.application.subscriptions.deliveries import Attempt, Delivery
from kalends.application.subscriptions.notifying import (
    is_for_people,
    is_service,
    mail_host,
    notify,
)
from kalends.application.subscriptions.reach import leads_inside
from kalends.application.subscriptions.sending import Outcome, Sent
from kalends.application.subscriptions.subscribed import (
    begin,
    check_reached,
    codes_of,
    end,
    record_of,
    words_of,
)
from kalends.application.subscriptions.subscriptions import Every, Subscription
from kalends.application.workspaces.workspace import Workspace
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    DigestAddressError,
    DigestNotFoundError,
    DigestsBehindError,
    DigestServiceError,
    InsideAddressError,
    KalendsError,
)
from kalends.domain.text import clean_or_none
from kalends.presentation.digest_text import DigestWriter
from kalends.words import words

_LONGEST = 2_000
_THREADS = 8
# More events than a campaign has in a week.
_MOST = 100_000


def new(  # noqa: PLR0913 - all that is known of a digest
    workspace: Workspace,
    address: str,
    every: Every,
    *,
    departments: Sequence[str] = (),
    tags: Sequence[str] = (),
    note: str = "",
    after: str | None = None,
    request: str = "",
) -> Subscription:
    """Make a digest of what comes after a position or a moment, by default after now.

    Raises `DigestAddressError`, `DigestServiceError`, `InsideAddressError`, `NoNotifyError`,
    `TextError`, `DiskError`, `SubscriptionsError`, an error of reading a filter, or what
    `position_of` raises.
    """
    if len(address) > _LONGEST or not is_service(address):
        raise DigestAddressError
    distant = workspace.caller is not None
    if distant and not is_for_people(address):
        raise DigestServiceError
    if distant and _leads_inside(workspace, address):
        raise InsideAddressError
    made = Subscription(
        kind="digest",
        mark=hash_of(secret_from(workspace.new_seed()))[:MARK_LENGTH],
        address=address,
        made=moment_text(workspace.now()),
        by=workspace.by,
        departments=codes_of(workspace, departments),
        tags=tuple(dict.fromkeys(tags)),
        every=every,
        note=clean_or_none(note, "note") or "",
        distant=distant,
        request=request,
    )
    return begin(workspace, made, after)


def _leads_inside(workspace: Workspace, address: str) -> bool:
    """Return whether mail would go to a server of a network that is closed to it."""
    host = mail_host(address)
    return host is not None and leads_inside(host, workspace.folder.networks)


def revoke(workspace: Workspace, mark: str) -> Subscription:
    """End a digest; raises what `subscriptions.remove` raises."""
    return end(workspace, "digest", mark)


def check_digests(here: WorkspaceFolder) -> None:
    """Raise `DigestsBehindError` if the last try to send a digest failed."""
    found = subscriptions.subscriptions(here, "digest")
    failing = [each.mark for each in found if deliveries.read(here, each).failing is not None]
    if failing:
        raise DigestsBehindError(marks=", ".join(failing))


def send_all(workspace: Workspace) -> list[Sent]:
    """Send the digests that are due, and return what came of each.

    Raises `NoNotifyError`, `DiskError`, `SubscriptionsError`.
    """
    found = subscriptions.subscriptions(workspace.folder, "digest")
    workspace.log.position()  # opened once, before several threads use it
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(lambda made: send(workspace, made), found))


def send(workspace: Workspace, made: Subscription) -> Sent:
    """Send a digest if it is due and something has changed."""
    try:
        with deliveries.sending(workspace.folder, made):
            subscriptions.find(workspace.folder, "digest", made.mark)
            return Sent(made.mark, *_sent(workspace, made))
    except TimeoutError:
        return Sent(made.mark, "busy")
    except DigestNotFoundError:
        return Sent(made.mark, "ended")
    except KalendsError as error:
        return Sent(made.mark, "failed", error=error)


def _sent(workspace: Workspace, made: Subscription) -> tuple[Outcome, int]:
    """Send while nobody else does; return what came of it, and how many events were in it."""
    record, stands, now = record_of(workspace, made), *_now(workspace, made)
    if stands.paused is not None:
        return "paused", 0
    if stands.sent is not None and not _is_due(made, stands.sent, now, record.zone):
        return "waiting", 0
    known, wanted = record.known_at, record.filtered(words_of(made))
    check_reached(made, stands.position, known)
    seen = max(stands.position, stands.tried)
    found = record.following(stands.position, _MOST, wanted, seen=seen)
    if not found:
        _move(workspace, made, stands, known)
        return "done", 0
    stands.tried = found[-1].after.position
    deliveries.write(workspace.folder, made, stands, forced=True)
    settings = record.campaign.settings
    writer = DigestWriter(
        words(settings.language),
        record.roster,
        this_year=record.today.year,
        site=None if settings.site is None else settings.site.rstrip("/"),
    )
    is_inside = made.distant and _leads_inside(workspace, made.address)
    text = writer.write(settings.title, found, stands.position)
    failure = "" if is_inside else notify(made.address, *text)
    at = moment_text(now)
    if failure is not None:
        stands.last = Attempt(at, problem="inside" if is_inside else "refused", text=failure)
        stands.failures += 1
        stands.failing = stands.failing or at
        deliveries.write(workspace.folder, made, stands)
        return "failed", 0
    stands.last, stands.sent = Attempt(at), at
    stands.failures, stands.failing = 0, None
    _move(workspace, made, stands, known)
    return "done", len(found)


def _now(workspace: Workspace, made: Subscription) -> tuple[Delivery, datetime]:
    return deliveries.read(workspace.folder, made), workspace.now()


def _move(workspace: Workspace, made: Subscription, stands: Delivery, position: int) -> None:
    stands.position = position
    deliveries.write(workspace.folder, made, stands)


def _is_due(made: Subscription, sent: str, now: datetime, zone: tzinfo) -> bool:
    """Return whether another hour, day or week has begun, as the campaign's clocks go."""
    return _period(made, datetime.fromisoformat(sent), zone) != _period(made, now, zone)


def _period(made: Subscription, at: datetime, zone: tzinfo) -> object:
    if made.every == "hour":
        return at.timestamp() // 3_600
    day = at.astimezone(zone).date()
    return day if made.every == "day" else day.isocalendar()[:2]
