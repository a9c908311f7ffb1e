"""Changes of activities as JSON: for pages and for webhooks."""

from collections.abc import Iterable, Sequence

from kalends.application.readers.public_record import PublicRecord
from kalends.presentation import json_shapes
from kalends.presentation.json_types import ActivityShape, HappenedShape
from kalends.views.activities import Revision, changes
from kalends.views.recent import RevisionPair


def activities(record: PublicRecord, revisions: Iterable[Revision]) -> list[ActivityShape]:
    """Return the shapes of activities."""
    found = list(revisions)
    refs = record.refs({revision.id for revision in found})
    roster = record.roster
    return [json_shapes.activity(each, ref=refs[each.id], roster=roster) for each in found]


def happened(record: PublicRecord, pairs: Sequence[RevisionPair]) -> list[HappenedShape]:
    """Return the shapes of events, each with the activity as it left it."""
    shapes = activities(record, (pair.after for pair in pairs))
    roster = record.roster
    return [
        {
            **json_shapes.revision(after, changes(before, after), roster),
            "activity": shape,
        }
        for (before, after), shape in zip(pairs, shapes, strict=True)
    ]
