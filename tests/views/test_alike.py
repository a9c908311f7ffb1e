"""What is like an activity on record is found, however far behind the views are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.domain import activity
from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    RetractActivity,
)
from kalends.domain.details import likeness
from kalends.domain.errors import KalendsError
from kalends.domain.events import activity_id
from kalends.log import codec
from kalends.log.event_log import StoredEvent
from kalends.views.alike import on_record

IDS = st.sampled_from(["aaaa11112222", "bbbb11112222", "cccc11112222", "dddd11112222"])
DAYS = st.sampled_from(["2020-07-14", "2020-07-15"])
CODES = st.sampled_from([("tsw",), ("cgj",), ("tsw", "cgj"), ("cgj", "tsw")])
TITLES = st.sampled_from(["会", "会 ", "推进会", "ＡＢ", "a b"])


class KeptLog:
    """What is asked of a log, answered from entries."""

    def __init__(self, entries):
        self.entries = entries

    def rows(self, *, after):
        for entry in self.entries[after:]:
            state = codec.encode(entry.event)
            yield StoredEvent(
                entry.position, entry.stream, entry.version, entry.event.TOPIC, state
            )

    def stream(self, name):
        return [entry.event for entry in self.entries if entry.stream == name]


def standing(entries):
    """Return the likenesses of all activities that are not retracted, with their ids."""
    states = {}
    for entry in entries:
        if activity_id(entry.stream):
            name = activity_id(entry.stream)
            states[name] = activity.evolve(states.get(name), entry.event)
    found = {}
    for name, state in states.items():
        if state.status != "retracted":
            found.setdefault(likeness(state.details), set()).add(name)
    return found


@st.composite
def details(draw, ledger):
    return ledger.details(draw(TITLES), draw(DAYS), *draw(CODES))


@pytest.mark.campaign
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_what_is_on_record_is_found_wherever_the_views_stand(new_ledger, data):
    ledger = new_ledger()
    ledger.begin()
    ledger.register("tsw", "团市委")
    ledger.register("cgj", "城管局")
    for _ in range(data.draw(st.integers(0, 12))):
        name = data.draw(IDS)
        drawn = data.draw(details(ledger))
        codes = [department.code for department in drawn.departments]
        acts = {
            "record": lambda n=name, d=drawn, c=codes: ledger.record(n, d.title, d.when, *c),
            "plan": lambda n=name, d=drawn, c=codes: ledger.plan(n, d.title, d.when, *c),
            "move": lambda n=name, d=drawn: ledger.change(
                n, MoveActivity(when=d.when, reason="r")
            ),
            "hold": lambda n=name: ledger.change(n, HoldActivity()),
            "cancel": lambda n=name: ledger.change(n, CancelActivity(reason="r")),
            "retract": lambda n=name: ledger.change(n, RetractActivity(reason="r")),
            "correct": lambda n=name, d=drawn: ledger.change(
                n,
                CorrectActivity(reason="r", title=d.title, when=d.when, departments=d.departments),
            ),
        }
        try:
            acts[data.draw(st.sampled_from([*acts, "record"]))]()
        except KalendsError:
            continue
    known = data.draw(st.integers(0, len(ledger.entries)))
    wanted = {likeness(drawn) for drawn in data.draw(st.lists(details(ledger), max_size=20))}
    db = ledger.views(until=known)

    found = on_record(db, KeptLog(ledger.entries), wanted, known=known)

    expected = standing(ledger.entries)
    assert found.keys() == wanted & expected.keys()
    assert all(name in expected[alike] for alike, name in found.items())
    db.close()


def test_of_many_days_every_event_is_looked_at(ledger):
    wanted = {likeness(ledger.details("会", f"2020-07-{day:02}")) for day in range(1, 20)}
    ledger.record("aaaa11112222", "会", "2020-07-14")
    ledger.record("bbbb11112222", "会", "2020-08-14")

    found = on_record(ledger.views(until=2), KeptLog(ledger.entries), wanted, known=2)

    assert set(found.values()) == {"aaaa11112222"}
