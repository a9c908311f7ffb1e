"""Tables and sentences in files: as offices keep them, in both languages, and what is wrong with them."""

import csv
import io
import sys
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

import click
import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

TABLE = """2020年7月活动统计表,,,,,,
序号,日期,活动 名称,责任单位*,联合单位,参加人数（人）,状态
1,7月3日,开学典礼,市教育局,团市委,300人,已完成
2,7月4日下午,"走访
社区",团市委,,12,
,,,,,,
3,8月5日,=cmd|x,市教育局（参加）、团市委（牵头）,,,计划
"""


UNREAD = "! Columns that are not read, so that nothing of them is recorded: 联系人, 备注.\n"


def agenda(kalends):
    return kalends("agenda", "--all", "--json").document["activities"]


def workbook(path, *sheets):
    """Write a workbook: of each sheet its name and its rows."""
    with Workbook(path, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        hour = book.add_format({"num_format": "hh:mm"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date | datetime | time):
                        sheet.write_datetime(
                            n, place, cell, hour if isinstance(cell, time) else day
                        )
                    elif cell != "":
                        sheet.write(n, place, cell)
    return path


def test_a_table_as_an_office_keeps_it(workspace):
    Path("july.csv").write_text(TABLE.replace("走访\n社区", "走访社区"), "utf-8")
    said = workspace("add", "--from", "july.csv")

    assert (said.code, said.err) == (0, "")
    first, second, third = agenda(workspace)
    assert first["title"] == "开学典礼"
    assert [(part["code"], part["role"]) for part in first["departments"]] == [
        ("jyj", "lead"), ("tsw", "joint"),
    ]  # fmt: skip
    assert (first["headcount"], first["status"]) == (300, "recorded")
    assert (second["when"]["part"], second["headcount"]) == ("afternoon", 12)
    assert (third["title"], third["status"]) == ("=cmd|x", "planned")
    assert [(part["code"], part["role"]) for part in third["departments"]] == [
        ("tsw", "lead"), ("jyj", "participant"),
    ]  # fmt: skip
    assert "0 recorded, 3 were there already" in workspace("add", "--from", "july.csv").out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_as_spreadsheets_save_it(workspace, encoding, delimiter):
    text = "日期,活动,部门\n7月3日,典礼,团市委\n7月4日,走访,市教育局\n".replace(",", delimiter)
    Path("a.csv").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert workspace("add", "--from", "a.csv").code == 0
    assert [activity["title"] for activity in agenda(workspace)] == ["典礼", "走访"]


def test_another_encoding_is_not_guessed(workspace):
    Path("a.csv").write_bytes("日期,名稱,部門\n7月3日,典禮,團市委\n".encode("big5"))
    assert workspace("add", "--from", "a.csv").code == 2
    Path("a.csv").write_bytes("日期,活动,部门\n".encode("utf-16")[:-1])
    assert workspace("add", "--from", "a.csv").code == 2


def test_what_was_exported_is_recorded_elsewhere(workspace):
    Path("july.csv").write_text(TABLE.replace("走访\n社区", "走访社区"), "utf-8")
    assert workspace("add", "--from", "july.csv").code == 0
    before = agenda(workspace)
    for language in ("en", "zh"):
        Path(f"{language}.csv").write_bytes(
            workspace("agenda", "--all", "--csv", "--lang", language).out.encode()
        )
        assert (
            workspace("agenda", "--all", "--xlsx", f"{language}.xlsx", "--lang", language).code
            == 0
        )
    for name in ("en.csv", "zh.csv", "en.xlsx", "zh.xlsx"):
        assert workspace("undo").code == 0  # what was recorded is retracted
        said = workspace("add", "--from", name)
        assert said.code == 0, said
        after = agenda(workspace)
        for key in ("title", "status", "departments", "headcount"):
            assert [activity[key] for activity in after] == [activity[key] for activity in before]
        assert [activity["when"] | {"text": ""} for activity in after] == [
            activity["when"] | {"text": ""} for activity in before
        ]


def test_bad_rows_come_back_with_their_reasons_and_are_recorded_once_mended(workspace):
    bad = "4,7月32日,走访二,团市委,,12,\n5,7月6日,会,某局,,,\n6,7月7日,会,团市委,,全体,\n7,7月8日,会,团市委,,,已取消\n"
    Path("july.csv").write_text(TABLE + bad, "utf-8")
    refused = workspace("add", "--from", "july.csv")
    assert refused.code == 4  # a day that does not exist, and nothing is recorded
    assert agenda(workspace) == []

    said = workspace("add", "--from", "july.csv", "--keep-going")
    assert said.code == 9
    assert "The rows that were not recorded are in july-rejected.csv." in said.err
    assert (
        "→ Correct them in that file, then record it: `kalends add --from july-rejected.csv`."
    ) in said.err
    text = Path("july-rejected.csv").read_text("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == [
        "序号",
        "日期",
        "活动 名称",
        "责任单位*",
        "联合单位",
        "参加人数（人）",
        "状态",
        "reason",
    ]
    assert [row[0] for row in rows] == ["2", "4", "5", "6", "7"]
    assert rows[0][2] == "走访\n社区"
    assert rows[1][-1].startswith("“7月32日”")

    mended = (
        text.replace("走访\n社区", "走访社区")
        .replace("7月32日", "7月31日")
        .replace("某局", "我市")
    )
    Path("july-rejected.csv").write_text(
        mended.replace("全体", "10人").replace("已取消", ""), "utf-8-sig"
    )
    again = workspace("add", "--from", "july-rejected.csv")
    assert (again.code, again.err) == (0, "")
    assert len(agenda(workspace)) == 7


def test_no_file_that_is_there_is_touched_and_a_dry_run_writes_none(workspace):
    Path("a.csv").write_text("date,title,departments\n7月32日,会,团市委\n", "utf-8")
    assert workspace("add", "--from", "a.csv", "--keep-going", "--dry-run").code == 9
    assert not Path("a-rejected.csv").exists()
    for name in ("a-rejected.csv", "a-rejected-2.csv", "a-rejected-3.csv"):
        said = workspace("add", "--from", "a.csv", "--keep-going", "--json")
        assert (said.code, said.document["rejected"]) == (9, name)
    assert workspace("add", "--from", "a-rejected.csv", "--keep-going").code == 9
    text = Path("a-rejected-rejected.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "date,title,departments,reason"


def test_rows_that_cannot_be_put_into_a_file_are_listed_all_the_same(workspace, monkeypatch):
    Path("a.csv").write_text(
        "date,title,departments\n7月32日,会,团市委\n7月3日,会,团市委\n", "utf-8"
    )

    def refuse(*_):
        raise PermissionError(13, "no")

    monkeypatch.setattr("kalends.cli.commands.rejected.write_beside", refuse)
    said = workspace("add", "--from", "a.csv", "--keep-going")
    assert said.code == 9
    assert "could not be written to a file" in said.err
    assert "Line 2:" in said.err
    assert len(agenda(workspace)) == 1


def test_columns_that_nothing_is_known_of_are_named(workspace):
    Path("a.csv").write_text("日期,活动,部门,联系人,备注\n7月3日,会,团市委,张三,x\n", "utf-8")
    said = workspace("add", "--from", "a.csv")
    assert (said.code, said.err) == (0, UNREAD)
    noted = workspace("add", "--from", "a.csv", "--json").document["notes"]
    assert noted == [UNREAD.removeprefix("! ").strip()]


CONTACTS = "日期,活动,部门,联系人\n7月3日,会,团市委,张三\n"


def ending():
    """Raise what the end of the input raises."""
    try:
        raise EOFError  # noqa: TRY301 - as click does
    except EOFError:
        raise click.Abort  # noqa: B904 - as click does


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 4), ("n", 4), (None, 4)])
def test_at_a_terminal_columns_that_are_not_read_are_asked_about_first(
    workspace, monkeypatch, answer, code
):
    Path("a.csv").write_text(CONTACTS, "utf-8")
    monkeypatch.setattr("kalends.cli.context.Context.can_ask", True)

    before = Path("events/journal.jsonl").read_bytes()

    def prompt(*_, **__):
        assert Path("events/journal.jsonl").read_bytes() == before
        return ending() if answer is None else answer

    monkeypatch.setattr(click, "prompt", prompt)
    said = workspace("add", "--from", "a.csv")
    assert said.code == code
    assert said.err.startswith("! Columns that are not read")
    assert len(agenda(workspace)) == (answer == "y")


