"""Undo goes back act by act, and never touches another's."""

from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.application.recording.undo import undo_last
from kalends.domain import activity, campaign
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    CancelActivity,
    CloseDepartment,
    CorrectActivity,
    HoldActivity,
    MergeDepartment,
    MoveActivity,
    MoveDepartment,
    OpenCampaign,
    RegisterDepartment,
    ReinstateActivity,
    ReleaseActivity,
    RenameDepartment,
    ReopenDepartment,
    RetractActivity,
    ReviseCampaign,
    UnaliasDepartment,
    WithholdActivity,
)
from kalends.domain.details import Details, Participation
from kalends.domain.draft import Draft
from kalends.domain.errors import (
    CannotUndoError,
    ChangedSinceError,
    DepartmentInUseError,
    DepartmentNotFoundError,
    KalendsError,
    NameTakenError,
    NothingToUndoError,
)
from kalends.domain.events import (
    ActivityRetracted,
    CampaignEvent,
    RosterEvent,
    activity_id,
    activity_stream,
)
from kalends.domain.roster import Roster, evolve
from kalends.domain.transition_checker import TransitionChecker
from kalends.domain.when import When
from kalends.log.log import Log
from kalends.log.memory_log import MemoryLog
from kalends.service import Service, WatchedClock
from kalends.views import catch_up, schema

SETTINGS = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends")


def when(day=14):
    the_day = date(2020, 7, day)
    return When(
        first_day=the_day,
        last_day=the_day,
        precision="day",
        zone="Asia/Shanghai",
        text=f"7月{day}日",
    )


def details(title="推进会", day=14, *codes):
    departments = tuple(Participation(code=code, role="lead") for code in codes or ("tsw",))
    return Details(title=title, when=when(day), departments=departments)


class Office:
    """A log, its views, and somebody of each handle who writes to it."""

    def __init__(self):
        self.log = Log(MemoryLog())
        self.db = schema.connect(None)
        self.numbers = count(1)
        self.hour = 9
        self.act(
            lambda service: service.change_campaign(OpenCampaign(id="c", settings=SETTINGS)),
            "wang",
        )
        self.register("tsw", "团市委", by="wang")

    def close(self):
        self.db.close()
        self.log.close()

    def service(self, by, **how):
        return Service(
            self.log,
            clock=WatchedClock(lambda: datetime(2020, 8, 1, self.hour, tzinfo=UTC)),
            new_id=lambda: f"id{next(self.numbers):010d}",
            by=by,
            **how,
        )

    def act(self, how, by="li"):
        return how(self.service(by))

    def register(self, code, name, by="li"):
        command = RegisterDepartment(code=code, name=name)
        return self.act(lambda service: service.change_roster(command), by)

    def roster_act(self, command, by="li"):
        return self.act(lambda service: service.change_roster(command), by)

    def record(self, *values, by="li", planned=True):
        return self.act(
            lambda service: service.record(Draft(details=details(*values), planned=planned)), by
        )[0]

    def change(self, target, command, by="li"):
        return self.act(lambda service: service.change(target, command), by)

    def views(self):
        reached = catch_up.position(self.db)
        catch_up.catch_up(self.db, self.log.entries(after=reached), head_mark=lambda _: b"")
        return self.db

    def undo(self, by="li", **how):
        return undo_last(self.service(by, **how), self.views, reason="误记")

    def stands(self):
        """Return activities, roster and settings as they stand; what is retracted is not there."""
        activities, roster, opened = {}, Roster(), None
        for entry in self.log.entries():
            event = entry.event
            if isinstance(event, RosterEvent):
                roster = evolve(roster, event)
            elif isinstance(event, CampaignEvent):
                opened = campaign.evolve(opened, event)
            else:
                state = activities.get(entry.stream)
                activities[entry.stream] = activity.evolve(state, event)
        return (
            {
                name: activity
                for name, activity in activities.items()
                if activity.status != "retracted"
            },
            {department.code: department for department in roster.listed},
            roster.owners,
            opened.settings,
        )

    def check_course(self):
        checker = TransitionChecker()
        for entry in self.log.entries():
            checker.follow(entry.position, entry.stream, entry.event)


@pytest.fixture
def office():
    made = Office()
    yield made
    made.close()


# --- one after the other -----------------------------------------------------------------------


def test_after_two_records_two_undos_undo_both(office):
    before = office.stands()
    office.record("一")
    office.record("二")
    assert office.undo().undone[0].event.details.title == "二"
    assert office.undo().undone[0].event.details.title == "一"
    assert office.stands() == before
    with pytest.raises(NothingToUndoError):
        office.undo()


def test_the_act_that_undoes_another_is_called_after_it(office):
    office.record()
    done = office.undo()
    (undone,), (made,) = done.undone, done.made
    assert made.event.act == f"undo-{undone.event.act}"
    assert isinstance(made.event, ActivityRetracted)


def test_what_was_released_is_withheld_again(office):
    target = office.record()
    office.change(target, WithholdActivity(reason="未定"))
    office.change(target, ReleaseActivity())
    states = [office.stands()]
    office.undo()
    assert office.stands()[0][activity_stream(target)].withheld
    office.undo()
    assert not office.stands()[0][activity_stream(target)].withheld
    assert office.stands() == states[0]


