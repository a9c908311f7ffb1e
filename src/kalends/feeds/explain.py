"""What subscribers see of an activity, and why: said in words."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from kalends.domain.errors import N_, NotFoundError
from kalends.domain.events import (
    ActivityCancelled,
    ActivityCorrected,
    ActivityMoved,
    ActivityReinstated,
    ActivityRetracted,
    ActivityWithheld,
)
from kalends.feeds.cache import Components
from kalends.feeds.calendar import dated_when, is_cancelled, span
from kalends.feeds.feed import fitting
from kalends.feeds.selection import (
    FULL,
    MOST_OCTETS,
    Feed,
    feeds,
    is_about,
)
from kalends.feeds.story import is_retimed
from kalends.views.activities import Revision, revisions
from kalends.views.roster import campaign

_APPS = (
    N_("Google Calendar looks again every 8 to 24 hours, and hides what is cancelled."),
    N_(
        "Apple's calendars look again every 5 minutes to every week, as they are set, and strike "
        "out what is cancelled."
    ),
    N_("Outlook looks again about every 3 hours, Thunderbird every 30 minutes."),
)
_CHANGES = {
    ActivityMoved.TOPIC: N_(
        "Position {position}: moved from “{old}” to “{new}”. Reason: {reason}"
    ),
    ActivityCancelled.TOPIC: N_("Position {position}: cancelled. Reason: {reason}"),
    ActivityReinstated.TOPIC: N_("Position {position}: takes place after all. Reason: {reason}"),
    ActivityCorrected.TOPIC: N_("Position {position}: corrected. Reason: {reason}"),
    ActivityRetracted.TOPIC: N_("Position {position}: retracted. Reason: {reason}"),
}
_RETIMED = N_(
    "Position {position}: the time on record was corrected from “{old}” to “{new}”. "
    "Reason: {reason}"
)


class Statement(NamedTuple):
    """A message to be translated, and the facts that fill it: texts, numbers, ISO days."""

    message: str
    facts: dict[str, object]


def explain(
    db: sqlite3.Connection, components: Components, activity_id: str, *, known_at: int
) -> list[Statement]:
    """Return what calendars show of an activity, why, in which feeds, and how soon.

    Raises `ActivityNotFoundError`, or `NotFoundError` before the campaign is opened.
    """
    if campaign(db, known_at=known_at) is None:
        raise NotFoundError(name="campaign")
    made = revisions(db, activity_id, known_at=known_at)
    told = [*shown_as(made), *changes(made), *_placed(db, components, made, known_at)]
    if made[-1].withheld or dated_when(made) is None:
        return told
    return [*told, *(Statement(message, {}) for message in _APPS)]


def shown_as(made: Sequence[Revision]) -> Iterator[Statement]:
    """Yield how a calendar shows the last of these revisions, oldest first."""
    last, dated = made[-1], dated_when(made)
    if last.withheld:
        since = next(one for one in reversed(made) if one.topic == ActivityWithheld.TOPIC)
        facts: dict[str, object] = {"position": since.position, "reason": since.reason}
        yield Statement(
            N_("No calendar shows it: it is withheld since position {position}. Reason: {reason}"),
            facts,
        )
        return
    if dated is None:
        text = last.details.when.text
        yield Statement(
            N_("No calendar shows it: “{text}” is too coarse for one."), {"text": text}
        )
        return
    first, end = span(dated)
    if isinstance(first, datetime):
        facts = {"begin": f"{first:%Y-%m-%dT%H:%MZ}", "end": f"{end:%Y-%m-%dT%H:%MZ}"}
        yield Statement(N_("Calendars show it from {begin} to {end}."), facts)
        if dated.starts is None:
            yield Statement(
                N_("These are office hours: only the part of the day is known, and it says so."),
                {},
            )
        elif dated.end is None:
            yield Statement(N_("Its end is not known: one hour is shown, and it says so."), {})
    else:
        facts = {"first_day": f"{dated.first_day}", "last_day": f"{dated.last_day}"}
        told = N_("Calendars show it as whole days, {first_day} to {last_day}.")
        if dated.first_day == dated.last_day:
            told = N_("Calendars show it as a whole day, {first_day}.")
        yield Statement(told, facts)
    if is_cancelled(last):
        yield from _cancelled(last)


def changes(made: Sequence[Revision]) -> Iterator[Statement]:
    """Yield what changed since it was first recorded, and why."""
    for before, after in pairwise(made):
        old, new = before.details.when, after.details.when
        message = _CHANGES.get(after.topic)
        if after.topic == ActivityCorrected.TOPIC and is_retimed(old, new):
            message = _RETIMED
        if message is not None:
            facts = {"old": old.text, "new": new.text, "reason": after.reason}
            yield Statement(message, {"position": after.position, **facts})


def _cancelled(last: Revision) -> Iterator[Statement]:
    if last.details.when.is_coarse:
        yield Statement(
            N_("It stands there as cancelled: only “{text}” is known of its time now."),
            {"text": last.details.when.text},
        )
    else:
        yield Statement(
            N_("It stands there as {status}: struck out or hidden, and its title says so."),
            {"status": N_("cancelled")},
        )


def _placed(
    db: sqlite3.Connection, components: Components, made: Sequence[Revision], known_at: int
) -> Iterator[Statement]:
    """Yield in which feeds it is, and for those that it left, or never came into, why not."""
    for feed in feeds(db, known_at=known_at):
        named = [one for one in made if _is_about(feed, one)]
        if not named:
            continue
        if not _is_about(feed, made[-1]):
            gone = next(one for one in made if one.position > named[-1].position)
            facts: dict[str, object] = {"feed": feed.name, "position": gone.position}
            yield Statement(
                N_("Not in feed {feed}: corrected out of it at position {position}."), facts
            )
        elif not made[-1].withheld and dated_when(made) is not None:
            held, _ = fitting(db, components, feed, known_at=known_at)
            yield _held(feed, is_in=made[-1].id in held, held=len(held))


def _held(feed: Feed, *, is_in: bool, held: int) -> Statement:
    if is_in:
        return Statement(N_("In feed {feed}."), {"feed": feed.name})
    message = N_(
        "Not in feed {feed}: it holds the {count} activities latest by day, within {octets} "
        "octets, and this one is older; {full} holds all."
    )
    facts = {"feed": feed.name, "count": held, "octets": MOST_OCTETS, "full": FULL + feed.name}
    return Statement(message, facts)


def _is_about(feed: Feed, revision: Revision) -> bool:
    codes = [one.code for one in revision.details.departments]
    return is_about(feed, codes, [one.casefold() for one in revision.details.tags])
