"""Sends the log to programs that keep a copy of it, and carries out commands of the domain."""

from typing import cast

import msgspec

from kalends.application.readers.callers_log import log_page
from kalends.application.readers.public_log import PublicLog
from kalends.application.recording.carrying_out import carry_out
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import KalendsError
from kalends.domain.events import Entry
from kalends.presentation import json_shapes
from kalends.web.api import outcomes, outputs
from kalends.web.api.call import ApiCall, Document
from kalends.web.api.inputs import NewCommands, orders_in

# So many events are in a document; the next ones are asked for.
_MOST = 2_000


def log(call: ApiCall) -> Document[outputs.Log]:
    """Return the journal's lines after a position, and who reads them in which language."""
    workspace, after = call.workspace, call.request.query.after
    page = log_page(workspace, call.record_now, after=after, most=_MOST)
    reached = after + len(page.lines)
    campaign = workspace.service.campaign()
    fields: outputs.Log = {
        "at": json_shapes.instant(workspace.now()),
        "known_at": page.known_at,
        "after": after,
        "next": reached,
        "more": reached < page.known_at,
        "reader": {
            "actor": call.caller.actor,
            "role": call.caller.role,
            "departments": list(call.caller.departments),
        },
        "campaign": campaign.id,
        "language": workspace.folder.language or campaign.settings.language,
        "published": _published(workspace),
        "hidden": page.hidden,
        "lines": [None if line is None else _as_it_is(line) for line in page.lines],
    }
    return Document(fields)


def _as_it_is(line: bytes) -> outputs.LineShape:
    """Return a line that the encoder takes over byte for byte."""
    return cast("outputs.LineShape", msgspec.Raw(line))


def _published(workspace: Workspace) -> int:
    """Return the position of the published feeds, 0 where that cannot be read."""
    try:
        return workspace.published()
    except KalendsError:
        return 0


def proofs(call: ApiCall) -> Document[outputs.Proofs]:
    """Return what proves the log: the trusted keys, and the checkpoints as they are kept."""
    public = PublicLog(call.workspace)
    notes: list[outputs.Checkpoint] = [{"size": size, "note": note} for size, note in public.notes]
    return Document({"keys": public.keys, "checkpoints": notes})


def carried_out(call: ApiCall) -> Document[outcomes.CarriedOut]:
    """Carry out commands, as one act."""
    given = call.request.decoded(NewCommands)
    orders = orders_in(given)
    entries = carry_out(
        call.workspace, call.words, orders, looked_until=given.looked_until, sees=call.may_see
    )
    return Document(_appended(call, entries))


def _appended(call: ApiCall, entries: list[Entry]) -> outcomes.CarriedOut:
    position = entries[-1].position if entries else call.workspace.log.position()
    return {
        "dry_run": call.is_dry_run,
        "changed": bool(entries),
        "position": position,
        "events": [json_shapes.event(entry) for entry in entries],
    }


def repeated(call: ApiCall, entries: list[Entry]) -> Document[outcomes.CarriedOut]:
    """Return what was answered when the same commands were carried out."""
    return Document(_appended(call, entries), is_repeated=True)
