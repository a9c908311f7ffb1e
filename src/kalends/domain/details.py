"""Everything known about an activity."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, get_args

from kalends.domain.errors import (
    N_,
    EmptyTextError,
    LongLinkError,
    NumberError,
    TextError,
    TooManyError,
)
from kalends.domain.patterns import Pattern
from kalends.domain.text import clean, clean_or_none, clean_tag, fold, without_unseen
from kalends.domain.value import Value, replace
from kalends.domain.when import When, checked

Role = Literal["lead", "joint", "participant"]
# A correction may give any of these; only retracting gives the last.
CorrectedStatus = Literal["planned", "held", "recorded", "cancelled"]
Status = Literal[CorrectedStatus, "retracted"]
STATUSES: tuple[Status, ...] = get_args(Status)
# It took place: marked so, or recorded afterwards. Reports and filters count both as held.
HELD: tuple[Status, ...] = ("held", "recorded")
NOT_RETRACTED: frozenset[Status] = frozenset(get_args(CorrectedStatus))
TAKING_PLACE: frozenset[Status] = frozenset({"planned", *HELD})
CALLED_OFF: frozenset[Status] = frozenset({"cancelled", "retracted"})
# An activity is late if it was recorded more than so many days after it happened.
LATE_AFTER_DAYS = 3

_LINK = Pattern(r"https?://[^\s<>\"]+", first="h")
# Every blank that no text may hold: pasted into a date, it parts its words as a space does.
_BLANK = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_SHA256 = Pattern(r"[0-9a-f]{64}")
_MOST = 1_000_000_000
# The most of each, and the bytes of a link: these bound the size of a calendar entry.
MOST_OF = {N_("departments"): 200, N_("tags"): 20, N_("links"): 20}
LINK_BYTES = 2_000


class Participation(Value):
    """A department, by its code, and its role."""

    code: str
    role: Role


def usual_role(place: int) -> Role:
    """Return the role of a department named without one: the first leads, the others are joint.

    `place` counts from 0.
    """
    return "joint" if place else "lead"


class Source(Value):
    """Where an activity was read: the document's SHA-256, the quote, its span in code points."""

    document: str
    quote: str | None = None
    span: tuple[int, int] | None = None


class Details(Value):
    """Everything that can be recorded about an activity."""

    title: str
    when: When
    departments: tuple[Participation, ...]
    place: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    headcount: int | None = None
    links: tuple[str, ...] = ()
    source: Source | None = None


class Likeness(Value):
    """What two records of the same activity are likely to share: days, departments, title."""

    first_day: date
    last_day: date
    codes: frozenset[str]
    title: str


def likeness(details: Details) -> Likeness:
    """Return what is compared: the title folded (`text.fold`), without the hour and the roles."""
    codes = frozenset(department.code for department in details.departments)
    when = details.when
    return Likeness(
        first_day=when.first_day, last_day=when.last_day, codes=codes, title=fold(details.title)
    )


def accepted(details: Details, *, known: Sequence[Details] = ()) -> Details:
    """Return the details cleaned.

    `known` are details accepted before: what they contain may stay, even if it exceeds today's
    limits. Raises the `RefusedError` of the first broken rule, or `ImpossibleDateError`.
    """
    if not details.departments:
        raise EmptyTextError(field=N_("department"))
    if details.headcount is not None and not 0 <= details.headcount <= _MOST:
        raise NumberError(field=N_("headcount"), value=details.headcount)
    source = details.source
    if source is not None:
        source = replace(
            source,
            document=clean(source.document, "name"),
            quote=clean_or_none(source.quote, "quote"),
        )
        if not _SHA256.fullmatch(source.document):
            raise TextError(
                field=N_("source"),
                value=source.document,
                rule=N_("it is not the SHA-256 of a document"),
                cure=N_("Give 64 digits 0-9 a-f, as `sha256sum FILE` prints them."),
            )
    cleaned: dict[str, Callable[[], Any]] = {
        "title": lambda: clean(details.title, "title"),
        "when": lambda: clean_when(details.when),
        "place": lambda: clean_or_none(details.place, "place"),
        "tags": lambda: _tags(details.tags),
        "description": lambda: clean_or_none(details.description, "description"),
    }
    # Keep what was accepted before: correcting the place must not require a new title.
    changes = {
        name: clean_it()
        for name, clean_it in cleaned.items()
        if all(getattr(details, name) != getattr(before, name) for before in known)
    }
    found = replace(
        details,
        **changes,
        links=_links(details.links, known),
        departments=_distinct(details.departments),
        source=source,
    )
    for name, most in MOST_OF.items():
        values = getattr(found, name)
        if len(values) > most and all(values != getattr(before, name) for before in known):
            raise TooManyError(field=name, count=len(values), limit=most)
    return found


def _links(links: tuple[str, ...], known: Sequence[Details]) -> tuple[str, ...]:
    there = {link for details in known for link in details.links}
    return tuple(link if link in there else _link(link) for link in links)


def clean_when(when: When) -> When:
    """Return a date with its words as people see them; a tab or a line end is a blank."""
    words = without_unseen(when.text).translate(_BLANK)
    return replace(checked(when), text=clean(words, "date"))


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tags cleaned, each once, as it was first written; width and case do not count."""
    by_key: dict[str, str] = {}
    for tag in map(clean_tag, tags):
        by_key.setdefault(fold(tag), tag)
    return tuple(by_key.values())


def _link(text: str) -> str:
    link = clean(text, "link")
    if not _LINK.fullmatch(link):
        raise TextError(
            field="link",
            value=link,
            rule=N_("it is not a whole web address"),
            cure=N_(
                "Begin with https:// or http://; spaces, quotation marks, < and > cannot be in it."
            ),
        )
    if len(link.encode()) > LINK_BYTES:
        raise LongLinkError(size=len(link.encode()), limit=LINK_BYTES)
    return link


def _distinct(departments: tuple[Participation, ...]) -> tuple[Participation, ...]:
    """Return each department once, with the role named first; those that lead come first."""
    by_code: dict[str, Participation] = {}
    for participation in departments:
        by_code.setdefault(participation.code, participation)
    return tuple(sorted(by_code.values(), key=lambda participation: participation.role != "lead"))