@pytest.mark.parametrize("options", [["--yes"], ["--dry-run"], ["--json"]])
def test_yes_a_dry_run_and_programs_are_not_asked_about_columns(workspace, monkeypatch, options):
    Path("a.csv").write_text(CONTACTS, "utf-8")
    if options != ["--json"]:
        monkeypatch.setattr("kalends.cli.context.Context.can_ask", True)
    said = workspace("add", "--from", "a.csv", *options)
    assert (said.code, said.err) == (0, UNREAD.replace(", 备注", ""))


def test_a_headcount_that_is_about_a_number_is_kept_in_the_description(workspace):
    Path("a.csv").write_text(
        "日期,活动,部门,参会人数\n7月3日,会,团市委,约30人\n7月4日,会,团市委,1２00\n", "utf-8"
    )
    said = workspace("add", "--from", "a.csv")
    assert (
        said.err
        == "! Line 2: “约30人” is not an exact headcount: it is kept in the description.\n"
    )
    first, second = agenda(workspace)
    assert (first["headcount"], first["description"]) == (None, "参会人数：约30人")
    assert (second["headcount"], second["description"]) == (1200, None)


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (datetime(2020, 7, 10, 9, 30), datetime(2020, 7, 10, 11, 30), "Fri 2020-07-10 09:30–11:30"),  # noqa: DTZ001 - cells
        (44022, 44023, "Fri 2020-07-10 — Sat 2020-07-11"),
        (44022.5, "14:00", "Fri 2020-07-10 12:00–14:00"),
        ("2020-07-10 9点", 0.5, "Fri 2020-07-10 09:00–12:00"),
    ],
)  # fmt: skip
def test_a_beginning_and_an_end_of_a_workbook_are_what_people_see(workspace, begins, ends, said):
    rows = [["开始时间", "结束时间", "活动", "部门"], [begins, ends, "会", "团市委"]]
    workbook("a.xlsx", ("七月", rows))
    assert workspace("add", "--from", "a.xlsx").code == 0
    assert said in workspace("agenda", "--all").out


