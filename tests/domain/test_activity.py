"""The life of an activity: what may follow what."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.domain.activity import (
    CLEARABLE,
    Activity,
    decide,
    evolve,
    is_planned,
)
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    PlanActivity,
    RecordActivity,
    ReinstateActivity,
    ReleaseActivity,
    RestoreActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation, Source, Status
from kalends.domain.errors import (
    CharacterError,
    ConflictError,
    EmptyTextError,
    ImpossibleDateError,
    KalendsError,
    NotPossibleError,
    ReasonRequiredError,
    RetractedError,
    SpanError,
)
from kalends.domain.events import (
    ACTIVITY,
    CAMPAIGN,
    ROSTER,
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
    DepartmentRegistered,
)
from kalends.domain.reversals import undoing
from kalends.domain.streams import STREAMS
from kalends.domain.transition_checker import TransitionChecker
from kalends.domain.when import OfficeHours
from specification import MEETING, STAMP, a_day, changed, decided, given

fold = STREAMS[ACTIVITY].fold
PLANNED = ActivityPlanned(**STAMP, details=MEETING)
RECORDED = ActivityRecorded(**STAMP, details=MEETING)
HELD = ActivityHeld(**STAMP)
FRIDAY = a_day("2020-07-17", precision="part", part="afternoon", text="7月17日下午")
MOVED = ActivityMoved(**STAMP, when=FRIDAY, reason="大雨")
CANCELLED = ActivityCancelled(**STAMP, reason="疫情")
REINSTATED = ActivityReinstated(**STAMP, reason="疫情好转")
RETRACTED = ActivityRetracted(**STAMP, reason="重复录入")
WITHHELD = ActivityWithheld(**STAMP, reason="涉及个人信息")
RELEASED = ActivityReleased(**STAMP)
LIBRARY = changed(MEETING, place="图书馆")
CORRECTED = ActivityCorrected(**STAMP, details=LIBRARY, status="planned", reason="地点有误")


# --- how it begins -----------------------------------------------------------------------------


def test_what_is_to_come_is_planned():
    given().when(PlanActivity(details=MEETING)).then(PLANNED)


def test_what_has_happened_is_recorded():
    given().when(RecordActivity(details=MEETING)).then(RECORDED)


def test_what_is_recorded_is_recorded_cleaned():
    given().when(RecordActivity(details=changed(MEETING, title="  创城工作推进会　"))).then(
        RECORDED
    )


@pytest.mark.parametrize("command", [PlanActivity, RecordActivity])
def test_an_activity_begins_once(command):
    given(PLANNED).when(command(details=MEETING)).then_refused(ConflictError, expected=0)


@pytest.mark.parametrize(
    "command",
    [
        HoldActivity(),
        MoveActivity(when=FRIDAY, reason="大雨"),
        CancelActivity(reason="疫情"),
        ReinstateActivity(reason="疫情好转"),
        CorrectActivity(reason="有误", title="推进会"),
        RestoreActivity(details=MEETING, status="planned", reason="撤回"),
        RetractActivity(reason="重复录入"),
        WithholdActivity(reason="涉及个人信息"),
        ReleaseActivity(),
    ],
)
def test_nothing_can_be_changed_before_it_begins(command):
    given().when(command).then_refused(NotPossibleError, status="unknown", wanted="changed")


def test_an_event_about_an_activity_that_never_began_is_no_history():
    with pytest.raises(NotPossibleError):
        evolve(None, HELD)


# --- held --------------------------------------------------------------------------------------


def test_a_planned_activity_is_held():
    given(PLANNED).when(HoldActivity()).then(HELD)


def test_a_moved_activity_is_held():
    given(PLANNED, MOVED, MOVED).when(HoldActivity()).then(HELD)


@pytest.mark.parametrize("history", [[PLANNED, HELD], [RECORDED]])
def test_what_took_place_need_not_be_held_again(history):
    given(*history).when(HoldActivity()).then_nothing()


def test_a_cancelled_activity_cannot_be_held():
    given(PLANNED, CANCELLED).when(HoldActivity()).then_refused(
        NotPossibleError, status="cancelled", wanted="held"
    )


# --- moved -------------------------------------------------------------------------------------


def test_a_planned_activity_is_moved_with_a_reason():
    given(PLANNED).when(MoveActivity(when=FRIDAY, reason=" 大雨 ")).then(MOVED)


def test_a_moved_activity_stands_at_its_new_time():
    assert fold([PLANNED, MOVED]) == Activity(
        details=changed(MEETING, when=FRIDAY), status="planned"
    )


@pytest.mark.parametrize("reason", ["", "  ", "　", "\u200b"])
def test_nothing_is_moved_without_a_reason(reason):
    given(PLANNED).when(MoveActivity(when=FRIDAY, reason=reason)).then_refused(ReasonRequiredError)


def test_the_same_time_in_other_words_is_no_move():
    same = replace(MEETING.when, text="2020-07-14 morning")
    given(PLANNED).when(MoveActivity(when=same, reason="大雨")).then_nothing()


@pytest.mark.parametrize("history", [[RECORDED], [PLANNED, HELD], [PLANNED, CANCELLED]])
def test_only_what_is_planned_is_moved(history):
    given(*history).when(MoveActivity(when=FRIDAY, reason="大雨")).then_refused(
        NotPossibleError, wanted="moved"
    )


def test_nothing_is_moved_to_a_time_that_ends_before_it_begins():
    backwards = a_day("2020-07-17", last_day=MEETING.when.first_day)
    given(PLANNED).when(MoveActivity(when=backwards, reason="大雨")).then_refused(SpanError)


def test_nothing_is_moved_to_a_time_that_no_clock_shows():
    given(PLANNED).when(
        MoveActivity(when=a_day(precision="minute", starts="9:30"), reason="大雨")
    ).then_refused(ImpossibleDateError, part="9:30")


# --- cancelled and reinstated ------------------------------------------------------------------


def test_a_planned_activity_is_cancelled_with_a_reason():
    given(PLANNED).when(CancelActivity(reason="疫情")).then(CANCELLED)
    given(PLANNED).when(CancelActivity(reason="")).then_refused(ReasonRequiredError)


def test_a_cancelled_activity_need_not_be_cancelled_again():
    given(PLANNED, CANCELLED).when(CancelActivity(reason="疫情")).then_nothing()


@pytest.mark.parametrize("history", [[RECORDED], [PLANNED, HELD]])
def test_what_took_place_cannot_be_cancelled(history):
    given(*history).when(CancelActivity(reason="疫情")).then_refused(
        NotPossibleError, wanted="cancelled"
    )


def test_a_cancelled_activity_is_reinstated_with_a_reason():
    given(PLANNED, CANCELLED).when(ReinstateActivity(reason="疫情好转")).then(REINSTATED)
    given(PLANNED, CANCELLED).when(ReinstateActivity(reason="")).then_refused(ReasonRequiredError)


def test_a_reinstated_activity_is_planned_again():
    assert fold([PLANNED, CANCELLED, REINSTATED]) == fold([PLANNED])


def test_a_planned_activity_need_not_be_reinstated():
    given(PLANNED).when(ReinstateActivity(reason="疫情好转")).then_nothing()


def test_what_took_place_cannot_be_reinstated():
    given(RECORDED).when(ReinstateActivity(reason="疫情好转")).then_refused(
        NotPossibleError, status="held", wanted="reinstated"
    )


# --- corrected ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "status"),
    [
        ([PLANNED], "planned"),
        ([PLANNED, HELD], "held"),
        ([RECORDED], "recorded"),
        ([PLANNED, CANCELLED], "cancelled"),
    ],
)
def test_any_record_can_be_corrected_and_keeps_its_status(history, status):
    given(*history).when(CorrectActivity(reason="地点有误", place="图书馆")).then(
        replace(CORRECTED, status=status)
    )


def test_a_correction_carries_the_whole_details_and_not_a_patch():
    given(PLANNED, MOVED).when(CorrectActivity(reason="地点有误", place="图书馆")).then(
        replace(CORRECTED, details=changed(LIBRARY, when=FRIDAY))
    )


def test_a_correction_may_put_the_status_right():
    given(PLANNED, CANCELLED).when(CorrectActivity(reason="其实已开展", status="held")).then(
        ActivityCorrected(**STAMP, details=MEETING, status="held", reason="其实已开展")
    )


def test_a_correction_cannot_retract():
    given(PLANNED).when(CorrectActivity(reason="有误", status="retracted")).then_refused(
        NotPossibleError, wanted="corrected to retracted"
    )


def test_a_correction_needs_a_reason():
    given(PLANNED).when(CorrectActivity(reason=" ", place="图书馆")).then_refused(
        ReasonRequiredError
    )


def test_a_reason_is_held_to_the_rules_for_texts():
    given(PLANNED).when(CorrectActivity(reason="a\nb", place="图书馆")).then_refused(
        CharacterError, field="reason", character="U+000A", place=2
    )


def test_a_correction_that_changes_nothing_is_nothing():
    given(PLANNED).when(CorrectActivity(reason="地点有误", place="会议室")).then_nothing()
    given(PLANNED).when(CorrectActivity(reason="地点有误")).then_nothing()


def test_a_correction_may_set_everything_at_once():
    command = CorrectActivity(
        reason="全部重录",
        title="志愿服务",
        when=FRIDAY,
        departments=(Participation(code="wenlianju", role="lead"),),
        place="广场",
        tags=("志愿服务",),
        description="第一行\n第二行",
        headcount=0,
        links=("https://example.org/1",),
        source=Source(document="ab" * 32, quote="志愿服务", span=(0, 4)),
        status="recorded",
    )
    (event,) = decided([PLANNED], command)
    names = ("title", "when", "departments", *CLEARABLE)
    assert all(getattr(event.details, name) == getattr(command, name) for name in names)
    assert event.status == "recorded"


@pytest.mark.parametrize("name", CLEARABLE)
def test_what_a_correction_clears_is_empty(name):
    full = changed(
        MEETING,
        description="第一行",
        headcount=30,
        links=("https://example.org/1",),
        source=Source(document="ab" * 32),
    )
    history = [ActivityPlanned(**STAMP, details=full)]
    (event,) = decided(history, CorrectActivity(reason="多余", clear=frozenset({name})))
    assert not getattr(event.details, name)
    assert event.details == changed(full, **{name: getattr(event.details, name)})


@pytest.mark.parametrize("name", ["title", "when", "departments", "colour"])
def test_what_an_activity_must_have_cannot_be_cleared(name):
    given(PLANNED).when(CorrectActivity(reason="多余", clear=frozenset({name}))).then_refused(
        EmptyTextError, field=name
    )


def test_an_activity_cannot_be_left_without_departments():
    given(PLANNED).when(CorrectActivity(reason="有误", departments=())).then_refused(
        EmptyTextError, field="department"
    )


# --- retracted ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "history", [[PLANNED], [RECORDED], [PLANNED, HELD], [PLANNED, CANCELLED], [PLANNED, WITHHELD]]
)
def test_any_activity_can_be_retracted_with_a_reason(history):
    given(*history).when(RetractActivity(reason="重复录入")).then(RETRACTED)
    given(*history).when(RetractActivity(reason="")).then_refused(ReasonRequiredError)


@pytest.mark.parametrize(
    "command",
    [
        HoldActivity(),
        MoveActivity(when=FRIDAY, reason="大雨"),
        CancelActivity(reason="疫情"),
        ReinstateActivity(reason="疫情好转"),
        CorrectActivity(reason="有误", status="planned"),
        RestoreActivity(details=MEETING, status="planned", reason="撤回"),
        WithholdActivity(reason="涉及个人信息"),
        ReleaseActivity(),
    ],
)
def test_a_retracted_activity_stays_retracted(command):
    given(PLANNED, RETRACTED).when(command).then_refused(RetractedError)


def test_a_retracted_activity_need_not_be_retracted_again():
    given(PLANNED, RETRACTED).when(RetractActivity(reason="重复录入")).then_nothing()


# --- withheld and released ---------------------------------------------------------------------


def test_an_activity_is_withheld_with_a_reason():
    given(RECORDED).when(WithholdActivity(reason="涉及个人信息")).then(WITHHELD)
    given(RECORDED).when(WithholdActivity(reason="")).then_refused(ReasonRequiredError)


def test_a_withheld_activity_need_not_be_withheld_again():
    given(RECORDED, WITHHELD).when(WithholdActivity(reason="涉及个人信息")).then_nothing()


def test_a_withheld_activity_is_released_and_no_reason_is_needed():
    given(RECORDED, WITHHELD).when(ReleaseActivity()).then(RELEASED)
    given(RECORDED, WITHHELD).when(ReleaseActivity(reason=" ")).then(RELEASED)
    given(RECORDED, WITHHELD).when(ReleaseActivity(reason="已征得同意")).then(
        replace(RELEASED, reason="已征得同意")
    )


def test_a_public_activity_need_not_be_released():
    given(RECORDED).when(ReleaseActivity()).then_nothing()


def test_a_withheld_activity_stays_withheld_through_other_changes():
    state = fold([PLANNED, WITHHELD, MOVED, HELD, replace(CORRECTED, status="held")])
    assert state == Activity(details=LIBRARY, status="held", withheld=True)


def test_a_released_activity_is_as_it_was():
    assert fold([RECORDED, WITHHELD, RELEASED]) == fold([RECORDED])


# --- undone ------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [PLANNED, RECORDED])
def test_undoing_a_beginning_retracts_it(first):
    given(first).when(undoing([first], reason="手误")).then(replace(RETRACTED, reason="手误"))


@pytest.mark.parametrize("last", [HELD, MOVED, replace(CORRECTED, status="held")])
def test_undoing_a_change_sets_it_back_as_it_was(last):
    command = undoing([PLANNED, last], reason="手误")
    given(PLANNED, last).when(command).then(
        ActivityCorrected(**STAMP, details=MEETING, status="planned", reason="手误")
    )


@pytest.mark.parametrize(
    ("history", "other"),
    [
        ([PLANNED, CANCELLED], REINSTATED),
        ([PLANNED, CANCELLED, REINSTATED], CANCELLED),
        ([PLANNED, WITHHELD], RELEASED),
        ([PLANNED, WITHHELD, RELEASED], WITHHELD),
    ],
)
def test_undoing_one_of_a_pair_is_the_other_one(history, other):
    given(*history).when(undoing(history, reason="手误")).then(replace(other, reason="手误"))


def test_undoing_twice_does_it_again():
    history = [PLANNED, MOVED]
    for expected in ("2020-07-14", "2020-07-17"):
        history += decided(history, undoing(history, reason="手误"))
        assert fold(history).details.when.first_day.isoformat() == expected


def test_a_retraction_cannot_be_undone():
    assert undoing([PLANNED, RETRACTED], reason="手误") is None


def test_a_change_of_nothing_cannot_be_undone():
    assert undoing([HELD], reason="手误") is None


# --- laws --------------------------------------------------------------------------------------

reasons = st.text(max_size=12)
days = st.builds(
    a_day,
    st.dates().map(str),
    part=st.sampled_from([None, "morning", "night"]),
    starts=st.sampled_from([None, "09:30", "24:00", "9:30", ""]),
    ends=st.sampled_from([None, "09:30", "16:00", "25:00"]),
    text=reasons,
)
details = st.builds(
    changed,
    st.just(MEETING),
    title=st.text(max_size=12),
    when=days,
    place=st.none() | reasons,
    tags=st.lists(reasons, max_size=3).map(tuple),
    description=st.none() | reasons,
    headcount=st.none() | st.integers(),
    departments=st.lists(
        st.builds(Participation, code=st.sampled_from("abc"), role=st.just("joint")), max_size=3
    ).map(tuple),
)
commands = st.one_of(
    st.builds(PlanActivity, details=details),
    st.builds(RecordActivity, details=details | st.just(MEETING)),
    st.builds(HoldActivity),
    st.builds(MoveActivity, when=days, reason=reasons),
    st.builds(CancelActivity, reason=reasons),
    st.builds(ReinstateActivity, reason=reasons),
    st.builds(
        CorrectActivity,
        reason=reasons,
        title=st.none() | reasons,
        when=st.none() | days,
        tags=st.none() | st.just(("a", "b")),
        status=st.none() | st.sampled_from(get_args(Status)),
        clear=st.frozensets(st.sampled_from([*CLEARABLE, "title", "colour"])),
    ),
    st.builds(
        RestoreActivity,
        details=details,
        status=st.sampled_from(get_args(Status)),
        reason=reasons,
    ),
    st.builds(RetractActivity, reason=reasons),
    st.builds(WithholdActivity, reason=reasons),
    st.builds(ReleaseActivity, reason=st.none() | reasons),
)


SETTINGS = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="d")


def recorded(asked):
    """Return the history that a row of commands makes, refusals passed over."""
    history, state = [PLANNED], evolve(None, PLANNED)
    for command in asked:
        try:
            events = decide(state, command, stamp=STAMP)
        except KalendsError:
            continue
        for event in events:
            state = evolve(state, event)
            history.append(event)
    return history, state


@for_all(st.lists(commands, max_size=12))
def test_whatever_is_asked_is_refused_in_words_or_makes_a_history_that_replays(asked):
    history, state = recorded(asked)
    assert fold(history) == state


@for_all(st.lists(commands, max_size=12))
def test_whatever_is_decided_may_follow_what_stands(asked):
    history, _ = recorded(asked)
    checker, codes = TransitionChecker(), {department.code for department in MEETING.departments}
    codes |= {
        department.code
        for event in history
        if hasattr(event, "details")
        for department in event.details.departments
    }
    checker.follow(1, CAMPAIGN, CampaignOpened(**STAMP, id="c", settings=SETTINGS))
    for code in codes:
        checker.follow(2, ROSTER, DepartmentRegistered(**STAMP, code=code, name=code))
    for event in history:
        checker.follow(3, ACTIVITY + "a", event)


@for_all(st.lists(commands, max_size=12))
def test_every_decision_changes_what_stands(asked):
    history, _ = recorded(asked)
    states = [fold(history[:n]) for n in range(len(history) + 1)]
    assert all(before != after for before, after in pairwise(states))


@for_all(st.lists(commands, max_size=12))
def test_whatever_was_done_can_be_undone_except_a_beginning_and_a_retraction(asked):
    history, state = recorded(asked)
    command = undoing(history, reason="手误")
    if state.status == "retracted":
        assert command is None
        return
    undone = fold([*history, *decide(state, command, stamp=STAMP)])
    if len(history) == 1:
        assert undone == replace(state, status="retracted")
    else:
        assert undone == fold(history[:-1])


def test_what_was_recorded_under_earlier_limits_can_be_corrected_and_gone_back_to():
    links = tuple(f"https://x.cn/{n}" for n in range(30))
    old = replace(MEETING, links=links)
    recorded, shorter = replace(RECORDED, details=old), replace(old, links=())
    retitled = replace(old, title="推进会")
    given(recorded).when(CorrectActivity(title="推进会", reason="简称")).then(
        ActivityCorrected(**STAMP, details=retitled, status="recorded", reason="简称")
    )
    corrected = ActivityCorrected(**STAMP, details=shorter, status="recorded", reason="过多")
    given(recorded, corrected).when(
        RestoreActivity(details=old, status="recorded", reason="撤回")
    ).then(ActivityCorrected(**STAMP, details=old, status="recorded", reason="撤回"))


# --- planned, or has it happened? -------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "now", "planned"),
    [
        (a_day("2020-07-15"), "2020-07-14 23:59", True),
        (a_day("2020-07-14"), "2020-07-14 00:00", False),
        (a_day("2020-07-13", precision="part", part="evening"), "2020-07-14 08:00", False),
        (a_day("2020-07-14", precision="part", part="evening"), "2020-07-14 17:59", True),
        (a_day("2020-07-14", precision="part", part="evening"), "2020-07-14 18:00", False),
        (a_day("2020-07-14", precision="part", part="morning"), "2020-07-14 10:00", False),
        (a_day("2020-07-14", precision="minute", starts="19:00"), "2020-07-14 18:59", True),
        (a_day("2020-07-14", precision="minute", starts="19:00"), "2020-07-14 19:00", False),
        (a_day("2020-07-14", precision="minute", starts="00:30"), "2020-07-14 00:15", True),
    ],
)
def test_what_begins_later_than_now_is_planned(when, now, planned):
    now = datetime.fromisoformat(now)
    assert is_planned(when, now, OfficeHours()) is planned
    assert is_planned(when, now, OfficeHours(), said=not planned) is not planned


def test_a_part_of_a_day_begins_with_the_office_hours_of_the_campaign():
    evening = a_day("2020-07-14", precision="part", part="evening")
    late, now = OfficeHours(evening="20:00-22:00"), datetime.fromisoformat("2020-07-14 19:00")
    assert is_planned(evening, now, late)
    assert not is_planned(evening, now, OfficeHours())
