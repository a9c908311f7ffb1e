"""What may follow what, when events are read that somebody else may have written."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import settings as how
from hypothesis import strategies as st

from domain.test_activity import commands as activity_commands
from domain.test_roster import commands as roster_commands
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import WithdrawDepartment
from kalends.domain.details import Details, Participation
from kalends.domain.errors import KalendsError, TransitionError
from kalends.domain.events import (
    ActivityCancelled,
    ActivityCorrected,
    ActivityHeld,
    ActivityMoved,
    ActivityPlanned,
    ActivityRecorded,
    ActivityReinstated,
    ActivityReleased,
    ActivityRetracted,
    ActivityWithheld,
    CampaignOpened,
    CampaignRevised,
    DepartmentAbbreviated,
    DepartmentAliased,
    DepartmentClosed,
    DepartmentMerged,
    DepartmentMoved,
    DepartmentRegistered,
    DepartmentRenamed,
    DepartmentReopened,
    DepartmentRestored,
    DepartmentUnaliased,
    DepartmentWithdrawn,
)
from kalends.domain.roster import check_acting
from kalends.domain.streams import STREAMS
from kalends.domain.transition_checker import TransitionChecker
from kalends.domain.when import When

S = {"at": datetime(2020, 7, 1, tzinfo=UTC), "by": "li", "via": "cli", "act": "a"}
SETTINGS = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="d")
DAY = date(2020, 7, 14)
WHEN = When(first_day=DAY, last_day=DAY, precision="day", zone="Asia/Shanghai", text="7月14日")
DETAILS = Details(title="会", when=WHEN, departments=(Participation(code="tsw", role="lead"),))
ONE = "activity-k3x9c5ma7v2q"

OPENED = ("campaign", CampaignOpened(**S, id="c", settings=SETTINGS))
TSW = ("roster", DepartmentRegistered(**S, code="tsw", name="团市委"))
JYJ = ("roster", DepartmentRegistered(**S, code="jyj", name="教育局", parent="tsw"))
BEGUN = (OPENED, TSW, JYJ)
CITY = ("roster", DepartmentRegistered(**S, code="city", name="市"))
MERGED = ("roster", DepartmentMerged(**S, code="tsw", into="city"))
WITHDRAWN = ("roster", DepartmentWithdrawn(**S, code="jyj", reason="r"))
TEAM = {"names": (), "aliases": (), "closed": False, "pauses": (), "reason": "r"}
PLANNED = (ONE, ActivityPlanned(**S, details=DETAILS))
RECORDED = (ONE, ActivityRecorded(**S, details=DETAILS))
HELD = (ONE, ActivityHeld(**S))
MOVED = (ONE, ActivityMoved(**S, when=WHEN, reason="r"))
CANCELLED = (ONE, ActivityCancelled(**S, reason="r"))
REINSTATED = (ONE, ActivityReinstated(**S, reason="r"))
RETRACTED = (ONE, ActivityRetracted(**S, reason="r"))
WITHHELD = (ONE, ActivityWithheld(**S, reason="r"))
RELEASED = (ONE, ActivityReleased(**S))
CORRECTED = (ONE, ActivityCorrected(**S, details=DETAILS, status="planned", reason="r"))
BY_JYJ = replace(DETAILS, departments=(Participation(code="jyj", role="lead"),))
UNKNOWN = replace(DETAILS, departments=(Participation(code="zz", role="lead"),))


def follow(events):
    checker = TransitionChecker()
    for position, (stream, event) in enumerate(events, 1):
        checker.follow(position, stream, event)


@pytest.mark.parametrize(
    "events",
    [
        (OPENED, ("campaign", CampaignRevised(**S, settings=SETTINGS))),
        (*BEGUN, PLANNED, MOVED, HELD, WITHHELD, RELEASED),
        (*BEGUN, PLANNED, CANCELLED, REINSTATED, HELD),
        (*BEGUN, RECORDED, CORRECTED, HELD),
        (*BEGUN, RECORDED, RETRACTED),
        (*BEGUN, ("roster", DepartmentAliased(**S, code="tsw", alias="团委"))),
        (*BEGUN, ("roster", DepartmentAbbreviated(**S, code="tsw", short="团委"))),
        (*BEGUN, ("roster", DepartmentRenamed(**S, code="tsw", name="团"))),
        (*BEGUN, ("roster", DepartmentMerged(**S, code="jyj", into="tsw"))),
        (*BEGUN, ("roster", DepartmentClosed(**S, code="tsw"))),
        (*BEGUN, ("roster", DepartmentReopened(**S, code="tsw"))),
        (*BEGUN, ("roster", DepartmentUnaliased(**S, code="tsw", alias="团委"))),
        (*BEGUN, ("roster", DepartmentMoved(**S, code="jyj"))),
        (*BEGUN, CITY, MERGED, ("roster", DepartmentMoved(**S, code="tsw"))),
        (*BEGUN, CITY, ("roster", DepartmentMoved(**S, code="tsw", parent="city"))),
        (*BEGUN, ("roster", DepartmentRestored(**S, **TEAM, code="jyj", parent="tsw"))),
        (*BEGUN, WITHDRAWN, JYJ),
        (
            *BEGUN,
            CITY,
            MERGED,
            ("roster", DepartmentRestored(**S, **TEAM, code="jyj", parent="city")),
        ),
        (*BEGUN, CITY, MERGED, ("roster", DepartmentMoved(**S, code="jyj", parent="city"))),
    ],
)
def test_what_was_decided_can_be_read(events):
    follow(events)


@pytest.mark.parametrize(
    "events",
    [
        (TSW,),
        (("campaign", CampaignRevised(**S, settings=SETTINGS)),),
        (OPENED, OPENED),
        (("roster", OPENED[1]),),
        (OPENED, ("campaign", TSW[1])),
        (*BEGUN, TSW),
        (OPENED, JYJ),
        (*BEGUN, ("roster", DepartmentAliased(**S, code="zz", alias="团委"))),
        (*BEGUN, ("roster", DepartmentAbbreviated(**S, code="zz", short="团委"))),
        (*BEGUN, ("roster", DepartmentMerged(**S, code="jyj", into="zz"))),
        (*BEGUN, ("roster", DepartmentMerged(**S, code="tsw", into="jyj"))),
        (*BEGUN, ("roster", DepartmentMoved(**S, code="tsw", parent="jyj"))),
        (*BEGUN, ("roster", DepartmentMoved(**S, code="tsw", parent="zz"))),
        (*BEGUN, CITY, MERGED, ("roster", DepartmentMoved(**S, code="city", parent="jyj"))),
        (*BEGUN, ("roster", DepartmentRestored(**S, **TEAM, code="tsw", parent="jyj"))),
        (*BEGUN, ("roster", DepartmentRestored(**S, **TEAM, code="tsw", merged_into="zz"))),
        (*BEGUN, ("roster", DepartmentWithdrawn(**S, code="tsw", reason="r"))),
        (*BEGUN, WITHDRAWN, WITHDRAWN),
        (*BEGUN, WITHDRAWN, ("roster", DepartmentRenamed(**S, code="jyj", name="局"))),
        (*BEGUN, WITHDRAWN, ("roster", DepartmentMerged(**S, code="tsw", into="jyj"))),
        (*BEGUN, WITHDRAWN, (ONE, ActivityRecorded(**S, details=BY_JYJ))),
        (*BEGUN, (ONE, ActivityRecorded(**S, details=UNKNOWN))),
        (*BEGUN, PLANNED, (ONE, replace(CORRECTED[1], details=UNKNOWN))),
        (*BEGUN, ("roster", RECORDED[1])),
        (*BEGUN, HELD),
        (*BEGUN, PLANNED, PLANNED),
        (*BEGUN, RECORDED, HELD),
        (*BEGUN, RECORDED, MOVED),
        (*BEGUN, PLANNED, REINSTATED),
        (*BEGUN, PLANNED, CANCELLED, MOVED),
        (*BEGUN, RECORDED, RETRACTED, CORRECTED),
        (*BEGUN, RECORDED, RETRACTED, RETRACTED),
    ],
)
def test_what_could_not_have_been_decided_is_refused_where_it_stands(events):
    follow(events[:-1])
    with pytest.raises(TransitionError, match=f"Position {len(events)} "):
        follow(events)


def decided(states, stream, command):
    """Return the events that the service would append; raise `KalendsError` as it would."""
    acting = [
        department.code
        for name, activity in states.items()
        if name.startswith("activity-") and activity and activity.status != "retracted"
        for department in activity.details.departments
    ]
    if isinstance(command, WithdrawDepartment) and command.code in acting:
        return ()  # undo refuses it: an activity names the department
    rules = STREAMS["activity-" if stream.startswith("activity-") else stream]
    events = rules.decide(states[stream], command, stamp=S)
    for event in events:
        details = getattr(event, "details", None)
        if details is not None:
            when = details.when
            check_acting(states["roster"], details.departments, when.first_day, when.last_day)
    return events


@pytest.mark.campaign
@how(max_examples=2_000)
@for_all(
    st.lists(
        st.tuples(st.just("roster"), roster_commands)
        | st.tuples(st.sampled_from([ONE, f"{ONE[:-1]}r"]), activity_commands),
        max_size=40,
    )
)
def test_whatever_is_decided_over_roster_and_activities_may_follow(asked):
    states = {"roster": STREAMS["roster"].initial, ONE: None, f"{ONE[:-1]}r": None}
    checker = TransitionChecker()
    checker.follow(1, *OPENED)

    def take(stream, events):
        rules = STREAMS["activity-" if stream.startswith("activity-") else stream]
        for event in events:
            states[stream] = rules.evolve(states[stream], event)
            checker.follow(2, stream, event)

    for code in "abc":
        take("roster", [DepartmentRegistered(**S, code=code, name=f"{code}局")])
    by_a = replace(DETAILS, departments=(Participation(code="a", role="lead"),))
    take(ONE, [ActivityPlanned(**S, details=by_a)])
    for stream, command in asked:
        try:
            events = decided(states, stream, command)
        except KalendsError:
            continue
        take(stream, events)