@pytest.mark.parametrize(
    ("date_cell", "time_cell", "said"),
    [
        (date(2020, 7, 10), "", "Fri 2020-07-10"),
        (date(2020, 7, 10), "上午", "Fri 2020-07-10 morning"),
        (date(2020, 7, 10), time(14, 30), "Fri 2020-07-10 14:30"),
        (date(2020, 7, 10), 0.5, "Fri 2020-07-10 12:00"),
        (datetime(2020, 7, 10, 9, 30), "", "Fri 2020-07-10 09:30"),  # noqa: DTZ001 - a cell
        (44022, "", "Fri 2020-07-10"),
        (44022.604166666664, "", "Fri 2020-07-10 14:30"),
        (20200710, "", "Fri 2020-07-10"),
        (7.14, "", "Tue 2020-07-14"),
        ("7.1", "", "Wed 2020-07-01"),
        ("7月10日14:30", "", "Fri 2020-07-10 14:30"),
        ("7月23日—24日", "", "Thu 2020-07-23 — Fri 2020-07-24"),
    ],
)
def test_a_date_of_a_workbook_is_what_people_see(workspace, date_cell, time_cell, said):
    workbook(
        "a.xlsx",
        ("七月", [["日期", "时间", "活动", "部门"], [date_cell, time_cell, "会", "团市委"]]),
    )
    assert workspace("add", "--from", "a.xlsx").code == 0
    assert said in workspace("agenda", "--all").out


