"""The first page: what is on today, this week and next, and what changed lately."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from kalends.domain.errors import N_
from kalends.presentation import json_shapes
from kalends.views.activities import Revision
from kalends.web.pages import data, listing, shown
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.summary import summary

# So many activities of a section, and so many changes, are on the page.
_MOST, _MOST_CHANGES = 12, 5
_DAY = timedelta(days=1)


def home(reader: Reader) -> Page:
    """Return the first page."""
    found = _to_come(reader)
    last = listing.last_days(reader, _MOST) if reader.is_over else []
    events = reader.record.recent(_MOST_CHANGES, changes_only=True)
    return Page(
        path="/",
        title=reader.record.campaign.settings.title,
        template="home.html",
        facts={
            "summary": summary(reader),
            "over": _over(reader),
            "is_empty": not reader.record.totals().activities,
            "sections": list(_sections(reader, found, last)),
            "events": [shown.event(reader, *pair) for pair in events],
        },
        data=lambda: {
            "campaign": json_shapes.campaign(reader.record.campaign),
            "today": reader.today.isoformat(),
            **{
                f"activities_{name}": data.activities(reader, each) for name, each in found.items()
            },
            "changes": data.happened(reader, events),
        },
    )


def _to_come(reader: Reader) -> dict[str, list[Revision]]:
    """Return what is on today, this week and later: each activity once, where it is first.

    What is known to a month or coarser is on no day, so it comes last.
    """
    today = reader.today
    sunday = today + timedelta(days=6 - today.weekday())
    spans = {"today": (today, today), "this_week": (today + _DAY, sunday), "next": (today, None)}
    shown_before: set[str] = set()
    found = {}
    for name, (first, last) in spans.items():
        some = reader.record.by_day(first, last) if last is None or first <= last else iter(())
        found[name] = list(islice(_others(some, shown_before, coarse=name == "next"), _MOST))
        shown_before.update(each.id for each in found[name])
    return found


def _others(
    found: Iterable[Revision], shown_before: set[str], *, coarse: bool
) -> Iterator[Revision]:
    for each in found:
        if each.id not in shown_before and (coarse or not each.details.when.is_coarse):
            yield each


def _over(reader: Reader) -> str | None:
    """Return when a campaign ran that is over, or that nothing is to come; else None."""
    last = reader.record.totals().last
    if not reader.is_over or last is None:
        return None
    period = reader.record.campaign.settings.period
    if period is not None and period.last_day < reader.today:
        return reader.words.say(
            N_("This campaign is over. It ran from {first} to {last}."),
            first=shown.day(reader, period.first_day),
            last=shown.day(reader, period.last_day),
        )
    said = N_("The last activity was on {day}, and nothing is planned now.")
    return reader.words.say(said, day=shown.day(reader, last))


def _sections(
    reader: Reader, found: Mapping[str, list[Revision]], last: Sequence[Revision]
) -> Iterator[dict[str, Any]]:
    say = reader.words.say
    today = " · ".join((say(N_("Today")), shown.day(reader, reader.today)))
    titles = {
        "today": (today, say(N_("Nothing today."))),
        "this_week": (say(N_("This week")), say(N_("Nothing more this week."))),
        "next": (say(N_("To come")), say(N_("Nothing is planned yet."))),
    }
    for name, (title, empty) in titles.items():
        if found[name] or not reader.is_over:
            heading = reader.today if name == "today" else None
            yield _section(reader, title, found[name], empty, heading)
    if last:
        yield _section(reader, say(N_("The last days")), last, "")


def _section(
    reader: Reader,
    title: str,
    found: Sequence[Revision],
    empty: str,
    heading: date | None = None,
) -> dict[str, Any]:
    return {
        "title": title,
        "activities": shown.activities(reader, found, heading=heading),
        "empty": empty,
        "more": reader.words.say(N_("All in the agenda")) if len(found) == _MOST else None,
    }
