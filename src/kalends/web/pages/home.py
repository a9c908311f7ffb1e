"""The first page: what is on today, this week and next, and what changed lately."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.web import data, shown
from kalends.web.pages.page import Page
from kalends.web.pages.summary import summary
from kalends.web.reader import Reader

# So many activities of a section, and so many changes, are on the page.
_MOST, _MOST_CHANGES = 12, 5
_DAY = timedelta(days=1)


def home(reader: Reader) -> Page:
    """Return the first page."""
    today = reader.today
    sunday = today + timedelta(days=6 - today.weekday())
    found = {
        "today": _first(reader.record.by_day(today, today)),
        "this_week": _first(reader.record.by_day(today + _DAY, sunday)) if today < sunday else [],
        "next": _first(reader.record.by_day(sunday + _DAY, None)),
    }
    last = list(_last_days(reader)) if reader.is_over else []
    events = reader.record.recent(_MOST_CHANGES, changes_only=True)
    return Page(
        path="/",
        title=reader.record.campaign.settings.title,
        template="home.html",
        facts={
            "summary": summary(reader),
            "is_over": reader.is_over,
            "sections": list(_sections(reader, found, last)),
            "events": [shown.event(reader, *pair) for pair in events],
        },
        data=lambda: {
            "today": today.isoformat(),
            **{
                f"activities_{name}": data.activities(reader, each) for name, each in found.items()
            },
            "changes": data.happened(reader, events),
        },
    )


def _first(found: Iterator[Revision]) -> list[Revision]:
    return list(islice(found, _MOST))


def _last_days(reader: Reader) -> Sequence[Revision]:
    """Return what was on in the last days of a campaign that is over, the last day first."""
    last = reader.record.extent().last
    assert last is not None  # it is over
    return list(reader.record.by_day(last - timedelta(days=30), last))[-_MOST:][::-1]


def _sections(
    reader: Reader, found: Mapping[str, list[Revision]], last: Sequence[Revision]
) -> Iterator[dict[str, Any]]:
    say = reader.words.say
    titles = {
        "today": (say(N_("Today")), say(N_("Nothing today."))),
        "this_week": (say(N_("This week")), say(N_("Nothing more this week."))),
        "next": (say(N_("To come")), say(N_("Nothing is planned yet."))),
    }
    for name, (title, empty) in titles.items():
        if found[name] or not reader.is_over:
            yield _section(reader, title, found[name], empty)
    if last:
        yield _section(reader, say(N_("The last days")), last, "")


def _section(reader: Reader, title: str, found: Sequence[Revision], empty: str) -> dict[str, Any]:
    return {
        "title": title,
        "activities": shown.activities(reader, found),
        "empty": empty,
        "more": reader.words.say(N_("All in the agenda")) if len(found) == _MOST else None,
    }
