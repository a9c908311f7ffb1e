"""One turn of the ledger."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    CancelActivity,
    CloseDepartment,
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    OpenCampaign,
    RegisterDepartment,
    WithholdActivity,
)
from kalends.domain.details import Details, Participation
from kalends.domain.draft import Draft
from kalends.domain.errors import (
    ActivityNotFoundError,
    AmbiguousIdError,
    CampaignError,
    CharacterError,
    ClockError,
    ConflictError,
    DepartmentClosedError,
    DepartmentNotFoundError,
    NotFoundError,
    SpanError,
    TextError,
)
from kalends.domain.when import When
from kalends.log.log import Log
from kalends.log.memory_log import MemoryLog
from kalends.service import Service, WatchedClock

MORNING = When(
    first_day=date(2020, 7, 14), last_day=date(2020, 7, 14), precision="part", part="morning",
    zone="Asia/Shanghai", text="7月14日上午",
)  # fmt: skip
LEAD = (Participation(code="tsw", role="lead"),)
DETAILS = Details(title="推进会", when=MORNING, departments=LEAD)


class Clock:
    """A clock that tests set."""

    def __init__(self):
        self.now = datetime(2020, 7, 15, 1, 2, 3, 456789, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log(until_end):
    return until_end(Log(MemoryLog()))


@pytest.fixture
def make(log, clock):
    numbers = count(1)

    def service(**how):
        about_clock = {name: how.pop(name) for name in ("sure", "newest", "pause") if name in how}
        how = {"by": "li", "new_id": lambda: f"id{next(numbers):010d}", **how}
        watched = WatchedClock(clock, zone=lambda: made.standing.zone, **about_clock)
        made = Service(log, clock=watched, **how)
        return made

    return service


@pytest.fixture
def service(make):
    made = make()
    settings = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends")
    made.change_campaign(OpenCampaign(id="0a1b2c3d4e5f", settings=settings))
    made.change_roster(RegisterDepartment(code="tsw", name="团市委"))
    return made


def test_an_event_is_stamped_with_who_when_how_and_by_which_act(service):
    _, (entry,) = service.record(Draft(details=DETAILS, planned=False))

    event = entry.event
    assert (event.at, event.by, event.via) == (
        datetime(2020, 7, 15, 1, 2, 3, tzinfo=UTC),
        "li",
        "cli",
    )
    assert event.act.startswith("id")
    assert (entry.position, entry.version) == (3, 1)


def test_a_part_of_a_day_is_resolved_by_the_office_hours_of_that_moment(service):
    _, (entry,) = service.record(Draft(details=DETAILS, planned=False))

    when = entry.event.details.when
    assert when.begin == datetime(2020, 7, 14, 0, 30, tzinfo=UTC)
    assert when.end == datetime(2020, 7, 14, 3, 30, tzinfo=UTC)


def test_recorded_times_never_go_back_even_if_the_clock_does_a_little(service, clock, log):
    clock.now -= timedelta(minutes=1)

    service.record(Draft(details=DETAILS, planned=False))

    times = [entry.event.at for entry in log.entries()]
    assert times == sorted(times)


def test_a_clock_far_behind_the_record_is_refused(service, clock, log):
    clock.now -= timedelta(minutes=3)

    with pytest.raises(ClockError):
        service.record(Draft(details=DETAILS, planned=False))
    assert log.position() == 2


def test_the_newest_event_s_time_is_asked_for_once_in_a_turn(service, log, monkeypatch):
    asked, real = [], log.last_at
    monkeypatch.setattr(log, "last_at", lambda: asked.append(1) or real())

    service.record(Draft(details=DETAILS, planned=False))

    assert len(asked) == 1


@pytest.mark.usefixtures("service")
def test_while_somebody_is_asked_about_the_clock_others_can_write(make, log, clock):
    clock.now += timedelta(days=400)

    def others_write(doubt):
        assert doubt.code == "clock-ahead"
        with log.turn():
            return True

    careful = make(sure=others_write)
    assert careful.record(Draft(details=DETAILS, planned=False))[1]


def test_an_activity_is_told_as_it_stands_or_as_it_would(service, make):
    target, _ = service.record(Draft(details=DETAILS, planned=True))
    decided = make(dry_run=True).change(target, HoldActivity())

    assert service.activity(target).status == "planned"
    assert service.activity(target, decided).status == "held"
    done = service.change(target, HoldActivity())
    assert service.activity(target, done).status == "held"
    with pytest.raises(ActivityNotFoundError):
        service.activity("zzzzzzzzzzzz")


def test_without_a_campaign_nothing_is_put_down(make):
    with pytest.raises(NotFoundError):
        make().record(Draft(details=DETAILS, planned=False))


def test_a_zone_that_is_none_opens_no_campaign(make, log):
    settings = Settings(title="创城", zone="../etc/passwd", language="zh", uid_domain="x.kalends")
    with pytest.raises(CampaignError):
        make().change_campaign(OpenCampaign(id="0a1b2c3d4e5f", settings=settings))
    assert log.position() == 0


@pytest.mark.parametrize("by", ["", "a b", "张\n三", "a" * 65, "李/四"])
def test_a_handle_is_one_word(make, by):
    with pytest.raises(TextError):
        make(by=by)


def test_an_unknown_or_closed_department_does_not_act(service):
    unknown = Details(
        title="会", when=MORNING, departments=(Participation(code="x", role="lead"),)
    )
    with pytest.raises(DepartmentNotFoundError):
        service.record(Draft(details=unknown, planned=False))

    service.change_roster(CloseDepartment(code="tsw", on=date(2020, 7, 14)))
    with pytest.raises(DepartmentClosedError):
        service.record(Draft(details=DETAILS, planned=False))


def test_a_closed_department_s_past_can_still_be_recorded(service):
    service.change_roster(CloseDepartment(code="tsw", on=date(2020, 7, 15)))

    _, entries = service.record(Draft(details=DETAILS, planned=False))

    assert len(entries) == 1


def test_a_change_that_expected_another_version_is_a_conflict(service):
    target, _ = service.record(Draft(details=DETAILS, planned=True))
    service.change(target, WithholdActivity(reason="未定"), expected=1)

    with pytest.raises(ConflictError) as caught:
        service.change(target, CancelActivity(reason="下雨"), expected=1)
    assert caught.value.fields == {"expected": 1, "found": 2}


def test_a_time_that_ends_before_it_begins_is_refused_when_moving(service):
    target, _ = service.record(Draft(details=DETAILS, planned=True))
    when = When(
        first_day=date(2020, 7, 14), last_day=date(2020, 7, 13), precision="days",
        zone="Asia/Shanghai", text="?",
    )  # fmt: skip
    with pytest.raises(SpanError):
        service.change(target, MoveActivity(when=when, reason="改期"))


def test_a_correction_s_departments_must_be_known(service):
    target, _ = service.record(Draft(details=DETAILS, planned=False))
    other = (Participation(code="x", role="lead"),)
    with pytest.raises(DepartmentNotFoundError):
        service.change(target, CorrectActivity(reason="错", departments=other))


@pytest.mark.usefixtures("service")
def test_a_dry_run_decides_and_records_nothing(make, log):
    dry = make(dry_run=True)

    _, entries = dry.record(Draft(details=DETAILS, planned=False))

    assert entries[0].position == 3
    assert log.position() == 2
    with pytest.raises(CharacterError):
        dry.record(
            Draft(details=Details(title="a\nb", when=MORNING, departments=LEAD), planned=False)
        )


def draft(name, title="推进会"):
    details = Details(title=title, when=MORNING, departments=LEAD)
    return name, Draft(details=details, planned=False)


def test_many_are_put_down_in_one_go_or_not_at_all(service, log):
    with pytest.raises(TextError):
        service.record_all([draft("a"), draft("b", title="")], act="act")
    assert log.position() == 2

    assert len(service.record_all([draft("a"), draft("b")], act="act")) == 2


def test_what_is_there_already_is_passed_over_even_within_one_go(service):
    service.record_all([draft("a")], act="act")

    assert [
        entry.stream
        for entry in service.record_all([draft("a"), draft("b"), draft("b")], act="act")
    ] == ["activity-b"]


def test_those_that_a_rule_forbids_can_be_told_and_the_others_go_on(service):
    refusals = []

    entries = service.record_all(
        [draft("a", title=""), draft("b")],
        act="act",
        refused=lambda new_id, error: refusals.append((new_id, error.code)),
    )

    assert refusals == [("a", "empty-text")]
    assert len(entries) == 1


def test_an_id_is_found_by_its_beginning_and_lookalikes_do_not_matter(service):
    service.record_all([draft("a0c100000000"), draft("a0c200000000")], act="act")

    assert service.find("AOCL") == "a0c100000000"
    assert service.ref("a0c100000000") == "a0c1"
    with pytest.raises(AmbiguousIdError):
        service.find("a0c")
    for none in ("zzzz", "", "%", "a_c", "活动"):
        with pytest.raises(ActivityNotFoundError):
            service.find(none)


def test_a_ref_grows_until_it_is_alone(service):
    service.record_all([draft("abcde0000000"), draft("abcdf0000000")], act="act")

    assert service.ref("abcde0000000") == "abcde"
