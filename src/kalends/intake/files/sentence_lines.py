"""Decodes a text file in which each line is a sentence about an activity."""

import hashlib
from collections.abc import Collection, Iterator

from kalends.domain.errors import NotLinesError, NotSentencesError, NotUtf8Error
from kalends.intake.files.file_kind import check_readable, check_sentences
from kalends.intake.files.rows import NumberedRow, SentenceRow
from kalends.words.encodings import encoding_of

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class SentenceLines:
    """The sentences of a text file; empty lines are skipped."""

    def __init__(self, document: bytes) -> None:
        """Take the whole file; raises `NotUtf8Error` or `NotSentencesError`."""
        self.digest = hashlib.sha256(document).hexdigest()
        text = _decoded(document)
        check_sentences(text)
        numbered = enumerate(text.splitlines(), 1)
        self._lines = [(number, line.strip()) for number, line in numbered if line.strip()]

    def rejected(self, numbers: Collection[int]) -> list[str]:
        """Return the lines with these numbers, unchanged."""
        return [line for number, line in self._lines if number in numbers]

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
    except NotLinesError as error:
        raise NotSentencesError(**error.fields) from None
    except UnicodeDecodeError:
        raise NotUtf8Error(encoding=encoding_of(document)) from None
