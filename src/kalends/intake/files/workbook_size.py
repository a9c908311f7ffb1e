"""Refuses a workbook that would take all memory, before it is read.

A workbook is packed: a megabyte can hold a gigabyte, a single value in its last cell makes a
table of 17 thousand million cells, and a thousand cells may each show the same long text.
"""

import struct
import zipfile
import zlib
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kalends.intake.files.workbook_measure import TOO_LARGE, WorkbookMeasure

_MOST_BYTES, _MOST_FILES = 128 << 20, 10_000
_CHUNK = 1 << 20
_ENTRY = b"PK\x01\x02"
# Everything that `zipfile` raises for a file it cannot read.
_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,  # a file without a name
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def measured(document: bytes) -> bytes | None:
    """Return a workbook that is small enough to be read, None if it is none.

    It is a copy with the XML of the workbook alone, whatever its files are called: what reads it
    sees nothing that was not measured. Raises `NotTableError` if it is too large.
    """
    if document.count(_ENTRY) > _MOST_FILES:
        raise TOO_LARGE
    try:
        with ZipFile(BytesIO(document)) as packed:
            return _copy(packed)
    except _FAULTS:
        return None


def _copy(packed: ZipFile) -> bytes | None:
    made, extent, names, left = BytesIO(), WorkbookMeasure(), set[str](), _MOST_BYTES
    with ZipFile(made, "w") as copy:
        for entry in packed.infolist():
            content = _xml(packed, entry, extent, left)
            if content is None:
                continue
            left -= len(content)
            if entry.filename.lower() in names:
                return None
            names.add(entry.filename.lower())
            copy.writestr(ZipInfo(entry.filename), content)
    extent.check()
    return made.getvalue() if names else None


def _xml(packed: ZipFile, entry: ZipInfo, extent: WorkbookMeasure, most: int) -> bytes | None:
    """Return the content of a file, None if it is no XML; raises if it is too large."""
    if entry.is_dir() or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return None
    content = bytearray()
    extent.begin()
    try:
        with packed.open(entry) as file:
            while chunk := file.read(_CHUNK):
                if b"\0" in chunk:  # UTF-16, in which a reader of bytes finds other elements
                    return None
                extent.read(chunk)
                content += chunk
                if len(content) > most:
                    raise TOO_LARGE
        extent.end()
    except ExpatError:
        return None
    return bytes(content)