def test_the_last_moment_that_a_workbook_can_hold_is_read(workspace):
    rows = [["日期", "活动", "部门", "备注"], ["7月10日", "会", "团市委", 2958465.99999]]
    with Workbook("a.xlsx") as book:
        sheet = book.add_worksheet("七月")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_number(1, 3, rows[1][3], book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    assert workspace("add", "--from", "a.xlsx", "--yes").code == 0


@pytest.mark.parametrize("cell", [7.1, 7.2, 12.3, True, "", -3])
def test_what_is_no_date_is_refused_and_comes_back(workspace, cell):
    workbook("a.xlsx", ("七月", [["日期", "活动", "部门"], [cell, "会", "团市委"]]))
    said = workspace("add", "--from", "a.xlsx", "--keep-going")
    assert said.code == 9, said
    back = CalamineWorkbook.from_path("a-rejected.xlsx").get_sheet_by_index(0).to_python()
    assert back[0] == ["日期", "活动", "部门", "reason"]
    assert back[1][0] in {cell, str(cell)}


def test_of_several_sheets_one_is_read_and_the_others_are_named(workspace):
    rows = [["日期", "活动", "部门"], [date(2020, 7, 10), "会", "团市委"]]
    workbook(
        "a.xlsx",
        ("说明", [["填表说明"]]),
        ("七月", rows),
        ("八月", [rows[0], ["8月1日", "走访", "团市委"]]),
    )
    said = workspace("add", "--from", "a.xlsx")
    assert said.code == 0
    assert "Sheets that are not read: 八月. --sheet NAME reads one of them." in said.err
    assert workspace("add", "--from", "a.xlsx", "--sheet", "八月").err == ""
    assert [activity["title"] for activity in agenda(workspace)] == ["会", "走访"]
    assert "0 recorded, 1 were" in workspace("add", "--from", "a.xlsx", "--sheet", "七月").out
    assert workspace("add", "--from", "a.xlsx", "--sheet", "九月").code == 3
    assert workspace("add", "--from", "a.xlsx", "--sheet", "说明").code == 2
    assert workspace("add", "--sheet", "七月", "7月1日 团市委 会").code == 2
    Path("a.csv").write_text("日期,活动,部门\n", "utf-8")
    assert workspace("add", "--from", "a.csv", "--sheet", "七月").code == 2


def test_what_is_merged_down_a_column_holds_for_each_row(workspace):
    with Workbook("a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "七月活动统计")
        sheet.write_row(1, 0, ["部门", "日期", "活动"])
        sheet.merge_range(2, 0, 3, 0, "团市委")
        sheet.write_row(2, 1, ["7月1日", "会一"])
        sheet.write_row(3, 1, ["7月2日", "会二"])
        sheet.write_row(4, 0, ["市教育局", "7月3日", "会三"])
    assert workspace("add", "--from", "a.xlsx").code == 0
    codes = [activity["departments"][0]["code"] for activity in agenda(workspace)]
    assert codes == ["tsw", "tsw", "jyj"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_what_is_no_table_is_refused_whole(workspace, name):
    for content in (
        b"",
        b"x",
        b"PK\x03\x04" + b"x" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe\x00",
    ):
        Path(name).write_bytes(content)
        said = workspace("add", "--from", name, "--keep-going")
        assert said.code == 2, (content, said)
        assert "fault" not in said.err
    assert agenda(workspace) == []


def test_a_table_that_breaks_off_loses_nothing_before_it(workspace):
    Path("a.csv").write_text(
        'date,title,departments\n7月1日,会,团市委\n7月2日,"会,团市委\n', "utf-8"
    )
    assert workspace("add", "--from", "a.csv").code == 2
    assert agenda(workspace) == []
    assert workspace("add", "--from", "a.csv", "--keep-going").code == 9
    assert len(agenda(workspace)) == 1


def test_without_the_library_a_workbook_says_how_to_get_it(workspace, monkeypatch):
    workbook("a.xlsx", ("七月", [["日期", "活动", "部门"], ["7月1日", "会", "团市委"]]))
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    said = workspace("add", "--from", "a.xlsx")
    assert said.code == 10
    assert "pip install 'kalends[office]'" in said.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_sentences_are_read_a_line_each(workspace, encoding):
    Path("a.txt").write_bytes(
        "7月8日 团市委 走访社区 #走访 @向阳社区\n\n8月9日 市教育局、团市委 座谈会，共40人参加\n".encode(
            encoding
        )
    )
    assert workspace("add", "--from", "a.txt").code == 0
    first, second = agenda(workspace)
    assert (first["title"], first["tags"], first["place"]) == ("走访社区", ["走访"], "向阳社区")
    assert (second["status"], second["headcount"]) == ("planned", 40)
    assert [part["code"] for part in second["departments"]] == ["jyj", "tsw"]


def test_words_about_a_number_of_people_are_kept_of_sentences_too(workspace):
    Path("a.txt").write_text("7月8日 团市委 走访，近百人参加\n", "utf-8")
    said = workspace("add", "--from", "a.txt")
    assert said.code == 0
    assert "近百人参加" in said.err
    (recorded,) = agenda(workspace)
    assert (recorded["title"], recorded["headcount"]) == ("走访", None)
    assert recorded["description"] == "近百人参加"


def test_a_sentence_that_is_unclear_is_listed_as_a_line(workspace):
    Path("a.txt").write_text(
        "7月8日 团市委 走访\n没有日期\n7月8日 团市委\n7月9日 某局 会\n", "utf-8"
    )
    assert workspace("add", "--from", "a.txt").code == 4
    said = workspace("add", "--from", "a.txt", "--keep-going", "--json").document
    assert [failed["line"] for failed in said["failed"]] == [2, 3, 4]
    assert [failed["error"]["code"] for failed in said["failed"]] == [
        "no-date",
        "no-title",
        "no-department",
    ]
    assert (said["recorded"], said["rejected"]) == (1, "a-rejected.txt")
    back = Path("a-rejected.txt")
    assert back.read_text("utf-8") == "没有日期\n7月8日 团市委\n7月9日 某局 会\n"
    back.write_text("7月10日 团市委 没有日期\n7月8日 团市委 座谈\n", "utf-8")
    assert workspace("add", "--from", str(back)).code == 0
    assert len(agenda(workspace)) == 3


def test_a_text_in_another_encoding_is_refused(workspace):
    Path("a.txt").write_bytes("7月8日 团市委 走访\n".encode("gb18030"))
    assert workspace("add", "--from", "a.txt").code == 2
    Path("a.txt").write_bytes(b"%PDF-1.7\n")
    assert workspace("add", "--from", "a.txt").code == 2


def test_the_dates_of_a_file_are_warned_about_like_those_of_a_sentence(kalends, tmp_path):
    assert kalends("init", str(tmp_path / "en"), "--title", "T", "--lang", "en",
                   "--from", "2020-09-01", "--to", "2020-12-31").code == 0  # fmt: skip
    here = partial(kalends, "-C", str(tmp_path / "en"))
    here("dept", "add", "Health Bureau", "--code", "hb")
    table, text = tmp_path / "t.csv", tmp_path / "t.txt"
    table.write_text("date,title,departments\n5/12,A,hb\n12/12,B,hb\n2019-01-01,C,hb\n", "utf-8")
    text.write_text("5/12 Health Bureau visit\n5/12 Health Bureau 走访\n", "utf-8")
    turned = (
        "“5/12” is read as 2020-12-05: the other day that it may be lies outside the campaign."
    )

    said = here("--lang", "en", "add", "--from", str(table))
    assert said.err == (
        f"! Line 2: {turned}\n"
        "! Line 4: 2019-01-01 lies outside the campaign (2020-09-01 — 2020-12-31).\n"
    )
    said = here("--lang", "en", "--json", "add", "--from", str(text))
    assert said.document["notes"] == [f"Line 1: {turned}", f"Line 2: {turned}"]
    for phrase in (["when", "5/12"], ["add", "--when", "5/12", "--dept", "hb", "--title", "D"]):
        assert here("--lang", "en", *phrase).err == f"! {turned}\n"


def test_of_very_many_warnings_the_rest_is_counted(workspace):
    rows = "".join(f"2019-01-01,会{n},团市委\n" for n in range(103))
    Path("old.csv").write_text(f"date,title,departments\n{rows}", "utf-8")

    said = workspace("add", "--from", "old.csv")
    assert said.err.count("lies outside the campaign") == 100
    assert said.err.endswith("… and 3 more.\n")
