"""The cells of dates and headcounts: whatever an office writes is read, kept in words or refused."""

import csv
import io

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.domain.errors import FieldTypeError, MissingHeadingError, NumberDateError
from kalends.intake.files.csv_table import CsvTable
from kalends.intake.files.rows import Row
from kalends.intake.headcount_cell import headcount_of


def read(headings, *rows):
    """Return the rows of a table, with their titles and departments put in."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["活动", "部门", *headings])
    writer.writerows(["会", "团市委", *row] for row in rows)
    return list(CsvTable(text.getvalue().encode()))


@pytest.mark.parametrize(
    ("headings", "cells", "phrase"),
    [
        (["开始时间", "结束时间"], ["2020-07-10 09:30", "2020-07-10 11:30"], "2020-07-10 09:30 — 2020-07-10 11:30"),
        (["Start", "End"], ["2020-07-10", ""], "2020-07-10"),
        (["Start (date/time)", "End (date/time)"], ["2020-07-10 9:30", "11:30"], "2020-07-10 9:30 — 11:30"),
        (["日期", "开始时间", "结束时间"], ["7月10日", "9:30", "11:30"], "7月10日 9:30 — 11:30"),
        (["日期", "开始时间", "结束时间"], ["2020-07-10", "2020-07-10 9:30", "2020-07-10 11:30"], "2020-07-10 9:30 — 11:30"),
        (["日期", "起止时间"], ["7月10日", "9:30-11:30"], "7月10日 9:30-11:30"),
        (["起止时间"], ["7月23日—24日"], "7月23日—24日"),
        (["起止日期", "时间"], ["7月10日", "morning"], "7月10日 上午"),
        (["开始日期", "结束日期"], ["7月10日", "7月12日"], "7月10日 — 7月12日"),
        (["开始日期", "结束日期"], ["7月10日", "7月10日"], "7月10日"),
        (["开始日期", "开始时间", "结束日期", "结束时间"], ["7月10日", "9:00", "7月11日", "17:00"], "7月10日 9:00 — 7月11日 17:00"),
        (["开始日期", "开始时间", "结束日期", "结束时间"], ["7月10日", "9:00", "7月10日", "17:00"], "7月10日 9:00 — 17:00"),
        (["开始日期", "时间"], ["7月10日", "上午"], "7月10日 上午"),
        (["日期", "first day", "last day"], ["7月 ", "2020-07-01", "2020-07-31"], "7月"),
    ],
)  # fmt: skip
def test_the_cells_of_days_and_hours_make_the_phrase_of_a_date(headings, cells, phrase):
    ((_, row, _),) = read(headings, cells)
    assert row.when == phrase


@pytest.mark.parametrize(
    ("headings", "cells", "readings"),
    [
        (["日期"], ["44000"], ("2020-06-18", "2024-06-19")),
        (["日期"], [" 44026.5 "], ("2020-07-14", "2024-07-15")),
        (["开始时间", "结束时间"], ["44026.375", "44026.5"], ("2020-07-14", "2024-07-15")),
        (["开始日期", "结束日期"], ["2020-07-14", "44027"], ("2020-07-15", "2024-07-16")),
    ],
)
def test_a_spreadsheet_s_number_of_days_in_a_csv_may_be_two_days(headings, cells, readings):
    ((_, error, _),) = read(headings, cells)

    assert isinstance(error, NumberDateError)
    assert (error.fields["first"], error.fields["second"]) == readings


@for_all(st.integers(20_000, 79_999), st.floats(0, 0.99))
def test_no_number_of_days_is_taken_for_a_day(day, part):
    for cell in (str(day), f"{day + part:.4f}"):
        ((_, error, _),) = read(["日期"], [cell])
        assert isinstance(error, NumberDateError)


@pytest.mark.parametrize(
    ("cell", "hour"), [("0.604166667", "14:30"), ("0.375", "09:00"), (".5000", "12:00")]
)
def test_a_fraction_of_a_day_in_a_csv_is_an_hour(cell, hour):
    ((_, row, _),) = read(["日期", "时间"], ["7月10日", cell])
    assert row.when == f"7月10日 {hour}"


@pytest.mark.parametrize("headings", [["结束时间"], ["结束日期"], ["联系人"]])
def test_a_table_without_a_beginning_is_none(headings):
    with pytest.raises(MissingHeadingError):
        read(headings, ["7月10日"])


def _typed(count, way):
    digits = f"{count:,}" if "thousands" in way else str(count)
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    return digits.translate(wide) if "wide" in way else digits


COUNTS = st.builds(
    lambda count, way: (count, _typed(count, way)),
    st.integers(0, 999_999),
    st.sampled_from(("plain", "thousands", "wide", "wide thousands")),
)
AROUND = st.sampled_from(("{}", " {} ", "{}人", "{} 人次", "共{}人", "{}名", "{} people", "{}人参加", "{}.0"))  # fmt: skip
ABOUT = st.sampled_from(
    ("约{}人", "{}余人", "{}多人", "近{}人", "{}人左右", "{}人以上", "超过{}", "{}+", "~{}", "about {}",
     "{}-{}人", "{}至{}人", "{}人—{}人", "{}万人", "over {} people", "{} or more", "{}名志愿者")
)  # fmt: skip


@for_all(COUNTS, AROUND)
def test_an_exact_number_is_read_however_it_is_written(count, around):
    assert headcount_of(around.format(count[1])) == count[0]


@pytest.mark.campaign
@for_all(COUNTS, ABOUT, st.sampled_from(("", "午餐")))
def test_what_is_about_a_number_is_kept_in_words_and_is_no_figure(count, around, description):
    cell = around.replace("{}", count[1])
    ((_, row, kept),) = read(["日期", "参会人数", "说明"], ["7月10日", cell, description])
    assert (row.headcount, kept) == (None, cell.strip())
    assert row.description.split("\n") == [
        *filter(None, [description]),
        f"参会人数：{cell.strip()}",
    ]


@pytest.mark.parametrize("cell", ["三十人", "三十", "廿人", "两人"])
def test_numerals_are_numbers(cell):
    assert headcount_of(cell) in {30, 20, 2}


@pytest.mark.parametrize("cell", ["约三十人", "三十余人", "十几人", "百余人", "一百二十人", "数百", "三五人", "若干", "三四十人"])  # fmt: skip
def test_numerals_that_are_no_exact_number_are_kept(cell):
    assert headcount_of(cell) is None


@pytest.mark.parametrize("cell", ["全体", "张三", "2020-07-10", "3O0", "1,20", "1.200", "-3", "1 200", "七月", "N/A"])  # fmt: skip
def test_anything_else_is_refused_with_a_reason(cell):
    with pytest.raises(FieldTypeError):
        headcount_of(cell)


@for_all(
    # A file with a zero in it is no text.
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
    | st.from_regex(r"[约近]?[0-9,]{1,7}[余多+]?[人名]?", fullmatch=True)
)
def test_no_cell_of_people_is_lost(cell):
    ((_, row, kept),) = read(["Date", "Attendees"], ["2020-07-10", cell])
    shown = cell.strip(" \t\r\n　\u00a0")
    if not isinstance(row, Row):
        assert isinstance(row, FieldTypeError)
    elif row.headcount is None:
        assert (kept or "", row.description or "") == (shown, shown and f"Attendees: {shown}")
    else:
        assert (kept, row.description) == (None, None)


def test_columns_without_anything_in_them_are_not_named():
    text = "日期,活动,部门,联系人,备注,,\n7月3日,会,团市委,, ,x,\n"
    assert CsvTable(text.encode()).unread == ["a column without a heading"]


TEMPLATE = "序号,日期,活动,部门,人数,联系人\n1,7月14日,会,团市委,20,张三\n"


@pytest.mark.parametrize(
    "row",
    [
        "2,,,,,", "合计,,,,20,", "共 计,,,,20,1人", "2,合计,,,20,", ",,总计,,20,", "Total,,,,20",
        ",,,小计,9,",
    ],
)  # fmt: skip
def test_a_row_with_its_number_alone_and_a_row_of_totals_are_no_activities(row):
    assert [found.number for found in CsvTable(f"{TEMPLATE}{row}\n".encode())] == [2]


@pytest.mark.parametrize(
    "row", ["2,,,,20,", "2,,,,,李四", "合计,7月15日,,,,", "合计,,会,,,", "2,,,团市委,,"]
)
def test_a_row_that_says_more_is_an_activity_or_wrong(row):
    assert [found.number for found in CsvTable(f"{TEMPLATE}{row}\n".encode())] == [2, 3]
