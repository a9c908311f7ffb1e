"""What a door reads: lists and histories, as known at a position, without a terminal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kalends import bootstrap
from kalends.application.queries import (
    activity_history,
    activity_lists,
    departments,
    difference,
    event_list,
    overview,
    period_report,
)
from kalends.application.queries.filter_text import FilterText
from kalends.application.queries.known_at import position_of
from kalends.application.readers import feed_contents
from kalends.application.readers.public_record import PublicRecord
from kalends.application.recording import campaigns, changing, recording
from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.making import create
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from kalends.domain.errors import (
    ActivityNotFoundError,
    DepartmentNotFoundError,
    FeedNotFoundError,
    NoSuchStatusError,
    NotFoundError,
    SpanError,
    UnclearError,
)
from kalends.domain.roster import Roster
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


@pytest.mark.campaign
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


def test_events_are_listed_after_a_position_and_by_a_filter(workspace):
    def events(text=ALL, **how):
        found = event_list.events(workspace, text, known_at=how.pop("known_at", 7), **how)
        return [entry.position for entry in found]

    of_tsw = FilterText(dept=("团市委",), tag=("座谈",))
    assert events() == [1, 2, 3, 4, 5, 6, 7]
    assert events(after=4, known_at=6) == [5, 6]
    assert events(of_tsw) == [6]
    assert events(of_tsw, after=5) == [6]
    assert events(of_tsw, after=6) == []
    assert events(after=7) == []
    assert event_list.recorded_at(workspace, 7) == datetime(2020, 7, 13, 1, tzinfo=UTC)
    with pytest.raises(LookupError):
        event_list.recorded_at(workspace, 8)


def test_what_was_recorded_late_and_the_figures_agree(workspace):
    def late(days):
        found = activity_lists.late(workspace, ALL, known_at=7, days=days)
        return [(each.revision.details.title, each.days) for each in found]

    def report(days):
        return period_report.report(workspace, ALL, known_at=7, days=days)

    assert late(2) == [("清理街道", 3)]
    assert late(3) == []
    assert (report(2).total.late, report(3).total.late) == (1, 0)
    with pytest.raises(SpanError):
        period_report.report(
            workspace, FilterText(first="7月15日", last="7月14日"), known_at=7, days=3
        )


def test_a_difference_ends_where_the_record_is_read(workspace, clock):
    (target,) = activity_lists.agenda(workspace, FilterText(tag=("座谈",)), known_at=7)
    clock.next_day()
    changing.move(workspace, target.id, to="7月20日", reason="rain")

    found = difference.difference(workspace, "7", known_at=8)
    earlier = difference.difference(workspace, "5", "8", known_at=7)

    assert (found.start, found.end, found.total) == (7, 8, 1)
    ((before, after, revisions),) = found.changes
    assert before.details.when.first_day.day, after.details.when.first_day.day == (15, 20)
    assert [each.reason for each in revisions] == ["rain"]
    assert (earlier.start, earlier.end, earlier.total) == (5, 7, 2)


def test_feeds_give_the_bytes_of_any_position(workspace):
    feeds = {feed.name: feed for feed in feed_contents.listed(workspace, known_at=7)}

    assert feeds["tsw"].activities == 2
    assert feeds["tsw"].url is None
    now, then = (feed_contents.feed(workspace, "tsw", known_at=at) for at in (7, 5))
    assert (now.count(b"BEGIN:VEVENT"), then.count(b"BEGIN:VEVENT")) == (2, 1)
    with pytest.raises(FeedNotFoundError):
        feed_contents.feed(workspace, "jyj", known_at=7)


def test_a_single_entry_and_its_explanation_take_a_short_id(workspace):
    first, *_ = activity_lists.agenda(workspace, ALL, known_at=7)
    short = activity_lists.refs(workspace, [first.id], known_at=7)[first.id]

    only = feed_contents.only_entry(workspace, short, known_at=7)
    why = feed_contents.explanation(workspace, short, known_at=7)

    assert (only.id, why.id) == (first.id, first.id)
    assert only.content.count(b"BEGIN:VEVENT") == 1
    assert why.statements
    for read in (feed_contents.only_entry, feed_contents.explanation):
        with pytest.raises(ActivityNotFoundError):
            read(workspace, first.id, known_at=4)


def test_an_overview_says_what_is_to_come_what_is_overdue_and_what_changed(
    workspace, clock, monkeypatch
):
    (target,) = activity_lists.agenda(workspace, FilterText(tag=("座谈",)), known_at=7)
    changing.move(workspace, target.id, to="7月20日", reason="rain")
    clock.next_day()
    clock.next_day()

    found = overview.overview(workspace, known_at=now(workspace))

    assert (found.title, found.total, len(found.roster.listed)) == ("创城", 3, 3)
    assert titles(found.coming.each) == ["座谈会"]
    assert titles(found.overdue.each) == ["走访社区"]
    (changed,) = found.corrections
    assert changed.reason == "rain"
    assert overview.revision_before(workspace, changed).topic == "activity.planned"
    assert overview.published(workspace) == 0
    outcomes = overview.NextStep.RECORD_OUTCOMES
    assert overview.next_steps(workspace, found) == [outcomes, overview.NextStep.PUBLISH]
    with monkeypatch.context() as ahead:
        ahead.setattr(type(workspace), "published", lambda _: 9_999)
        assert overview.next_steps(workspace, found) == [
            overview.NextStep.FIND_NEWER_LOG,
            outcomes,
        ]
    (workspace.folder.feeds).mkdir(exist_ok=True)
    (workspace.folder.feeds / "manifest.json").write_text("no")
    assert overview.published(workspace) is None
    assert overview.next_steps(workspace, found) == [
        outcomes,
        overview.NextStep.RESTORE_MANIFEST,
    ]


def test_a_new_campaign_needs_departments_first_and_then_an_activity(workspace):
    found = overview.overview(workspace, known_at=now(workspace))
    assert overview.next_steps(workspace, found._replace(roster=Roster())) == [
        overview.NextStep.REGISTER_DEPARTMENTS
    ]
    assert overview.next_steps(workspace, found._replace(total=0)) == [
        overview.NextStep.RECORD_FIRST
    ]


def test_the_campaign_is_read_at_a_position(workspace):
    assert campaigns.campaign(workspace, known_at=1).settings.title == "创城"
    with pytest.raises(NotFoundError):
        campaigns.campaign(workspace, known_at=0)


def test_what_a_department_still_has_from_a_day_on_leaves_out_its_parts(workspace):
    day = datetime(2020, 7, 14, tzinfo=UTC).date()

    def standing(day):
        return titles(activity_history.standing_from(workspace, "tsw", day))

    assert standing(day) == ["走访社区"]
    assert standing(day + timedelta(days=1)) == []


def test_a_stranger_cannot_name_a_file_as_the_moment(workspace, tmp_path, monkeypatch):
    saved = tmp_path / "saved.ics"
    saved.write_bytes(feed_contents.feed(workspace, "all", known_at=7))
    assert position_of(workspace, str(saved)) == 7

    monkeypatch.setattr(Path, "is_file", lambda path: pytest.fail(f"looked for {path}"))
    for name in (str(saved), "/etc/passwd", "events/journal.jsonl", "/nowhere/at/all"):
        with pytest.raises(UnclearError):
            PublicRecord(workspace, name).known_at  # noqa: B018 - it raises
