"""All departments as a tree, and the page of each."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from kalends.domain.department import Department
from kalends.domain.errors import N_
from kalends.presentation import json_shapes
from kalends.views.activities import Late, Revision
from kalends.views.activity_filter import ActivityFilter
from kalends.web.pages import data, listing, shown
from kalends.web.pages.page import Moved, Page
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.weeks import strips
from kalends.words.plain_dates import plain_month

_MOST_LATE = 5
_FIGURES = (
    ("held", N_("held")),
    ("planned", N_("planned")),
    ("cancelled", N_("cancelled")),
    ("late", N_("recorded late")),
    ("corrected", N_("corrected")),
)
_Made = tuple[Revision, list[Revision]]


def departments(reader: Reader) -> Page:
    """Return all departments, each with how many activities it and its children have."""
    counts = reader.record.in_departments(reader.wanted)
    found = reader.record.roster.listed
    return Page(
        path="/departments",
        title=reader.words.say(N_("Departments")),
        template="departments.html",
        facts={
            "summary": reader.words.plural(
                "{count} department", "{count} departments", len(found)
            ),
            "tree": list(_tree(reader, counts, None)),
            "filters": True,
        },
        data=lambda: {
            "departments": [
                {**json_shapes.department(each, reader.today), "activities": counts[each.code]}
                for each in found
            ]
        },
    )


def _tree(
    reader: Reader, counts: Mapping[str, int], parent: str | None
) -> Iterator[dict[str, Any]]:
    """Yield the departments below a parent; those of a parent that is gone are at the top."""
    listed = reader.record.roster.listed
    codes = {each.code for each in listed}
    for each in listed:
        if (each.parent if each.parent in codes else None) == parent:
            yield {
                **_named(reader, each),
                "count": counts[each.code],
                "became": _became(reader, each),
                "children": list(_tree(reader, counts, each.code)),
            }


def department(reader: Reader, name: str) -> Page | Moved:
    """Return the page of a department, or where it stands if it is named in another way."""
    found = reader.record.department(name)
    if found.code != name:
        return Moved(f"/departments/{found.code}")
    wanted = reader.record.of_department(found.code, reader.wanted)
    path = f"/departments/{found.code}"
    total, limit = reader.record.count_history(found.code, wanted), listing.MOST
    last = max(0, total - reader.query.skip)
    made = reader.record.history(
        found.code, wanted, skip=max(0, last - limit), most=min(limit, last)
    )
    newest_first = made[::-1]
    weeks = reader.record.by_week(wanted)
    return Page(
        path=path,
        title=found.name_on(reader.today),
        template="department.html",
        facts={
            **_about(reader, found),
            "figures": _figures(reader, wanted),
            "strips": list(strips(reader, found.code, weeks)),
            "late": list(_late(reader, wanted)),
            "sections": list(_sections(reader, found, newest_first)),
            "around": listing.around(reader, path, has_more=last > limit),
            "empty": listing.empty(reader),
            "subscribe": reader.links.page("/subscribe", reader.language, [("dept", found.code)]),
            "feed": reader.file(f"/feeds/{found.code}.ics"),
            "filters": True,
        },
        data=lambda: _document(reader, found, wanted),
    )


def _about(reader: Reader, found: Department) -> dict[str, Any]:
    """Return a department's names of all times, what it belongs to, and what belongs to it."""
    roster = reader.record.roster
    listed = roster.listed
    parent = None if found.parent is None else roster.departments[found.parent]
    into = None if found.merged_into is None else roster.departments[found.merged_into]
    return {
        "code": found.code,
        "became": _became(reader, found),
        "names": [
            {"name": name, "since": None if on is None else f"{on}"} for on, name in found.names
        ],
        "aliases": list(dict.fromkeys([*found.aliases, *([found.short] if found.short else [])])),
        "parent": parent and _named(reader, parent),
        "into": into and {**_named(reader, into), "on": found.closed_on},
        "children": [_named(reader, each) for each in listed if each.parent == found.code],
        "merged": [_named(reader, each) for each in listed if each.merged_into == found.code],
        "since": found.since,
        "pauses": [
            {"since": pause.since and f"{pause.since}", "until": f"{pause.until}"}
            for pause in found.pauses
        ],
    }


def _named(reader: Reader, department: Department) -> dict[str, str]:
    return {
        "code": department.code,
        "name": department.name_on(reader.today),
        "link": reader.page(f"/departments/{department.code}"),
    }


def _became(reader: Reader, department: Department) -> str | None:
    """Return what a department is if it is not simply there."""
    say = reader.words.say
    if department.is_withdrawn:
        return say(N_("taken off the list of departments"))
    if not department.is_closed:
        return None
    day = department.closed_on
    if department.merged_into is not None:
        into = reader.record.roster.departments[department.merged_into].name_on(reader.today)
        if day is None:
            return say(N_("merged into {name}"), name=into)
        return say(N_("merged into {name} on {day}"), name=into, day=day.isoformat())
    return say(N_("closed")) if day is None else say(N_("closed on {day}"), day=day.isoformat())


def _figures(reader: Reader, wanted: ActivityFilter) -> list[dict[str, Any]]:
    total = reader.record.figures(wanted)
    words = reader.words
    found = [{"name": words.say(name), "count": getattr(total, field)} for field, name in _FIGURES]
    every = {
        "name": words.plural("activity", "activities", total.activities),
        "count": total.activities,
    }
    return [each for each in (every, *found) if each["count"]]


def _late(reader: Reader, wanted: ActivityFilter) -> Iterator[dict[str, Any]]:
    """Yield what was recorded latest."""
    each: Late
    for each in reader.record.late(_MOST_LATE, wanted):
        yield {
            **shown.activity(reader, each.revision),
            "days": reader.words.plural("{count} day late", "{count} days late", each.days),
            "recorded_on": each.recorded_on.isoformat(),
            "by": each.revision.by,
        }


def _sections(
    reader: Reader, found: Department, newest_first: list[_Made]
) -> Iterator[dict[str, Any]]:
    """Yield activities by month, under another name where the department had one then."""

    def section(made: _Made) -> tuple[Any, str]:
        return listing.month_of(made[0]), found.name_on(made[0].details.when.first_day)

    now = found.name_on(reader.today)
    for (month, name), each in groupby(newest_first, key=section):
        yield {
            "id": f"m{month:%Y-%m}",
            "title": plain_month(reader.words, month),
            "name": None if name == now else name,
            "activities": [
                {
                    **shown.activity(reader, last, year=month.year),
                    "notes": shown.notes(reader, revisions),
                }
                for last, revisions in each
            ],
        }


def _document(reader: Reader, found: Department, wanted: ActivityFilter) -> Mapping[str, Any]:
    limit = listing.MOST_DATA
    made = reader.record.history(found.code, wanted, skip=reader.query.skip, most=limit + 1)
    histories = [revisions for _, revisions in made]
    return {
        "department": json_shapes.department(found, reader.today),
        "activities": data.histories(reader, histories[:limit]),
        **listing.more(reader, f"/departments/{found.code}", has_more=len(histories) > limit),
    }
