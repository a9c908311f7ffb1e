"""What stands now, for a request that somebody else has overtaken or that a rule forbids."""

from collections.abc import Iterator
from contextlib import suppress

from kalends.application.recording.last_acts import last_act
from kalends.domain.errors import CampaignError, KalendsError, LineError
from kalends.domain.events import activity_id
from kalends.presentation import json_shapes
from kalends.web.api import reads
from kalends.web.api.call import ApiCall
from kalends.web.api.inputs import NewCommands, orders_in
from kalends.web.api.problem_types import Standing

_COMMANDS, _UNDO, _ACTIVITIES = "/api/v1/commands", "/api/v1/undo", "/api/v1/activities/"


def standing(call: ApiCall, error: KalendsError) -> Standing:
    """Return where the log stands, and how that stands which a request wanted to change."""
    found: Standing = {"position": call.workspace.log.position()}
    targets = list(dict.fromkeys(_activities(call)))
    for target in targets[:1]:  # several are never changed at once
        with suppress(KalendsError):
            found["activity"] = reads.standing(call, target)
    cause = error.cause if isinstance(error, LineError) else error
    record = call.record_now
    roster = call.workspace.service.roster()
    named = {each.code: each for each in map(roster.find, map(str, cause.fields.values())) if each}
    if named or not targets:
        found["departments"] = [
            json_shapes.department(each, record.today) for each in named.values()
        ]
    if isinstance(cause, CampaignError):
        found["campaign"] = json_shapes.campaign(record.campaign)
    if call.request.path == _UNDO:
        found["events"] = [json_shapes.event(entry) for entry in last_act(call.workspace)]
    return found


def _activities(call: ApiCall) -> Iterator[str]:
    """Yield the activities that a request wanted to change: ids, or beginnings of them."""
    path = call.request.path
    if path.startswith(_ACTIVITIES):
        yield path.removeprefix(_ACTIVITIES).partition("/")[0]
    elif path == _COMMANDS:
        for order in orders_in(call.request.decoded(NewCommands)):
            if order.id is not None:
                yield order.id
    elif path == _UNDO:
        for entry in last_act(call.workspace):
            found = activity_id(entry.stream)
            if found is not None:
                yield found
