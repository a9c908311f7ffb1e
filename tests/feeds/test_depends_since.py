"""A feed's bytes stay the same as long as nothing changes of which `depends_since` knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_histories import HISTORIES, ONE, TWO, lived
from kalends.feeds import selection
from kalends.feeds.feed import feed_bytes
from kalends.feeds.selection import depends_since, feeds
from kalends.views.last_changes import last_changes

LIFE = [
    ("plan", ONE), ("plan", TWO), ("rename", ONE), ("withhold", TWO), ("retag", ONE),
    ("release", TWO), ("to tsw", ONE), ("cancel", TWO), ("merge", ONE), ("retract", ONE),
]  # fmt: skip


def check(ledger_type, steps, feed_format):
    ledger, before = lived(ledger_type, steps, feed_format=feed_format), selection.MOST_ACTIVITIES
    selection.MOST_ACTIVITIES = 2
    try:
        was: dict[str, tuple[int, bytes]] = {}
        for position in range(1, ledger.position + 1):
            happened = last_changes(ledger.db, after=0, known_at=position)
            for feed in feeds(ledger.db, known_at=position):
                octets = feed_bytes(ledger.db, ledger.components, feed.name, known_at=position)
                since = max(depends_since(feed, happened), happened.campaign)
                assert since <= position
                if feed.name in was and was[feed.name][0] == since:
                    assert octets == was[feed.name][1]
                was[feed.name] = since, octets
    finally:
        selection.MOST_ACTIVITIES = before
        ledger.close()


@pytest.mark.parametrize("feed_format", [1, 2])
def test_it_is_so_in_a_life_in_which_everything_happens(ledger_type, feed_format):
    check(ledger_type, LIFE, feed_format)


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_it_is_so_in_every_life(ledger_type, steps, feed_format):
    check(ledger_type, steps, feed_format)
