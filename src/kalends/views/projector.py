"""Turns a page of events into the rows of the views."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kalends.domain.activity import Activity
from kalends.domain.details import HELD, Details
from kalends.domain.errors import TransitionError
from kalends.domain.events import (
    ACTIVITY,
    CAMPAIGN,
    ROSTER,
    ActivityEvent,
    ClockCorrected,
    Entry,
    activity_id,
)
from kalends.domain.roster import Roster
from kalends.domain.streams import STREAMS
from kalends.domain.text import fold
from kalends.views import roster_view as kept
from kalends.views import search_text
from kalends.views.alike import mark_of
from kalends.views.database import Views
from kalends.views.moment import seconds_of
from kalends.views.schema import OPEN
from kalends.views.state import decode, encode

_UNTIL, _RECORDED = 1, 6
# Columns that a revision with the same details takes from the revision before.
_DESCRIPTION = slice(7, 17)
_DATED = slice(11, 13)
_TEXT, _DETAILS = 13, 16

_Row = list[Any]

_EVOLVE = STREAMS[ACTIVITY].evolve


@dataclass(slots=True)
class _Standing:
    """An activity in its current state, and the row of its newest revision."""

    state: Activity
    row: _Row


class Projector:
    """Makes the rows for events that follow what the views hold.

    It reads only the activities that these events change: memory does not grow with the log.
    """

    def __init__(self, db: Views, entries: Sequence[Entry]) -> None:
        """Take events that directly follow each other and the views' position."""
        self._db = db
        self._entries = entries
        self._activities: list[tuple[int, str]] = []
        self._revisions: list[_Standing] = []
        self._texts: dict[int, _Row] = {}
        self._replaced: list[tuple[int, int]] = []
        self._replaced_texts: list[tuple[int, int]] = []
        self._codes: set[str] = set()
        self._limits: list[tuple[int, int]] = []
        self._roster: Roster | None = None

    def apply(self) -> None:
        """Write the rows; raise what the domain raises for events that cannot follow."""
        found = [activity_id(entry.stream) for entry in self._entries]
        known = self._read(found)
        self._codes = {code for (code,) in self._db.execute("SELECT code FROM department")}
        times = [seconds_of(entry.event.at) for entry in self._entries]
        for entry, changed_id, at in zip(self._entries, found, times, strict=True):
            event: Any = entry.event
            if changed_id is not None:
                before = known.get(changed_id)
                if before is None:
                    self._activities.append((entry.position, changed_id))
                known[changed_id] = self._revise(entry, event, at, before)
            elif entry.stream == ROSTER:
                self._keep_department(entry.position, event)
            elif entry.stream == CAMPAIGN:
                standing = kept.campaign(self._db, known_at=entry.position)
                after = STREAMS[CAMPAIGN].evolve(standing, event)
                if after != standing:
                    kept.keep_campaign(self._db, after, position=entry.position)
                if isinstance(event, ClockCorrected):
                    self._distrust(entry.position, at)
            else:
                raise TransitionError(
                    position=entry.position, stream=entry.stream, topic=entry.event.TOPIC
                )
        self._write(times)

    def _distrust(self, position: int, limit: int) -> None:
        """Make nothing so far count as recorded later than the correction of the clock."""
        self._limits.append((position, limit))
        for standing in self._revisions:
            if standing.row[_RECORDED] is not None:
                standing.row[_RECORDED] = min(standing.row[_RECORDED], limit)

    def _read(self, found: Sequence[str | None]) -> dict[str, _Standing]:
        versions: dict[str, int] = {}
        for entry, changed_id in zip(self._entries, found, strict=True):
            if changed_id is not None:
                versions.setdefault(changed_id, entry.version)
        older = [changed_id for changed_id, version in versions.items() if version > 1]
        known: dict[str, _Standing] = {}
        for changed_id, *row in self._db.execute(
            "SELECT a.id, r.* FROM json_each(?) AS wanted CROSS JOIN activity AS a "
            "CROSS JOIN revision AS r WHERE a.id = wanted.value AND r.activity = a.number "
            "AND r.until = ?",
            (json.dumps(older), OPEN),
        ):
            details = decode(Details, row[_DETAILS])
            state = Activity(details=details, status=row[4], withheld=bool(row[5]))
            known[changed_id] = _Standing(state, row)
        return known

    def _revise(
        self, entry: Entry, event: ActivityEvent, at: int, before: _Standing | None
    ) -> _Standing:
        position = entry.position
        if before is None:
            after, number, recorded = _EVOLVE(None, event), position, None
        else:
            after, number = _EVOLVE(before.state, event), before.row[2]
            recorded = before.row[_RECORDED]
            before.row[_UNTIL] = position
            if before.row[0] < self._entries[0].position:
                self._replaced.append((position, before.row[0]))
        if after.status not in HELD:
            recorded = None
        elif recorded is None:
            recorded = at
        if before is not None and after.details is before.state.details:
            description: Sequence[object] = before.row[_DESCRIPTION]
        else:
            description = self._describe(position, number, after.details, before)
        reason = getattr(event, "reason", None)
        if reason is not None:
            self._add_text(2 * position + 1, position, number, reason)
        row = [
            position, OPEN, number, entry.version, after.status, after.withheld, recorded,
            *description, reason,
        ]  # fmt: skip
        made = _Standing(after, row)
        self._revisions.append(made)
        return made

    def _describe(
        self, position: int, number: int, details: Details, before: _Standing | None
    ) -> tuple[object, ...]:
        """Return the columns that `_DESCRIPTION` names, and keep what can be searched."""
        codes = self._codes
        for department in details.departments:
            if department.code not in codes:
                raise TransitionError(
                    position=position, stream=f"activity {number}", topic="department"
                )
        when = details.when
        first, last, coarse = when.first_day.isoformat(), when.last_day.isoformat(), when.is_coarse
        dated: Sequence[object] = (position, last)
        if coarse:
            dated = (None, None) if before is None else before.row[_DATED]
        begin = None if when.begin is None else seconds_of(when.begin)
        text_number, body = position, search_text.body(details)
        if before is not None and body == search_text.body(before.state.details):
            text_number = before.row[_TEXT]
        else:
            self._add_text(2 * position, position, number, body)
            if before is not None:
                self._replace_text(2 * before.row[_TEXT], position)
        mark = mark_of(first, last, fold(details.title))
        return (
            first, last, begin, coarse, *dated, text_number, mark, details.title, encode(details),
        )  # fmt: skip

    def _add_text(self, text_number: int, position: int, number: int, text: str) -> None:
        self._texts[text_number] = [text_number, position, OPEN, number, text]

    def _replace_text(self, text_number: int, position: int) -> None:
        if text_number in self._texts:
            self._texts[text_number][2] = position
        else:
            self._replaced_texts.append((position, text_number))

    def _keep_department(self, position: int, event: Any) -> None:
        if self._roster is None:
            self._roster = kept.roster(self._db, known_at=position)
        self._roster = STREAMS[ROSTER].evolve(self._roster, event)
        self._codes.add(event.code)
        kept.keep_department(self._db, self._roster.departments[event.code], position=position)

    def _write(self, times: Sequence[int]) -> None:
        many = self._db.executemany
        for table in ("revision", "participation", "tag"):
            many(f"UPDATE {table} SET until = ? WHERE position = ?", self._replaced)  # noqa: S608 - our own names
        many("UPDATE indexed_text SET until = ? WHERE number = ?", self._replaced_texts)
        many(_insert("entry", 9), map(_entry, self._entries, times))
        for position, limit in self._limits:
            self._db.execute(
                "UPDATE entry SET trusted = ? WHERE position < ? AND trusted > ?",
                (limit, position, limit),
            )
            self._db.execute(
                "UPDATE revision SET recorded = ? WHERE position < ? AND recorded > ?",
                (limit, position, limit),
            )
        many(_insert("activity", 2), self._activities)
        many(_insert("revision", 18), [standing.row for standing in self._revisions])
        described = [(*standing.row[:3], standing.state.details) for standing in self._revisions]
        many(
            _insert("participation", 6),
            [
                (position, ordinal, until, number, department.code, department.role)
                for position, until, number, details in described
                for ordinal, department in enumerate(details.departments)
            ],
        )
        many(
            _insert("tag", 6),
            [
                (position, ordinal, until, number, fold(tag), tag)
                for position, until, number, details in described
                for ordinal, tag in enumerate(details.tags)
            ],
        )
        texts = self._texts.values()
        bodies = list(search_text.folded_together([row[4] for row in texts]))
        many(
            _insert("indexed_text", 5),
            [(*row[:4], body) for row, body in zip(texts, bodies, strict=True)],
        )
        many(
            "INSERT INTO pairs (rowid, body) VALUES (?, ?)",
            zip(self._texts, search_text.pairs(bodies), strict=True),
        )


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - our own names


def _entry(entry: Entry, at: int) -> tuple[object, ...]:
    position, stream, version, event = entry
    return (position, at, event.by, event.via, event.act, event.TOPIC, stream, version, at)
