"""What the feeds hold as known at a position, and why."""

from collections.abc import Collection, Iterable
from contextlib import closing
from typing import NamedTuple

from kalends.application.workspaces.workspace import Workspace
from kalends.feeds.calendar import address
from kalends.feeds.every_feed import render_every
from kalends.feeds.explain import explain as explained
from kalends.feeds.feed import entry_bytes, feed_bytes
from kalends.feeds.placed import Statement
from kalends.feeds.private import count_entries, without_entries
from kalends.views import activities
from kalends.views.roster_view import campaign


class ListedFeed(NamedTuple):
    """A feed, how many activities it holds, and its address if the campaign has a site."""

    name: str
    title: str
    activities: int
    url: str | None


class OnlyEntry(NamedTuple):
    """An activity's id, and its calendar of a single entry."""

    id: str
    content: bytes


class Explanation(NamedTuple):
    """An activity's id, and the statements that say what subscribers see of it, and why."""

    id: str
    statements: list[Statement]


def listed(
    workspace: Workspace, *, known_at: int, hidden: Collection[str] = ()
) -> list[ListedFeed]:
    """Return the feeds, without their bytes, which are a megabyte for each.

    Entries of `hidden` streams do not count.
    """
    db = workspace.views
    opened = campaign(db, known_at=known_at)
    site = None if opened is None else opened.settings.site
    with closing(workspace.components()) as components:
        return [
            ListedFeed(
                name=rendered.feed.name,
                title=rendered.feed.title,
                activities=rendered.activities - _count(rendered.pieces, hidden),
                url=None if site is None else address(site, rendered.feed.name),
            )
            for rendered in render_every(db, components, known_at=known_at)
        ]


def _count(pieces: Iterable[bytes | memoryview], hidden: Collection[str]) -> int:
    """Return how many entries of hidden streams stand in a feed."""
    return count_entries(b"".join(pieces), hidden) if hidden else 0


def feed(workspace: Workspace, name: str, *, known_at: int, hidden: Collection[str] = ()) -> bytes:
    """Return a feed's bytes by its name, without entries of `hidden` streams.

    Raises `FeedNotFoundError`.
    """
    with closing(workspace.components()) as components:
        content = feed_bytes(workspace.views, components, name, known_at=known_at)
    return without_entries(content, hidden) if hidden else content


def only_entry(workspace: Workspace, prefix: str, *, known_at: int) -> OnlyEntry:
    """Return the calendar of one activity alone, by a beginning of its id.

    Raises `ActivityNotFoundError`, `AmbiguousError` and `NotShownError`.
    """
    target = activities.resolve(workspace.views, prefix, known_at=known_at)
    return OnlyEntry(target, entry_bytes(workspace.views, target, known_at=known_at))


def explanation(workspace: Workspace, prefix: str, *, known_at: int) -> Explanation:
    """Return what each subscriber's calendar shows of an activity, by a beginning of its id.

    Raises `ActivityNotFoundError` and `AmbiguousError`.
    """
    db = workspace.views
    target = activities.resolve(db, prefix, known_at=known_at)
    with closing(workspace.components()) as components:
        statements = explained(db, components, target, known_at=known_at)
    return Explanation(target, list(statements))
