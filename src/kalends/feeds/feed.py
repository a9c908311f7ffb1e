"""The bytes of a feed, as known at any position of the log."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from kalends.domain.campaign import Campaign
from kalends.domain.errors import ActivityNotFoundError, FeedNotFoundError, NotShownError
from kalends.feeds import second_format, selection
from kalends.feeds.cache import Components
from kalends.feeds.calendar import FOOTER, component, dated_when, header, pieces
from kalends.feeds.empty import placeholder
from kalends.feeds.formats import Formats
from kalends.feeds.members import AskedMembers, Members
from kalends.feeds.patch import PatchedFeed
from kalends.feeds.private import with_withheld
from kalends.feeds.selection import (
    FULL,
    MOST_OCTETS,
    Feed,
    candidates,
    complete,
    find,
    is_about,
)
from kalends.views.activities import ChangedActivity, FeedCandidate, Revision, revisions
from kalends.views.activity_filter import EVERY, ActivityFilter
from kalends.views.database import Views
from kalends.views.feed_candidates import last_days
from kalends.views.roster_view import campaign, roster
from kalends.words import Message

_UID = b"\r\nUID:activity-"
_ID = re.compile(_UID + rb"([^@\r]*)@")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedFeed:
    """A feed: how many activities it holds, and its bytes, piece by piece.

    A list of pieces is complete; another iterable makes them lazily.
    """

    feed: Feed
    activities: int
    pieces: Iterable[bytes | memoryview]

    @property
    def is_full(self) -> bool:
        """Return whether it is the complete version of a feed that leaves something out."""
        return self.feed.name.startswith(FULL)


class NamedFeed(NamedTuple):
    """A feed found by its name, and its bytes."""

    feed: Feed
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousFeed:
    """A feed before these activities changed, and nothing else.

    `files` says how many activities each of its files held, by name as in `full/all`, `digests`
    the SHA-256 of each; `path` returns where a file is.
    """

    touched: Sequence[ChangedActivity]
    files: Mapping[str, int]
    digests: Mapping[str, str]
    path: Callable[[str], Path]


def feed_bytes(db: Views, components: Components, name: str, *, known_at: int) -> bytes:
    """Return a feed's bytes as known at a position; raises what `named_feed` raises."""
    return named_feed(db, components, name, known_at=known_at).content


def named_feed(db: Views, components: Components, name: str, *, known_at: int) -> NamedFeed:
    """Return a feed and its bytes as known at a position; `name` as in `all`, `tag-…`, `full/all`.

    Raises `FeedNotFoundError` if there is no such feed, or for `full/` of a feed that leaves
    nothing out.
    """
    plain = plain_name(name)
    is_full = plain != name
    feed = find(db, plain, known_at=known_at)
    for rendered in render(db, components, feed, known_at=known_at):
        if rendered.is_full == is_full:
            return NamedFeed(feed, b"".join(rendered.pieces))
    raise FeedNotFoundError(name=name)


def plain_name(name: str) -> str:
    """Return the name of a feed without `full/`."""
    return name[len(FULL) :] if name[: len(FULL)].casefold() == FULL else name


def entry_bytes(db: Views, activity_id: str, *, known_at: int) -> bytes:
    """Return a calendar with a single activity, for apps that import a file.

    Raises `ActivityNotFoundError`, or `NotShownError` for an activity that no calendar shows.
    """
    history = revisions(db, activity_id, known_at=known_at)
    formats = Formats(db, known_at=known_at)
    made_at = formats.made_at(history[-1].position)
    opened = campaign(db, known_at=made_at)
    if opened is None:
        raise ActivityNotFoundError(name=activity_id)
    names = roster(db, known_at=made_at)
    body = component(history, opened, names, stamp=formats.stamp(history))
    if not body:
        raise NotShownError(detail=_why_not(history))
    return b"".join(pieces(None, history[-1].details.title, opened, [body]))


def _why_not(history: Sequence[Revision]) -> Message:
    if history[-1].withheld:
        return Message("it is withheld")
    if dated_when(history) is None:
        return Message("its date is too vague")
    return Message("it was undone at once")


