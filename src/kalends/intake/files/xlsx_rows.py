"""Decodes the rows of each sheet of a workbook (.xlsx), whatever the table is about."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from kalends.domain.errors import NoOfficeError
from kalends.domain.errors.base import needs_extra
from kalends.intake.files.file_kind import not_a_workbook
from kalends.intake.files.table import TableRow
from kalends.intake.files.workbook_measure import MOST_CELLS, MOST_ROWS, MOST_TEXT, TOO_LARGE
from kalends.intake.files.workbook_size import measured

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

# What the reader, a program in Rust, raises where it fails itself; it is no `Exception`.
_PANIC = "PanicException"


def sheets(document: bytes) -> dict[str, list[TableRow]]:
    """Return the rows of each sheet; raises `NoOfficeError` or `NotTableError`."""
    with needs_extra(NoOfficeError):
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only for workbooks
    copy = measured(document)
    if copy is None:
        raise not_a_workbook(document)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(copy))
        every = _every(book)
    except CalamineError:
        raise not_a_workbook(document) from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise not_a_workbook(document) from None
    if not every:
        raise not_a_workbook(document)
    return every


def _every(book: "CalamineWorkbook") -> dict[str, list[TableRow]]:
    """Return the rows of each sheet; many sheets may be one and the same file."""
    every: dict[str, list[TableRow]] = {}
    height = cells = characters = 0
    for name in book.sheet_names:
        every[name] = rows = _rows(book, name)
        height += len(rows)
        cells += sum(len(row.cells) for row in rows)
        characters += sum(len(cell) for row in rows for cell in row.cells)
        if height > MOST_ROWS or cells > MOST_CELLS or characters > MOST_TEXT:
            raise TOO_LARGE
    return every


def _rows(book: "CalamineWorkbook", name: str) -> list[TableRow]:
    sheet = book.get_sheet_by_name(name)
    cells = sheet.to_python(skip_empty_area=False)
    # A cell merged down a column has its value only in its first row, but it is meant for each.
    merged = sheet.merged_cell_ranges or ()
    height = len(cells)
    if sum(max(0, min(last, height) - first) for (first, _), (last, _) in merged) > MOST_CELLS:
        raise TOO_LARGE
    for (first, column), (last, _) in merged:
        for row in cells[first + 1 : last + 1]:
            row[column : column + 1] = cells[first][column : column + 1]
    return [
        TableRow(number, [text_of(cell) for cell in row], row)
        for number, row in enumerate(cells, 1)
    ]


def text_of(cell: object) -> str:
    """Return a cell as text."""
    match cell:
        case datetime():
            moment = _rounded(cell)
            return f"{moment:%Y-%m-%d}" if _is_midnight(moment) else f"{moment:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _rounded(moment: datetime) -> datetime:
    """Return a moment half a minute later, since a spreadsheet's times are not exact."""
    try:
        return moment + timedelta(seconds=30)
    except OverflowError:  # the last one that there is
        return moment


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)
