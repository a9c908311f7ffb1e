"""The JSON documents that answer a change: for `--json`, and for the API."""

from collections.abc import Iterable, Sequence

from kalends.application.queries import activity_history, departments
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.events import Entry, activity_id
from kalends.presentation import json_shapes
from kalends.presentation.json_types import ChangedShape, TriedShape, UndoneShape


def changed(
    workspace: Workspace,
    activity: str,
    entries: Sequence[Entry],
    notes: Sequence[str],
    *,
    known_at: int | None = None,
) -> ChangedShape | TriedShape:
    """Return the answer of a change: the activity as it stands, or what would be recorded.

    `notes` are warnings in words; `known_at` is the position as of which it stands, None for now.
    """
    if workspace.dry_run:
        events = [json_shapes.event(entry) for entry in entries]
        return {"dry_run": True, "events": events, "notes": list(notes)}
    return stood(workspace, activity, entries, notes, known_at=known_at)


def stood(
    workspace: Workspace,
    activity: str,
    entries: Sequence[Entry],
    notes: Sequence[str],
    *,
    known_at: int | None = None,
) -> ChangedShape:
    """Return the answer of a change that was recorded, with the activity as it then stood."""
    position = workspace.log.position() if known_at is None else known_at
    revision = activity_history.current(workspace, activity, known_at=position)
    roster = departments.roster(workspace, known_at=position)
    ref = workspace.service.ref(activity)
    return {
        "activity": json_shapes.activity(revision, ref=ref, roster=roster),
        "position": revision.position,
        "changed": bool(entries),
        "notes": list(notes),
    }


def undone(
    workspace: Workspace,
    undone: Sequence[Entry],
    made: Sequence[Entry],
    *,
    known_at: int | None = None,
) -> UndoneShape:
    """Return the answer of an undo: the events that were undone, and what stands now."""
    document: UndoneShape = {
        "undone": [json_shapes.event(entry) for entry in undone],
        "events": [json_shapes.event(entry) for entry in made],
        "dry_run": workspace.dry_run,
    }
    if workspace.dry_run:
        return document
    position = workspace.log.position() if known_at is None else known_at
    roster, today = departments.roster(workspace, known_at=position), date_context(workspace).today
    ref = workspace.service.ref
    document["activities"] = [
        json_shapes.activity(
            activity_history.current(workspace, found, known_at=position),
            ref=ref(found),
            roster=roster,
        )
        for found in _activities(undone)
    ]
    codes = {getattr(entry.event, "code", None) for entry in undone}
    document["departments"] = [
        json_shapes.department(department, today)
        for department in roster.listed
        if department.code in codes
    ]
    document["position"] = position
    if len(document["activities"]) == 1:
        document["activity"] = document["activities"][0]
    document["changed"] = True
    return document


def _activities(entries: Iterable[Entry]) -> Iterable[str]:
    found = dict.fromkeys(activity_id(entry.stream) for entry in entries)
    return (each for each in found if each is not None)
