"""Recognises by its content a file of another kind than its name promises."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kalends.domain.errors import NotLinesError, NotSentencesError, NotTableError, NotUtf8Error
from kalends.intake.files.table_headings import has_headings
from kalends.words import Message
from kalends.words.encodings import encoding_of, marked_encoding


class Kind(NamedTuple):
    """What a file is, and what to do with such a file."""

    kind: Message
    cure: Message


_COPY = Message(
    "Copy the activities into a table (.xlsx, .csv), or into a text file (.txt) with one "
    "sentence on each line."
)
_SIGNATURES = {
    b"PK\x03\x04": Kind(
        Message("an Excel workbook, or another packed file"),
        Message("If it is a workbook, put it into a file whose name ends in .xlsx."),
    ),
    b"\xd0\xcf\x11\xe0": Kind(
        Message("an old Excel or Word file"), Message("Open it and save it as .xlsx or .csv.")
    ),
    b"%PDF": Kind(Message("a PDF"), _COPY),
    b"BEGIN:VCALENDAR": Kind(Message("a calendar"), _COPY),
}
_TABLE = Kind(Message("a table (CSV)"), Message("Put it into a file whose name ends in .csv."))
_SENTENCES = Kind(
    Message("plain text"),
    Message(
        "If each line is a sentence about an activity, "
        "put them into a file whose name ends in .txt."
    ),
)
_ARRAY = Kind(
    Message("one JSON array"),
    Message("Write one JSON object on each line; docs/how-to/record-many.md shows how."),
)
_LINES = Kind(Message("JSON Lines"), Message("Put it into a file whose name ends in .jsonl."))
_MARKUP = Kind(
    Message("a web page or XML"), Message("Open it in a spreadsheet and save it as .xlsx or .csv.")
)
_BINARY = Kind(Message("a binary file"), _COPY)
_UNREADABLE = Kind(
    Message("a workbook that cannot be read"), Message("Open it and save it as .xlsx or .csv.")
)
_IS_ARRAY = re.compile(rb"""\[\s*[\[{"\]]""")
_IS_MARKUP = re.compile(rb"<(?:[?]xml|!doctype|html|head|body|table|meta|div)\b", re.IGNORECASE)
# What no text has: control characters, and a zero byte in every so many.
_CONTROL, _SELDOM = re.compile(rb"[\x01-\x08\x0e-\x1f]"), 10
_SEPARATORS = ",\t;"
_BEGIN = 400


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
    if found := _recognised(document):
        raise NotLinesError(**found._asdict())


def check_sentences(text: str) -> None:
    """Raise `NotSentencesError` if a text holds something else than sentences."""
    found = _recognised_text(text)
    if found is None and _has_headings(text):
        found = _TABLE
    if found is not None:
        raise NotSentencesError(**found._asdict())


def check_table(text: str) -> None:
    """Raise `NotTableError` if a text without headings holds something else than a table."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = _recognised_text(text)
    if found is None and lines and not _is_table(lines):
        found = _SENTENCES
    if found is not None:
        raise NotTableError(**found._asdict())


def not_a_workbook(document: bytes) -> NotTableError:
    """Return the error for a file that is no workbook, though its name says so."""
    found: dict[str, object] = dict(_UNREADABLE._asdict())
    if not document.startswith(b"PK\x03\x04") and document.strip():
        try:
            check_kind(document.removeprefix(b"\xef\xbb\xbf"))
            found = dict(_LINES._asdict())
        except NotLinesError as error:
            found = error.fields
        except NotUtf8Error:
            pass
    return NotTableError(**found)


def _recognised(document: bytes) -> Kind | None:
    """Return the kind of a file that holds neither JSON Lines nor a table nor sentences."""
    begin = document[:_BEGIN].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _SIGNATURES.items():
        if begin.startswith(signature):
            return kind
    if _IS_ARRAY.match(begin):
        return _ARRAY
    if _IS_MARKUP.match(begin):
        return _MARKUP
    return _BINARY if _is_binary(document) else None


def _is_binary(document: bytes) -> bool:
    """Return whether bytes are no text; a text in which a zero byte got lost is still one."""
    if b"\0" not in document:
        return False
    if document.count(b"\0") * _SELDOM > len(document) or _CONTROL.search(document[:_BEGIN]):
        return True
    try:
        document.decode()
    except UnicodeDecodeError:
        return True
    return False


def _recognised_text(text: str) -> Kind | None:
    """Return the kind of a text that is neither a table nor sentences."""
    begin = text[:_BEGIN].encode()
    return _recognised(begin) or (_LINES if begin.lstrip()[:1] == b"{" else None)


def _has_headings(text: str) -> bool:
    """Return whether a text begins with the headings of a table of activities."""
    lines = text[:_BEGIN].splitlines()
    return any(has_headings([line.split(sign) for line in lines]) for sign in _SEPARATORS)


def _marked(document: bytes) -> str | None:
    """Return the encoding that a byte order mark or zero bytes at the beginning reveal."""
    return marked_encoding(document) or ("UTF-16" if _is_wide(document[:_BEGIN]) else None)


def _is_wide(begin: bytes) -> bool:
    """Return whether bytes are UTF-16 without a mark: ASCII signs have a zero byte beside them."""
    if b"\0" not in begin:
        return False
    texts = (begin.decode(name, "replace") for name in ("utf-16-le", "utf-16-be"))
    return any(all(sign.isprintable() or sign in "\t\r\n" for sign in text) for text in texts)


def _check_text(lines: list[bytes]) -> None:
    if any(line.lstrip().startswith(b"{") for line in lines):
        return
    try:
        text = b"\n".join(lines).decode()
    except UnicodeDecodeError as error:
        raise NotUtf8Error(encoding=encoding_of(error.object)) from None
    kind = _TABLE if _is_table(text.splitlines()) else _SENTENCES
    raise NotLinesError(**kind._asdict())


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether every line has as many separators as the first, and at least one."""
    return any(
        lines[0].count(separator) and len({line.count(separator) for line in lines}) == 1
        for separator in _SEPARATORS
    )
