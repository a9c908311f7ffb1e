"""Which feeds there are, and which activities each of them holds."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from kalends.domain.campaign import Campaign
from kalends.domain.errors import FeedNotFoundError
from kalends.domain.roster import Roster
from kalends.feeds.wording import WORDINGS
from kalends.views.activities import Shown, shown, tags
from kalends.views.roster import campaign, roster
from kalends.views.since import Since

# What Google reads of a feed: about so many entries, and less than so many octets.
MOST_ACTIVITIES = 1_000
MOST_OCTETS = 1_000_000

FULL = "full/"
_TAG = "tag-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: `name` is its file's without `.ics`, `title` what calendars call it.

    `key` is a department's code or a tag, case folded; `codes` are of the departments that a
    department's feed holds: itself, its children, what was merged into them.
    """

    name: str
    title: str
    kind: Literal["all", "department", "tag"]
    key: str = ""
    codes: frozenset[str] = frozenset()


def feeds(db: sqlite3.Connection, *, known_at: int) -> list[Feed]:
    """Return the feeds as known at a position: `all`, then departments, then tags, by name.

    None before the campaign is opened. A department of the roster and a tag once given have a
    feed for ever, empty or not. What one of them has to leave out, its `complete` one holds.
    """
    opened = campaign(db, known_at=known_at)
    if opened is None:
        return []
    found = [Feed(name="all", title=opened.settings.title, kind="all")]
    found += _of_departments(opened, roster(db, known_at=known_at))
    for key, tag in tags(db, known_at=known_at).items():
        title = _titled(opened, f"#{tag}")
        found.append(Feed(name=f"{_TAG}{tag}", title=title, kind="tag", key=key))
    return found


def find(db: sqlite3.Connection, name: str, *, known_at: int) -> Feed:
    """Return the feed of this name, in any case; raise `FeedNotFoundError`."""
    wanted = name.casefold()
    for one in feeds(db, known_at=known_at):
        if one.name.casefold() == wanted:
            return one
    raise FeedNotFoundError(name=name)


def complete(feed: Feed, opened: Campaign) -> Feed:
    """Return the feed that leaves nothing out, in a folder of its own."""
    wording = WORDINGS[opened.settings.language]
    title = wording.all_title.format(title=feed.title)
    return replace(feed, name=f"{FULL}{feed.name}", title=title)


def candidates(
    db: sqlite3.Connection, feed: Feed, *, known_at: int, most: int | None = None
) -> list[Shown]:
    """Return the activities that a feed is about and may show, in no order to rely on.

    With `most`, so many at most: the latest by their last day, then by id; the latest first.
    """
    found = shown(
        db,
        known_at=known_at,
        codes=feed.codes if feed.kind == "department" else None,
        tag=feed.key if feed.kind == "tag" else None,
        most=most,
    )
    return list(found)


def is_about(feed: Feed, codes: Collection[str], tags: Collection[str]) -> bool:
    """Tell whether a feed is about an activity of these departments, with these folded tags."""
    match feed.kind:
        case "all":
            return True
        case "department":
            return not feed.codes.isdisjoint(codes)
        case "tag":
            return feed.key in tags


def depends_since(feed: Feed, happened: Since) -> int:
    """Return the last position at which anything happened that a feed may depend on, or 0.

    Its octets do not change between that position and the next such one.
    """
    match feed.kind:
        case "all":
            return max(happened.campaign, happened.activities)
        case "department":
            named = (happened.codes.get(code, 0) for code in feed.codes)
            return max(happened.campaign, happened.roster, *named)
        case "tag":
            return max(happened.campaign, happened.tags.get(feed.key, 0))


def _of_departments(opened: Campaign, names: Roster) -> list[Feed]:
    held: dict[str, set[str]] = {code: set() for code in sorted(names.departments)}
    for code in held:
        for above in names.above(code):
            held[above].add(code)
    return [
        Feed(
            name=code,
            title=_titled(opened, names.departments[code].name),
            kind="department",
            key=code,
            codes=frozenset(codes),
        )
        for code, codes in held.items()
    ]


def _titled(opened: Campaign, name: str) -> str:
    settings = opened.settings
    return WORDINGS[settings.language].feed_title.format(title=settings.title, name=name)
