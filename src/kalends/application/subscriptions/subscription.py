"""Finds the feed that fits what somebody chose, and previews what it shows."""

from collections.abc import Iterable, Iterator
from itertools import islice

from kalends.application.queries.filter_text import FilterText
from kalends.application.readers.public_record import PublicRecord
from kalends.domain.details import TAKING_PLACE
from kalends.domain.text import fold
from kalends.domain.value import Value, replace
from kalends.feeds.chosen import Cancelled
from kalends.feeds.selection import Feed
from kalends.feeds.shown_entry import ShownEntry
from kalends.intake.vocabulary.naming import department
from kalends.views.activity_filter import ActivityFilter

# So many activities are looked at to find those that a calendar shows.
_MOST_READ = 24


class Subscription(Value):
    """A feed's name, the words of its address that choose from it, and what is chosen, by name."""

    name: str
    words: tuple[tuple[str, str], ...]
    departments: tuple[str, ...]
    tags: tuple[str, ...]
    others: tuple[str, ...]


def subscription(
    record: PublicRecord, text: FilterText, cancelled: Cancelled = "mark"
) -> Subscription:
    """Return the feed that a filter means.

    A single department or tag has a feed of its own; everything else is chosen from the whole
    campaign's by the words of the address. Raises what resolving a department raises.
    """
    roster = record.roster
    asked = {department(roster, name).code for name in text.dept}
    codes = [each.code for each in roster.listed if each.code in asked]
    keys = {fold(name).removeprefix("#"): name.removeprefix("#") for name in text.tag}
    named = tuple(roster.departments[code].name_on(record.today) for code in codes)
    others = [
        *(("place", each) for each in text.place),
        *(("status", each) for each in text.status),
        *(("from", each) for each in (text.first,) if each),
        *(("to", each) for each in (text.last,) if each),
    ]
    found = None if others else _own_feed(record.feeds, codes, list(keys))
    words: list[tuple[str, str]] = []
    if found is None:
        words += [("dept", ",".join(codes))] if codes else []
        words += [("tag", ",".join(keys.values()))] if keys else []
        words += others
    if cancelled != "mark":
        words.append(("cancelled", cancelled))
    return Subscription(
        name="all" if found is None else found.name,
        words=tuple(words),
        departments=named,
        tags=tuple(keys.values()),
        others=tuple(each for _, each in others),
    )


def _own_feed(feeds: list[Feed], codes: list[str], keys: list[str]) -> Feed | None:
    """Return the feed that holds exactly what was chosen; None if no single feed does."""
    kind = {(0, 0): "all", (1, 0): "department", (0, 1): "tag"}.get((len(codes), len(keys)))
    key = "".join([*codes, *keys])
    return next((feed for feed in feeds if feed.kind == kind and feed.key == key), None)


def next_entries(
    record: PublicRecord, wanted: ActivityFilter, cancelled: Cancelled, most: int
) -> list[ShownEntry]:
    """Return the next entries of what is chosen; where nothing is to come, the last ones."""
    if cancelled == "hide":
        wanted = replace(wanted, statuses=(wanted.statuses or TAKING_PLACE) & TAKING_PLACE)
        if not wanted.statuses:
            return []
    coming = islice(record.by_day(record.today, None, wanted), _MOST_READ)
    if found := list(islice(_entries(record, (each.id for each in coming)), most)):
        return found
    return list(islice(_entries(record, record.latest(_MOST_READ, wanted)), most))[::-1]


def _entries(record: PublicRecord, ids: Iterable[str]) -> Iterator[ShownEntry]:
    entries = (record.entry(activity_id) for activity_id in ids)
    return (entry for entry in entries if entry is not None)
