"""Workbooks: whatever a department is called, its sheet has a name that spreadsheets take."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kalends.intake.files.formula_guard import guarded, unguarded
from kalends.presentation.csv_text import csv_lines
from kalends.presentation.sheets import Column, SheetRow
from kalends.presentation.workbook import Sheet, department_sheets, workbook
from kalends.words import words

COLUMNS = (Column("title", 10), Column("date", 10))
SIGNS = st.text(st.sampled_from("=+-@＝＋－＠'\t\r\nab会"), max_size=5)


@given(text=SIGNS | st.text())
def test_a_guarded_text_is_no_formula_and_nothing_is_lost(text):
    cell = guarded(text)

    assert unguarded(cell) == text
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)


def test_what_would_be_hidden_in_a_table_is_visible():
    hidden = "a\x1b[2J\u202e\u2028\u2060\ufeffb\n\tc"
    said = "a\\u001b[2J\\u202e\\u2028\\u2060\\ufeffb\n\tc"

    made = workbook(
        words("en"), [Sheet("x", COLUMNS, [[hidden, 1]])], created=datetime(2020, 7, 1, tzinfo=UTC)
    )
    assert (
        CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()[1][0]
        == said
    )
    assert list(csv_lines([[hidden, 1]])) == [f'"{said}",1\r\n']


@given(
    names=st.lists(
        st.text(st.sampled_from("aA会[]:*?/\\' History"), min_size=1, max_size=40),
        min_size=1,
        max_size=6,
    )
)
def test_each_department_has_a_sheet_of_its_own_whatever_it_is_called(names):
    by_code = {f"d{n}": name for n, name in enumerate(names)}
    rows = [SheetRow([f"={n}", date(2020, 7, 1 + n)], [code]) for n, code in enumerate(by_code)]
    made = workbook(
        words("en"),
        department_sheets("All", COLUMNS, rows, by_code),
        created=datetime(2020, 7, 1, tzinfo=UTC),
    )
    book = CalamineWorkbook.from_filelike(BytesIO(made))

    assert len(book.sheet_names) == len(names) + 1
    for n, name in enumerate(book.sheet_names[1:]):
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
        found = book.get_sheet_by_name(name).to_python()
        assert found == [["title", "date"], [f"={n}", date(2020, 7, 1 + n)]]


@pytest.mark.parametrize("departments", [1, 3])
def test_many_rows_are_written_through_the_disk_with_the_same_contents(monkeypatch, departments):
    names = {f"d{n}": f"第{n}局" for n in range(departments)}
    rows = [
        SheetRow([f"会议{n}", date(2020, 7, 1 + n)], [f"d{n % departments}"]) for n in range(20)
    ]

    def contents():
        sheets = department_sheets("All", COLUMNS, rows, names)
        made = workbook(words("en"), sheets, created=datetime(2020, 7, 1, tzinfo=UTC))
        book = CalamineWorkbook.from_filelike(BytesIO(made))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    in_memory = contents()
    monkeypatch.setattr("kalends.presentation.workbook._LONG", 10)
    through_the_disk = contents()
    monkeypatch.setattr("kalends.presentation.workbook._MOST_OPEN", 1)  # files that may be open

    assert through_the_disk == in_memory == contents()
    assert len(in_memory["All"]) == 21
