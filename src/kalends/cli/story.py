"""How the revisions of an activity are told: what changed, who did it, when, and why."""

from collections.abc import Sequence

from kalends.cli import printing
from kalends.cli.call import Call
from kalends.domain.details import Participation, Source
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.views.activities import Revision, changes

TOPICS = {
    "activity.planned": N_("planned"),
    "activity.recorded": N_("recorded"),
    "activity.held": N_("held"),
    "activity.moved": N_("moved"),
    "activity.cancelled": N_("cancelled"),
    "activity.reinstated": N_("reinstated"),
    "activity.corrected": N_("corrected"),
    "activity.retracted": N_("retracted"),
    "activity.withheld": N_("withheld"),
    "activity.released": N_("released"),
}
_FIELDS = {
    "title": N_("title"), "when": N_("date"), "departments": N_("departments"),
    "place": N_("place"), "tags": N_("tags"), "description": N_("description"),
    "headcount": N_("headcount"), "links": N_("links"), "source": N_("source"),
    "status": N_("status"), "withheld": N_("withheld"),
}  # fmt: skip
_OWN = {"activity.held", "activity.cancelled", "activity.reinstated", "activity.retracted"}
_OWN |= {"activity.withheld", "activity.released"}


def told(call: Call, before: Revision | None, after: Revision, roster: Roster) -> list[str]:
    """Return the lines that tell one revision: the first names it, others what it changed."""
    at = after.at.astimezone(call.zone)
    line = f"{after.position}  {at:%Y-%m-%d %H:%M}  {after.by}  {call.say(TOPICS[after.topic])}"
    if after.reason is not None:
        line += call.say(N_(" — reason: {reason}"), reason=after.reason)
    found = changes(before, after)
    if after.topic in _OWN:  # the word says it already
        found.pop("status", None)
        found.pop("withheld", None)
    return [
        line,
        *(f"    {_change(call, name, *pair, roster, after)}" for name, pair in found.items()),
    ]


def story(call: Call, revisions: Sequence[Revision], roster: Roster) -> list[str]:
    """Return the lines that tell all revisions of one activity, oldest first."""
    lines: list[str] = []
    before: Revision | None = None
    for one in revisions:
        lines += told(call, before, one, roster)
        before = one
    return lines


def status(call: Call, revision: Revision) -> str:
    """Return an activity's status in words, and whether it is withheld."""
    said = call.say(revision.status)
    return call.say(N_("{status}, withheld"), status=said) if revision.withheld else said


def line(call: Call, revision: Revision, ref: str, roster: Roster) -> list[str]:
    """Return an activity's row in a list: date, ref, status, departments, title with tags."""
    details = revision.details
    title = "  ".join([details.title, *(f"#{tag}" for tag in details.tags)])
    named = printing.departments(details, roster)
    return [printing.when(call, details.when), ref, status(call, revision), named, title]


def _change(
    call: Call, name: str, old: object, new: object, roster: Roster, after: Revision
) -> str:
    return call.say(
        N_("{field}: {old} → {new}"),
        field=call.say(_FIELDS[name]),
        old=_value(call, old, roster, after),
        new=_value(call, new, roster, after),
    )


def _value(call: Call, value: object, roster: Roster, after: Revision) -> str:
    match value:
        case None | () | "":
            return "—"
        case When():
            return printing.when(call, value)
        case Source():
            return value.quote or value.document
        case tuple():
            day = after.details.when.first_day
            return "、".join(
                call.say(
                    N_("{name} ({role})"),
                    name=roster.departments[one.code].name_on(day),
                    role=one.role,
                )
                if isinstance(one, Participation)
                else str(one)
                for one in value
            )
        case str():
            return (
                call.say(value) if value in {"planned", "held", "recorded", "cancelled"} else value
            )
        case _:
            return str(value)
