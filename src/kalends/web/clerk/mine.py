"""What somebody recorded last, and what of theirs was planned and has passed."""

from datetime import timedelta
from itertools import islice
from typing import Any

from kalends.application.callers_record import CallersRecord
from kalends.application.permissions import Caller
from kalends.domain.value import replace
from kalends.views.activities import Revision
from kalends.web import shown
from kalends.web.page_reader import Reader

_LAST, _LOOKED_AT, _PASSED = 10, 100, 20
_OPEN = {"planned", "held", "recorded"}


def lists(reader: Reader, now: CallersRecord, caller: Caller) -> dict[str, Any]:
    """Return the last activities that they recorded or changed, and those that have passed."""
    by_them = replace(now.visible, by=frozenset({caller.actor}))
    seen: dict[str, None] = {}
    for pair in now.recent(_LOOKED_AT, by_them):
        if pair.after.by == caller.actor:
            seen.setdefault(pair.after.id)
    last = [now.revisions(each)[-1] for each in islice(seen, _LAST)]
    before = now.today - timedelta(days=1)
    planned = replace(now.visible, statuses=frozenset({"planned"}))
    own = caller.own(now.roster)
    passed = (
        each
        for each in now.by_day(None, before, planned)
        if each.details.when.last_day < now.today
        and (caller.role == "office" or each.details.departments[0].code in own)
    )
    return {
        "last": [_row(reader, each) for each in last],
        "passed": [_row(reader, each) for each in islice(passed, _PASSED)],
    }


def _row(reader: Reader, revision: Revision) -> dict[str, Any]:
    return {
        **shown.activity(reader, revision),
        "version": revision.version,
        "status": revision.status,
        "is_withheld": revision.withheld,
        "can_change": revision.status in _OPEN,
    }
