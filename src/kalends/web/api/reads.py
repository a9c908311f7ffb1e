"""Answers what somebody may read: activities, departments, changes, and what a sentence says."""

from itertools import islice

from kalends.application.readers.callers_record import CallersRecord
from kalends.application.recording.reading import NotUnderstood, read_as
from kalends.presentation import json_shapes
from kalends.presentation.error_answers import in_words
from kalends.presentation.json_types import ActivityShape, HappenedShape
from kalends.views.activities import Revision, changes
from kalends.views.activity_filter import ActivityFilter
from kalends.web.api import outputs
from kalends.web.api.call import ApiCall, Document
from kalends.web.api.inputs import Sentence

# So many activities or changes are in a document; the next ones are asked for.
_MOST = 500


def activities(call: ApiCall) -> Document[outputs.Activities]:
    """Return the activities that match the filters of the address, by day."""
    record, query = call.record, call.request.query
    asked = wanted(call)
    found = list(islice(record.by_day(asked.first, asked.last, asked, skip=query.skip), _MOST + 1))
    some = found[:_MOST]
    listed = shapes(call, some)
    return Document(
        {"known_at": record.known_at, "activities": listed, "more": len(found) > _MOST}
    )


def activity(call: ApiCall, prefix: str) -> Document[outputs.Activity]:
    """Return an activity with its revisions."""
    record = call.record
    revisions = record.revisions(prefix)
    last = revisions[-1]
    shape = json_shapes.history(
        revisions, ref=record.refs([last.id])[last.id], roster=record.roster
    )
    return Document({"known_at": record.known_at, "activity": shape}, version=last.version)


def standing(call: ApiCall, prefix: str) -> ActivityShape:
    """Return the shape of an activity as it stands now; raises `ActivityNotFoundError`."""
    record = CallersRecord(call.workspace, call.caller)
    last = record.revisions(prefix)[-1]
    return json_shapes.activity(last, ref=record.refs([last.id])[last.id], roster=record.roster)


def departments(call: ApiCall) -> Document[outputs.Departments]:
    """Return all departments."""
    record = call.record
    shapes = [json_shapes.department(each, record.today) for each in record.roster.listed]
    return Document({"known_at": record.known_at, "departments": shapes})


def changed(call: ApiCall) -> Document[outputs.Changes]:
    """Return what changed after a position, oldest first."""
    record, after = call.record, call.request.query.after
    found = record.following(after, _MOST + 1, wanted(call))
    some, more = found[:_MOST], len(found) > _MOST
    listed = shapes(call, [pair.after for pair in some])
    happened: list[HappenedShape] = [
        {
            **json_shapes.revision(new, changes(old, new), record.roster),
            "activity": shape,
        }
        for (old, new), shape in zip(some, listed, strict=True)
    ]
    reached = some[-1].after.position if more else max(after, record.known_at)
    return Document(
        {
            "known_at": record.known_at,
            "after": after,
            "next": reached,
            "more": more,
            "changes": happened,
        }
    )


def read(call: ApiCall) -> Document[outputs.Read]:
    """Return what a sentence is read as; nothing is recorded."""
    found = read_as(call.workspace, call.request.decoded(Sentence).sentence)
    when, roster = found.when, found.roster
    day = call.record_now.today if when is None else when.first_day
    shape: outputs.ReadShape = {
        "title": found.title,
        "when": None if when is None else json_shapes.when(when),
        "weekday": None if when is None else when.first_day.isoweekday(),
        "departments": json_shapes.participations(tuple(found.departments), day, roster),
        "place": found.place,
        "tags": list(found.tags),
        "description": found.description,
        "headcount": found.headcount,
        "planned": found.planned,
    }
    unread = [_unread(call, each) for each in found.unread]
    return Document({"read": shape, "unread": unread, "notes": call.notes(found.warnings)})


def _unread(call: ApiCall, found: NotUnderstood) -> outputs.Unread:
    return {**in_words(call.words, found.error), "span": found.span}


def wanted(call: ApiCall) -> ActivityFilter:
    """Return the filter of the address, within what the caller may read."""
    return call.record.filtered(call.request.words)


def shapes(call: ApiCall, revisions: list[Revision]) -> list[ActivityShape]:
    """Return the shapes of activities."""
    refs = call.record.refs({revision.id for revision in revisions})
    roster = call.record.roster
    return [json_shapes.activity(each, ref=refs[each.id], roster=roster) for each in revisions]
