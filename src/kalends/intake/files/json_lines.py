"""Decodes JSON Lines: each line of the file is a row, one JSON object."""

import hashlib
import json
from collections.abc import Iterator

import msgspec

from kalends.domain.errors import KalendsError, RepeatedKeyError
from kalends.intake.files.file_kind import check_kind
from kalends.intake.files.json_errors import format_error_of
from kalends.intake.files.rows import NumberedRow, Row

_BOM = b"\xef\xbb\xbf"
_decode = msgspec.json.Decoder(Row).decode


class JsonLines:
    """The rows of a JSON Lines file; empty lines are skipped."""

    def __init__(self, document: bytes) -> None:
        """Take the whole file; raises `NotUtf8Error` or `NotLinesError` for another format."""
        text = document.removeprefix(_BOM)
        check_kind(text)
        self.digest = hashlib.sha256(document).hexdigest()
        numbered = enumerate(text.split(b"\n"), 1)
        self._lines = [(number, line) for number, line in numbered if line.strip()]

    def __len__(self) -> int:
        """Return the number of lines that are not empty."""
        return len(self._lines)

    def __iter__(self) -> Iterator[NumberedRow]:
        """Yield each line as a row, with its number."""
        for number, line in self._lines:
            yield NumberedRow(number, _row(line))


def _row(line: bytes) -> Row | KalendsError:
    try:
        row = _decode(line)
        json.loads(line, object_pairs_hook=check_keys)  # msgspec would keep the last of two
    except msgspec.DecodeError as error:
        return format_error_of(error, line)
    except RepeatedKeyError as error:
        return error
    return row


def check_document(document: bytes) -> None:
    """Raise `RepeatedKeyError` if an object in a JSON document has a key twice.

    What is not JSON at all is for the decoder to say.
    """
    try:
        json.loads(document, object_pairs_hook=check_keys)
    except RepeatedKeyError:
        raise
    except (ValueError, RecursionError):
        return


def check_keys(pairs: list[tuple[str, object]]) -> None:
    """Raise `RepeatedKeyError` if an object has a key twice."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise RepeatedKeyError(name=key)
        seen.add(key)
