"""A file of another kind is named for what it is, as a whole, before any line of it is read."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kalends.domain.errors import (
    FormatError,
    KalendsError,
    NotLinesError,
    NotSentencesError,
    NotTableError,
    NotUtf8Error,
)
from kalends.intake.files.file_kind import check_kind
from kalends.intake.files.roster_file import roster_file
from kalends.intake.files.row_file import row_file
from kalends.words import words
from kalends.words.encodings import encoding_of

LINE = '{"when": "7月14日", "title": "会", "departments": ["团市委"]}\n'


def _workbook():
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (_workbook(), "an Excel workbook, or another packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file"),
        (b"%PDF-1.7\n", "a PDF"),
        (json.dumps([json.loads(LINE)]).encode(), "one JSON array"),
        (b"[\n" + LINE.encode() + b"]\n", "one JSON array"),
        ("日期,单位,标题\n7月14日,团市委,会\n".encode(), "a table (CSV)"),
        (b"when\ttitle\n2020-07-14\tmeeting\n", "a table (CSV)"),
        ("7月14日 团市委 召开推进会\n\n7月15日 团市委 走访\n".encode(), "plain text"),
        ("7月14日 团市委 走访，座谈\n".encode(), "plain text"),
    ],
)
def test_it_is_named(document, kind):
    with pytest.raises(NotLinesError) as refused:
        check_kind(document)

    assert refused.value.fields["kind"] == kind
    assert refused.value.fields["cure"]


@pytest.mark.parametrize(
    ("document", "encoding"),
    [
        (LINE.encode("utf-16"), "UTF-16"),
        (LINE.encode("utf-16-le"), "UTF-16"),
        (LINE.encode("utf-16-be"), "UTF-16"),
        (b"\xfe\xff" + LINE.encode("utf-16-be"), "UTF-16"),
        (LINE.encode("utf-32"), "UTF-32"),
        ("7月14日 团市委 走访\n".encode("gb18030"), "probably GBK"),
    ],
)
def test_another_encoding_is_named(document, encoding):
    with pytest.raises(NotUtf8Error) as refused:
        check_kind(document)

    assert refused.value.fields == {"encoding": encoding}


def test_what_is_in_no_encoding_that_we_know_is_said_to_be_so():
    assert encoding_of(b"\xff\xff\x81") == "another encoding"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"\n\n",
        LINE.encode(),
        ("\n " + LINE * 3).encode(),
        ("# a note\n" + LINE).encode(),
        b'{"when"',
    ],
)
def test_lines_are_left_to_whoever_reads_them(document):
    check_kind(document)


CONTENTS = {
    "JSON Lines": LINE.encode(),
    "JSON Lines with a mark": b"\xef\xbb\xbf" + LINE.encode(),
    "one JSON array": json.dumps([json.loads(LINE)], indent=1).encode(),
    "a table (CSV)": "日期,单位,标题\n7月14日,团市委,会\n".encode(),
    "plain text": "[通知] 7月14日 团市委 召开推进会\n7月15日 团市委 走访\n".encode(),
    "an Excel workbook, or another packed file": _workbook(),
    "an old Excel or Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a calendar": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "a web page or XML": b"<!DOCTYPE html>\n<table><tr><td>2020-07-14</table>",
    "a binary file": b"\0" * 40,
}
KINDS = sorted({content.removesuffix(" with a mark") for content in CONTENTS})
READ_AS = {
    ".jsonl": {"JSON Lines", "JSON Lines with a mark"},
    ".csv": {"a table (CSV)"},
    ".txt": {"plain text"},
    ".xlsx": set(),
}
WRONG = {
    ".jsonl": NotLinesError,
    ".csv": NotTableError,
    ".txt": NotSentencesError,
    ".xlsx": NotTableError,
}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("suffix", WRONG)
def test_whatever_a_file_is_called_it_is_named_for_what_it_holds(suffix, content):
    name, document = Path(f"july{suffix}"), CONTENTS[content]
    if content in READ_AS[suffix]:
        assert len(row_file(name, document)) > 0
        return
    with pytest.raises(WRONG[suffix]) as refused:
        row_file(name, document)

    kind = refused.value.fields["kind"]
    if suffix == ".xlsx" and content.startswith("an Excel"):
        assert kind == "a workbook that cannot be read"
    else:
        assert kind == content.removesuffix(" with a mark")


@pytest.mark.parametrize("kind", [*KINDS, "a workbook that cannot be read"])
def test_what_a_file_is_can_stand_behind_it_is(kind):
    assert not words("en").gettext(kind).startswith(("no ", "not "))
    assert not words("zh").gettext(kind).startswith(("不", "没", "是"))


@pytest.mark.parametrize("suffix", [".jsonl", ".txt"])
def test_an_empty_file_holds_nothing(suffix):
    assert len(row_file(Path(f"july{suffix}"), b"")) == 0


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(".csv", "a file without headings"), (".xlsx", "a workbook that cannot be read")],
)
def test_an_empty_file_is_no_table(suffix, kind):
    with pytest.raises(NotTableError) as refused:
        row_file(Path(f"july{suffix}"), b"")

    assert refused.value.fields["kind"] == kind


@pytest.mark.parametrize("octets", [bytes(range(256)) * 4, b"\0\0\0", b"ab\0" + bytes(range(40))])
def test_what_is_no_text_is_not_taken_for_utf_16(octets):
    with pytest.raises(NotLinesError) as refused:
        check_kind(octets)

    assert refused.value.fields["kind"] == "a binary file"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("july.csv", "日期,部门,内容\n7月14日,团市委,推进会\n7月15日,团市委,座\0谈会\n"),
        ("july.jsonl", f"{LINE}{LINE[:-2]}\0{LINE[-2:]}"),
    ],
)
def test_a_zero_byte_that_got_into_a_text_is_named_with_its_line(name, text):
    *good, bad = row_file(Path(name), text.encode())
    assert not any(isinstance(row, KalendsError) for _, row, _ in good)
    assert bad.number == len(text.splitlines())
    assert isinstance(bad.row, FormatError)


def test_in_a_roster_too_a_zero_byte_is_named_with_its_line():
    ((number, wrong),) = roster_file("名称,简称\n辽源市体\0育局,体育局\n".encode()).lines
    assert (number, wrong.fields["detail"]) == (2, "a line contains a zero byte")
