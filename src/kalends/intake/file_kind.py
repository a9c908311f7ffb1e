"""Recognises files of another kind where JSON Lines are expected."""

from kalends.domain.errors import NotLinesError, NotUtf8Error
from kalends.words import Message

_MARKS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32"} | {
    b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"
}  # fmt: skip
_SIGNATURES = {
    b"PK\x03\x04": Message("an Excel workbook, or another packed file"),
    b"\xd0\xcf\x11\xe0": Message("an old Excel or Word file"),
    b"%PDF": Message("a PDF"),
}
_TABLE = Message("a table (CSV)")
_SENTENCES = Message("plain text")
_ARRAY = Message("one JSON array")
_SEPARATORS = b",\t;"


def check_kind(document: bytes) -> None:
    """Raise `NotUtf8Error` or `NotLinesError` if a file as a whole is not JSON Lines.

    `document` must have no UTF-8 byte order mark. Errors in single lines are found when they are
    read.
    """
    check_readable(document)
    begin = document.lstrip()[:1]
    if begin not in {b"", b"{"}:
        _check_text([line for line in document.splitlines() if line.strip()])


def check_readable(document: bytes) -> None:
    """Raise `NotUtf8Error` or `NotLinesError` if a file holds no lines of text."""
    if encoding := _marked(document):
        raise NotUtf8Error(encoding=encoding)
    for signature, kind in _SIGNATURES.items():
        if document.startswith(signature):
            raise NotLinesError(kind=kind)
    if document.lstrip()[:1] == b"[":
        raise NotLinesError(kind=_ARRAY)


def _marked(document: bytes) -> str | None:
    """Return the encoding that a byte order mark or a zero byte at the beginning reveals."""
    found = next((name for mark, name in _MARKS.items() if document.startswith(mark)), None)
    return found or ("UTF-16" if b"\0" in document[:4] else None)


def _check_text(lines: list[bytes]) -> None:
    if any(line.lstrip().startswith(b"{") for line in lines):
        return
    try:
        b"\n".join(lines).decode()
    except UnicodeDecodeError as error:
        raise NotUtf8Error(encoding=encoding_of(error.object)) from None
    raise NotLinesError(kind=_TABLE if _is_table(lines) else _SENTENCES)


def encoding_of(text: bytes) -> str:
    """Return the likely name of the encoding of bytes that are not UTF-8."""
    try:
        text.decode("gb18030")
    except UnicodeDecodeError:
        return Message("another encoding")
    return Message("probably GBK")


def _is_table(lines: list[bytes]) -> bool:
    """Return whether every line has as many separators as the first, and at least one."""
    return any(
        lines[0].count(separator) and len({line.count(separator) for line in lines}) == 1
        for separator in (bytes([number]) for number in _SEPARATORS)
    )
