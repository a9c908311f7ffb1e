"""Lists for spreadsheets: CSV on standard output, workbooks in files."""

import csv
import io
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

LISTS = [["agenda", "--all"], ["search", "会"], ["late", "--days", "0"], ["history", "我市"]]


@pytest.fixture
def filled(workspace):
    """Return a workspace in whose activities spreadsheets could find formulas."""
    for command in (
        ["7月14日上午", "团市委", "召开推进会", "#推进会", "#二", "@会议室"],
        ["--when", "7月15日", "--dept", "市教育局", "--dept", "团市委:参加", "--title", "=cmd|' /C calc'!A0 会"],
        ["--when", "7月16日", "--dept", "我市", "--title", "总结会", "--description", '-一\n二, "三"', "--headcount", "40"],
    ):  # fmt: skip
        assert workspace("add", *command).code == 0
    return workspace


def rows(text):
    """Return the rows of CSV, each by its headings."""
    head, *others = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    return [dict(zip(head, row, strict=True)) for row in others]


@pytest.mark.parametrize("command", LISTS, ids=lambda command: command[0])
def test_a_list_is_a_table(filled, command):
    said = filled(*command, "--csv")
    shapes = filled(*command, "--json").document["activities"]
    found = rows(said.out)

    assert said.code == 0
    assert [row["activity id"] for row in found] == [shape["id"] for shape in shapes]
    assert [row["first day"] for row in found] == [shape["when"]["first_day"] for shape in shapes]
    by_title = {row["title"]: row for row in found}
    assert by_title["召开推进会"]["date"] == "2020-07-14"
    assert by_title["召开推进会"]["time"] == "morning"
    assert by_title["召开推进会"]["tags"] == "#推进会 #二"
    assert by_title["总结会"]["headcount"] == "40"


def test_no_cell_of_csv_is_a_formula(filled):
    found = rows(filled("agenda", "--all", "--csv").out)

    assert found[1]["title"] == "'=cmd|' /C calc'!A0 会"
    assert found[1]["departments"] == "辽源市教育局; 共青团辽源市委员会:participant"
    assert found[2]["description"] == '\'-一\n二, "三"'


def test_headings_and_words_are_in_the_language_of_the_call(filled):
    found = rows(filled("agenda", "--all", "--csv", "--lang", "zh").out)

    assert found[0]["时间"] == "上午"
    assert found[0]["状态"] == "已开展"
    assert found[1]["部门"] == "辽源市教育局; 共青团辽源市委员会:参加"


def test_late_says_how_late_and_history_why(filled):
    ref = filled("search", "总结会", "--json").document["activities"][0]["id"]
    assert filled("withhold", ref, "--reason", "=未定").code == 0

    late = {row["title"]: row for row in rows(filled("late", "--days", "0", "--csv").out)}
    assert late["召开推进会"]["days late"] == "6"
    assert late["召开推进会"]["recorded on"] == "2020-07-20"
    history = {row["title"]: row for row in rows(filled("history", "我市", "--csv").out)}
    assert (history["总结会"]["reason"], history["总结会"]["withheld"]) == ("'=未定", "yes")
    assert history["召开推进会"]["reason"] == ""


def test_the_log_is_a_table_of_events(filled):
    found = rows(filled("log", "--csv").out)
    events = filled("log", "--json").document["events"]

    assert [row["position"] for row in found] == [str(event["position"]) for event in events]
    assert [row["topic"] for row in found] == [event["topic"] for event in events]
    assert found[-1]["what"] == "总结会"
    assert found[-1]["recorded at"].startswith("2020-07-20 10:")


def test_a_list_of_nothing_is_a_row_of_headings(filled):
    said = filled("agenda", "--all", "--csv", "--tag", "没有")
    assert (said.code, len(said.out.splitlines()), said.err) == (0, 1, "")


