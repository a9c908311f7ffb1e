"""A file of text is read only if its rows fit into memory."""

from pathlib import Path

import pytest

from kalends.domain.errors import LongFileError
from kalends.intake.files import file_size
from kalends.intake.files.roster_file import roster_file
from kalends.intake.files.row_file import row_file

HEAD = b"date,title,departments\n"


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(file_size, "_MOST_ROWS", 20)
    monkeypatch.setattr(file_size, "_MOST_SEPARATORS", 100)
    monkeypatch.setattr(file_size, "_MOST_BYTES", 2_000)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a.jsonl", "a"])
@pytest.mark.parametrize(
    "many", [b"7.14,a,b\n" * 30, b"\r" * 30, b"x" * 3_000, b"," * 101, b"\t" * 101]
)
def test_more_than_there_is_room_for_is_refused_before_it_is_read(name, many):
    with pytest.raises(LongFileError):
        row_file(Path(name), HEAD + many)
    with pytest.raises(LongFileError):
        roster_file(b"name\n" + many)


def test_as_many_rows_as_a_workbook_may_have_are_read():
    assert len(row_file(Path("a.csv"), HEAD + b"7.14,a,b\n" * 1_000)) == 1_000
    with pytest.raises(LongFileError):
        row_file(Path("a.csv"), HEAD + b"7.14,a,b\n" * 250_000)
