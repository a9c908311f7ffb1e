"""What a subscription may read of the record, and where it begins."""

from kalends.application.callers_record import CallersRecord
from kalends.application.filter_text import FilterText
from kalends.application.known_at import position_of
from kalends.application.permissions import Caller
from kalends.application.public_record import PublicRecord
from kalends.application.subscriptions import Subscription
from kalends.application.workspace import Workspace
from kalends.domain.errors import AheadOfLogError


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
