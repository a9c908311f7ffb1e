"""A roster in a file: every line is read, or what is wrong with it is said."""

import csv
import io
import itertools
import json

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.errors import (
    CutLineError,
    FormatError,
    MissingFieldError,
    NotRosterError,
    NotUtf8Error,
    RepeatedKeyError,
    UnknownFieldError,
)
from kalends.intake.files.roster_file import RosterLine, roster_file, roster_text

TABLE = "name,code,aliases,parent,short,on\n"


def read(text):
    return roster_file(text.encode()).lines


def test_a_table_is_read_by_its_headings():
    assert read("别名;名称;上级\n团市委、共青团,团;共青团辽源市委员会;我市\n;我市;\n") == [
        (
            2,
            RosterLine(
                name="共青团辽源市委员会", aliases=("团市委", "共青团", "团"), parent="我市"
            ),
        ),
        (3, RosterLine(name="我市")),
    ]
    assert read('\ufeffname\tcode\r\n\r\n"a\nb"\tx\r\nc\td\r\n') == [
        (3, RosterLine(name="a\nb", code="x")),
        (5, RosterLine(name="c", code="d")),
    ]


def test_json_lines_are_read():
    line = {
        "name": "甲",
        "code": "a",
        "aliases": ["乙"],
        "parent": "丙",
        "short": "丁",
        "on": "6月",
    }
    text = "\n" + json.dumps(line, ensure_ascii=False) + "\n"
    assert read(text) == [(2, RosterLine(**(line | {"aliases": ("乙",)})))]


@pytest.mark.parametrize(
    ("text", "number", "error"),
    [
        ("name,parent\n,甲\n", 2, MissingFieldError),
        ("code,parent\na,甲\n", 1, MissingFieldError),
        ("name,名称\n甲,乙\n", 1, RepeatedKeyError),
        ("name,code\n甲,a,b\n", 2, FormatError),
        ('name,code\n甲,"a\n', 2, FormatError),
        ('"name,code\n', 1, FormatError),
        ('{"name": "甲"}\n{"name": "乙"\n', 2, CutLineError),
        ('{"name": "甲", "boss": 1}\n', 1, UnknownFieldError),
        ('{"name": "甲", "name": "乙"}\n', 1, RepeatedKeyError),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, number, error):
    found = read(text)[-1]
    assert found[0] == number
    assert type(found[1]) is error


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"PK\x03\x04...", NotRosterError),
        ("单,位\n甲,乙\n".encode(), NotRosterError),
        (b'[{"name": "a"}]', NotRosterError),
        ("nome,code\n甲,a\n".encode("gbk"), NotUtf8Error),
        (b"\xff\xfe\x00", NotUtf8Error),
    ],
)
def test_a_file_of_another_kind_is_named(document, error):
    with pytest.raises(error):
        roster_file(document)


def test_an_empty_file_holds_nothing():
    assert read("") == read("\n \n") == []


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cs"]))


@given(
    st.lists(st.tuples(CELLS.filter(str.strip), CELLS, CELLS), max_size=8), st.sampled_from(",;\t")
)
def test_what_a_table_writer_writes_is_read(rows, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("name", "code", "parent"), *rows])
    assert [line for _, line in read(out.getvalue())] == [
        RosterLine(name=name.strip(), code=code.strip() or None, parent=parent.strip() or None)
        for name, code, parent in rows
    ]


@given(st.binary(max_size=200))
def test_whatever_the_file_is_it_gets_an_answer(document):
    try:
        found = roster_file(document).lines
    except FormatError:
        return
    assert all(isinstance(line, RosterLine | FormatError) for _, line in found)


OFFICE = [
    ("创城成员单位名单", "", "", "", ""),
    ("序号", "单位名称", "简称", "上级单位", "联系人"),
    ("1", "辽源市卫生健康委员会", "卫健委", "我市", "张三"),
    ("2", "辽源市妇女联合会", "市妇联、妇联", "", "李四"),
]
READ = [
    (3, RosterLine(name="辽源市卫生健康委员会", short="卫健委", parent="我市")),
    (4, RosterLine(name="辽源市妇女联合会", short="市妇联", aliases=("妇联",))),
]


def workbook(*sheets):
    document = io.BytesIO()
    with xlsxwriter.Workbook(document, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return document.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_roster_is_read_as_an_office_keeps_it(encoding):
    text = "\n".join(map(",".join, OFFICE))
    found = roster_file(text.encode(encoding))
    assert found.lines == READ
    assert found.unread == ["联系人"]


def test_a_roster_is_read_from_a_workbook_from_the_sheet_that_has_one():
    assert roster_file(workbook([("说明",)], OFFICE)) == (READ, ["联系人"])
    with pytest.raises(NotRosterError, match="without a heading for names"):
        roster_file(workbook([("说明",)]))


def test_an_unknown_column_that_is_empty_is_not_worth_a_word():
    assert roster_file("名称,电话,,备注\n甲,,,\n乙\n".encode()).unread == []


def test_a_row_with_its_number_alone_is_no_department():
    found = roster_file("序号,单位名称,电话\n1,甲,\n2,,\n3,,1\n".encode()).lines
    assert [number for number, _ in found] == [2, 4]
    assert isinstance(found[1][1], MissingFieldError)


@given(st.lists(st.tuples(st.integers(1, 9), CELLS.filter(str.strip)), max_size=6))
def test_lines_written_for_a_page_are_read_at_the_same_numbers(gaps):
    numbers = itertools.accumulate(gap for gap, _ in gaps)
    names = [RosterLine(name=name) for _, name in gaps]
    lines = list(zip(numbers, names, strict=True))
    assert read(roster_text(lines)) == lines
    assert read(roster_text(lines).replace("\n", "\r\n")) == lines
