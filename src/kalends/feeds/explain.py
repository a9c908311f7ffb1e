"""What subscribers see of an activity, and why, in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from kalends.domain.errors import N_, NotFoundError
from kalends.domain.events import (
    ActivityCancelled,
    ActivityCorrected,
    ActivityMoved,
    ActivityReinstated,
    ActivityRetracted,
    ActivityWithheld,
)
from kalends.feeds import second_format
from kalends.feeds.cache import Components
from kalends.feeds.calendar import dated_when, is_cancelled, span
from kalends.feeds.description import is_retimed
from kalends.feeds.formats import Formats
from kalends.feeds.placed import Holding, Statement, placed
from kalends.feeds.wording import WORDINGS
from kalends.views.activities import Revision, revisions
from kalends.views.database import Views
from kalends.views.roster_view import campaign, roster

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
    ActivityReinstated.TOPIC: N_("Position {position}: put back on the plan. Reason: {reason}"),
    ActivityCorrected.TOPIC: N_("Position {position}: corrected. Reason: {reason}"),
    ActivityRetracted.TOPIC: N_("Position {position}: retracted. Reason: {reason}"),
}
_RETIMED = N_(
    "Position {position}: the time on record was corrected from “{old}” to “{new}”. "
    "Reason: {reason}"
)


def explain(
    db: Views,
    components: Components,
    activity_id: str,
    *,
    known_at: int,
    holding: Holding | None = None,
) -> list[Statement]:
    """Return what calendars show of an activity, why, in which feeds, and how soon.

    `holding` is what `placed` takes.
    Raises `ActivityNotFoundError`, or `NotFoundError` before the campaign is opened.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        raise NotFoundError(name="campaign")
    made = revisions(db, activity_id, known_at=known_at)
    formats = Formats(db, known_at=known_at)
    hidden = _hidden(made, formats)
    said = [hidden] if hidden else list(_shown_as(db, made, formats, opened.settings.zone))
    said += changes(made)
    if hidden:
        return said
    said += placed(db, components, made, known_at=known_at, holding=holding)
    return [*said, *(Statement(message, {}) for message in _APPS)]


def _hidden(made: Sequence[Revision], formats: Formats) -> Statement | None:
    """Return why no calendar shows an activity, None when calendars do."""
    last = made[-1]
    if last.withheld:
        since = next(
            revision for revision in reversed(made) if revision.topic == ActivityWithheld.TOPIC
        )
        fields: dict[str, object] = {"position": since.position, "reason": since.reason}
        return Statement(
            N_("No calendar shows it: it is withheld since position {position}. Reason: {reason}"),
            fields,
        )
    if all(revision.details.when.is_coarse for revision in made):
        text = last.details.when.text
        return Statement(
            N_("No calendar shows it: “{text}” is too vague for one."), {"text": text}
        )
    if dated_when(made) is None:
        return Statement(
            N_("No calendar shows it: an entry ends on the next day, and there is no next day."),
            {},
        )
    if formats.number >= second_format.NUMBER and second_format.is_undone(made):
        return Statement(
            N_(
                "No calendar shows it: {by} undid it within {minutes} minutes, before anything "
                "else happened to it."
            ),
            {"by": last.by, "minutes": second_format.AT_ONCE // timedelta(minutes=1)},
        )
    return None


def _shown_as(
    db: Views, made: Sequence[Revision], formats: Formats, zone: str
) -> Iterator[Statement]:
    """Yield how a calendar shows the last of these revisions; times are given in a zone."""
    last, dated = made[-1], dated_when(made)
    assert dated is not None  # otherwise it is hidden
    first, end = span(dated)
    is_coarse = last.details.when.is_coarse
    if isinstance(first, datetime) and isinstance(end, datetime):
        begin, until = (
            f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for moment in (first, end)
        )
        fields: dict[str, object] = {"begin": begin, "end": until, "zone": zone}
        yield Statement(N_("Calendars show it from {begin} to {end} (time of {zone})."), fields)
        if dated.starts is None and not is_coarse:
            yield Statement(
                N_("These are office hours: only the part of the day is known, and it says so."),
                {},
            )
        elif dated.end is None and not is_coarse:
            yield Statement(N_("Its end is not known: one hour is shown, and it says so."), {})
    else:
        fields = {"first_day": f"{dated.first_day}", "last_day": f"{dated.last_day}"}
        message = N_("Calendars show it as whole days, {first_day} to {last_day}.")
        if dated.first_day == dated.last_day:
            message = N_("Calendars show it as a whole day, {first_day}.")
        yield Statement(message, fields)
    title = _title(db, last, formats)
    if title != last.details.title:
        yield Statement(N_("Its title there is “{title}”."), {"title": title})
    if is_cancelled(last):
        yield from _cancelled(last)


def _title(db: Views, last: Revision, formats: Formats) -> str:
    """Return the title that calendars show."""
    made_at = formats.made_at(last.position)
    opened = campaign(db, known_at=made_at)
    assert opened is not None  # there is an activity
    language, title = opened.settings.language, last.details.title
    if formats.number >= second_format.NUMBER:
        titled = second_format.titled(last.details, roster(db, known_at=made_at), language)
        title = second_format.shown(titled)
    if is_cancelled(last):
        title = WORDINGS[language].cancelled_title.format(title=title)
    return title


def changes(made: Sequence[Revision]) -> Iterator[Statement]:
    """Yield what changed since it was first recorded, and why."""
    for before, after in pairwise(made):
        old, new = before.details.when, after.details.when
        message = _CHANGES.get(after.topic)
        if after.topic == ActivityCorrected.TOPIC and is_retimed(old, new):
            message = _RETIMED
        if message is not None:
            fields = {"old": old.text, "new": new.text, "reason": after.reason}
            yield Statement(message, {"position": after.position, **fields})


def _cancelled(last: Revision) -> Iterator[Statement]:
    if last.details.when.is_coarse:
        yield Statement(
            N_("It is shown as cancelled: all that is known of its time now is “{text}”."),
            {"text": last.details.when.text},
        )
    else:
        yield Statement(
            N_("It is shown as {status}: struck out or hidden, and its title says so."),
            {"status": N_("cancelled")},
        )
