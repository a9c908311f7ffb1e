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
from kalends.intake import workbook_size
from kalends.intake.xlsx_table import XlsxTable

HEAD = ["date", "title", "departments"]
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
    assert len(XlsxTable(workbook((60_000, 20, "总计")))) == 2


@pytest.mark.campaign
@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 4), (300, 16_383)])
def test_a_value_far_away_is_refused_before_it_takes_memory(row, column):
    assert refused(workbook((row, column, "x"))) == "a workbook with too many cells"


@pytest.mark.parametrize("quotes", ['r="{}"', "r='{}'", 'r = "{}"', 'r="\n{}"'])
def test_however_its_place_is_written(quotes):
    def far(octets):
        return octets.replace(b'r="C2"', quotes.format("XFD1048576").encode())

    assert refused(changed(workbook(), far)) == "a workbook with too many cells"


@given(st.integers(1, workbook_size._CHUNK))
def test_a_place_between_two_pieces_is_seen(before):
    text = b" " * before + b'<c r="XFD1048576"><v>1</v></c>'

    def far(octets):
        return octets.replace(b"</sheetData>", text + b"</sheetData>")

    # Without compression, so that a hundred of them take little time.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbook_size, "_CHUNK", 500)
        assert refused(changed(workbook(), far)) == "a workbook with too many cells"


def test_a_sheet_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_size, "_MOST_BYTES", 10_000)
    document = changed(workbook(), lambda octets: octets + b" " * 20_000)
    assert len(document) < 10_000
    assert refused(document) == "a workbook with too many cells"


def test_a_lie_about_its_size_does_not_help():
    document = bytearray(changed(workbook(), lambda octets: octets + b" " * 50_000))
    with zipfile.ZipFile(BytesIO(bytes(document))) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = document.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert refused(bytes(lied)) == "a workbook that cannot be read"


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


def test_a_torn_workbook_is_refused():
    document = workbook()

    assert not any(outcome(document[:end]) for end in range(0, len(document), 97))
