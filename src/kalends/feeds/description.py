"""The description of an entry: what changed and why, who takes part, what is known."""

from collections.abc import Iterator, Sequence
from datetime import date

from kalends.domain.campaign_settings import Settings
from kalends.domain.details import Participation, Role
from kalends.domain.events import (
    ActivityCancelled,
    ActivityCorrected,
    ActivityMoved,
    ActivityReinstated,
    ActivityRetracted,
)
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.feeds import second_format
from kalends.feeds.wording import WORDINGS, Wording
from kalends.views.activities import Revision

# How many changes are shown, the newest first; the whole history is on the activity's page.
_MOST = 5
_ROLES: tuple[Role, ...] = ("lead", "joint", "participant")


def description(revisions: Sequence[Revision], roster: Roster, settings: Settings) -> str:
    """Return the description, its lines separated by line feeds."""
    details, wording = revisions[-1].details, WORDINGS[settings.language]
    lines = [] if len(revisions) == 1 else notes(revisions, settings)
    lines += known(details.when, wording)
    if details.description is not None:
        lines.append(details.description)
    lines += participants(details.departments, details.when.first_day, roster, wording)
    if details.headcount is not None:
        lines.append(wording.headcount.format(count=details.headcount))
    lines += [wording.link.format(link=link) for link in details.links]
    return "\n".join(lines)


def notes(revisions: Sequence[Revision], settings: Settings) -> list[str]:
    """Return what changed and why, the newest first.

    From format 2 on, not what happened while the activity was withheld, also when it was released
    since.
    """
    is_second = settings.feed_format >= second_format.NUMBER
    found: list[str] = []
    for number in range(len(revisions) - 1, 0, -1):
        after = revisions[number]
        if is_second and after.withheld:
            continue
        reason = after.reason
        if is_second:
            reason = second_format.reason_shown(reason, settings.language)
        note = _note(revisions[number - 1], after, reason, WORDINGS[settings.language])
        if note is not None and len(found) < _MOST:
            found.append(note)
    return found


def known(when: When, wording: Wording) -> list[str]:
    """Return what readers must know when an entry shows a day or an hour that nobody named."""
    if when.is_coarse:
        return [wording.coarse.format(when=wording.when(when))]
    if when.part is not None and when.starts is None:
        template = wording.only_known if _is_long(when) else wording.hour_unknown
        return [template.format(when=wording.when(when))]
    half_timed = (when.starts is None) != (when.ends is None)
    if half_timed and when.starts is not None and not _is_long(when):
        return [wording.end_unknown]
    if half_timed or when.precision in {"ten-days", "week"}:
        return [wording.only_known.format(when=wording.when(when))]
    return []


def participants(
    departments: Sequence[Participation], day: date, roster: Roster, wording: Wording
) -> Iterator[str]:
    """Yield a line for each role: the names that were valid on a day."""
    named = roster.departments
    by_role: dict[Role, list[str]] = {}
    for participation in departments:
        by_role.setdefault(participation.role, []).append(named[participation.code].name_on(day))
    for role in _ROLES:
        if role in by_role:
            yield wording.roles[role] + wording.between_names.join(by_role[role])


def is_retimed(before: When, after: When) -> bool:
    """Return whether two times differ in more than wording."""
    return _essence(before) != _essence(after)


def _note(before: Revision, after: Revision, reason: str | None, wording: Wording) -> str | None:
    match after.topic:
        case ActivityMoved.TOPIC:
            template = wording.moved
        case ActivityCancelled.TOPIC:
            template = wording.cancelled
        case ActivityReinstated.TOPIC:
            template = wording.reinstated
        case ActivityRetracted.TOPIC:
            template = wording.retracted
        case ActivityCorrected.TOPIC if is_retimed(before.details.when, after.details.when):
            template = wording.retimed
        case ActivityCorrected.TOPIC:
            template = wording.corrected
        case _:
            return None
    return template.format(old=wording.when(before.details.when), reason=reason)


def _is_long(when: When) -> bool:
    return when.first_day < when.last_day


def _essence(when: When) -> tuple[object, ...]:
    clock = (when.part, when.starts, when.ends, when.zone)
    return (when.first_day, when.last_day, when.precision, *clock)
