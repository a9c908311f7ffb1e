"""What changed lately: by day, the newest first; as data, from a position on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any

from kalends.domain.errors import N_
from kalends.views.activities import changes as differences
from kalends.views.recent import RevisionPair
from kalends.web import data, shown
from kalends.web.page_reader import Reader
from kalends.web.pages.page import Page

# So many changes are on a page, and so many events are read to find them.
_MOST, _MOST_READ = 40, 500
# On a page of a site of files, from which nobody can ask for the next.
_MOST_OF_FILE = 500
# So many events are in a document; a site of files has them all in it.
_MOST_DATA, _MOST_DATA_OF_FILE = 500, 1_000_000
_ADDED = frozenset({"activity.planned", "activity.recorded"})
# More additions at once than these are one line, with so many titles.
_FEW, _TITLES = 3, 5

_Group = list[RevisionPair]


def changes(reader: Reader) -> Page:
    """Return what changed, before a position or after one where the address says so."""
    query, say = reader.query, reader.words.say
    found = reader.record.recent(_MOST_READ, reader.wanted, after=query.after, before=query.before)
    most = _MOST if reader.links.has_server else _MOST_OF_FILE
    groups = list(_groups(found))
    on_page, left = groups[:most], groups[most:]
    rest = bool(left) or len(found) == _MOST_READ
    before = {"before": str(on_page[-1][-1].after.position)} if rest and on_page else {}
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
                "after": reader.link("/changes", **after, **before) if before else None,
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
    limit = _MOST_DATA if reader.links.has_server else _MOST_DATA_OF_FILE
    found = reader.record.following(after, limit + 1, reader.wanted)
    some, more = found[:limit], len(found) > limit
    reached = some[-1].after.position if more else max(after, reader.record.known_at)
    return {
        "after": after,
        "next": reached,
        "more": more,
        "changes": data.happened(reader, some),
    }
