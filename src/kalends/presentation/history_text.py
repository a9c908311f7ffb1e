"""Writes an activity's history as lines: what changed, who changed it, when and why."""

from collections.abc import Sequence
from datetime import tzinfo

from kalends.domain.details import Participation, Source
from kalends.domain.errors import N_
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.presentation import texts
from kalends.views.activities import Revision, changes
from kalends.words import Words
from kalends.words.topics import TOPIC_WORDS

FIELDS = {
    "title": N_("title"), "when": N_("date"), "departments": N_("departments"),
    "place": N_("place"), "tags": N_("tags"), "description": N_("description"),
    "headcount": N_("headcount"), "links": N_("links"), "source": N_("source"),
    "status": N_("status"), "withheld": N_("withheld"),
}  # fmt: skip
_OF_STATUS = {"activity.held", "activity.cancelled", "activity.reinstated", "activity.retracted"}
_OF_STATUS |= {"activity.withheld", "activity.released"}


def history(
    words: Words,
    zone: tzinfo,
    revisions: Sequence[Revision],
    roster: Roster,
    *,
    before: Revision | None = None,
) -> list[str]:
    """Return the lines for revisions of one activity, oldest first; `before` precedes them."""
    lines: list[str] = []
    wide = max((len(f"{after.position}") for after in revisions), default=0)
    for after in revisions:
        lines += revision(words, zone, before, after, roster, wide=wide)
        before = after
    return lines


def revision(
    words: Words,
    zone: tzinfo,
    before: Revision | None,
    after: Revision,
    roster: Roster,
    *,
    wide: int = 0,
) -> list[str]:
    """Return the lines for one revision: a heading, then a line for each changed field.

    The position is `wide` digits wide.
    """
    at = after.at.astimezone(zone)
    what = words.say(TOPIC_WORDS[after.topic])
    line = f"{after.position:>{wide}}  {at:%Y-%m-%d %H:%M}  {after.by}  {what}"
    if after.reason is not None:
        line += words.say(N_(" — reason: {reason}"), reason=after.reason)
    said = said_by(after.topic)
    return [
        line,
        *(
            f"    {_change(words, name, *pair, roster, after)}"
            for name, pair in changes(before, after).items()
            if name not in said
        ),
    ]


def said_by(topic: str) -> set[str]:
    """Return the changed fields that the word for a kind of event says already."""
    return {"status", "withheld"} if topic in _OF_STATUS else set()


def _change(
    words: Words, name: str, old: object, new: object, roster: Roster, after: Revision
) -> str:
    return words.say(
        N_("{field}: {old} → {new}"),
        field=words.say(FIELDS[name]),
        old=value(words, name, old, roster, after),
        new=value(words, name, new, roster, after),
    )


def value(words: Words, field: str, value: object, roster: Roster, after: Revision) -> str:
    """Return one side of a field's change in words, `—` for nothing."""
    match value:
        case None | () | "":
            return "—"
        case When():
            return texts.when(words, value)
        case Source():
            return value.quote or value.document
        case tuple():
            day = after.details.when.first_day
            return texts.joined(
                words,
                (
                    texts.with_role(words, roster.departments[part.code].name_on(day), part.role)
                    if isinstance(part, Participation)
                    else str(part)
                    for part in value
                ),
            )
        case str():
            return words.say(value) if field == "status" else value
        case _:
            return str(value)


def subject(entry: Entry) -> str:
    """Return what an event is about: a title, a name or a code."""
    event = entry.event
    details = getattr(event, "details", None) or getattr(event, "settings", None)
    if details is not None:
        return str(details.title)
    name = getattr(event, "name", None) or getattr(event, "alias", None)
    return str(name or getattr(event, "code", ""))
