"""A workbook is read only if it fits into memory, and a broken one is said to be broken."""

import random
import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from kalends.domain.errors import KalendsError, NotTableError
from kalends.intake.files import workbook_measure, workbook_size, xlsx_rows
from kalends.intake.files.xlsx_table import XlsxTable

HEAD = ["date", "title", "departments"]
TOO_LARGE = "a workbook with too many cells or too much text"
ROW = ["2020-07-14", "会议", "团市委"]


def workbook(*cells, merged=()):
    """Return a workbook with an activity, and with more cells: row, column and text."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("七月")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
        for row, column, text in cells:
            sheet.write(row, column, text)
        for span in merged:
            sheet.merge_range(*span, "")
    return made.getvalue()


def changed(document, change, name="xl/worksheets/sheet1.xml"):
    """Return a workbook with one of its files changed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for entry in old.infolist():
            octets = old.read(entry)
            new.writestr(entry.filename, change(octets) if entry.filename == name else octets)
    return made.getvalue()


def refused(document):
    with pytest.raises(NotTableError) as error:
        XlsxTable(document)
    return error.value.fields["kind"]


@pytest.mark.campaign
def test_a_table_that_fits_is_read():
    assert len(XlsxTable(workbook((60_000, 20, "备注")))) == 2


@pytest.mark.campaign
@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 4), (300, 16_383)])
def test_a_value_far_away_is_refused_before_it_takes_memory(row, column):
    assert refused(workbook((row, column, "x"))) == TOO_LARGE


@pytest.mark.parametrize("quotes", ['r="{}"', "r='{}'", 'r = "{}"', 'r="\n{}"'])
def test_however_its_place_is_written(quotes):
    def far(octets):
        return octets.replace(b'r="C2"', quotes.format("XFD1048576").encode())

    assert refused(changed(workbook(), far)) == TOO_LARGE


@given(st.integers(1, workbook_size._CHUNK))
def test_a_place_between_two_pieces_is_seen(before):
    text = b" " * before + b'<c r="XFD1048576"><v>1</v></c>'

    def far(octets):
        return octets.replace(b"</sheetData>", text + b"</sheetData>")

    # Without compression, so that a hundred of them take little time.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbook_size, "_CHUNK", 500)
        assert refused(changed(workbook(), far)) == TOO_LARGE


def test_a_sheet_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_size, "_MOST_BYTES", 10_000)
    document = changed(workbook(), lambda octets: octets + b" " * 20_000)
    assert len(document) < 10_000
    assert refused(document) == TOO_LARGE


def test_a_lie_about_its_size_does_not_help():
    document = bytearray(changed(workbook(), lambda octets: octets + b" " * 50_000))
    with zipfile.ZipFile(BytesIO(bytes(document))) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = document.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert refused(bytes(lied)) == "a workbook that cannot be read"


def refused_unread(document):
    """Return why a workbook is refused before the library sees any of it."""
    with pytest.raises(NotTableError) as error:
        workbook_size.measured(document)
    return error.value.fields["kind"]


ROOM = {"MOST_ROWS": 100, "MOST_CELLS": 400, "MOST_TEXT": 5_000}


@pytest.fixture
def little(monkeypatch):
    """Let only little be read, so that small files do what large ones would."""
    for name, most in ROOM.items():
        monkeypatch.setattr(workbook_measure, name, most)
        monkeypatch.setattr(xlsx_rows, name, most)
    monkeypatch.setattr(workbook_measure, "_LONGEST", 1_000)
    monkeypatch.setattr(workbook_measure, "_MOST_ELEMENTS", 10_000)


def more(rows, name="xl/worksheets/sheet1.xml", place=b"</sheetData>"):
    """Return a workbook with more before an end tag of one of its files."""
    return changed(workbook(), lambda octets: octets.replace(place, rows + place), name)


