"""Answers the questions that reading commands answer: searches, histories, figures, feeds."""

from itertools import islice

from kalends.application.queries import departments
from kalends.application.readers.callers_views import CallersViews, Change, Late, ListedFeed
from kalends.application.recording import warnings
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.settings import as_on
from kalends.dates.reader import read
from kalends.domain.errors import BadAddressError
from kalends.presentation import json_shapes, report_shapes
from kalends.presentation.json_types import (
    ActivityShape,
    DifferenceShape,
    LateShape,
)
from kalends.presentation.report_shapes import ReportShape
from kalends.web.api import outputs
from kalends.web.api.call import ApiCall, Document
from kalends.web.api.inputs import Phrase
from kalends.web.api.reads import shapes, wanted

# So many of a list are in a document; the next ones are asked for.
_MOST = 500
_DAYS = 3


def _views(call: ApiCall) -> CallersViews:
    return CallersViews(call.workspace, call.record)


def search(call: ApiCall) -> Document[outputs.Activities]:
    """Return the activities that contain every word."""
    record, query = call.record, call.request.query
    found = record.matching(query.search, wanted(call), skip=query.skip)
    some = list(islice(found, _MOST + 1))
    more = len(some) > _MOST
    return Document(
        {"known_at": record.known_at, "activities": shapes(call, some[:_MOST]), "more": more}
    )


def department(call: ApiCall, name: str) -> Document[outputs.DepartmentRecord]:
    """Return a department, and the events that changed it."""
    record = call.record
    found = departments.department_record(call.workspace, name, known_at=record.known_at)
    return Document(
        {
            "known_at": record.known_at,
            "department": json_shapes.department(found.department, record.today),
            "events": [json_shapes.event(entry) for entry in found.events],
        }
    )


def history(call: ApiCall, name: str) -> Document[outputs.History]:
    """Return the history of a department and its children."""
    record, skip = call.record, call.request.query.skip
    found = record.department(name)
    some = _views(call).history(found.code, wanted(call), skip=skip, most=_MOST + 1)
    refs = record.refs({last.id for last, _ in some})
    return Document(
        {
            "department": json_shapes.department(found, record.today),
            "known_at": record.known_at,
            "activities": [
                json_shapes.history(made, ref=refs[last.id], roster=record.roster)
                for last, made in some[:_MOST]
            ],
            "more": len(some) > _MOST,
        }
    )


def events(call: ApiCall) -> Document[outputs.Events]:
    """Return the events of the log that may be read, oldest first."""
    record, after = call.record, call.request.query.after
    found = _views(call).events(call.request.words, after=after)
    some = list(islice(found, _MOST + 1))
    more = len(some) > _MOST
    reached = some[_MOST - 1].position if more else max(after, record.known_at)
    return Document(
        {
            "known_at": record.known_at,
            "after": after,
            "next": reached,
            "more": more,
            "events": [json_shapes.event(entry) for entry in some[:_MOST]],
        }
    )


def late(call: ApiCall) -> Document[outputs.Late]:
    """Return what was recorded long after it happened, the latest first."""
    record, skip, days = call.record, call.request.query.skip, call.request.number("days", _DAYS)
    found = islice(_views(call).late(days, wanted(call)), skip, skip + _MOST + 1)
    some = list(found)
    listed = zip(some[:_MOST], shapes(call, [each.revision for each in some[:_MOST]]), strict=True)
    return Document(
        {
            "known_at": record.known_at,
            "days": days,
            "activities": [_late(each, shape) for each, shape in listed],
            "more": len(some) > _MOST,
        }
    )


def _late(found: Late, shape: ActivityShape) -> LateShape:
    return {**shape, "told_on": found.recorded_on.isoformat(), "days_late": found.days}


def report(call: ApiCall) -> Document[ReportShape]:
    """Return the figures of a period."""
    days = call.request.number("days", _DAYS)
    return Document(report_shapes.report_shape(_views(call).report(days, wanted(call))))


def diff(call: ApiCall) -> Document[outputs.Differences]:
    """Return what changed between two moments, `since` and `until`."""
    since, until = call.request.last("since"), call.request.last("until")
    if since is None:
        raise BadAddressError(detail="since=")
    record, skip = call.record, call.request.query.skip
    found = _views(call).between(since, until, call.request.words)
    some = list(islice(found.changes, skip, skip + _MOST + 1))
    refs = record.refs({after.id for _, after, _ in some})
    shaped = [_changed(call, change, refs[change[1].id]) for change in some[:_MOST]]
    return Document(
        {
            "known_at": found.end,
            "from": found.start,
            "to": found.end,
            "activities": shaped,
            "more": len(some) > _MOST,
        }
    )


def _changed(call: ApiCall, change: Change, ref: str) -> DifferenceShape:
    before, _, made = change
    roster = call.record.roster
    shape = json_shapes.history(made, ref=ref, roster=roster, before=before)
    return {**shape, "added": before is None}


def campaign(call: ApiCall) -> Document[outputs.CampaignSettings]:
    """Return the campaign's settings."""
    record = call.record
    return Document(
        {"known_at": record.known_at, "campaign": json_shapes.campaign(record.campaign)}
    )


def feeds(call: ApiCall) -> Document[outputs.Feeds]:
    """Return the feeds, with how many activities each holds."""
    found = _views(call).feeds()
    return Document({"known_at": call.record.known_at, "feeds": [_feed(each) for each in found]})


def _feed(found: ListedFeed) -> outputs.FeedShape:
    return {
        "name": found.name,
        "title": found.title,
        "activities": found.activities,
        "url": found.url,
    }


def feed(call: ApiCall, name: str) -> Document[outputs.Feed]:
    """Return the bytes of a feed, as they are or were."""
    name = name.removesuffix(".ics")
    found = _views(call).feed(name).decode("utf-8")
    return Document({"known_at": call.record.known_at, "feed": name, "id": None, "ics": found})


def explanation(call: ApiCall, prefix: str) -> Document[outputs.Explanation]:
    """Return what calendars show of an activity, and why."""
    record = call.record
    target = record.activity_id(prefix)
    said = [call.words.say(each.message, **each.fields) for each in record.explained(target)]
    return Document({"known_at": record.known_at, "id": target, "explanation": said})


def date(call: ApiCall) -> Document[outputs.ReadDate]:
    """Return what a date phrase is read as."""
    given = call.request.decoded(Phrase)
    here = date_context(call.workspace)
    here = here if given.today is None else as_on(here, given.today)
    found = read(given.phrase, here)
    twice = warnings.twice(found.when, here)
    beside = warnings.of_phrase(found.when, here) + ([] if twice is None else [twice])
    return Document(
        {
            "phrase": given.phrase,
            "when": json_shapes.when(found.when),
            "rule": found.rule,
            "notes": call.notes(beside),
        }
    )
