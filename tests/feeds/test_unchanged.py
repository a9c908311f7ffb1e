"""Entries of activities that never changed: the octets that any activity's entry has."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_activities import SETTINGS, drawn_histories
from kalends.domain.campaign import Campaign
from kalends.domain.department import Department
from kalends.domain.roster import Roster
from kalends.feeds.calendar import component
from kalends.feeds.unchanged import UnchangedEntries
from kalends.views.activities import FirstRevision, current
from kalends.views.moment import seconds_of
from kalends.views.state import encode

DAYS = st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1))
NAMES = st.sampled_from(("城管局", "市城管局", "Parks", "第1局, 处;室"))
DEPARTMENTS = st.builds(
    Department,
    code=st.just("?"),
    names=st.builds(
        lambda first, later: ((None, first), *later),
        NAMES,
        st.lists(st.tuples(DAYS, NAMES), max_size=2),
    ),
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    short=st.none() | NAMES,
)
SIGNS = ("\\", ",;", "\\n", "一\n二")
ROSTERS = st.lists(DEPARTMENTS, min_size=4, max_size=4).map(
    lambda made: Roster(
        departments={
            f"d{n}": replace(department, code=f"d{n}") for n, department in enumerate(made)
        }
    )
)


def first_of(revision):
    return FirstRevision(
        id=revision.id,
        position=revision.position,
        version=revision.version,
        status=revision.status,
        withheld=int(revision.withheld),
        details=encode(revision.details),
        at=seconds_of(revision.at),
    )


@st.composite
def lives(draw):
    made = [history[0] for history in draw(st.lists(drawn_histories(), min_size=1, max_size=3))]
    # Some share their time, their departments, their place.
    first = made[0].details
    made += [
        revision._replace(
            details=replace(
                revision.details,
                when=first.when,
                departments=first.departments,
                place=first.place,
                title=f"会{draw(st.sampled_from(SIGNS))}",
                description=draw(st.sampled_from(SIGNS)),
            ),
            withheld=draw(st.booleans()),
            at=datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)
            + timedelta(seconds=draw(st.integers(-(10**9), 10**9))),
        )
        for revision in made
    ]
    return made


def check(settings, made, roster):
    for feed_format in (1, 2):
        campaign = Campaign(id="c", settings=replace(settings, feed_format=feed_format))
        entries = UnchangedEntries(campaign, roster)
        for revision in made:
            assert entries.entry(first_of(revision)) == component([revision], campaign, roster)


@pytest.mark.campaign
@given(SETTINGS, lives(), ROSTERS)
def test_the_octets_are_those_of_any_activity(settings, made, roster):
    check(settings, made, roster)


def test_what_calendars_hide_has_no_entry(ledger):
    roster = Roster(departments={"tsw": Department(code="tsw", names=((None, "团市委"),))})
    made = revisions(
        ledger, ledger.when(), ledger.when("9999-12-31"), ledger.when(precision="year")
    )
    made.append(made[0]._replace(withheld=True))
    check(ledger.settings, made, roster)
    entries = UnchangedEntries(Campaign(id="c", settings=ledger.settings), roster)
    assert [bool(entries.entry(first_of(each))) for each in made] == [True, False, False, False]


def revisions(ledger, *times):
    ids = [f"{n:012}" for n in range(len(times))]
    for activity_id, time in zip(ids, times, strict=True):
        ledger.record(activity_id, "会", time)
    known_at = ledger.position
    return [current(ledger.db, activity_id, known_at=known_at) for activity_id in ids]


def test_a_renamed_department_is_called_as_on_the_day(ledger):
    names = ((None, "旧名"), (date(2020, 7, 16), "新名"))
    roster = Roster(departments={"tsw": Department(code="tsw", names=names)})
    made = revisions(ledger, ledger.when("2020-07-14"), ledger.when("2020-07-20"))
    check(ledger.settings, made, roster)
    entries = UnchangedEntries(Campaign(id="c", settings=ledger.settings), roster)
    for revision, name in zip(made, ("旧名", "新名"), strict=True):
        assert f"牵头单位：{name}" in entries.entry(first_of(revision)).decode()
