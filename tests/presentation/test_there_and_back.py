"""A table that was written is read back as the same activities, in either language and form."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kalends.dates.reader import DateContext, read
from kalends.domain.campaign_settings import Period
from kalends.domain.details import Details, Participation, accepted
from kalends.domain.errors import RefusedError
from kalends.intake.files.csv_table import CsvTable
from kalends.intake.files.xlsx_table import XlsxTable
from kalends.intake.resolver import Resolver
from kalends.presentation.csv_text import BOM, csv_lines
from kalends.presentation.sheets import (
    ACTIVITY_COLUMNS,
    CHANGE_COLUMNS,
    LATE_COLUMNS,
    REASON,
    activity_row,
)
from kalends.presentation.workbook import department_sheets, workbook
from kalends.views.activities import Revision
from kalends.words import words
from specification import registered

NOW = datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HERE = DateContext(now=NOW, zone="Asia/Shanghai")
ROSTER = registered(
    {
        "tsw": ["共青团辽源市委员会", "团市委"],
        "jyj": ["教育局、体育局"],
        "fl": ["妇联（联合）"],
        "cgj": ["城管:参加"],
        "en": ["Youth: League, city"],
        "eq": ["=HYPERLINK(1)"],
    }
)
PHRASES = [
    "7月14日", "7月14日上午", "7月14日14:30", "7月14日9:00-11:30", "7月23日—24日", "7月23日晚上",
    "12月31日至2021年1月2日", "7月23日9点到7月24日17点", "7月上旬", "7月下旬", "2020年7月", "三季度",
    "上半年", "2019年", "7月14日夜里", "7月14日中午", "7月14日20:00至24:00", "next Friday 3pm", "February 2020",
]  # fmt: skip
SIGNS = st.text(
    st.sampled_from("=+-@＝'\",;、；\t #会议a \u2003_x0041_<&"), min_size=1, max_size=9
)
TEXT = SIGNS | st.text(min_size=1, max_size=20)


PLAIN = Details(
    title="会",
    when=read("7月14日", HERE).when,
    departments=(Participation(code="tsw", role="lead"),),
)


def text_for(field, several=tuple):
    """Return texts that a field may hold; what is refused is drawn anew, one text at a time."""

    def may_be(text):
        try:
            accepted(replace(PLAIN, **{field: several([text])}))
        except RefusedError:
            return False
        return True

    return TEXT.filter(may_be)


def dates():
    """Return dates of every precision that words can say again."""
    return st.sampled_from([read(phrase, HERE).when for phrase in PHRASES])


@st.composite
def activities(draw):
    codes = draw(
        st.lists(st.sampled_from(list(ROSTER.departments)), min_size=1, max_size=6, unique=True)
    )
    roles = st.sampled_from(["lead", "joint", "participant"])
    details = Details(
        title=draw(text_for("title", "".join)),
        when=draw(dates()),
        departments=tuple(Participation(code=code, role=draw(roles)) for code in codes),
        place=draw(st.none() | text_for("place", "".join)),
        tags=tuple(draw(st.lists(text_for("tags"), max_size=3))),
        description=draw(
            st.none() | st.lists(text_for("description", "".join), max_size=3).map("\n".join)
        ),
        headcount=draw(st.none() | st.integers(0, 10**9)),
        links=tuple(
            draw(st.lists(st.sampled_from(["https://x.cn/a,b;c", "http://y.cn/#1"]), max_size=2))
        ),
    )
    try:
        details = accepted(details)
    except RefusedError:
        assume(condition=False)
    status = draw(st.sampled_from(["planned", "held", "recorded"]))
    return revised(details, status)


def revised(details, status):
    """Return details as an event left them."""
    at = datetime(2020, 7, 20, 2, tzinfo=UTC)
    return Revision(
        id="a00000000001", version=1, position=5, until=9, at=at, by="li", via="cli", act="x",
        topic="activity.recorded", reason=None, details=details, status=status, withheld=False,
        created=at, dated=5,
    )  # fmt: skip


def expected(revision):
    return (as_days(revision.details), revision.status == "planned")


def as_days(details):
    """Return details without the words that their date was said in."""
    return replace(details, when=replace(details.when, text=""))


def read_back(table):
    """Return the details and plans that a table holds."""
    resolver = Resolver(ROSTER, HERE)
    found = []
    for _, row, _ in table:
        assert not isinstance(row, Exception), row
        draft = resolver.draft(row)
        found.append((as_days(accepted(draft.details)), draft.planned))
    return found


@pytest.mark.campaign
@pytest.mark.parametrize("language", ["en", "zh"])
@given(revisions=st.lists(activities(), min_size=1, max_size=3))
def test_from_csv(language, revisions):
    said = words(language)
    rows = [activity_row(said, NOW.tzinfo, revision, ROSTER).cells for revision in revisions]
    text = BOM + "".join(
        csv_lines([[said.say(column.heading) for column in ACTIVITY_COLUMNS], *rows])
    )
    table = CsvTable(text.encode())

    assert table.unread == []
    assert len(table) == len(revisions)
    assert read_back(table) == [expected(revision) for revision in revisions]
    assert not any(
        cell[:1] in "=+-@＝"
        for row in csv.reader(StringIO(text, newline=""))
        for cell in row
        if cell
    )


@pytest.mark.campaign
@pytest.mark.parametrize("language", ["en", "zh"])
@given(revisions=st.lists(activities(), min_size=1, max_size=2))
def test_from_a_workbook(language, revisions):
    said = words(language)
    rows = [activity_row(said, NOW.tzinfo, revision, ROSTER) for revision in revisions]
    names = {code: department.name for code, department in ROSTER.departments.items()}
    made = workbook(said, department_sheets("All", ACTIVITY_COLUMNS, rows, names), created=NOW)
    table = XlsxTable(made)

    assert table.unread == []
    assert len(table) == len(revisions)
    assert read_back(table) == [expected(revision) for revision in revisions]


@pytest.mark.parametrize("more", [(), (REASON,), LATE_COLUMNS, CHANGE_COLUMNS])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_column_that_a_list_writes_is_unknown_when_it_is_read(language, more):
    said = words(language)
    head = [said.say(column.heading) for column in (*ACTIVITY_COLUMNS, *more)]
    row = ["2020-07-14", "", "会", "tsw", *["x"] * (len(head) - 4)]

    assert CsvTable("".join(csv_lines([head, row])).encode()).unread == []


def test_a_week_and_an_open_period_come_back_as_their_days():
    here = DateContext(
        now=NOW,
        zone="Asia/Shanghai",
        period=Period(first_day=NOW.date().replace(day=1), last_day=NOW.date()),
    )
    for phrase in ("本周", "今年以来"):
        when = read(phrase, here).when
        said = Details(
            title="会", when=when, departments=(Participation(code="tsw", role="lead"),)
        )
        revision = revised(said, "held")
        for language in ("en", "zh"):
            spoken = words(language)
            row = activity_row(spoken, NOW.tzinfo, revision, ROSTER).cells
            head = [spoken.say(column.heading) for column in ACTIVITY_COLUMNS]
            ((details, _),) = read_back(CsvTable("".join(csv_lines([head, row])).encode()))
            assert details.when.first_day == when.first_day
            assert details.when.last_day == when.last_day
