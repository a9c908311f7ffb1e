"""Which feeds there are, and which activities each of them holds."""

import heapq
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kalends.domain.campaign import Campaign
from kalends.domain.errors import FeedNotFoundError
from kalends.domain.roster import Roster
from kalends.feeds.wording import WORDINGS
from kalends.views.activities import Shown, shown, tags
from kalends.views.roster import campaign, roster

# What Google reads of a feed: about so many entries, and less than so many octets.
MOST_ACTIVITIES = 1_000
MOST_OCTETS = 1_000_000

FULL = "full/"
_TAG = "tag-"
_HELD = {
    kind: f"SELECT DISTINCT position FROM {table} WHERE {key} IN (SELECT value FROM "  # noqa: S608 - our own words
    "json_each(:keys)) AND position <= :p AND :p < until"
    for kind, table, key in (("department", "participation", "code"), ("tag", "tag", "key"))
}


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
    is_full: bool = False


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
    """Return the feed of this name, in any case; `full/` before it makes it complete.

    Raises `FeedNotFoundError`.
    """
    wanted = name.casefold()
    for one in feeds(db, known_at=known_at):
        if one.name.casefold() == wanted.removeprefix(FULL):
            return complete(db, one, known_at=known_at) if wanted.startswith(FULL) else one
    raise FeedNotFoundError(name=name)


def complete(db: sqlite3.Connection, feed: Feed, *, known_at: int) -> Feed:
    """Return the feed that leaves nothing out."""
    opened = campaign(db, known_at=known_at)
    title = feed.title
    if opened is not None:
        title = WORDINGS[opened.settings.language].all_title.format(title=title)
    return replace(feed, name=f"{FULL}{feed.name}", title=title, is_full=True)


class Candidates:
    """The activities that feeds are about and may show, as known at a position.

    Once all of them were asked for, those of a department or a tag are found among them.
    """

    def __init__(self, db: sqlite3.Connection, *, known_at: int) -> None:
        """Take the views and the position; nothing is read yet."""
        self._db = db
        self._known_at = known_at
        self._all: dict[int, Shown] = {}

    def of(self, feed: Feed) -> list[Shown]:
        """Return a feed's candidates, by id."""
        if self._all and feed.kind != "all":
            found = self._db.execute(
                _HELD[feed.kind],
                {"p": self._known_at, "keys": json.dumps(sorted(feed.codes or {feed.key}))},
            )
            return sorted(self._all[one] for (one,) in found if one in self._all)
        rows = sorted(
            shown(
                self._db,
                known_at=self._known_at,
                codes=feed.codes if feed.kind == "department" else None,
                tag=feed.key if feed.kind == "tag" else None,
            )
        )
        if feed.kind == "all":
            self._all = {one.position: one for one in rows}
        return rows


def latest(rows: Sequence[Shown]) -> list[Shown]:
    """Return the 1,000 activities latest by their last day, the latest first; then by id."""
    return heapq.nlargest(MOST_ACTIVITIES, rows, key=lambda one: (one.dated_last_day, one.id))


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
