"""What changed lately: by day, the newest first; as data, from a position on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any

from kalends.domain.errors import N_
from kalends.views.activities import changes as differences
from kalends.views.recent import RevisionPair
from kalends.web.pages import data, shown
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader

# So many changes are on a page, and so many events are read to find them.
_MOST, _MOST_READ = 40, 500
# So many events are in a document.
_MOST_DATA = 500
# So many positions are on a page of a site of files, always the same: old pages stay as they are.
_WINDOW = 30
_ADDED = frozenset({"activity.planned", "activity.recorded"})
# More additions at once than these are one line, with so many titles.
_FEW, _TITLES = 3, 5

_Group = list[RevisionPair]


def changes(reader: Reader) -> Page:
    """Return what changed, before a position or after one where the address says so."""
    query, say = reader.query, reader.words.say
    if reader.links.has_server:
        on_page, before = _part(reader)
    else:
        on_page, before = _part_of_site(reader)
    after = {"after": str(query.after)} if query.after else {}
    newest = reader.link("/changes", **after) if query.before is not None else None
    return Page(
        path="/changes",
        title=say(N_("Changes")),
        template="changes.html",
        facts={
            "days": list(_days(reader, on_page)),
            "around": {
                "before": newest,
                "after": reader.link("/changes", **after, before=str(before)) if before else None,
            },
            "empty": say(N_("Nothing has been changed so far."))
            if query.words.is_empty and not query.after
            else say(N_("Nothing here has been changed.")),
            "since": query.after or None,
            "atom": reader.links.file("/changes.atom", reader.query.kept),
            "beside": [("after", str(query.after))] if query.after else [],
            "filters": True,
        },
        data=lambda: _document(reader),
    )


def positions_of(name: str, number: int) -> range:
    """Return the positions of which a part of the changes speaks in a site of files.

    Data says of the position behind it whether there is one.
    """
    if name == "before":
        return range(number - _WINDOW, number)
    return range(number + 1, number + _MOST_DATA + 2)


def _part(reader: Reader) -> tuple[list[_Group], int | None]:
    """Return what is on a page, and the position before which the next one goes on."""
    query = reader.query
    found = reader.record.recent(_MOST_READ, reader.wanted, after=query.after, before=query.before)
    groups = list(_groups(found))
    on_page, left = groups[:_MOST], groups[_MOST:]
    rest = bool(left) or len(found) == _MOST_READ
    return on_page, on_page[-1][-1].after.position if rest and on_page else None


def _part_of_site(reader: Reader) -> tuple[list[_Group], int | None]:
    """Return the same for a site of files: what happened last, and windows of positions before."""
    record, before = reader.record, reader.query.before
    last = record.known_at if before is None else before - 1
    after = max(0, last - _WINDOW)
    after -= after % _WINDOW
    found = record.recent(2 * _WINDOW, after=after, before=before)
    return list(_groups(found)), after + 1 if after else None


def _groups(found: Sequence[RevisionPair]) -> Iterator[_Group]:
    """Yield events, those together that one act added."""
    for _, some in groupby(found, key=_act_of):
        yield list(some)


def _act_of(pair: RevisionPair) -> tuple[str, int]:
    after = pair.after
    return (after.act, 0) if after.topic in _ADDED else (after.act, after.position)


def _days(reader: Reader, groups: Sequence[_Group]) -> Iterator[dict[str, Any]]:
    def day(group: _Group) -> date:
        return group[0].after.at.astimezone(reader.record.zone).date()

    for recorded_on, each in groupby(groups, key=day):
        yield {
            "title": shown.day(reader, recorded_on),
            "events": [event for group in each for event in _events(reader, group)],
        }


def _events(reader: Reader, group: _Group) -> Iterator[dict[str, Any]]:
    if len(group) <= _FEW:
        for pair in group:
            yield {**shown.event(reader, *pair), "when": _when(reader, pair), "added": ()}
        return
    last = shown.event(reader, *group[0])
    count = len(group)
    yield {
        **last,
        "what": reader.words.plural("{count} activity added", "{count} activities added", count),
        "title": None,
        "when": None,
        "added": [shown.event(reader, *pair) for pair in islice(group, _TITLES)],
        "others": max(0, count - _TITLES),
    }


def _when(reader: Reader, pair: RevisionPair) -> str | None:
    """Return when an activity is, where the change itself does not say so."""
    if "when" in differences(*pair):
        return None
    return shown.when(reader, pair.after.details.when)


def _document(reader: Reader) -> Mapping[str, Any]:
    """Return what happened after a position; `next` is where to go on from."""
    after = reader.query.after
    found = reader.record.following(after, _MOST_DATA + 1, reader.wanted)
    if reader.links.has_server:
        some, more = found[:_MOST_DATA], len(found) > _MOST_DATA
        reached = some[-1].after.position if more else max(after, reader.record.known_at)
    else:
        reached = min(after + _MOST_DATA, max(after, reader.record.known_at))
        some = [pair for pair in found if pair.after.position <= reached]
        more = reached < reader.record.known_at
    return {
        "after": after,
        "next": reached,
        **_more(reader, reached, is_more=more),
        "changes": data.happened(reader, some),
    }


def _more(reader: Reader, reached: int, *, is_more: bool) -> Mapping[str, Any]:
    """Return whether there is more than in a document, and the address where it goes on."""
    if not is_more:
        return {"more": False}
    words = [*reader.query.kept, ("after", str(reached))]
    return {"more": True, "next_part": reader.links.file("/changes.json", words)}
