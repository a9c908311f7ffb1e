"""An event where it stands: in its stream and in the log."""

from typing import NamedTuple

from kalends.domain.events.activities import ActivityEvent
from kalends.domain.events.campaigns import CampaignEvent, ClockCorrected
from kalends.domain.events.departments import RosterEvent

Event = CampaignEvent | RosterEvent | ActivityEvent

CAMPAIGN = "campaign"
ROSTER = "roster"
ACTIVITY = "activity-"  # followed by its id


def activity_stream(activity_id: str) -> str:
    """Return the name of an activity's stream."""
    return ACTIVITY + activity_id


def activity_id(stream: str) -> str | None:
    """Return the id of the activity whose stream this is, or None for another stream."""
    return stream[len(ACTIVITY) :] if stream.startswith(ACTIVITY) else None


def may_go_back(stream: str, topic: str) -> bool:
    """Return whether an event may have an earlier time than the event before it."""
    return stream == CAMPAIGN and topic == ClockCorrected.TOPIC


class Entry(NamedTuple):
    """An event with its `position` in the log and its `version` in its stream, both from 1."""

    position: int
    stream: str
    version: int
    event: Event
