"""The JSON shapes of activities, dates, departments and events (docs/reference/json.md)."""

from collections.abc import Sequence
from datetime import date, datetime

from kalends.domain.campaign import Campaign
from kalends.domain.department import Department
from kalends.domain.details import Details, Participation
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.domain.when import PARTS, When
from kalends.log import codec
from kalends.presentation.json_types import (
    ActivityShape,
    CampaignShape,
    DepartmentShape,
    DetailsShape,
    EventShape,
    Field,
    HistoryShape,
    ParticipationShape,
    RevisionShape,
    WhenShape,
)
from kalends.views.activities import Revision, changes


def instant(at: datetime) -> str:
    """Return an instant as RFC 3339 in whole UTC seconds."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def when(value: When) -> WhenShape:
    """Return the shape of a date."""
    return {
        "first_day": value.first_day.isoformat(),
        "last_day": value.last_day.isoformat(),
        "precision": value.precision,
        "part": value.part,
        "starts": value.starts,
        "ends": value.ends,
        "zone": value.zone,
        "text": value.text,
    }


def participations(
    values: tuple[Participation, ...], day: date, roster: Roster
) -> list[ParticipationShape]:
    """Return the shapes of departments, with their names on a day."""
    return [
        {
            "code": acting.code,
            "name": roster.departments[acting.code].name_on(day),
            "role": acting.role,
        }
        for acting in values
    ]


def details(value: Details, roster: Roster) -> DetailsShape:
    """Return the shape of an activity's details."""
    source = value.source
    return {
        "title": value.title,
        "when": when(value.when),
        "departments": participations(value.departments, value.when.first_day, roster),
        "place": value.place,
        "tags": list(value.tags),
        "description": value.description,
        "headcount": value.headcount,
        "links": list(value.links),
        "source": None
        if source is None
        else {"document": source.document, "quote": source.quote, "span": source.span},
    }


def activity(revision: Revision, *, ref: str, roster: Roster) -> ActivityShape:
    """Return the shape of an activity as it was at a revision."""
    return {
        "id": revision.id,
        "ref": ref,
        "version": revision.version,
        "status": revision.status,
        "withheld": revision.withheld,
        **details(revision.details, roster),
        "position": revision.position,
        "at": instant(revision.at),
        "by": revision.by,
    }


def changed(value: object, roster: Roster, day: date) -> Field:
    """Return the old or the new value of a changed field as JSON."""
    if isinstance(value, When):
        return when(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Participation):
        return participations(value, day, roster)
    if isinstance(value, tuple):
        return list(value)
    if value is None or isinstance(value, str | int):
        return value
    return str(value)


def revision(
    value: Revision, changed_fields: dict[str, tuple[object, object]], roster: Roster
) -> RevisionShape:
    """Return the shape of what one event did to an activity."""
    day = value.details.when.first_day
    return {
        "version": value.version,
        "position": value.position,
        "at": instant(value.at),
        "by": value.by,
        "topic": value.topic,
        "reason": value.reason,
        "changes": {
            name: [changed(old, roster, day), changed(new, roster, day)]
            for name, (old, new) in changed_fields.items()
        },
    }


def history(
    revisions: Sequence[Revision], *, ref: str, roster: Roster, before: Revision | None = None
) -> HistoryShape:
    """Return the shape of an activity at the last of these revisions, with what each revision did.

    `before` is the revision before the first of them.
    """
    return {
        **activity(revisions[-1], ref=ref, roster=roster),
        "revisions": [
            revision(after, changes(old, after), roster)
            for old, after in zip([before, *revisions], revisions, strict=False)
        ],
    }


def campaign(value: Campaign) -> CampaignShape:
    """Return the shape of the campaign's settings."""
    settings = value.settings
    span = settings.period
    return {
        "id": value.id,
        "title": settings.title,
        "zone": settings.zone,
        "language": settings.language,
        "uid_domain": settings.uid_domain,
        "site": settings.site,
        "period": None
        if span is None
        else {"from": str(span.first_day), "to": str(span.last_day)},
        "office_hours": {part: getattr(settings.office_hours, part) for part in PARTS},
        "feed_format": settings.feed_format,
    }


def department(value: Department, today: date) -> DepartmentShape:
    """Return the shape of a department, with its name today."""
    return {
        "code": value.code,
        "name": value.name_on(today),
        "names": [
            {"name": name, "on": None if on is None else on.isoformat()}
            for on, name in value.names
        ],
        "aliases": list(value.aliases),
        "short": value.short_on(today),
        "parent": value.parent,
        "since": None if value.since is None else value.since.isoformat(),
        "closed": value.is_closed,
        "closed_on": None if value.closed_on is None else value.closed_on.isoformat(),
        "merged_into": value.merged_into,
        "pauses": [
            {
                "since": None if pause.since is None else pause.since.isoformat(),
                "until": pause.until.isoformat(),
            }
            for pause in value.pauses
        ],
    }


def state_types() -> dict[str, type]:
    """Return the type of the `state` of an event, by its topic."""
    return {**codec.state_types()}


def event(entry: Entry) -> EventShape:
    """Return the shape of an event of the log; `state` is what is stored."""
    import json  # noqa: PLC0415 - only for the log

    return {
        "position": entry.position,
        "stream": entry.stream,
        "version": entry.version,
        "topic": entry.event.TOPIC,
        "at": instant(entry.event.at),
        "by": entry.event.by,
        "via": entry.event.via,
        "state": json.loads(codec.encode(entry.event)),
    }