def renamed(document, name):
    """Return a workbook whose sheet is in a file of another name."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for entry in old.infolist():
            octets = old.read(entry).replace(b'"worksheets/sheet1.xml"', f'"/{name}"'.encode())
            is_sheet = entry.filename == "xl/worksheets/sheet1.xml"
            new.writestr(name if is_sheet else entry.filename, octets)
    return made.getvalue()


def shown(times, length, cell='<c t="s"><v>{}</v></c>'):
    """Return a workbook with so many cells that show one shared text of a length."""
    text = b"<si><t>" + b"x" * length + b"</t></si>"
    end = b"</sst>"
    document = changed(workbook(), lambda o: o.replace(end, text + end), "xl/sharedStrings.xml")
    with zipfile.ZipFile(BytesIO(document)) as packed:
        number = packed.read("xl/sharedStrings.xml").count(b"<si>") - 1
    rows = f"<row>{cell.format(number)}</row>".encode() * times
    return changed(document, lambda o: o.replace(b"</sheetData>", rows + b"</sheetData>"))


@pytest.mark.usefixtures("little")
def test_what_has_room_is_read_wherever_it_stands():
    assert XlsxTable(workbook())
    assert XlsxTable(renamed(workbook(), "data/s.bin"))
    assert XlsxTable(shown(4, 900))
    assert XlsxTable(more(b'<row r="90"><c r="D90"><v>1</v></c></row>'))
    assert XlsxTable(more(b'<row><c t="inlineStr"><is><t>' + b"x" * 900 + b"</t></is></c></row>"))


BOMBS = {
    "rows without a place": b"<row><c><v>1</v></c></row>" * 120,
    "cells without a place": b"<row>" + b"<c><v>1</v></c>" * 250 + b"</row>",
    "many cells at a place": b'<row r="3">' + b'<c r="A3"><v>1</v></c>' * 500 + b"</row>",
    "prefixed rows": b'<x:row xmlns:x="y"><x:c><x:v>1</x:v></x:c></x:row>' * 120,
    "a cell far down": b'<row r="3000000"><c s="0" r="D3000000"><v>1</v></c></row>',
    "a far cell in a near row": b'<row r="3"><c r="A3000000"><v>1</v></c></row>',
    "a row far down, then one without": b'<row r="101"/><row><c><v>1</v></c></row>',
    "an inline text": b'<row><c t="inlineStr"><is><t>' + b"x" * 1_001 + b"</t></is></c></row>",
    "a text in pieces": b'<row><c t="inlineStr"><is>' + b"<r><t>xxxx</t></r>" * 300
    + b"</is></c></row>",
    "many elements": b"<a/>" * 11_000,
    "a deep tree": b"<a>" * 300,
    "many names": b"".join(b"<a%d/>" % number for number in range(3_000)),
}  # fmt: skip


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize("name", [None, "data/s.xml", "xl/worksheets/a/b.XML", "s.bin"])
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_whatever_its_file_is_called(bomb, name):
    document = more(bomb)
    assert refused_unread(document if name is None else renamed(document, name)) == TOO_LARGE


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>{}</v></c>',
        "<c  s='0' t = 's'><f>1</f><v>{}</v></c>",
        '<x:c xmlns:x="y" t="s"><x:v>{}</x:v></x:c>',
    ],
)
def test_a_shared_text_counts_once_for_each_cell_that_shows_it(cell):
    assert refused_unread(shown(10, 900, cell)) == TOO_LARGE


@pytest.mark.usefixtures("little")
def test_a_long_shared_text_is_refused_though_no_cell_shows_it():
    assert refused_unread(shown(0, 1_001)) == TOO_LARGE


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    "value", ["<v>&#48;{}</v>", "<v><![CDATA[0]]>{}</v>", "<v>{}<!-- --></v>", "<v><a/>{}</v>"]
)
def test_the_number_of_a_shared_text_is_plain(value):
    assert refused(shown(1, 9, f'<c t="s">{value}</c>')) == "a workbook that cannot be read"


def test_more_texts_than_there_is_room_for_are_not_announced():
    def announce(octets):
        return octets.replace(b'uniqueCount="', b'uniqueCount="999999999')

    assert refused(changed(workbook(), announce, "xl/sharedStrings.xml")) == TOO_LARGE


@pytest.mark.usefixtures("little")
def test_many_sheets_that_are_one_file_count_each():
    rows = more(b"<row><c><v>1</v></c></row>" * 40)

    def often(octets):
        sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9, 15))
        return octets.replace(b"</sheets>", sheets.encode() + b"</sheets>")

    assert refused(changed(rows, often, "xl/workbook.xml")) == TOO_LARGE


def test_sheets_that_are_one_file_are_not_read_again_and_again(monkeypatch):
    rows = more(b"<a/>" * 1_000)
    monkeypatch.setattr(workbook_measure, "_MOST_READ", 20_000)
    assert XlsxTable(rows)

    def often(octets):
        sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9, 15))
        return octets.replace(b"</sheets>", sheets.encode() + b"</sheets>")

    assert refused(changed(rows, often, "xl/workbook.xml")) == TOO_LARGE


@pytest.mark.usefixtures("little")
def test_many_merged_cells_over_the_same_rows_are_refused():
    merged = b"<mergeCells>" + b'<mergeCell ref="A3:A40"/>' * 90 + b"</mergeCells>"
    rows = b"<row><c><v>1</v></c></row>" * 40 + b"</sheetData>" + merged
    document = changed(workbook(), lambda o: o.replace(b"</sheetData>", rows))
    assert refused(document) == TOO_LARGE


def test_a_tag_that_does_not_end_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_measure, "_LONGEST_TAG", 3_000)
    monkeypatch.setattr(workbook_size, "_CHUNK", 500)
    assert refused(more(b"<a b='" + b"x" * 9_000 + b"'/>")) == TOO_LARGE


def test_what_is_no_xml_of_a_workbook_is_not_given_on():
    made = BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("xl/media/image1.png", b"\x89PNG\r\n<row><c/></row>")
        packed.writestr("utf16.xml", "<a/>".encode("utf-16"))
        packed.writestr("packed.xml", "<a/>", zipfile.ZIP_LZMA)
    copy = workbook_size.measured(made.getvalue())
    before = set(zipfile.ZipFile(BytesIO(workbook())).namelist())
    assert set(zipfile.ZipFile(BytesIO(copy)).namelist()) == before
    assert len(XlsxTable(made.getvalue())) == 1


def test_two_files_of_one_name_are_refused():
    made = BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("XL/workbook.xml", "<a/>")
    assert refused(made.getvalue()) == "a workbook that cannot be read"


def test_very_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(workbook_size, "_MOST_FILES", 3)
    assert refused(workbook()) == TOO_LARGE


def test_entities_are_not_expanded():
    def bomb(octets):
        entities = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        octets = octets.replace(b"?>", b"?>" + entities, 1)
        return re.sub(rb"<c r=\"C2\".*?</c>", b'<c r="C2" t="str"><v>&b;</v></c>', octets)

    assert refused(changed(workbook(), bomb)) == "a workbook that cannot be read"


def test_a_merged_cell_beyond_the_table_changes_nothing():
    table = XlsxTable(workbook(merged=[(0, 50, 90, 60)]))
    assert len(table) == 1


def outcome(document):
    """Return whether a file was read; anything else than a refusal of ours ends the test."""
    try:
        list(XlsxTable(document))
    except KalendsError:
        return False
    return True


def spoiled(chosen, document):
    """Return a workbook with a few bytes of one of its files changed."""
    names = zipfile.ZipFile(BytesIO(document)).namelist()
    name = chosen.choice([each for each in names if each.startswith("xl/")])

    def spoil(octets):
        at, length = chosen.randrange(len(octets)), chosen.randrange(12)
        junk = chosen.choice([b"", b"<", b"&x;", b"\0", b'"', b"99999999999", b"</row>", b"-1"])
        return octets[:at] + junk + octets[at + length :]

    return changed(document, spoil, name)


@pytest.mark.campaign
def test_a_spoiled_workbook_is_read_or_refused_in_words():
    chosen = random.Random(7)
    document = workbook((5, 3, "x"), merged=[(3, 0, 4, 1)])

    assert {outcome(spoiled(chosen, document)) for _ in range(150)} == {True, False}


def with_number(number, format_code):
    """Return a workbook with a number in a cell of this format, beside an activity."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("七月")
        sheet.write_row(0, 0, [*HEAD, "证件号"])
        sheet.write_row(1, 0, ROW)
        sheet.write_number(1, 3, 1, book.add_format({"num_format": format_code}))
    return changed(
        made.getvalue(),
        lambda o: o.replace(b"<v>1</v></c></row>", b"<v>%b</v></c></row>" % number),
    )


