"""Which feeds there are, and which activities each of them holds."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import quote

from kalends.domain.campaign import Campaign
from kalends.domain.errors import FeedNotFoundError
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.feeds import second_format
from kalends.feeds.formats import Formats
from kalends.feeds.wording import WORDINGS
from kalends.views.activities import (
    FeedCandidate,
    count_feed_candidates,
    feed_candidates,
    is_named,
    tags,
)
from kalends.views.activity_filter import EVERY, ActivityFilter
from kalends.views.database import Views
from kalends.views.feed_tags import tag_since, tag_variants
from kalends.views.last_changes import LastChanges
from kalends.views.roster_view import campaign, relations, roster

# What Google reads of a feed: about so many entries, and less than so many bytes.
MOST_ACTIVITIES = 1_000
MOST_OCTETS = 1_000_000

FULL = "full/"
_TAG = "tag-"
# No department's code and no tag starts like this.
_LONG_TAG = "tag_"
# How many characters a tag may take in an address before its file gets a short name.
_LONGEST = 144


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: `name` is its file's without `.ics`, `title` what calendars call it.

    `key` is a department's code or a folded tag; `codes` are the departments of a department's
    feed: itself, its children, and what was merged into them. `ever` are those that it may have
    held at any time.
    """

    name: str
    title: str
    kind: Literal["all", "department", "tag"]
    key: str = ""
    codes: frozenset[str] = frozenset()
    ever: frozenset[str] = frozenset()

    @property
    def tells_apart(self) -> str:
        """Return what tells it from any other feed, in characters allowed in every file name."""
        return f"{_TAG}{_digest(self.key)}" if self.kind == "tag" else self.name