def render(
    db: Views,
    components: Components,
    feed: Feed,
    *,
    known_at: int,
    members: Members | None = None,
) -> Iterator[RenderedFeed]:
    """Yield the feed, then the complete version if it leaves something out.

    `members` are as known at the same position; without them, the views are asked.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return
    members = members or AskedMembers(db, known_at=known_at)
    rows = members.latest(feed, selection.MOST_ACTIVITIES + 1)
    chosen = rows[: selection.MOST_ACTIVITIES]
    bodies = components.bodies(db, chosen, known_at=known_at)
    held = _fitting(feed, opened, chosen, chain.from_iterable(bodies))
    yield _rendered(db, components, feed, held, opened, known_at=known_at)
    if len(held) < len(rows):
        whole = complete(feed, opened)
        bodies = components.bodies(db, members.every(feed), known_at=known_at)
        yield RenderedFeed(
            feed=whole,
            activities=members.count(feed),
            pieces=pieces(whole.name, whole.title, opened, map(b"".join, bodies)),
        )


def render_patched(
    db: Views, components: Components, feed: Feed, before: PreviousFeed, *, known_at: int
) -> list[RenderedFeed]:
    """Return what `render` would yield, from the previous bytes, or nothing if that is impossible.

    It is impossible when a feed that held everything no longer does, or the other way round, and
    when it was empty or becomes empty.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return []
    was_whole = FULL + feed.name not in before.files
    whole = feed if was_whole else complete(feed, opened)
    rows = [
        activity.candidate
        for activity in before.touched
        if activity.candidate and is_about(feed, activity.codes, activity.tags)
    ]
    bodies = chain.from_iterable(components.bodies(db, rows, known_at=known_at))
    entries = {activity.id: b"" for activity in before.touched}
    entries.update(zip((row.id for row in rows), bodies, strict=True))
    content = PatchedFeed(before.path(whole.name), entries)
    again = RenderedFeed(
        feed=whole, activities=before.files[whole.name] + content.more, pieces=content
    )
    if not before.files[whole.name] or not again.activities:
        return []
    if was_whole:
        fits = again.activities <= selection.MOST_ACTIVITIES
        return [again] if fits and content.size <= MOST_OCTETS else []
    if _stands(db, components, feed, before, entries, known_at=known_at):
        content = PatchedFeed(before.path(feed.name), {})
        return [RenderedFeed(feed=feed, activities=before.files[feed.name], pieces=content), again]
    held, is_whole = fitting(db, components, feed, known_at=known_at)
    if is_whole or not held:
        return []
    return [_rendered(db, components, feed, held, opened, known_at=known_at), again]


def _stands(
    db: Views,
    components: Components,
    feed: Feed,
    before: PreviousFeed,
    touched: Mapping[str, bytes],
    *,
    known_at: int,
) -> bool:
    """Return whether a feed that leaves something out is unchanged, because no change is in it.

    It holds as many as it may, and whatever changed is neither in it nor sorts before anything in
    it. `touched` has the entry of each activity that changed, empty where the feed has none.
    """
    if before.files[feed.name] != selection.MOST_ACTIVITIES:
        return False
    content = before.path(feed.name).read_bytes()
    if any(b"%b%b@" % (_UID, activity_id.encode()) in content for activity_id in touched):
        return False
    digest = before.digests[feed.name]
    first = components.first_of(digest)
    if first is None:
        held = [found.decode("ascii") for found in _ID.findall(content)]
        first = min(last_days(db, held, known_at=known_at))
        components.remember_first(digest, first)
    shown = [activity_id for activity_id, entry in touched.items() if entry]
    return all(each < first for each in last_days(db, shown, known_at=known_at))


def fitting(
    db: Views,
    components: Components,
    feed: Feed,
    *,
    known_at: int,
    withheld: bool = False,
    wanted: ActivityFilter = EVERY,
) -> tuple[dict[str, bytes], bool]:
    """Return the entries that a feed holds, by id, the latest first, and whether these are all.

    Only those that a filter matches; with `withheld`, those of withheld activities too.

    At most 1,000, and as many of these as fit into 1,000,000 bytes with what is around them: in
    format 1 up to the first that does not fit, in format 2 all that fit.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return {}, True
    most = selection.MOST_ACTIVITIES
    rows = list(
        candidates(db, feed, known_at=known_at, most=most + 1, withheld=withheld, wanted=wanted)
    )
    chosen = rows[:most]
    bodies: Iterator[bytes] = chain.from_iterable(components.bodies(db, chosen, known_at=known_at))
    if withheld:
        bodies = with_withheld(db, chosen, bodies, known_at=known_at)
    held = _fitting(feed, opened, chosen, bodies)
    return held, len(held) == len(rows)


def _fitting(
    feed: Feed, opened: Campaign, rows: Sequence[FeedCandidate], bodies: Iterable[bytes]
) -> dict[str, bytes]:
    size = len(header(feed.name, feed.title, opened)) + len(FOOTER)
    held: dict[str, bytes] = {}
    for (activity_id, _), body in zip(rows, bodies, strict=True):
        if size + len(body) <= MOST_OCTETS:
            size += len(body)
            held[activity_id] = body
        elif opened.settings.feed_format < second_format.NUMBER:
            break
    return held


def _rendered(
    db: Views,
    components: Components,
    feed: Feed,
    held: Mapping[str, bytes],
    opened: Campaign,
    *,
    known_at: int,
) -> RenderedFeed:
    entries = [held[activity_id] for activity_id in sorted(held)]
    activities = sum(map(bool, entries))
    if not activities and opened.settings.feed_format >= second_format.NUMBER:
        entries = [placeholder(db, components, feed, known_at=known_at)]
    return RenderedFeed(
        feed=feed,
        activities=activities,
        pieces=[b"".join(pieces(feed.name, feed.title, opened, entries))],
    )
