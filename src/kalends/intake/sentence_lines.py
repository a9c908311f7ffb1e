"""Decodes a text file in which each line is a sentence about an activity."""

import hashlib
from collections.abc import Iterator

from kalends.domain.errors import NotUtf8Error
from kalends.intake.file_kind import check_readable, encoding_of
from kalends.intake.rows import NumberedRow, SentenceRow

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class SentenceLines:
    """The sentences of a text file; empty lines are skipped."""

    def __init__(self, document: bytes) -> None:
        """Take the whole file; raises `NotUtf8Error` or `NotLinesError` if it is not text."""
        self.digest = hashlib.sha256(document).hexdigest()
        numbered = enumerate(_decoded(document).splitlines(), 1)
        self._lines = [(number, line.strip()) for number, line in numbered if line.strip()]

    def __len__(self) -> int:
        """Return the number of lines that are not empty."""
        return len(self._lines)

    def __iter__(self) -> Iterator[NumberedRow]:
        """Yield each line as a sentence, with its number."""
        for number, line in self._lines:
            yield NumberedRow(number, SentenceRow(line))


def _decoded(document: bytes) -> str:
    try:
        if document.startswith(_UTF16):
            return document.decode("utf-16")
        check_readable(document)
        return document.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8Error(encoding=encoding_of(document)) from None