def feeds(db: Views, *, known_at: int) -> list[Feed]:
    """Return the feeds as known at a position: `all`, then departments, then tags, by name.

    None before the campaign is opened. Every department of the roster and every tag ever given has
    a feed for ever, empty or not; a withdrawn department only if an activity named it. What a feed
    has to leave out, its `complete` version holds.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return []
    found = [Feed(name="all", title=opened.settings.title, kind="all")]
    names = roster(db, known_at=known_at)
    for feed in _of_departments(opened, names, relations(db, known_at=known_at)):
        # A department that was withdrawn keeps its feed if an activity ever named it: somebody
        # may have subscribed.
        is_gone = names.departments[feed.key].is_withdrawn
        if not is_gone or is_named(db, feed.key, known_at=known_at):
            found.append(feed)
    for key, tag in tags(db, known_at=known_at).items():
        title, name = _titled(opened, f"#{tag}"), f"{_TAG}{tag}"
        if len(quote(tag)) > _LONGEST and _is_new(db, key, known_at):
            name = f"{_LONG_TAG}{_digest(key)}"
        found.append(Feed(name=name, title=title, kind="tag", key=key))
    return [*found, *_variants(db, opened, known_at)]


def _variants(db: Views, opened: Campaign, known_at: int) -> Iterator[Feed]:
    """Yield the feeds of tags in another width of letters, which Kalends 0.1.0 kept apart.

    Somebody may have subscribed: the feed continues, as the tag's feed under that name.
    """
    formats = Formats(db, known_at=known_at)
    if formats.number_at(1) < second_format.NUMBER:
        for key, tag, since in tag_variants(db, known_at=known_at):
            if formats.number_at(since) < second_format.NUMBER:
                title = _titled(opened, f"#{tag}")
                yield Feed(name=f"{_TAG}{tag}", title=title, kind="tag", key=key)


def find(db: Views, name: str, *, known_at: int) -> Feed:
    """Return the feed of this name, in any case and width; raise `FeedNotFoundError`.

    A tag's feed is also found by `tag-` and the tag, whatever its file is called.
    """
    wanted = fold(name)
    found = feeds(db, known_at=known_at)
    for feed in found:
        if feed.name == name:
            return feed
    for feed in found:
        if fold(feed.name) == wanted or (feed.kind == "tag" and _TAG + feed.key == wanted):
            return feed
    raise FeedNotFoundError(name=name)


def complete(feed: Feed, opened: Campaign) -> Feed:
    """Return the feed that leaves nothing out, in its own folder."""
    wording = WORDINGS[opened.settings.language]
    title = wording.all_title.format(title=feed.title)
    return replace(feed, name=f"{FULL}{feed.name}", title=title)


def candidates(
    db: Views,
    feed: Feed,
    *,
    known_at: int,
    most: int | None = None,
    withheld: bool = False,
    wanted: ActivityFilter = EVERY,
) -> Iterator[FeedCandidate]:
    """Yield the activities that a feed is about and may show, by id; memory stays flat.

    With `most`, at most so many: the latest by their last day, then by id; the latest first. With
    `withheld`, the withheld ones too. Only what a filter matches.
    """
    of = _of(db, feed, known_at)
    return feed_candidates(
        db, known_at=known_at, most=most, withheld=withheld, wanted=wanted, **of
    )


def count_candidates(db: Views, feed: Feed, *, known_at: int) -> int:
    """Return how many activities `candidates` yields without `most`."""
    return count_feed_candidates(db, known_at=known_at, **_of(db, feed, known_at))


def _of(db: Views, feed: Feed, known_at: int) -> dict[str, Any]:
    return {
        "codes": feed.codes if feed.kind == "department" else None,
        "tag": feed.key if feed.kind == "tag" else None,
        "undone": shows_undone(db, known_at=known_at),
    }


def shows_undone(db: Views, *, known_at: int) -> bool:
    """Return whether feeds show what was recorded and undone at once: only format 1 does."""
    return Formats(db, known_at=known_at).number < second_format.NUMBER


def is_about(feed: Feed, codes: Collection[str], tags: Collection[str]) -> bool:
    """Return whether a feed is about an activity of these departments, with these folded tags."""
    match feed.kind:
        case "all":
            return True
        case "department":
            return not feed.codes.isdisjoint(codes)
        case "tag":
            return feed.key in tags


def depends_since(feed: Feed, happened: LastChanges) -> int:
    """Return the last position at which anything changed that a feed may depend on, or 0.

    Its bytes do not change between that position and the next such position.
    """
    match feed.kind:
        case "all":
            return max(happened.campaign, happened.activities)
        case "department":
            named = (happened.codes.get(code, 0) for code in feed.codes)
            return max(happened.campaign, happened.roster, *named)
        case "tag":
            return max(happened.campaign, happened.tags.get(feed.key, 0))


def _of_departments(
    opened: Campaign, names: Roster, relations: Collection[tuple[str, str]]
) -> list[Feed]:
    held: dict[str, set[str]] = {code: set() for code in sorted(names.departments)}
    for code in held:
        for above in names.above(code):
            held[above].add(code)
    ever = _ever(held, names, relations)
    return [
        Feed(
            name=code,
            title=_titled(opened, names.departments[code].name),
            kind="department",
            key=code,
            codes=frozenset(codes),
            ever=frozenset(ever[code]),
        )
        for code, codes in held.items()
    ]


def _ever(
    held: Mapping[str, set[str]], names: Roster, relations: Collection[tuple[str, str]]
) -> Mapping[str, set[str]]:
    """Return for each department those that it ever held, and perhaps more."""
    above: dict[str, set[str]] = {code: set() for code in held}
    for code, other in relations:
        above[code].add(other)
    now = names.departments
    if all(above[code] <= {now[code].parent, now[code].merged_into} for code in held):
        return held
    ever: dict[str, set[str]] = {code: {code} for code in held}
    for code in held:
        waiting = [code]
        while waiting:
            for other in above[waiting.pop()]:
                if code not in ever[other]:
                    ever[other].add(code)
                    waiting.append(other)
    return ever


def _is_new(db: Views, key: str, known_at: int) -> bool:
    """Return whether a tag was first public under format 2: older tags keep their names."""
    since = tag_since(db, key)
    return Formats(db, known_at=known_at).number_at(since) >= second_format.NUMBER


def _digest(key: str) -> str:
    """Return twenty characters that tell a tag from any other."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def _titled(opened: Campaign, name: str) -> str:
    settings = opened.settings
    return WORDINGS[settings.language].feed_title.format(title=settings.title, name=name)
