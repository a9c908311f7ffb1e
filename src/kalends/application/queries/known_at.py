"""Reads `--known-at`: a position, a day, a moment, or a saved calendar or checkpoint."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import NothingKnownError, PositionNotFoundError
from kalends.domain.when import resolved
from kalends.service import zone

_POSITION = re.compile(r"[0-9]{1,9}")


def position_of(workspace: Workspace, known_at: str | None, *, may_be_file: bool = True) -> int:
    """Return the position that a text means; None means the newest.

    Up to nine digits are a position. A moment means the last position not after it; a day
    means its last moment in the campaign's zone. A checkpoint's file means its size; a calendar
    file the last position at which a feed had exactly its bytes. For texts of strangers,
    `may_be_file` is false: then no file is opened or looked for.

    Raises `PositionNotFoundError` beyond the log, `NothingKnownError` before its first event, an
    error of reading the date, or an `IntegrityError` for a file of another log.
    """
    last = workspace.log.position()
    if known_at is None:
        return last
    if _POSITION.fullmatch(known_at):
        position = int(known_at)
    elif may_be_file and is_file(known_at):
        from kalends.application.queries.saved_files import position_of_file  # noqa: PLC0415 - only for a file

        return position_of_file(workspace, Path(known_at))
    else:
        from kalends.views import entries  # noqa: PLC0415 - positions need no views

        position = entries.position_at(workspace.views, _moment(workspace, known_at))
    if position == 0 and last and not _POSITION.fullmatch(known_at):
        first = next(workspace.log.entries(until=1)).event.at
        here = zone(workspace.service.campaign().settings.zone)
        begun = f"{first.astimezone(here):%Y-%m-%d %H:%M}"
        raise NothingKnownError(name=known_at, last=last, first=begun)
    if not 1 <= position <= last:
        raise PositionNotFoundError(name=known_at, last=last)
    return position


def positions_between(
    workspace: Workspace, first: str, last: str | None, *, until: int
) -> tuple[int, int]:
    """Return the positions that two moments mean, the earlier one first.

    Of two days, each means its last moment, as everywhere. A single day, or the same day twice,
    begins with its first moment; without `last`, the range ends at `until`. A moment before the
    first event is position 0.
    """
    begun = _reached(workspace, first, begins=last in {None, first})
    ended = until if last is None else _reached(workspace, last, begins=False)
    return min(begun, ended), max(begun, ended)


def _reached(workspace: Workspace, text: str, *, begins: bool) -> int:
    """Return the last position not after a moment, or before a day begins; 0 if there is none."""
    if _POSITION.fullmatch(text):
        return position_of(workspace, text) if int(text) else 0
    if is_file(text):
        return position_of(workspace, text)
    from kalends.views import entries  # noqa: PLC0415 - a position needs no views

    return entries.position_at(workspace.views, _moment(workspace, text, begins=begins))


def is_file(text: str) -> bool:
    """Return whether a text is the path of a file; False if it cannot be a path at all."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _moment(workspace: Workspace, text: str, *, begins: bool = False) -> datetime:
    """Return the moment that is named; of a day its last second, or the one before it begins."""
    here = date_context(workspace)
    place = zone(here.zone)
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        if "T" in text or ":" in text:
            return (exact if exact.tzinfo else exact.replace(tzinfo=place)).astimezone(UTC)
    from kalends.dates.reader import read  # noqa: PLC0415 - a position is no date

    when = read(text, here).when
    if when.starts is not None:
        clock = time.fromisoformat(when.starts)
        return datetime.combine(when.first_day, clock, place).astimezone(UTC)
    if when.part is not None and not begins:
        end = resolved(when, place, workspace.service.campaign().settings.office_hours).end
        assert end is not None  # a part of a day has hours
        return end
    after = when.first_day if begins else when.last_day + timedelta(days=1)
    return datetime.combine(after, time(), place).astimezone(UTC) - timedelta(seconds=1)
