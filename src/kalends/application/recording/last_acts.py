"""The acts of a handle: the last one that an undo would reverse, and what an undo undid."""

from collections.abc import Iterator, Sequence

from kalends.application.recording.undo_rights import undo_rights
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.events import Entry
from kalends.domain.undo_acts import undone_act
from kalends.service import Service
from kalends.views import acts


def last_act(workspace: Workspace) -> list[Entry]:
    """Return the events of the act that an undo would reverse; none where all is undone.

    An act of which the workspace's user may not read everything is none either.
    """
    service, hidden = workspace.service, undo_rights(workspace).hidden()
    known_at = service.log.position()
    found = acts.last_standing(workspace.views, service.by, known_at=known_at, hidden=hidden)
    entries = list(entries_at(service, found.positions))
    return entries if hidden.isdisjoint(entry.stream for entry in entries) else []


def undone_by(workspace: Workspace, made: Sequence[Entry]) -> list[Entry]:
    """Return the events that the events of an act undid; none if it undid nothing."""
    act = undone_act(made[0].event.act)
    if act is None:
        return []
    known_at = workspace.log.position()
    found = acts.positions(workspace.views, act, made[0].event.by, known_at)
    return list(entries_at(workspace.service, list(found)))


def entries_at(service: Service, positions: Sequence[int]) -> Iterator[Entry]:
    """Yield the events at these positions, reading each run of positions at once."""
    first = 0
    for place, position in enumerate(positions, 1):
        if place == len(positions) or positions[place] != position + 1:
            yield from service.log.entries(after=positions[first] - 1, until=position)
            first = place
