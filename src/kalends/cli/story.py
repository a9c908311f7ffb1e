"""How the revisions of an activity are told: what changed, who did it, when, and why."""

from collections.abc import Sequence

from kalends.cli import printing
from kalends.cli.call import Call, lines
from kalends.domain.details import Participation, Source
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.views.activities import Revision, changes
from kalends.words.topics import TOPIC_WORDS

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
    what = call.say(TOPIC_WORDS[after.topic])
    line = f"{after.position}  {at:%Y-%m-%d %H:%M}  {after.by}  {what}"
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
    texts: list[str] = []
    before: Revision | None = None
    for one in revisions:
        texts += told(call, before, one, roster)
        before = one
    return texts


def tell(rows: Sequence[Sequence[str]], told: Sequence[Sequence[str]], *, mark: str = "") -> None:
    """Write the rows of activities, aligned, each with the lines that are told of it below.

    `mark` holds a character for each row, which goes before it.
    """
    limit = printing.width()
    marks = [f"{one} " for one in mark] or [""] * len(rows)
    room = None if limit is None else limit - len(marks[0] if marks else "")
    for before, shown, texts in zip(marks, printing.listed(rows, room), told, strict=True):
        lines([f"{before}{shown[0]}", *(f"{' ' * len(before)}{line}" for line in shown[1:])])
        lines(f"    {text}" for text in texts)


def write(rows: Sequence[Sequence[str]]) -> None:
    """Write the rows of activities, aligned to the terminal."""
    tell(rows, [()] * len(rows))


def status(call: Call, revision: Revision) -> str:
    """Return an activity's status in words, and whether it is withheld."""
    said = call.say(revision.status)
    return call.say(N_("{status}, withheld"), status=said) if revision.withheld else said


def line(
    call: Call, revision: Revision, ref: str, roster: Roster, asked: str | None = None
) -> list[str]:
    """Return an activity's row in a list: date, ref, status, departments, title with tags.

    On a terminal, where room is scarce, the departments are the leading one by its short name,
    and a number; the department whose history was `asked` for, by code, is not repeated.
    """
    details = revision.details
    title = "  ".join([details.title, *(f"#{tag}" for tag in details.tags)])
    if printing.width() is None:
        named = printing.departments(call, details, roster)
    else:
        named = printing.lead(details, roster, asked)
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
            return printing.joined(
                call,
                (
                    call.say(
                        N_("{name} ({role})"),
                        name=roster.departments[one.code].name_on(day),
                        role=one.role,
                    )
                    if isinstance(one, Participation)
                    else str(one)
                    for one in value
                ),
            )
        case str():
            return (
                call.say(value) if value in {"planned", "held", "recorded", "cancelled"} else value
            )
        case _:
            return str(value)
