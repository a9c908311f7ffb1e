"""A file of another kind is named for what it is, as a whole, before any line of it is read."""

import json
import zipfile
from io import BytesIO

import pytest

from kalends.domain.errors import NotLinesError, NotUtf8Error
from kalends.intake.file_kind import check_kind, encoding_of

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

    assert refused.value.fields == {"kind": kind}


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
