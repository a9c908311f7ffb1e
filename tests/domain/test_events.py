"""The events: frozen, each with a topic of its own."""

from dataclasses import FrozenInstanceError, fields
from typing import get_args

import pytest

from kalends.domain.events import (
    CAMPAIGN,
    ROSTER,
    ActivityPlanned,
    Event,
    activity_id,
    activity_stream,
)
from specification import MEETING, STAMP

EVENTS = get_args(Event)


def test_an_event_is_never_changed():
    event = ActivityPlanned(**STAMP, details=MEETING)
    with pytest.raises(FrozenInstanceError):
        event.by = "zhang"


def test_every_event_has_a_topic_of_its_own_made_of_its_name():
    topics = [kind.TOPIC for kind in EVENTS]
    assert len(set(topics)) == len(topics)
    assert [topic.replace(".", "") for topic in topics] == [
        kind.__name__.lower() for kind in EVENTS
    ]


def test_every_event_says_who_recorded_it_when_through_what_and_by_which_command():
    for kind in EVENTS:
        assert {"at", "by", "via", "act"} <= {field.name for field in fields(kind)}


def test_an_activitys_stream_tells_its_id():
    assert activity_id(activity_stream("3v8k2m9q4x7t")) == "3v8k2m9q4x7t"


@pytest.mark.parametrize("stream", [CAMPAIGN, ROSTER, "figure-3v8k2m9q4x7t"])
def test_another_stream_is_no_activitys(stream):
    assert activity_id(stream) is None
