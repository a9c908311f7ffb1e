"""The log of a server: a copy on this machine, brought up to date before it is read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec

from kalends.domain.errors import ForeignAnswerError, OtherServerError
from kalends.domain.overriding import override
from kalends.log import journal_line
from kalends.log.event_log import NewEvent, StoredEvent
from kalends.log.log import Log
from kalends.remote.client import Client
from kalends.remote.copy import Copy, Note, Reader
from kalends.words import Message

# Stands in the copy where an event may not be read.
_HIDDEN = "hidden"
_LOCK_SECONDS = 120
# More than any log has; a server that says "more" for ever is none.
_MOST_PAGES = 100_000
_BEYOND = 999_999_999
_NO_LOG = Message("it sends no log")


class _Page(msgspec.Struct):
    """An answer of the server: see the API's reference."""

    at: datetime
    known_at: int
    after: int
    more: bool
    reader: Reader
    campaign: str
    language: str
    published: int
    hidden: str
    lines: list[msgspec.Raw]


_decoder = msgspec.json.Decoder(_Page)


class RemoteLog(Log):
    """A copy of a server's log. Events that may not be read are left out of it."""

    is_whole = False

    def __init__(self, copy: Copy, client: Client) -> None:
        """Open the copy; it is as old as when it was last brought up to date.

        A copy is made only where a server answers.
        """
        if not copy.is_there:
            client.get("/log", after=_BEYOND)
        super().__init__(copy.opened())
        self._copy, self._client = copy, client
        self.server_time: datetime | None = None

    def catch_up(self) -> None:
        """Bring the copy up to date with the server; raises a `KalendsError`."""
        with self._store.turn(_LOCK_SECONDS):
            for _ in range(_MOST_PAGES):
                if self._take(self._page()):
                    return
        raise OtherServerError(name=self._client.address.name, detail=_NO_LOG)

    def _page(self) -> _Page:
        """Return the events that follow, after the last one known, which shows a log rewritten."""
        after = max(self._store.position() - 1, 0)
        try:
            page = _decoder.decode(self._client.get("/log", after=after))
        except (msgspec.DecodeError, RecursionError):
            page = None
        if page is None or page.after != after or not (page.lines or after):
            raise OtherServerError(name=self._client.address.name, detail=_NO_LOG)
        return page

    def _take(self, page: _Page) -> bool:
        """Add what a page has of new events; return whether there are no more."""
        self.server_time = page.at
        rows = [self._row(page.after + n, bytes(line)) for n, line in enumerate(page.lines, 1)]
        note, last = self._copy.note, [tuple(row) for row in self._store.page(page.after, 1)]
        if last:
            same = [tuple(row) for row in rows[:1]] == last
            if not same or note is None or note.hidden != page.hidden:
                self._store = self._copy.anew(self._store)
                return False
            rows = rows[1:]
        self._copy.write(
            Note(page.reader, page.campaign, page.language, page.published, page.hidden)
        )
        if rows:
            self._store.insert(rows)
        return not page.more

    def _row(self, position: int, line: bytes) -> StoredEvent:
        if line == b"null":
            return StoredEvent(position, f"{_HIDDEN}-{position}", 1, _HIDDEN, b"{}")
        row = journal_line.parse(line, position)
        if row is None:
            raise ForeignAnswerError(name=self._client.address.name, position=position)
        return row

    @override
    def _pages(self, after: int, until: int | None) -> Iterator[Sequence[tuple[Any, ...]]]:
        for page in super()._pages(after, until):
            yield [row for row in page if row[3] != _HIDDEN]

    @override
    def last_at(self) -> datetime | None:
        for position in range(self.position(), 0, -1):
            for entry in self.entries(after=position - 1, until=position):
                return entry.event.at
        return None

    @contextmanager
    @override
    def turn(self, *, wait: float | None = None) -> Iterator[Callable[[Sequence[NewEvent]], int]]:
        """Read what is new; nothing is appended here, because the server has the turn."""
        self.catch_up()
        yield self._append