def test_an_act_after_an_undo_is_undone_before_those_that_stand_behind(office):
    target = office.record("一")
    office.change(target, CancelActivity(reason="雨"))
    office.undo()
    office.change(target, HoldActivity())
    assert office.undo().undone[0].event.TOPIC == "activity.held"
    assert office.undo().undone[0].event.TOPIC == "activity.planned"


def test_an_import_is_undone_whole(office):
    before = office.stands()
    drafts = [(f"m{n:011d}", Draft(details=details(f"第{n}次"), planned=False)) for n in range(30)]
    half = len(drafts) // 2
    office.act(lambda service: service.record_all(drafts[:half], act="import000001"))
    office.record("别人的", by="wang")  # between two transactions of one act
    office.act(lambda service: service.record_all(drafts[half:], act="import000001"))
    done = office.undo()
    assert len(done.undone) == len(done.made) == 30
    assert len(office.stands()[0]) == len(before[0]) + 1


def test_a_dry_run_undoes_nothing(office):
    office.record()
    before = office.log.position()
    assert len(office.undo(dry_run=True).made) == 1
    assert office.log.position() == before


# --- refused -----------------------------------------------------------------------------------


def test_a_retraction_is_not_undone(office):
    office.change(office.record(), RetractActivity(reason="重复"))
    with pytest.raises(CannotUndoError, match="a retraction is final"):
        office.undo()


def test_the_campaign_s_beginning_is_not_undone(office):
    office.undo("wang")
    with pytest.raises(CannotUndoError, match="the beginning of the record"):
        office.undo("wang")


def test_what_another_changed_since_is_not_undone_and_it_is_said_who_did(office):
    target = office.record()
    office.change(target, CancelActivity(reason="雨"), by="wang")
    with pytest.raises(ChangedSinceError, match="wang changed id00 since, at position 4") as error:
        office.undo()
    assert error.value.fields["position"] == 3
    office.undo("wang")  # then nothing stands between
    assert office.undo().undone[0].stream == activity_stream(target)


def test_a_department_that_another_changed_since_is_left_alone(office):
    office.register("jyj", "教育局")
    office.roster_act(AliasDepartment(code="jyj", alias="市教育局"), by="wang")
    with pytest.raises(ChangedSinceError, match="wang changed 教育局 since, at position 4"):
        office.undo()
    office.roster_act(AliasDepartment(code="tsw", alias="团委"))
    office.roster_act(AliasDepartment(code="jyj", alias="教委"), by="wang")
    office.undo()  # another department: nothing happened to this one


def test_settings_that_another_changed_since_are_left_alone(office):
    for by, title in (("li", "甲"), ("wang", "乙")):
        command = ReviseCampaign(settings=Settings(**{**vars_of(SETTINGS), "title": title}))
        office.act(lambda service, what=command: service.change_campaign(what), by)
    with pytest.raises(ChangedSinceError, match="wang changed 乙 since"):
        office.undo()


def test_a_corrected_clock_is_not_undone_and_settings_before_it_are(office):
    changed = ReviseCampaign(settings=Settings(**{**vars_of(SETTINGS), "title": "甲"}))
    office.act(lambda service: service.change_campaign(changed))
    office.hour = 1
    office.act(lambda service: service.correct_clock(reason="钟快了"), "zhao")
    with pytest.raises(NothingToUndoError):  # times are counted from it
        office.undo("zhao")
    assert office.stands()[3].title == "甲"
    office.undo()
    assert office.stands()[3].title == "创城"


def vars_of(value):
    return {name: getattr(value, name) for name in ("title", "zone", "language", "uid_domain")}


def test_a_department_that_an_activity_names_is_not_taken_off_the_roster(office):
    office.register("jyj", "教育局")
    target = office.record("会", 14, "jyj", by="wang")
    with pytest.raises(DepartmentInUseError, match="教育局"):
        office.undo()
    office.change(target, RetractActivity(reason="误记"), by="wang")
    office.undo()
    assert "jyj" not in office.stands()[1]
    office.check_course()


def test_a_name_that_another_department_took_since_is_not_taken_from_it(office):
    office.roster_act(AliasDepartment(code="tsw", alias="团委"), by="wang")
    office.register("jyj", "教育局", by="wang")
    office.roster_act(UnaliasDepartment(code="tsw", alias="团委"))
    office.roster_act(AliasDepartment(code="jyj", alias="团委"), by="wang")
    with pytest.raises(NameTakenError):
        office.undo()


def test_a_correction_to_what_left_the_roster_since_is_not_brought_back(office):
    office.register("jyj", "教育局", by="wang")
    target = office.record("会", 14, "jyj", by="zhao")
    to_tsw = CorrectActivity(reason="误", departments=details().departments)
    office.change(target, to_tsw)
    office.undo("wang")
    with pytest.raises(DepartmentNotFoundError):
        office.undo()
    office.check_course()


