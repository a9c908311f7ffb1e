"""Reads the journal for the audit, which trusts nothing in it."""

from collections.abc import Iterator
from pathlib import Path

from kalends.domain.errors import UnreadFileError
from kalends.log.event_log import Range, RawEvent, UnusualError
from kalends.log.journal_line import LONGEST, parse
from kalends.words import os_error_message

# The flaw of a last line that does not end with a line feed.
CUT = "cut off"
_MISSPELT = "not encoded as Kalends encodes a line"
# So many bytes are kept of a line that is too long.
_SHOWN = 1 << 12
_BLOCK = 1 << 20


class Journal:
    """A journal's file; every method raises `UnreadFileError` if it cannot be read."""

    def __init__(self, path: Path) -> None:
        """Set the file's path."""
        self.path = path

    def extent(self) -> Range:
        """Return its range; a last line without a line feed does not count as complete."""
        return self.measured(1 << 62)[0]

    def measured(self, every: int) -> tuple[Range, list[int]]:
        """Return its range, and the byte offsets of lines 0, `every`, 2 × `every` and so on.

        The last offset is the end of the file, or of the beginning of a line that is too long:
        nothing behind it is read, as there may be a hole of gigabytes.
        """
        found, count, start, last, length = [0], 0, 0, b"\n", 0
        for block in self._blocks():
            many = block.count(b"\n")
            if (count + many) // every > count // every:
                at = -1
                for n in range(1, many + 1):
                    at = block.index(b"\n", at + 1)
                    if (count + n) % every == 0:
                        found.append(start + at + 1)
            count, start, last = count + many, start + len(block), block[-1:]
            length = len(block) - 1 - block.rindex(b"\n") if many else length + len(block)
            if length > LONGEST:
                break
        return Range(count + (last != b"\n"), count), [*found, start]

    def raw_events(self, after: int, until: int, place: int) -> Iterator[tuple[int, RawEvent]]:
        """Yield what is on the lines from `after` + 1 to `until`; the first starts at `place`."""
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                line = b""
                for position in range(after + 1, until + 1):
                    while len(line) == LONGEST and not line.endswith(b"\n"):
                        line = file.readline(LONGEST)  # the rest of a line that is too long
                    line = file.readline(LONGEST)
                    if not line:
                        return
                    yield position, _of_line(line, position)
        except OSError as error:
            raise UnreadFileError(name=self.path.name, detail=os_error_message(error)) from None

    def between(self, place: int, end: int) -> bytes:
        """Return the bytes from `place` to `end`: whole lines, as `measured` found them.

        Raises `UnusualError` for a line that is cut off or for too many bytes, and
        `UnreadFileError`.
        """
        if end - place > LONGEST:
            raise UnusualError
        try:
            with self.path.open("rb", buffering=0) as file:
                file.seek(place)
                block = file.read(end - place)
        except OSError as error:
            raise UnreadFileError(name=self.path.name, detail=os_error_message(error)) from None
        if block[-1:] not in {b"", b"\n"}:
            raise UnusualError
        return block

    def _blocks(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                while block := file.read(_BLOCK):
                    yield block
        except OSError as error:
            raise UnreadFileError(name=self.path.name, detail=os_error_message(error)) from None


def _of_line(line: bytes, position: int) -> RawEvent:
    whole = line.removesuffix(b"\n")
    if len(whole) == LONGEST:  # with its line feed it is no event's line, whatever begins it
        return RawEvent(whole[:_SHOWN] + b"\n", None, _MISSPELT)
    row = parse(whole, position)
    if whole == line:
        return RawEvent(line, row, CUT)
    return RawEvent(whole, row, "" if row else _MISSPELT)
