"""The entry that a feed shows when it has become empty, and since when it is empty."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from kalends.feeds.cache import Components
from kalends.feeds.calendar import FOOTER, Stamps, empty_entry, header
from kalends.feeds.formats import Formats, grown
from kalends.feeds.selection import MOST_OCTETS, Feed
from kalends.views.activities import Span, spans
from kalends.views.database import Views
from kalends.views.entries import recorded
from kalends.views.roster_view import campaign, changes_of, roster

# Only an activity with more bytes than this can have an entry that fills a feed.
_LARGE = 20_000


class _Block(NamedTuple):
    """From which position to which (excluded) a feed held something, and its last day."""

    first: int
    until: int
    last_day: str


def placeholder(db: Views, components: Components, feed: Feed, *, known_at: int) -> bytes:
    """Return the entry of a feed that is empty at a position; nothing if it never held any."""
    blocks = _blocks(_held(db, components, feed, known_at))
    if not blocks or blocks[-1].until > known_at:
        return b""
    last = blocks[-1]
    moments = [recorded(db, block.until) for block in blocks]
    opened = campaign(db, known_at=last.until)
    assert opened is not None  # what held something was of a campaign
    return empty_entry(
        feed.tells_apart,
        opened,
        date.fromisoformat(last.last_day),
        times=len(blocks) - 1,
        at=Stamps(moments[0], grown(moments)),
    )


def _held(db: Views, components: Components, feed: Feed, known_at: int) -> Iterator[_Block]:
    """Yield when a feed held an activity up to a position, each revision by itself."""
    found = spans(
        db,
        known_at=known_at,
        codes=feed.ever if feed.kind == "department" else None,
        tag=feed.key if feed.kind == "tag" else None,
    )
    if not found:
        return
    formats, turns = Formats(db, known_at=known_at), _turns(db, feed, found)
    for span in found:
        if span.last_day == f"{date.max}" or not _fits(db, components, feed, span):
            continue
        for first, until in _of_format(formats, span):
            for begin, codes, end in turns:
                block = _Block(max(first, begin), min(until, end), span.last_day)
                if span.code in codes and block.first < block.until:
                    yield block


def _of_format(formats: Formats, span: Span) -> Iterator[tuple[int, int]]:
    """Yield when a span counted: what was undone at once counts only under format 1."""
    if not span.undone:
        yield span.first, span.until
        return
    ends = [chosen.position for chosen in formats.all[1:]]
    for chosen, end in zip(formats.all, [*ends, span.until], strict=True):
        first, until = max(span.first, chosen.position), min(span.until, end)
        if chosen.number == 1 and first < until:
            yield first, until


def _turns(db: Views, feed: Feed, found: Sequence[Span]) -> list[tuple[int, Collection[str], int]]:
    """Return from which position to which a feed was about which departments, in these spans."""
    first, until = min(span.first for span in found), max(span.until for span in found)
    if feed.kind != "department":
        return [(first, {""}, until)]
    changes = changes_of(db, feed.ever, known_at=until)
    begins = [first, *(position for position in changes if first < position < until)]
    return [
        (begin, roster(db, known_at=begin).within(feed.key), end)
        for begin, end in pairwise([*begins, until])
    ]


def _blocks(held: Iterator[_Block]) -> list[_Block]:
    """Return the spans merged where they overlap or touch, each with its last day."""
    blocks: list[_Block] = []
    for block in sorted(held):
        if not blocks or blocks[-1].until < block.first:
            blocks.append(block)
            continue
        last = blocks[-1]
        if block.until > last.until:
            blocks[-1] = _Block(last.first, block.until, block.last_day)
        elif block.until == last.until:
            blocks[-1] = last._replace(last_day=max(last.last_day, block.last_day))
    return blocks


def _fits(db: Views, components: Components, feed: Feed, span: Span) -> bool:
    """Return whether an entry was small enough for a feed."""
    if span.size <= _LARGE:
        return True
    opened = campaign(db, known_at=span.first)
    assert opened is not None  # there was an activity
    entry = components.at(db, [span.first], known_at=span.first)[span.first]
    around = len(header(feed.name, feed.title, opened)) + len(FOOTER)
    return len(entry) + around <= MOST_OCTETS