@pytest.mark.campaign
@pytest.mark.usefixtures("filled")
def test_a_file_is_marked_as_utf8_and_a_pipe_is_not(tmp_path):
    command = [sys.executable, "-m", "kalends", "--lang", "en", "agenda", "--all", "--csv"]
    with (tmp_path / "a.csv").open("wb") as file:
        subprocess.run(command, stdout=file, check=True)
    piped = subprocess.run(command, capture_output=True, check=True).stdout
    written = (tmp_path / "a.csv").read_bytes()

    assert written == b"\xef\xbb\xbf" + piped
    assert piped.startswith(b"date,time,title,")
    assert piped.count(b"\r\n") == 4


def test_only_one_form_can_be_asked_for(filled):
    for asked in (
        ["--csv", "--json"],
        ["--csv", "--xlsx", "a.xlsx"],
        ["--json", "--xlsx", "a.xlsx"],
    ):
        said = filled("agenda", *asked)
        assert said.code == 2
        assert not Path("a.xlsx").exists()


def test_a_workbook_has_all_and_a_sheet_for_each_department(filled):
    said = filled("agenda", "--all", "--xlsx", "a.xlsx")
    book = CalamineWorkbook.from_path("a.xlsx")
    every = book.get_sheet_by_name("All").to_python()

    assert (said.code, said.out) == (0, "")
    assert said.err == "√ a.xlsx: rows: 3, sheets: 4\n"
    assert book.sheet_names == ["All", "我市", "团市委", "市教育局"]
    assert every[0] == list(rows(filled("agenda", "--all", "--csv").out)[0])
    first = dict(zip(every[0], every[1], strict=True))
    assert first["first day"] == date(2020, 7, 14)
    assert isinstance(first["recorded at"], datetime)
    assert every[2][2] == "=cmd|' /C calc'!A0 会"
    titles = [row[2] for row in book.get_sheet_by_name("团市委").to_python()]
    assert titles == ["title", "召开推进会", "=cmd|' /C calc'!A0 会"]


def test_a_workbook_s_headings_stay_in_sight_and_nothing_in_it_is_computed(filled):
    import zipfile

    assert filled("agenda", "--all", "--xlsx", "a.xlsx").code == 0
    with zipfile.ZipFile("a.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/sheet" in name]
    assert len(sheets) == 4
    for sheet in sheets:
        assert 'state="frozen"' in sheet
        assert "<f>" not in sheet
        assert "<autoFilter" in sheet


def test_a_workbook_that_is_there_is_replaced_whole(filled):
    Path("a.xlsx").write_text("old", "utf-8")
    assert filled("agenda", "--all", "--xlsx", "a.xlsx").code == 0
    assert CalamineWorkbook.from_path("a.xlsx").sheet_names[0] == "All"


def test_a_workbook_that_cannot_be_written_is_said_so(filled):
    Path("folder.xlsx").mkdir()
    Path("file").touch()
    for name in ("folder.xlsx", "file/a.xlsx"):
        said = filled("agenda", "--all", "--xlsx", name)
        assert said.code == 2, said
        assert name in said.err
    assert list(Path().glob("**/.*.draft")) == []


def test_a_folder_that_is_missing_is_made_for_a_workbook(filled):
    assert filled("agenda", "--all", "--xlsx", "nowhere/a.xlsx").code == 0
    assert Path("nowhere/a.xlsx").exists()


def test_without_the_library_it_is_said_how_to_get_it(filled, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    said = filled("agenda", "--all", "--xlsx", "a.xlsx")

    assert said.code == 10
    assert "pip install 'kalends[office]'" in said.err
    assert not Path("a.xlsx").exists()


@pytest.mark.campaign
@pytest.mark.usefixtures("filled")
def test_lists_do_not_load_the_libraries_for_workbooks():
    program = (
        "import sys; from kalends.cli.app import main\n"
        "try: main(['agenda', '--all', '--csv'])\n"
        "finally: print(sorted({'xlsxwriter', 'python_calamine'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "[]\n")