# --- what 0.1.0 recorded -----------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["position 4 was undone", "撤回序号 4 的操作"])
def test_an_undo_of_an_older_version_is_known_by_its_reason(office, reason):
    office.record("一")
    target = office.record("二")
    office.change(target, RetractActivity(reason=reason))  # as `undo` of 0.1.0 did
    assert office.undo().undone[0].event.details.title == "一"


def test_a_reason_that_names_another_s_position_undid_nothing(office):
    target = office.record("一")
    office.change(target, CancelActivity(reason="position 1 was undone"))
    assert office.undo().undone[0].event.TOPIC == "activity.cancelled"


# --- laws --------------------------------------------------------------------------------------

CODES = st.sampled_from(["tsw", "jyj", "cgj"])
NAMES = st.sampled_from(["甲", "乙", "丙", "丁"])
DAYS = st.integers(10, 16)
ON = st.none() | st.dates(date(2020, 7, 1), date(2020, 7, 20))
ROSTER_COMMANDS = st.one_of(
    st.builds(RegisterDepartment, code=CODES, name=NAMES, parent=st.none() | CODES),
    st.builds(AliasDepartment, code=CODES, alias=NAMES),
    st.builds(UnaliasDepartment, code=CODES, alias=NAMES),
    st.builds(AbbreviateDepartment, code=CODES, short=st.none() | NAMES),
    st.builds(RenameDepartment, code=CODES, name=NAMES, on=ON),
    st.builds(MoveDepartment, code=CODES, parent=st.none() | CODES),
    st.builds(MergeDepartment, code=CODES, into=CODES, on=ON),
    st.builds(CloseDepartment, code=CODES, on=ON),
    st.builds(ReopenDepartment, code=CODES, on=ON),
)
REASON = st.just("因故")
CHANGES = st.one_of(
    st.just(HoldActivity()),
    st.builds(MoveActivity, when=DAYS.map(when), reason=REASON),
    st.builds(CancelActivity, reason=REASON),
    st.builds(ReinstateActivity, reason=REASON),
    st.builds(
        CorrectActivity,
        reason=REASON,
        title=st.none() | NAMES,
        departments=st.none() | CODES.map(lambda code: details("", 14, code).departments),
        status=st.none() | st.sampled_from(["planned", "held", "cancelled", "recorded"]),
    ),
    st.builds(WithholdActivity, reason=REASON),
    st.just(ReleaseActivity()),
)


def an_act(data, office, by):
    """Let this handle do anything; return whether anything was recorded."""
    kind = data.draw(st.sampled_from(["record", "change", "roster", "roster", "campaign"]))
    there = list(office.stands()[0])
    before = office.log.position()
    try:
        if kind == "record" or (kind == "change" and not there):
            title, day, code = data.draw(NAMES), data.draw(DAYS), data.draw(CODES)
            office.record(title, day, code, by=by, planned=data.draw(st.booleans()))
        elif kind == "change":
            target = activity_id(data.draw(st.sampled_from(there)))
            office.change(target, data.draw(CHANGES), by)
        elif kind == "roster":
            office.roster_act(data.draw(ROSTER_COMMANDS), by)
        else:
            changed = Settings(**{**vars_of(SETTINGS), "title": data.draw(NAMES)})
            command = ReviseCampaign(settings=changed)
            office.act(lambda service: service.change_campaign(command), by)
    except KalendsError:
        assert office.log.position() == before
    return office.log.position() > before


@pytest.mark.campaign
@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_undo_act_by_act_brings_back_what_stood_before_each(data):
    office = Office()
    try:
        stood = []
        for _ in range(data.draw(st.integers(1, 14))):
            if stood and data.draw(st.integers(0, 3)) == 0:
                office.undo()
                assert office.stands() == stood.pop()
                continue
            before = office.stands()
            if an_act(data, office, "li"):
                stood.append(before)
        while stood:
            office.undo()
            assert office.stands() == stood.pop()
        with pytest.raises(NothingToUndoError):
            office.undo()
        office.check_course()
    finally:
        office.close()


def touched(entries):
    """Return what events are of: streams, and departments instead of the roster's."""
    return {getattr(entry.event, "code", entry.stream) for entry in entries}


@pytest.mark.campaign
@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_undo_touches_only_what_its_own_act_changed_and_leaves_no_other_act_undone(data):
    handles = ["li", "wang", "zhao"]
    office = Office()
    try:
        for _ in range(data.draw(st.integers(1, 18))):
            by = data.draw(st.sampled_from(handles))
            if data.draw(st.integers(0, 2)):
                an_act(data, office, by)
                continue
            before, position = office.stands(), office.log.position()
            try:
                done = office.undo(by)
            except KalendsError:
                assert office.log.position() == position
                continue
            assert {entry.event.by for entry in [*done.undone, *done.made]} == {by}
            assert touched(done.undone) == touched(done.made)
            after = office.stands()
            for was, now in zip(before[:2], after[:2], strict=True):
                changed = {
                    name for name in was.keys() | now.keys() if was.get(name) != now.get(name)
                }
                assert changed <= touched(done.undone)
        office.check_course()
    finally:
        office.close()
