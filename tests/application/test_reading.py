"""What a door reads: lists and histories, as known at a position, without a terminal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from kalends import bootstrap
from kalends.application import activity_history, activity_lists, changing, departments, recording
from kalends.application.filter_text import FilterText
from kalends.application.known_at import position_of
from kalends.application.machine import Machine
from kalends.application.making import create
from kalends.application.workspace import Workspace
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from kalends.domain.errors import (
    ActivityNotFoundError,
    DepartmentNotFoundError,
    NoSuchStatusError,
    SpanError,
)
from kalends.words import words

ENGLISH = words("en")
SETTINGS = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends")
ALL = FilterText()


class Clock:
    """A clock that starts on 13 July 2020, and is set by hand."""

    def __init__(self):
        self.now = datetime(2020, 7, 13, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def next_day(self):
        self.now += timedelta(days=1)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def workspace(tmp_path, clock):
    """Return a workspace with a department, a part of it, another one, and three activities."""
    here = bootstrap.machine()
    machine = Machine(
        now=clock, new_id=here.new_id, new_seed=here.new_seed, pause=here.pause, user=lambda: "li"
    )
    place, settings = tmp_path / "w", tmp_path / "keys"
    create(
        place, OpenCampaign(id=machine.new_id(), settings=SETTINGS), language="zh",
        machine=machine, by="li", settings=settings,
        unsigned=lambda error: pytest.fail(str(error)),
    )  # fmt: skip
    with Workspace(place, machine=machine, settings=settings, via="web") as opened:
        register = opened.service.change_roster
        register(RegisterDepartment(code="tsw", name="共青团辽源市委员会", aliases=("团市委",)))
        register(RegisterDepartment(code="qsb", name="青少部", parent="tsw"))
        register(RegisterDepartment(code="csj", name="城市管理局"))
        record(opened, "2020-07-14 团市委 走访社区 #走访")
        record(opened, "2020-07-15 青少部 座谈会 #座谈")
        record(opened, "2020-07-10 城市管理局 清理街道")
        yield opened


def record(workspace, sentence):
    found = recording.read_activity(workspace, sentence, recording.Given())
    return recording.record(workspace, ENGLISH, found).id


def titles(revisions):
    return [revision.details.title for revision in revisions]


def now(workspace):
    return position_of(workspace, None)


def test_an_agenda_begins_today_unless_days_are_named_or_all_is_asked_for(workspace):
    def agenda(text=ALL, **how):
        found = activity_lists.agenda(workspace, text, known_at=now(workspace), **how)
        return titles(found)

    assert agenda() == ["走访社区", "座谈会"]
    assert agenda(whole=True) == ["清理街道", "走访社区", "座谈会"]
    assert agenda(FilterText(last="7月14日")) == ["清理街道", "走访社区"]
    assert agenda(FilterText(first="7月15日")) == ["座谈会"]
    assert agenda(FilterText(dept=("团市委",), tag=("#走访",))) == ["走访社区"]


def test_a_filter_that_means_nothing_is_refused_before_anything_is_read(workspace):
    for text, error in (
        (FilterText(status=("lost",)), NoSuchStatusError),
        (FilterText(first="7月15日", last="7月14日"), SpanError),
        (FilterText(dept=("教育局",)), DepartmentNotFoundError),
    ):
        with pytest.raises(error):
            activity_lists.agenda(workspace, text, known_at=now(workspace))
        with pytest.raises(error):
            activity_lists.search(workspace, "走访", text, known_at=now(workspace))
        with pytest.raises(error):
            activity_history.history(workspace, "团市委", text, known_at=now(workspace))


def test_a_search_finds_every_word_and_obeys_the_filter(workspace):
    def search(words, text=ALL):
        return titles(activity_lists.search(workspace, words, text, known_at=now(workspace)))

    assert search("走访") == ["走访社区"]
    assert search("走访 座谈") == []
    assert search("会", FilterText(dept=("城市管理局",))) == []


def test_a_history_holds_the_parts_of_a_department_with_every_revision(workspace, clock):
    (target,) = activity_lists.agenda(workspace, FilterText(tag=("座谈",)), known_at=7)
    clock.next_day()
    changing.move(workspace, target.id, to="7月20日", reason="rain")

    found = activity_history.history(workspace, "团市委", ALL, known_at=now(workspace))

    assert (found.department.code, found.total) == ("tsw", 2)
    assert [
        (last.details.title, [each.topic for each in revisions])
        for last, revisions in found.activities
    ] == [
        ("走访社区", ["activity.planned"]),
        ("座谈会", ["activity.planned", "activity.moved"]),
    ]
    with pytest.raises(DepartmentNotFoundError):
        activity_history.history(workspace, "教育局", ALL, known_at=now(workspace))


def test_everything_can_be_read_as_it_was_known_on_a_day(workspace, clock):
    (target,) = activity_lists.agenda(workspace, FilterText(tag=("座谈",)), known_at=7)
    clock.next_day()
    changing.move(workspace, target.id, to="7月20日", reason="rain")
    record(workspace, "2020-07-15 团市委 另一次走访")
    then, last = position_of(workspace, "7月13日"), now(workspace)

    assert (then, last) == (7, 9)
    of_day = FilterText(first="7月15日", last="7月15日")
    assert titles(activity_lists.agenda(workspace, of_day, known_at=then)) == ["座谈会"]
    assert titles(activity_lists.agenda(workspace, of_day, known_at=last)) == ["另一次走访"]
    assert titles(activity_lists.search(workspace, "另一次", ALL, known_at=then)) == []
    assert len(activity_history.activity(workspace, target.id, known_at=then).revisions) == 1
    assert len(activity_history.activity(workspace, target.id, known_at=last).revisions) == 2
    assert activity_history.history(workspace, "tsw", ALL, known_at=then).total == 2
    assert activity_history.history(workspace, "tsw", ALL, known_at=last).total == 3


def test_an_activity_is_found_by_its_short_id_with_the_departments_it_names(workspace):
    first, *_ = activity_lists.agenda(workspace, ALL, known_at=now(workspace))
    short = activity_lists.refs(workspace, [first.id], known_at=now(workspace))[first.id]

    found = activity_history.activity(workspace, short, known_at=now(workspace))

    assert first.id.startswith(short)
    assert (found.ref, titles(found.revisions)) == (short, ["走访社区"])
    assert found.roster.departments["tsw"].parent is None
    with pytest.raises(ActivityNotFoundError):
        activity_history.activity(workspace, first.id, known_at=4)


def test_a_department_comes_with_the_events_that_changed_it(workspace):
    found = departments.department_record(workspace, "青少部", known_at=now(workspace))

    assert (found.department.code, found.department.parent) == ("qsb", "tsw")
    assert [entry.position for entry in found.events] == [3]
    assert len(departments.roster(workspace, known_at=2).listed) == 1
    with pytest.raises(DepartmentNotFoundError):
        departments.department_record(workspace, "青少部", known_at=2)


def test_threads_read_while_another_records(workspace):
    def read(_):
        known_at = now(workspace)
        listed = titles(activity_lists.agenda(workspace, ALL, known_at=known_at, whole=True))
        found = activity_history.history(workspace, "团市委", ALL, known_at=known_at)
        assert len(listed) == known_at - 4
        assert len(list(found.activities)) == found.total == known_at - 5
        return known_at

    def write(number):
        return record(workspace, f"2020-07-16 团市委 走访{number}号楼")

    with ThreadPoolExecutor(4) as pool:
        written = pool.map(write, range(20))
        reached = list(pool.map(read, range(40)))
        assert len(set(written)) == 20

    assert min(reached) >= 7
    assert read(None) == 27
