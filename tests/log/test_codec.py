"""Bytes are for ever."""

import dataclasses
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.when import When
from kalends.log import codec
from log_examples import EXAMPLES, STAMP

CATALOGUE = Path(__file__).parents[1] / "catalogue"


def test_every_topic_has_an_example():
    assert set(EXAMPLES) == set(codec.TOPICS)


@pytest.mark.parametrize("topic", sorted(codec.TOPICS))
def test_an_event_is_encoded_as_it_was_when_its_topic_was_chosen(topic):
    kept = (CATALOGUE / f"{topic}.v1.json").read_bytes().removesuffix(b"\n")

    assert codec.encode(EXAMPLES[topic]) == kept
    assert codec.decode(topic, kept) == EXAMPLES[topic]


def test_what_is_none_is_left_out():
    event = codec.decode(
        "activity.released", b'{"act":"a","at":"2020-07-15T01:02:03Z","by":"li","via":"cli"}'
    )

    assert event.reason is None
    assert b"reason" not in codec.encode(event)


GOOD = codec.encode(EXAMPLES["activity.recorded"])


@pytest.mark.parametrize(
    ("found", "put"),
    [
        pytest.param(b'"by":"li"', b'"by":"li","by":"li"', id="a key twice"),
        pytest.param(b'"by":"li"', b'"by":"li","bz":1', id="an unknown key"),
        pytest.param(b'{"act":"0a1b2c3d4e5f",', b"{", id="a key missing"),
        pytest.param(b'"by":"li"', b'"by": "li"', id="a space"),
        pytest.param(b'"via":"cli"', b'"via":"fax"', id="an unknown way"),
        pytest.param(b"01:02:03Z", b"09:02:03+08:00", id="another zone"),
        pytest.param(b"01:02:03Z", b"01:02:03", id="no zone"),
        pytest.param(b"01:02:03Z", b"01:02:03.5Z", id="half a second"),
        pytest.param(b"2020-07-15T", b"2020-02-30T", id="no such day"),
        pytest.param(b'"09:30"', b'"9:30"', id="a clock time of another form"),
        pytest.param(b'"09:30"', b'"25:00"', id="no such time"),
        pytest.param(b'"headcount":50', b'"headcount":50.0', id="a float"),
        pytest.param(b'"headcount":50', b'"headcount":NaN', id="not a number"),
        pytest.param(b'"place":"', b'"place":null,"place":"', id="null"),
        pytest.param("推".encode(), b"\\u63a8", id="an escape"),
        pytest.param("推".encode(), b"\xe6\x8e", id="broken UTF-8"),
        pytest.param(b'"act"', b'\xef\xbb\xbf"act"', id="a byte order mark"),
        pytest.param(b'"act"', b'\n"act"', id="a line feed"),
    ],
)
def test_an_event_has_one_encoding_and_every_other_is_refused(found, put):
    assert found in GOOD
    with pytest.raises(codec.UnreadableStateError):
        codec.decode("activity.recorded", GOOD.replace(found, put, 1))
    with pytest.raises(codec.UnreadableStateError):
        codec.all_recorded("activity.recorded", [GOOD, GOOD.replace(found, put, 1), GOOD])
    with pytest.raises(codec.UnreadableStateError):
        codec.decode_all(["activity.recorded"] * 2, [GOOD, GOOD.replace(found, put, 1)])


@pytest.mark.parametrize("topic", sorted(codec.TOPICS))
def test_many_are_recorded_when_each_is(topic):
    first, other = EXAMPLES[topic], replace(EXAMPLES[topic], at=datetime(2021, 2, 3, tzinfo=UTC))
    states = [codec.encode(first), codec.encode(other), codec.encode(first)]
    times = codec.all_recorded(topic, states)
    assert times == [codec.recorded(topic, state) for state in states]
    assert times == [first.at, other.at, first.at]
    assert codec.all_recorded(topic, []) == []


@given(st.lists(st.sampled_from(sorted(codec.TOPICS))))
def test_many_are_decoded_as_each_is(topics):
    states = [codec.encode(EXAMPLES[topic]) for topic in topics]
    assert codec.decode_all(topics, states) == [EXAMPLES[topic] for topic in topics]


def test_of_many_a_topic_that_nobody_knows_is_refused():
    with pytest.raises(codec.UnregisteredTopicError):
        codec.decode_all(["activity.recorded", "os:system"], [GOOD, b"{}"])


# Of many events in a row, each must stand by itself: none goes on in the next.
FACT = codec.encode(EXAMPLES["activity.released"])
CUT = FACT.index(b',"via"')


@pytest.mark.parametrize(
    "states",
    [
        pytest.param([FACT[:CUT], FACT[CUT:]], id="one in two halves"),
        pytest.param([FACT + b"\n" + FACT, FACT], id="two in one"),
        pytest.param([FACT + b"\n" + FACT[:CUT], FACT[CUT:]], id="one and a half"),
        pytest.param([FACT, b""], id="one and nothing"),
        pytest.param([FACT, FACT + b"\n"], id="a line feed at the end"),
        pytest.param([b"\n" + FACT, FACT], id="a line feed at the beginning"),
    ],
)
def test_of_many_events_none_goes_on_in_the_next(states):
    assert codec.all_recorded("activity.released", [FACT, FACT])
    with pytest.raises(codec.UnreadableStateError):
        codec.all_recorded("activity.released", states)
    with pytest.raises(codec.UnreadableStateError):
        codec.decode_all(["activity.released"] * len(states), states)


@pytest.mark.parametrize(
    ("put", "detail"),
    [
        (b"09:02:03+08:00", "2020-07-15 09:02:03+08:00"),
        (b"01:02:03.500000Z", "2020-07-15 01:02:03.500000+00:00"),
    ],
)
def test_an_instant_that_is_not_in_its_form_is_told(put, detail):
    with pytest.raises(codec.UnreadableStateError, match=re.escape(detail)):
        codec.recorded("activity.recorded", GOOD.replace(b"01:02:03Z", put, 1))


def test_a_topic_is_never_resolved_as_a_module():
    with pytest.raises(codec.UnregisteredTopicError):
        codec.decode("os:system", b"{}")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Renewed:
    """An event with another field that holds instants, as one may come one day."""

    TOPIC = "renewed"
    at: datetime
    until: When
    seen: datetime | None = None


def test_instants_are_found_by_their_type_wherever_they_are(monkeypatch):
    monkeypatch.setitem(codec.TOPICS, "renewed", Renewed)
    event = Renewed(at=STAMP["at"], until=EXAMPLES["activity.moved"].when, seen=STAMP["at"])
    state = codec.encode(event)
    assert codec.recorded("renewed", state) == STAMP["at"]

    for instant in re.findall(rb'"(20[^"]*T[^"]*)Z"', state):
        other = state.replace(instant + b"Z", instant + b"+08:00")
        with pytest.raises(codec.UnreadableStateError):
            codec.recorded("renewed", other)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Listed:
    """An event whose instants no path leads to."""

    TOPIC = "listed"
    at: datetime
    days: tuple[datetime, ...]


def test_instants_that_would_not_be_looked_at_are_no_event_of_ours(monkeypatch):
    monkeypatch.setitem(codec.TOPICS, "listed", Listed)
    with pytest.raises(TypeError, match="days"):
        codec.recorded("listed", b"{}")
