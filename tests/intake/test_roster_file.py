"""A roster in a file: every line is read, or what is wrong with it is said."""

import csv
import io
import json

import pytest
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
from kalends.intake.roster_file import RosterLine, roster_lines

TABLE = "name,code,aliases,parent,short,on\n"


def read(text):
    return list(roster_lines(text.encode()))


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
        ("name,boss\n甲,乙\n", 1, UnknownFieldError),
        ("name,名称\n甲,乙\n", 1, RepeatedKeyError),
        ("name,code\n甲,a,b\n", 2, FormatError),
        ('name,code\n甲,"a\n', 2, FormatError),
        ("甲,乙\n丙,丁\n", 1, NotRosterError),
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
        (b'[{"name": "a"}]', NotRosterError),
        ("name,code\n甲,a\n".encode("gbk"), NotUtf8Error),
        ("name,code\n甲,a\n".encode("utf-16"), NotUtf8Error),
    ],
)
def test_a_file_of_another_kind_is_named(document, error):
    with pytest.raises(error):
        list(roster_lines(document))


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
        found = list(roster_lines(document))
    except FormatError:
        return
    assert all(isinstance(line, RosterLine | FormatError) for _, line in found)
