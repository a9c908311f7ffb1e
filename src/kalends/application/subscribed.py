"""What a subscription may read of the record, where it begins, and how it ends."""

from collections.abc import Sequence

from kalends.application import deliveries, subscriptions
from kalends.application.callers_record import CallersRecord
from kalends.application.deliveries import Delivery
from kalends.application.filter_text import FilterText
from kalends.application.known_at import position_of
from kalends.application.permissions import Caller
from kalends.application.public_record import PublicRecord
from kalends.application.subscriptions import Kind, Subscription
from kalends.application.workspace import Workspace
from kalends.domain.errors import AheadOfLogError
from kalends.intake.naming import department


def codes_of(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of departments, each once; raises as `department`."""
    roster = workspace.service.roster()
    return tuple(dict.fromkeys(department(roster, name).code for name in names))


def begin(workspace: Workspace, made: Subscription, after: str | None) -> None:
    """Keep a new subscription, to what comes after a moment; raises as `position_after`.

    Raises an error of reading a filter, `DiskError` or `SubscriptionsError` too.
    """
    record_of(workspace, made).filtered(words_of(made))  # whether the tags can be read
    begins = position_after(workspace, after)
    deliveries.write(workspace.folder, made, Delivery(position=begins, tried=begins), forced=True)
    subscriptions.add(workspace, made)


def end(workspace: Workspace, kind: Kind, mark: str) -> Subscription:
    """End a subscription; raises what `subscriptions.remove` raises."""
    ended = subscriptions.remove(workspace, kind, mark)
    deliveries.forget(workspace.folder, ended)
    return ended


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
