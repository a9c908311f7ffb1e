"""Which feeds an activity is in, and why it is not in others that it could be in."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.feeds import second_format, selection
from kalends.feeds.cache import Components
from kalends.feeds.calendar import dated_when
from kalends.feeds.feed import fitting
from kalends.feeds.formats import Formats
from kalends.feeds.selection import FULL, MOST_OCTETS, Feed, candidates, feeds
from kalends.views.activities import Revision
from kalends.views.database import Views
from kalends.views.roster_view import changes_of, roster


class Statement(NamedTuple):
    """A message to be translated, and the fields that fill it: texts, numbers, ISO days."""

    message: str
    fields: dict[str, object]


# Returns the ids of the activities that a feed holds.
Holding = Callable[[Feed], Collection[str]]


def placed(
    db: Views,
    components: Components,
    made: Sequence[Revision],
    *,
    known_at: int,
    holding: Holding | None = None,
) -> Iterator[Statement]:
    """Yield which feeds a shown activity is in, and why it is not in others.

    The others are those that leave it out, and those that held it before. `holding` is as of the
    same position; without it, the entries of every feed in question are read.
    """
    life = _Life(db, made, known_at)
    holding = holding or (lambda feed: fitting(db, components, feed, known_at=known_at)[0])
    for feed in feeds(db, known_at=known_at):
        held = life.in_feed(feed)
        if not held:
            continue
        until = held[-1][1]
        if until > known_at:
            ids = holding(feed)
            if made[-1].id in ids:
                yield Statement(N_("In feed {feed}."), {"feed": feed.name})
            else:
                yield _out(db, components, feed, made[-1].id, len(ids), known_at=known_at)
        else:
            yield _left(feed, life.happened_at(until), until)


class _Life:
    """An activity at all positions: what it was, and which feeds it was in."""

    def __init__(self, db: Views, made: Sequence[Revision], known_at: int) -> None:
        self._db = db
        self._made = made
        self._end = known_at + 1
        self._formats = Formats(db, known_at=known_at)
        self._rosters: dict[int, Roster] = {}

    def happened_at(self, position: int) -> Revision | None:
        """Return the revision made at a position, None when something else happened there."""
        return next((revision for revision in self._made if revision.position == position), None)

    def in_feed(self, feed: Feed) -> list[tuple[int, int]]:
        """Return from which position to which (excluded) a feed or its full version held it."""
        if not any(self._could_be(feed, revision) for revision in self._made):
            return []
        turns = {revision.position for revision in self._made}
        turns.update(chosen.position for chosen in self._formats.all)
        if feed.kind == "department":
            turns.update(changes_of(self._db, feed.ever, known_at=self._end - 1))
        begins = sorted(turn for turn in turns if turn >= self._made[0].position)
        held: list[tuple[int, int]] = []
        for begin, until in pairwise([*begins, self._end]):
            if not self._is_in(feed, begin):
                continue
            if held and held[-1][1] == begin:
                begin = held.pop()[0]  # noqa: PLW2901 - the two are one
            held.append((begin, until))
        return held

    def _could_be(self, feed: Feed, revision: Revision) -> bool:
        if feed.kind == "department":
            return not feed.ever.isdisjoint(part.code for part in revision.details.departments)
        return feed.kind == "all" or feed.key in map(fold, revision.details.tags)

    def _is_in(self, feed: Feed, position: int) -> bool:
        made = [revision for revision in self._made if revision.position <= position]
        last = made[-1]
        if last.withheld or dated_when(made) is None or not self._could_be(feed, last):
            return False
        is_second = self._formats.number_at(position) >= second_format.NUMBER
        if is_second and second_format.is_undone(made):
            return False
        if feed.kind != "department":
            return True
        if position not in self._rosters:
            self._rosters[position] = roster(self._db, known_at=position)
        names = self._rosters[position]
        return any(feed.key in names.above(part.code) for part in last.details.departments)


def _left(feed: Feed, happened: Revision | None, position: int) -> Statement:
    fields: dict[str, object] = {"feed": feed.name, "position": position}
    if happened is None:
        return Statement(
            N_(
                "Not in feed {feed}: since position {position} none of its departments belongs "
                "to it."
            ),
            fields,
        )
    if happened.withheld:
        return Statement(
            N_("Not in feed {feed}: withheld at position {position}, then corrected out of it."),
            fields,
        )
    return Statement(N_("Not in feed {feed}: corrected out of it at position {position}."), fields)


def _out(
    db: Views, components: Components, feed: Feed, activity_id: str, holds: int, *, known_at: int
) -> Statement:
    """Return why a feed that holds so many does not hold an activity that it is about."""
    fields: dict[str, object] = {"feed": feed.name, "full": FULL + feed.name}
    most, own = selection.MOST_ACTIVITIES, None
    if holds < most:  # otherwise it holds the latest, and this is not one of them
        latest = candidates(db, feed, known_at=known_at, most=most)
        own = next((shown for shown in latest if shown.id == activity_id), None)
    if own is None:
        message = N_(
            "Not in feed {feed}: it takes the {count} activities latest by day, and this one is "
            "older; {full} holds all."
        )
        return Statement(message, {**fields, "count": most})
    entry = components.at(db, [own.position], known_at=known_at)[own.position]
    message = N_(
        "Not in feed {feed}: its entry takes {size} bytes, and beside the later ones that is more "
        "than the {most} that a feed may have; {full} holds all."
    )
    if Formats(db, known_at=known_at).number < second_format.NUMBER:
        message = N_(
            "Not in feed {feed}: its entry takes {size} bytes, and it or a later one did not fit "
            "into the {most} that a feed may have; in format 1 none is taken after that. {full} "
            "holds all."
        )
    return Statement(message, {**fields, "size": len(entry), "most": MOST_OCTETS})
