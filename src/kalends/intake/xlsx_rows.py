"""Decodes the rows of each sheet of a workbook (.xlsx), whatever the table is about."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from kalends.domain.errors import NoOfficeError
from kalends.domain.errors.base import needs_extra
from kalends.intake.file_kind import not_a_workbook
from kalends.intake.table import TableRow
from kalends.intake.workbook_size import is_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def sheets(document: bytes) -> dict[str, list[TableRow]]:
    """Return the rows of each sheet; raises `NoOfficeError` or `NotTableError`."""
    with needs_extra(NoOfficeError):
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only for workbooks
    if not is_workbook(document):
        raise not_a_workbook(document)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(document))
        every = {name: _rows(book, name) for name in book.sheet_names}
    except CalamineError:
        raise not_a_workbook(document) from None
    if not every:
        raise not_a_workbook(document)
    return every


def _rows(book: "CalamineWorkbook", name: str) -> list[TableRow]:
    sheet = book.get_sheet_by_name(name)
    cells = sheet.to_python(skip_empty_area=False)
    # A cell merged down a column has its value only in its first row, but it is meant for each.
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
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
            moment = cell + timedelta(seconds=30)  # a spreadsheet's times are not exact
            return f"{moment:%Y-%m-%d}" if _is_midnight(moment) else f"{moment:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)