@pytest.mark.parametrize("number", [b"1e308", b"-1e308", b"1.1e11", b"inf", b"220402199001011234"])
@pytest.mark.parametrize("format_code", ["yyyy-mm-dd", 14, "[h]:mm", 'm"月"d"日"', "[Red]yyyy"])
def test_a_number_too_large_for_a_date_is_refused_in_words(number, format_code, capfd):
    said = "a workbook in which a number is too large for a date"
    assert refused(with_number(number, format_code)) == said
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "format_code", ["General", "0", "0_ ", "@", "[Red]0.00", '"Id."0', "#,##0"]
)
def test_a_large_number_that_is_no_date_is_read(format_code):
    assert len(XlsxTable(with_number(b"220402199001011234", format_code))) == 1


def test_a_date_no_reader_can_count_to_is_a_number():
    assert len(XlsxTable(with_number(b"9999999999", "yyyy-mm-dd"))) == 1


def test_what_the_reader_of_workbooks_fails_at_itself_is_refused_in_words(monkeypatch):
    class PanicException(BaseException):
        pass

    def panics(_):
        raise PanicException

    monkeypatch.setattr(xlsx_rows, "_every", panics)
    assert refused(workbook()) == "a workbook that cannot be read"

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(xlsx_rows, "_every", interrupted)
    with pytest.raises(KeyboardInterrupt):
        refused(workbook())


def test_a_file_without_a_name_is_no_reason_to_fail():
    made = BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("x", "<a/>")
    octets = bytearray(made.getvalue())
    at = octets.rindex(b"PK\x01\x02")
    octets[at + 28 : at + 30] = b"\0\0"
    assert refused(bytes(octets)) == "a workbook that cannot be read"


def test_a_torn_workbook_is_refused():
    document = workbook()

    assert not any(outcome(document[:end]) for end in range(0, len(document), 97))
