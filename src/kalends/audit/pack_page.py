"""Renders the record as the HTML page of a pack, for reading and printing, in either language."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Template

from kalends.audit.checkpoint import Checkpoint
from kalends.audit.note import encoded
from kalends.domain.department import Department
from kalends.domain.details import CALLED_OFF, LATE_AFTER_DAYS
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.presentation import texts
from kalends.presentation.templates import templates
from kalends.views import activities, days
from kalends.views import roster_view as rosters
from kalends.views.activities import Revision
from kalends.views.database import Views
from kalends.words import Words, words

# The template's pieces, several for each activity, are joined in groups of this size.
_TOGETHER = 10_000
_LABELS = {
    "campaign": N_("campaign"),
    "departments": N_("Departments"),
    "activities": N_("Activities"),
    "changes": N_("Changes, with their reasons"),
    "late": N_("Recorded more than {days} days after it happened"),
    "date": N_("date"),
    "status": N_("status"),
    "title": N_("title"),
    "place": N_("place"),
    "name": N_("name"),
    "code": N_("code"),
    "parent": N_("parent"),
    "aliases": N_("aliases"),
    "at": N_("recorded at"),
    "by": N_("by"),
    "change": N_("change"),
    "reason": N_("reason"),
    "days": N_("days late"),
    "none": N_("None."),
    "withheld": N_("withheld"),
    "state": N_("As known at position {size}. Root of the log: {root}"),
    "unsigned": N_(
        "This page is for reading and bears no signature: `kalends audit check-pack` makes it "
        "again from the journal, which is signed, and compares."
    ),
}


def page(db: Views, checkpoint: Checkpoint, language: str) -> Iterator[bytes]:
    """Yield the page of the log as known at a checkpoint: HTML in UTF-8, in pieces."""
    spoken, known_at = words(language), checkpoint.size
    opened = rosters.campaign(db, known_at=known_at)
    assert opened is not None  # a log begins with its campaign
    roster = rosters.roster(db, known_at=known_at)
    zone = ZoneInfo(opened.settings.zone)
    facts = {"days": LATE_AFTER_DAYS, "size": known_at, "root": encoded(checkpoint.root)}
    shown = {
        "activities": (
            _activity(spoken, each, roster)
            for each in activities.by_day(db, known_at=known_at, retracted=True)
        ),
        "changes": _changes(db, spoken, zone, known_at),
        "late": (
            {
                **_activity(spoken, each.revision, roster),
                "days": each.days,
                "recorded_on": each.recorded_on,
            }
            for each in activities.recorded_late(db, LATE_AFTER_DAYS, known_at=known_at)
        ),
    }
    counts = {
        "activities": days.count(db, known_at=known_at, retracted=True),
        "changes": activities.count_changes(db, known_at=known_at),
        "late": activities.count_late(db, LATE_AFTER_DAYS, known_at=known_at),
    }
    pieces = _template().generate(
        language={"zh": "zh-Hans", "en": "en"}[language],
        title=opened.settings.title,
        origin=checkpoint.origin,
        zone=opened.settings.zone,
        said={name: spoken.say(text, **facts) for name, text in _LABELS.items()},
        departments=[_department(each, roster) for each in roster.listed],
        counts=counts,
        **shown,
    )
    while some := "".join(islice(pieces, _TOGETHER)):
        yield some.encode()


@cache
def _template() -> Template:
    found = templates("kalends.audit", ".", keep_trailing_newline=True)
    return found.get_template("pack_page.html")


def _department(department: Department, roster: Roster) -> Mapping[str, object]:
    parent = roster.departments.get(department.parent or "")
    return {
        "code": department.code,
        "name": department.name,
        "aliases": [
            name for name in department.called if name not in {department.name, department.code}
        ],
        "parent": parent.name if parent else "",
    }


def _activity(spoken: Words, revision: Revision, roster: Roster) -> dict[str, Any]:
    details = revision.details
    day = details.when.first_day
    return {
        "id": revision.id,
        "when": texts.when(spoken, details.when),
        "status": spoken.say(revision.status),
        "withheld": revision.withheld,
        "off": revision.status in CALLED_OFF,
        "departments": [
            roster.departments[each.code].name_on(day) for each in details.departments
        ],
        "title": details.title,
        "tags": details.tags,
        "place": details.place or "",
    }


def _changes(
    db: Views, spoken: Words, zone: ZoneInfo, known_at: int
) -> Iterator[Mapping[str, object]]:
    for _, _, made in activities.changes_between(db, 0, known_at):
        for before, after in pairwise(made):
            yield {
                "position": after.position,
                "at": f"{after.at.astimezone(zone):%Y-%m-%d %H:%M}",
                "by": after.by,
                "title": before.details.title,
                "topic": spoken.say(after.topic.removeprefix("activity.")),
                "reason": after.reason or "",
                "turned": list(_turned(spoken, before, after)),
            }


def _turned(spoken: Words, before: Revision, after: Revision) -> Iterator[tuple[str, str]]:
    """Yield the old and new date and title, if they changed."""
    old, new = before.details, after.details
    if old.when != new.when:
        yield texts.when(spoken, old.when), texts.when(spoken, new.when)
    if old.title != new.title:
        yield old.title, new.title
