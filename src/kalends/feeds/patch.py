"""Replaces a few entries of a calendar and leaves the rest of its bytes as they are."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from kalends.feeds.calendar import FOOTER

# No text contains a line that looks like these: its line breaks are escaped.
_BEGIN = b"\r\nBEGIN:VEVENT\r\n"
_UID = b"\r\nUID:activity-"
_END = b"\r\nEND:VEVENT\r\n"
_CRLF = 2
_PAST_ALL = b"~"
# An id and the sign after it are never longer.
_LONGEST_ID = 256
# How many bytes are searched at once, and copied at once.
_WINDOW = 1 << 12
_BLOCK = 1 << 20


class PatchedFeed:
    """A calendar's bytes with some entries replaced, read from its file lazily.

    `entries` are by the activity's id, empty to leave an activity out. The calendar's own are in
    the order of their ids, as `calendar` writes them, so the result is what it would make of them
    all. `more` is how many more it holds, `size` its bytes. The file is not held in memory.
    """

    def __init__(self, path: Path, entries: Mapping[str, bytes]) -> None:
        """Find where the entries belong; raises `OSError`."""
        self.path = path
        self.more = 0
        self._parts: list[bytes | tuple[int, int]] = []
        kept = 0
        with path.open("rb") as file:
            calendar = _Calendar(file)
            for activity_id in sorted(entries):
                start, end = calendar.place(activity_id.encode("ascii"))
                self._parts += ((kept, start), entries[activity_id])
                self.more += bool(entries[activity_id]) - (start < end)
                kept = end
            self._parts.append((kept, calendar.size))
        self.size = sum(
            len(part) if isinstance(part, bytes) else part[1] - part[0] for part in self._parts
        )

    def is_same(self, path: Path) -> bool:
        """Return whether this equals a file: it is its own, and nothing was replaced."""
        return path == self.path and len(self._parts) == 1

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes, some at a time; raises `OSError`."""
        with self.path.open("rb") as file:
            for part in self._parts:
                if isinstance(part, bytes):
                    yield part
                    continue
                start, end = part
                file.seek(start)
                while start < end:
                    block = file.read(min(_BLOCK, end - start))
                    if not block:
                        raise OSError(0, "it was cut off meanwhile", str(self.path))
                    yield block
                    start += len(block)


class _Calendar:
    """A calendar's file, searched a few bytes at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.seek(0, 2)

    def place(self, wanted: bytes) -> tuple[int, int]:
        """Return where an activity's entry begins and ends; both are the same for a new entry."""
        first = bisect_left(range(self.size), wanted, key=self._id_after)
        found = self._after(_UID, first)
        if found < 0:
            return (self.size - len(FOOTER),) * 2
        start = self._before(_BEGIN, found) + _CRLF
        is_there = self._id(found) == wanted
        return start, self._after(_END, found) + len(_END) if is_there else start

    def _id_after(self, start: int) -> bytes:
        found = self._after(_UID, start)
        return _PAST_ALL if found < 0 else self._id(found)

    def _id(self, found: int) -> bytes:
        return self._read(found + len(_UID), _LONGEST_ID).partition(b"@")[0]

    def _after(self, what: bytes, start: int) -> int:
        """Return where this occurs next from a place on, -1 if it does not."""
        while start < self.size:
            found = self._read(start, _WINDOW).find(what)
            if found >= 0:
                return start + found
            start += _WINDOW - len(what) + 1
        return -1

    def _before(self, what: bytes, end: int) -> int:
        """Return where this last occurs before a place."""
        while end > 0:
            start = max(end - _WINDOW, 0)
            found = self._read(start, end - start).rfind(what)
            if found >= 0:
                return start + found
            end = start + len(what) - 1 if start else 0
        return -1

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)
