"""Chooses the decoder for a file of activities by its name; the default is JSON Lines."""

from pathlib import Path

from kalends.domain.errors import UsageError
from kalends.intake.files.file_size import check_size
from kalends.intake.files.rows import RowFile
from kalends.words import Message

_TABLES = {".csv", ".tsv"}
_WORKBOOKS = {".xlsx", ".xlsm"}
_SENTENCES = {".txt"}


def row_file(name: Path, document: bytes, *, sheet: str | None = None) -> RowFile:
    """Return the decoded file; raises what its decoder raises about the file as a whole.

    `sheet` names the sheet of a workbook to read; for another file it raises `UsageError`.
    """
    suffix = name.suffix.lower()
    if suffix not in _WORKBOOKS:  # those are measured when they are unpacked
        check_size(document)
    if suffix in _WORKBOOKS:
        from kalends.intake.files.xlsx_table import XlsxTable  # noqa: PLC0415 - each only if needed

        return XlsxTable(document, sheet)
    if sheet is not None:
        raise UsageError(detail=Message("only a workbook has sheets"))
    if suffix in _TABLES:
        from kalends.intake.files.csv_table import CsvTable  # noqa: PLC0415 - each only if needed

        return CsvTable(document)
    if suffix in _SENTENCES:
        from kalends.intake.files.sentence_lines import SentenceLines  # noqa: PLC0415 - each only if needed

        return SentenceLines(document)
    from kalends.intake.files.json_lines import JsonLines  # noqa: PLC0415 - each only if needed

    return JsonLines(document)
