"""The activities by day."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from typing import Any

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.web import data, shown
from kalends.web.pages.page import Page
from kalends.web.reader import Reader
from kalends.words.plain_dates import plain_month

# So many activities are on one page.
MOST = 500


def agenda(reader: Reader) -> Page:
    """Return the agenda: from today on unless days are asked for, or the campaign is over."""
    wanted = reader.wanted
    since = wanted.first
    if since is None and wanted.last is None and not reader.is_over:
        since = reader.today
    found = list(islice(reader.record.by_day(since, wanted.last, wanted), MOST + 1))
    say = reader.words.say
    return Page(
        path="/agenda",
        title=say(N_("Agenda")),
        template="list.html",
        facts={
            "summary": _summary(reader, since),
            "sections": list(months(reader, found[:MOST])),
            "empty": say(N_("No activities on these days.")),
            "filters": True,
            "following": _following(reader, found),
        },
        data=lambda: {"activities": data.activities(reader, found[:MOST])},
    )


def months(reader: Reader, found: Iterable[Revision]) -> Iterator[dict[str, Any]]:
    """Yield activities by the month in which they begin."""
    for month, each in groupby(
        found, key=lambda revision: _month(revision.details.when.first_day)
    ):
        yield {
            "title": plain_month(reader.words, month),
            "activities": shown.activities(reader, each),
        }


def _month(day: date) -> date:
    return day.replace(day=1)


def _summary(reader: Reader, since: date | None) -> str:
    say = reader.words.say
    if since == reader.today and reader.wanted.first is None:
        return say(N_("From today on."))
    return say(N_("By day, the first day first."))


def _following(reader: Reader, found: list[Revision]) -> dict[str, str] | None:
    """Return the link to what did not fit on the page; None where everything did."""
    if len(found) <= MOST:
        return None
    first = found[MOST].details.when.first_day
    link = reader.link("/agenda", **{"from": first.isoformat()})
    return {"link": link, "name": reader.words.say(N_("Later activities"))}
