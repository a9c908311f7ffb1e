"""What a subscription may read of the record, where it begins, and how it ends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kalends.application.access.permissions import Caller
from kalends.application.access.secrets_folder import moment_text
from kalends.application.queries.filter_text import FilterText
from kalends.application.queries.known_at import position_of
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.readers.public_record import PublicRecord
from kalends.application.subscriptions import deliveries, subscriptions
from kalends.application.subscriptions.deliveries import Delivery
from kalends.application.subscriptions.subscriptions import Kind, Subscription
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import AheadOfLogError, HookBusyError
from kalends.intake.vocabulary.naming import department

# Whoever sends meanwhile is done, or has given up, after so many seconds.
_RESUME_SECONDS = 30


def codes_of(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of departments, each once; raises as `department`."""
    roster = workspace.service.roster()
    return tuple(dict.fromkeys(department(roster, name).code for name in names))


def begin(workspace: Workspace, made: Subscription, after: str | None) -> Subscription:
    """Keep a new subscription, to what comes after a moment; raises as `position_after`.

    Returns the one that the same request has made before, if there is one. Raises an error of
    reading a filter, and what `subscriptions.add` raises, too.
    """
    record_of(workspace, made).filtered(words_of(made))  # whether the tags can be read
    begins = position_after(workspace, after)
    deliveries.write(workspace.folder, made, Delivery(position=begins, tried=begins), forced=True)
    kept = subscriptions.add(workspace, made)
    if kept != made:
        deliveries.forget(workspace.folder, made)
    return kept


def end(workspace: Workspace, kind: Kind, mark: str) -> Subscription:
    """End a subscription; raises what `subscriptions.remove` raises."""
    ended = subscriptions.remove(workspace, kind, mark)
    deliveries.forget(workspace.folder, ended)
    return ended


def pause(workspace: Workspace, kind: Kind, mark: str) -> Subscription:
    """Send nothing more until it is resumed; raises as `resume`."""
    here = workspace.folder
    found = subscriptions.find(here, kind, mark)
    with _while_nobody_sends(workspace, found):
        stands = deliveries.read(here, found)
        if stands.paused is None:
            stands.failures, stands.failing, stands.next_try = 0, None, None
            stands.paused = moment_text(workspace.now())
            deliveries.write(here, found, stands, forced=True)
            with subscriptions.access_record(workspace).turn():
                subscriptions.log(workspace, found, "paused")
    return found


def resume(workspace: Workspace, kind: Kind, mark: str, after: str | None = None) -> Subscription:
    """Try again at once, also what is paused; go on after a position or a moment if it is given.

    Raises what `subscriptions.find` and `position_of` raise, and `HookBusyError` if somebody sends
    all the while.
    """
    here = workspace.folder
    found = subscriptions.find(here, kind, mark)
    with _while_nobody_sends(workspace, found):
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


@contextmanager
def _while_nobody_sends(workspace: Workspace, found: Subscription) -> Iterator[None]:
    try:
        with deliveries.sending(workspace.folder, found, _RESUME_SECONDS):
            yield
    except TimeoutError:
        raise HookBusyError(mark=found.mark) from None


def position_after(workspace: Workspace, moment: str | None) -> int:
    """Return the position that a text means, the newest for None; raises as `position_of`."""
    if moment is not None and set(moment) == {"0"}:
        return 0
    return position_of(workspace, moment, may_be_file=False)


def check_reached(made: Subscription, position: int, last: int) -> None:
    """Raise `AheadOfLogError` if more was sent than the log holds."""
    if position > last:
        raise AheadOfLogError(mark=made.mark, position=position, last=last)


def record_of(workspace: Workspace, made: Subscription) -> PublicRecord:
    """Return the record as a subscription may read it now."""
    if made.withheld:
        return CallersRecord(workspace, Caller(made.by, "office"))
    return PublicRecord(workspace)


def words_of(made: Subscription) -> FilterText:
    """Return the filter of a subscription."""
    return FilterText(dept=made.departments, tag=made.tags)
