"""The report, as an office reads it: in both languages, wide and narrow, and as tables."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kalends.cli.terminal import printing
from kalends.cli.terminal.cells import cells


@pytest.fixture
def filled(workspace):
    """Return a workspace with a department that recorded nothing."""
    assert workspace("dept", "add", "城管|执法局", "--code", "cgj").code == 0
    for words in (
        "7月14日上午 团市委 召开推进会 #推进会",
        "7月15日 团市委、市教育局 召开家长会",
        "7月20日 团市委 召开总结会",
        "8月14日 团市委 召开动员会",
        "8月15日 市教育局 召开座谈会",
    ):
        assert workspace("add", words).code == 0
    ref = workspace("search", "座谈会", "--json").document["activities"][0]["id"]
    assert workspace("cancel", ref, "--reason", "雨").code == 0
    ref = workspace("search", "家长会", "--json").document["activities"][0]["id"]
    assert workspace("correct", ref, "--place", "礼堂", "--reason", "补").code == 0
    return workspace


def test_who_takes_by_for_a_grouping_is_told_what_it_is(filled):
    said = filled("report", "--by", "department", "--json")
    assert said.code == 0
    assert said.document["total"]["activities"] == 0
    assert "department recorded nothing of this: --by takes a handle." in said.err
    by = filled("agenda", "--all", "--json").document["activities"][0]["by"]
    assert filled("report", "--by", by).err == ""


def test_a_report_as_a_program_reads_it(filled):
    document = filled("report", "7月", "--json").document
    figures = ("activities", "held", "planned", "cancelled", "late", "corrected")

    assert (document["from"], document["to"], document["days"]) == ("2020-07-01", "2020-07-31", 3)
    assert [document["total"][name] for name in figures] == [3, 3, 0, 0, 2, 1]
    assert [
        (row["code"], *(row[name] for name in figures)) for row in document["departments"]
    ] == [
        ("tsw", 3, 3, 0, 0, 2, 1),
        ("jyj", 1, 1, 0, 0, 1, 1),
    ]
    assert [(week["from"], week["activities"]) for week in document["weeks"]] == [
        ("2020-06-29", 0), ("2020-07-06", 0), ("2020-07-13", 2), ("2020-07-20", 1), ("2020-07-27", 0),
    ]  # fmt: skip
    assert [row["code"] for row in document["silent"]] == ["cgj"]


def test_all_that_there_is_without_a_period(filled):
    total = filled("report", "--json").document["total"]
    assert (total["activities"], total["planned"], total["cancelled"]) == (5, 1, 1)


@pytest.mark.parametrize(
    "asked", [["2020年7月"], ["July", "2020"], ["--from", "7月1日", "--to", "7月31日"]]
)
def test_a_period_is_said_in_any_words(filled, asked):
    assert filled("report", *asked, "--json").document["total"]["activities"] == 3


def test_filters_and_what_was_known_then(filled):
    assert filled("report", "--json", "--tag", "推进会").document["total"]["activities"] == 1
    assert filled("report", "--json", "--dept", "市教育局").document["total"]["activities"] == 2
    before = filled("report", "--json", "--known-at", "6").document
    assert (before["known_at"], before["total"]["activities"]) == (6, 1)
    assert filled("report", "7月", "--days", "30", "--json").document["total"]["late"] == 0


def test_people_read_tables_with_bars_and_who_recorded_nothing(filled):
    said = filled("report", "7月")
    lines = said.out.splitlines()

    assert said.code == 0
    assert lines[0] == "创城 — 2020-07-01 to 2020-07-31, as known at position 12"
    assert lines[1].startswith("Activities: 3 (held 3, planned 0, cancelled 0)")
    tsw = next(line for line in lines if line.startswith("团市委"))
    jyj = next(line for line in lines if line.startswith("市教育局"))
    assert tsw.count("■") == 3 * jyj.count("■") - 1 == 20
    assert lines[-1] == "Departments without any activity: 1 — 城管|执法局"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
def test_a_report_fits_its_terminal(filled, monkeypatch, width, language):
    monkeypatch.setattr(printing, "width", lambda: width)
    out = filled("report", "7月", "--lang", language).out

    assert all(cells(line) <= width for line in out.splitlines()), out
    shown = "".join(out.split())
    assert "团市委" in shown
    assert "■" in shown
    assert "城管" in shown


def test_markdown_is_a_document_in_which_names_break_nothing(filled):
    said = filled("report", "7月", "--markdown", "--lang", "zh")

    assert said.out.startswith("# 创城——2020-07-01 至 2020-07-31")
    assert "| 团市委 | 3 | 3 | 0 | 0 | 2 | 1 |" in said.out
    assert "- 城管\\|执法局" in said.out.splitlines()


def test_csv_has_the_total_the_departments_and_the_weeks(filled):
    out = filled("report", "7月", "--csv").out.removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(out, newline=""))
    found = [dict(zip(head, row, strict=True)) for row in rows]

    assert [row["row of"] for row in found] == ["total", *["department"] * 3, *["week"] * 5]
    assert found[1]["department"] == "共青团辽源市委员会"
    assert (found[3]["code"], found[3]["activities"]) == ("cgj", "0")
    assert (found[6]["first day"], found[6]["activities"]) == ("2020-07-13", "2")


def test_a_month_is_in_no_week(filled):
    assert filled("add", "2020年7月", "--dept", "我市", "--title", "宣传月").code == 0
    document = filled("report", "7月", "--json").document

    assert document["undated"]["activities"] == 1
    assert document["total"]["activities"] == 4
    assert "no exact day" in filled("report", "7月").out
    assert "no exact day" in filled("report", "7月", "--csv").out


def test_a_workbook_has_the_figures_and_the_activities(filled):
    assert filled("report", "7月", "--xlsx", "r.xlsx").code == 0
    book = CalamineWorkbook.from_path("r.xlsx")

    assert book.sheet_names == ["Report", "All", "团市委", "市教育局"]
    figures = book.get_sheet_by_name("Report").to_python()
    assert figures[1][3:7] == [date(2020, 7, 1), date(2020, 7, 31), 3.0, 3.0]
    assert len(book.get_sheet_by_name("All").to_python()) == 4


def test_without_any_activity_there_is_a_report_too(workspace):
    said = workspace("report", "7月")
    assert said.code == 0
    assert "Departments without any activity: 3" in said.out
    assert "By department" not in said.out


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["7月", "--from", "7月1日"], 2),
        (["--markdown", "--csv"], 2),
        (["--markdown", "--json"], 2),
        (["--markdown", "--xlsx", "a.xlsx"], 2),
        (["近日"], 4),
        (["--dept", "某局"], 3),
    ],
)
def test_what_makes_no_sense_is_refused(filled, asked, code):
    assert filled("report", *asked).code == code
    assert not Path("a.xlsx").exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_all_is_known_the_days_are_said(filled, language):
    for asked in ([], ["--from", "7月1日"], ["--to", "7月31日"], ["7月14日"]):
        out = filled("report", *asked, "--lang", language).out
        assert out.splitlines()[0].startswith("创城")
        assert ("2020-07" in out.splitlines()[0]) == bool(asked)


def test_an_undo_is_no_correction_and_what_was_undone_is_none(workspace):
    def figure():
        return workspace(
            "report", "--from", "2020-07-01", "--to", "2020-08-31", "--json"
        ).document["total"]["corrected"]

    assert workspace("add", "8月14日 团市委 走访", "--planned").code == 0
    ref = workspace("agenda", "--all", "--json").document["activities"][0]["id"]
    assert workspace("held", ref).code == 0
    assert workspace("undo").code == 0
    assert figure() == 0
    assert workspace("correct", ref, "--title", "慰问", "--reason", "x").code == 0
    assert figure() == 1
    assert workspace("undo").code == 0
    assert figure() == 0
