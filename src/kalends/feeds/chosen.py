"""A feed for a reader's own choice of filters, with or without cancelled activities."""

import hashlib
import json
from collections.abc import Mapping
from typing import Literal, get_args

from kalends.domain.campaign import Campaign
from kalends.domain.value import Value
from kalends.feeds.cache import Components
from kalends.feeds.calendar import Stamps, empty_entry, pieces
from kalends.feeds.feed import fitting
from kalends.feeds.selection import Feed
from kalends.views.activity_filter import EVERY, ActivityFilter
from kalends.views.database import Views
from kalends.views.entries import recorded
from kalends.views.roster_view import campaign

Cancelled = Literal["mark", "hide", "keep"]
CANCELLED: tuple[Cancelled, ...] = get_args(Cancelled)
# Content lines of their own: a line of a text that goes on begins with a space.
_CANCELLED, _CONFIRMED = b"\r\nSTATUS:CANCELLED\r\n", b"\r\nSTATUS:CONFIRMED\r\n"


class Choice(Value):
    """What a reader has chosen of a feed; nothing chosen is the feed as it is published.

    `cancelled` says what becomes of entries that are cancelled: `mark` leaves them as they are,
    `hide` leaves them out, `keep` confirms them for programs that hide what is cancelled: the
    title still says it.
    """

    wanted: ActivityFilter = EVERY
    cancelled: Cancelled = "mark"

    @property
    def is_all(self) -> bool:
        """Return whether nothing was chosen."""
        return self == Choice()


def chosen_bytes(
    db: Views,
    components: Components,
    feed: Feed,
    choice: Choice,
    *,
    known_at: int,
    withheld: bool = False,
) -> bytes:
    """Return the bytes of what is chosen of a feed.

    With `withheld`, withheld activities are in it as if they were public.

    At most 1,000 entries and 1,000,000 bytes, as in the feed itself. Calendar programs keep their
    last copy of a calendar without entries: where nothing is left, one cancelled entry says so,
    always the same, on the day that the campaign was opened.
    """
    opened = campaign(db, known_at=known_at)
    assert opened is not None  # without a campaign there is no feed
    held, _ = fitting(
        db, components, feed, known_at=known_at, withheld=withheld, wanted=choice.wanted
    )
    entries = [held[activity_id] for activity_id in sorted(_treated(held, choice.cancelled))]
    if choice.cancelled == "keep":
        entries = [entry.replace(_CANCELLED, _CONFIRMED) for entry in entries]
    if not any(entries):
        entries = [_nothing(db, feed.tells_apart, choice, opened)]
    return b"".join(pieces(None, feed.title, opened, entries))


def _treated(held: Mapping[str, bytes], cancelled: Cancelled) -> list[str]:
    return [
        activity_id
        for activity_id, entry in held.items()
        if cancelled != "hide" or _CANCELLED not in entry
    ]


def _nothing(db: Views, name: str, choice: Choice, opened: Campaign) -> bytes:
    at = recorded(db, 1)
    chosen = json.dumps([name, choice.cancelled, choice.wanted.parameters], sort_keys=True)
    mark = hashlib.sha256(chosen.encode()).hexdigest()[:20]
    return empty_entry(mark, opened, at.date(), times=0, at=Stamps(at, at))
