"""Dates, departments and activities as text: in a few words, on one line, or in full."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kalends.domain.details import Details, Status
from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.words import Message, Words
from kalends.words.dates import say_when

if TYPE_CHECKING:
    from kalends.views.revision import Revision

# People read one word for what took place; JSON also says whether it had been planned before.
STATUS_WORDS: dict[Status, str] = {
    "planned": N_("planned"), "held": N_("held"), "recorded": N_("held"),
    "cancelled": N_("cancelled"), "retracted": N_("retracted"),
}  # fmt: skip
ROLES = {"lead": N_("lead"), "joint": N_("joint"), "participant": N_("participant")}
# For a calendar file in the feeds' folder that no feed has written.
STRAY_FILE = N_("{name}: no feed of this campaign has written it; move it to another folder")
_GAP = "  "
_MORE = " +"


def when(words: Words, value: When) -> str:
    """Return a date in words: day, weekday, part of the day or hours."""
    return say_when(
        words,
        value.first_day,
        value.last_day,
        precision=value.precision,
        part=value.part,
        starts=value.starts,
        ends=value.ends,
    )


def joined(words: Words, names: Iterable[str]) -> str:
    """Return names joined as the language joins them: `A, B` or `A、B`."""
    return words.say(N_(", ")).join(names)


def unread_columns(words: Words, names: Iterable[str]) -> str:
    """Return what is said of a table's columns that nothing reads."""
    said = (words.gettext(name) if isinstance(name, Message) else name for name in names)
    template = N_("Columns that are not read, so that nothing of them is recorded: {names}.")
    return words.say(template, names=", ".join(said))


def departments(words: Words, details: Details, roster: Roster) -> str:
    """Return the departments by their names on the activity's day, the leading one first."""
    day = details.when.first_day
    names = (roster.departments[acting.code].name_on(day) for acting in details.departments)
    return joined(words, names)


def with_role(words: Words, name: str, role: str) -> str:
    """Return a department's name with its role."""
    return words.say(N_("{name} ({role})"), name=name, role=role)


def departments_with_roles(words: Words, details: Details, roster: Roster) -> str:
    """Return the departments by their names on the activity's day, each with its role."""
    day = details.when.first_day
    return joined(
        words,
        (
            with_role(words, roster.departments[acting.code].name_on(day), acting.role)
            for acting in details.departments
        ),
    )


def lead(details: Details, roster: Roster, history_of: str | None = None) -> str:
    """Return the leading department's short name on that day, and ` +3` for three others.

    The name is left out if it is `history_of`, the code of the department whose history is shown.
    """
    first, *others = details.departments
    name = roster.departments[first.code].short_on(details.when.first_day)
    name = "" if first.code == history_of else name
    return f"{name}{_MORE}{len(others)}".lstrip() if others else name


def one_line(words: Words, details: Details, roster: Roster) -> str:
    """Return an activity on one line: date, departments, title, tags and place."""
    parts = [when(words, details.when), departments(words, details, roster), details.title]
    return _GAP.join([*parts, *marks(details)])


def marks(details: Details) -> list[str]:
    """Return the tags and the place with their signs, as people type them."""
    place = [] if details.place is None else [f"@{details.place}"]
    return [*(f"#{tag}" for tag in details.tags), *place]


def status(words: Words, revision: "Revision") -> str:
    """Return an activity's status in words, and whether it is withheld."""
    said = words.say(STATUS_WORDS[revision.status])
    return words.say(N_("{status}, withheld"), status=said) if revision.withheld else said


def full_lines(words: Words, revision: "Revision", ref: str, roster: Roster) -> list[str]:
    """Return the lines with everything known about an activity."""
    details = revision.details
    rows = [
        (N_("date"), f"{when(words, details.when)}  “{details.when.text}”"),
        (N_("status"), status(words, revision)),
        (N_("departments"), departments_with_roles(words, details, roster)),
        (N_("place"), details.place),
        (N_("tags"), " ".join(f"#{tag}" for tag in details.tags)),
        (N_("headcount"), details.headcount),
        (N_("description"), details.description),
        (N_("links"), " ".join(details.links)),
        (N_("source"), details.source and (details.source.quote or details.source.document)),
    ]
    lines = []
    for name, value in rows:
        if value not in {None, ""}:
            # Further lines of a description are indented, so that none looks like a field.
            first, *others = str(value).split("\n")
            lines.append(words.say(N_("{name}: {value}"), name=words.say(name), value=first))
            lines += [f"    {other}" for other in others]
    return [f"{details.title}  [{ref}]", *lines]
