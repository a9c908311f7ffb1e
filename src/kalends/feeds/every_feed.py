"""The bytes of every feed, as known at a position: what they share is found and made once."""

from collections.abc import Iterator

from kalends.feeds.cache import Components
from kalends.feeds.feed import RenderedFeed, render
from kalends.feeds.members import members_of
from kalends.feeds.selection import feeds
from kalends.views.database import Views


def render_every(db: Views, components: Components, *, known_at: int) -> Iterator[RenderedFeed]:
    """Yield what `feed.render` yields for each feed, in the order of `feeds`."""
    found = feeds(db, known_at=known_at)
    members = members_of(db, found, known_at=known_at)
    with components.near():
        for feed in found:
            yield from render(db, components, feed, known_at=known_at, members=members)
