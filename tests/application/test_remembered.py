"""What is remembered of the public record is what counting anew gives, after every change."""

from contextlib import closing

import pytest

from kalends.application.readers.feed_serving import FeedSource
from kalends.application.readers.public_record import PublicRecord
from kalends.application.recording import changing
from kalends.application.recording.given import Correction
from kalends.domain.commands import (
    CancelActivity,
    MoveDepartment,
    RegisterDepartment,
    ReleaseActivity,
    RenameDepartment,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.value import replace
from kalends.views.activity_filter import PUBLIC
from served_campaign import campaign_at


def counted(record):
    """Return all that a record counts, for everything, each department and each tag."""
    codes = list(record.roster.departments)
    filters = [
        PUBLIC,
        *(record.of_department(code) for code in codes),
        *(replace(PUBLIC, tags=frozenset({tag})) for tag in ("甲", "乙", "丙")),
        replace(PUBLIC, statuses=frozenset({"planned"})),
    ]
    found = [
        (record.totals(each), record.tags(each), record.by_department(each), record.by_month(each),
         record.by_week(each), record.figures(each), record.report(each), record.late(5, each))
        for each in filters
    ]  # fmt: skip
    histories = [
        (record.count_history(code, each), record.history(code, each, most=60))
        for code in codes
        for each in (PUBLIC, record.of_department(code))
    ]
    return found, histories, record.in_departments()


@pytest.fixture
def made(tmp_path):
    return campaign_at(tmp_path / "w")


@pytest.mark.campaign
def test_after_every_change_it_is_what_counting_anew_gives(made):
    ids = made.add_all(
        "7月1日 团市委 会甲 #甲", "7月25日 龙山区 会乙 #乙", "8月2日 市教育局、团市委 会丙 #甲 #丙"
    )

    def change(name, command):
        return lambda workspace: workspace.service.change(name, command)

    def roster(command):
        return lambda workspace: workspace.service.change_roster(command)

    steps = [
        lambda workspace: changing.move(workspace, ids[1], to="8月1日", reason="场地"),
        lambda workspace: changing.correct(
            workspace, ids[2], Correction(tag=("乙",), dept=("ls",)), reason="写错"
        ),
        change(ids[0], WithholdActivity(reason="暂缓")),
        lambda workspace: changing.correct(
            workspace, ids[0], Correction(tag=("丙",)), reason="写错"
        ),
        change(ids[0], ReleaseActivity(reason="公开")),
        change(ids[1], CancelActivity(reason="下雨")),
        roster(RenameDepartment(code="ls", name="龙山区委", on=None)),
        roster(RegisterDepartment(code="new", name="新单位", parent="ls")),
        roster(MoveDepartment(code="jyj", parent="tsw")),
        change(ids[2], RetractActivity(reason="误录")),
    ]
    with made.opened() as workspace, closing(FeedSource(workspace)) as shared:
        for step in steps:
            step(workspace)
            anew = counted(PublicRecord(workspace))
            assert counted(PublicRecord(workspace, feeds=shared)) == anew
            assert counted(PublicRecord(workspace, feeds=shared)) == anew


def test_it_is_not_counted_again_while_nothing_changes_that_it_depends_on(made, monkeypatch):
    made.add_all("7月1日 团市委 会甲 #甲", "7月25日 龙山区 会乙 #乙")
    with made.opened() as workspace, closing(FeedSource(workspace)) as shared:

        def figures(code):
            record = PublicRecord(workspace, feeds=shared)
            return record.figures(record.of_department(code))

        figures("tsw")
        made.add("7月26日 龙山区 会丁")
        assert figures("ls").activities == 2
        monkeypatch.setattr("kalends.application.readers.public_counts.total_figures", None)
        assert figures("tsw").activities == 1


def test_what_is_remembered_has_a_bound(made, monkeypatch):
    monkeypatch.setattr("kalends.application.readers.remembered._MOST", 3)
    made.add("7月1日 团市委 会甲 #甲")
    with made.opened() as workspace, closing(FeedSource(workspace)) as shared:
        for _ in range(2):
            counted(PublicRecord(workspace, feeds=shared))
        assert len(shared.remembered._kept) == 3
