"""The data beside each page: the JSON shapes of the command line, for what is public."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from kalends.application.readers import change_shapes
from kalends.presentation import json_shapes
from kalends.presentation.json_types import ActivityShape, HappenedShape, HistoryShape
from kalends.views.activities import Revision
from kalends.views.recent import RevisionPair
from kalends.web.pages.page_reader import Reader


def document(fields: Mapping[str, Any]) -> bytes:
    """Return an answer as JSON in UTF-8."""
    return msgspec.json.encode({"ok": True, **fields})


def activities(reader: Reader, revisions: Iterable[Revision]) -> list[ActivityShape]:
    """Return the shapes of activities."""
    return change_shapes.activities(reader.record, revisions)


def histories(reader: Reader, found: Sequence[Sequence[Revision]]) -> list[HistoryShape]:
    """Return the shapes of activities with all that happened to each."""
    refs = reader.record.refs({revisions[-1].id for revisions in found})
    roster = reader.record.roster
    return [
        json_shapes.history(revisions, ref=refs[revisions[-1].id], roster=roster)
        for revisions in found
    ]


def happened(reader: Reader, pairs: Sequence[RevisionPair]) -> list[HappenedShape]:
    """Return the shapes of events, each with the activity as it left it."""
    return change_shapes.happened(reader.record, pairs)
