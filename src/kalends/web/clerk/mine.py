"""A clerk's own activities: recorded last, planned and past, or searched for."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Any

from kalends.application.access.permissions import Caller
from kalends.application.readers.callers_record import CallersRecord
from kalends.domain.value import replace
from kalends.views.activities import Revision
from kalends.web.clerk.visit import Visit
from kalends.web.pages import shown

_LAST, _LOOKED_AT, _PASSED, _FOUND = 10, 100, 20, 20
Rows = list[dict[str, Any]]


def last(visit: Visit, now: CallersRecord, caller: Caller) -> Rows:
    """Return the last activities that they recorded or changed; an auditor's are everybody's."""
    wanted = now.visible
    if caller.role != "auditor":
        wanted = replace(wanted, by=frozenset({caller.actor}))
    seen: dict[str, None] = {}
    for pair in now.recent(_LOOKED_AT, wanted):
        if caller.role == "auditor" or pair.after.by == caller.actor:
            seen.setdefault(pair.after.id)
    return _rows(visit, (now.revisions(each)[-1] for each in islice(seen, _LAST)))


def passed(visit: Visit, now: CallersRecord, caller: Caller) -> Rows:
    """Return what a department of theirs planned, for the office all, and whose day has passed."""
    if caller.role == "auditor":
        return []
    before = now.today - timedelta(days=1)
    planned = replace(now.visible, statuses=frozenset({"planned"}))
    found = (
        each
        for each in now.by_day(None, before, planned)
        if each.details.when.last_day < now.today and may_change(now, caller, each)
    )
    return _rows(visit, islice(found, _PASSED))


def found(visit: Visit, now: CallersRecord, words: str) -> Rows:
    """Return activities that contain every one of these words, of all that they may see."""
    return _rows(visit, islice(now.matching(words, now.visible), _FOUND))


def may_change(now: CallersRecord, caller: Caller, revision: Revision) -> bool:
    """Return whether somebody may change an activity as it stands."""
    if caller.role == "clerk":
        return revision.details.departments[0].code in caller.own(now.roster)
    return caller.role == "office"


def _rows(visit: Visit, revisions: Iterable[Revision]) -> Rows:
    return [
        {
            **shown.activity(visit.reader, each),
            "status": shown.status(visit.reader, each),
            "version": each.version,
            "is_withheld": each.withheld,
            "own_link": visit.reader.page(f"/record/{each.id}"),
        }
        for each in revisions
    ]
