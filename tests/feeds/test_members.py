"""Which activities each feed may show: found for all feeds together as when asked for each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_histories import HISTORIES, ONE, TWO, lived
from kalends.feeds import members
from kalends.feeds.members import AskedMembers, FoundMembers, members_of
from kalends.feeds.near_entries import NearEntries
from kalends.feeds.selection import feeds

LIFE = [
    ("plan", ONE), ("record", TWO), ("retag", ONE), ("withhold", TWO), ("to tsw", ONE),
    ("release", TWO), ("morning", TWO), ("coarse", ONE), ("merge", ONE), ("retract", ONE),
]  # fmt: skip


def check(ledger_type, steps, feed_format):
    ledger = lived(ledger_type, steps, feed_format=feed_format)
    try:
        for position in range(1, ledger.position + 1):
            every_feed = feeds(ledger.db, known_at=position)
            found = members_of(ledger.db, every_feed, known_at=position)
            asked = AskedMembers(ledger.db, known_at=position)
            assert isinstance(found, FoundMembers)
            for feed in every_feed:
                for most in (1, 2, 9):
                    assert found.latest(feed, most) == asked.latest(feed, most)
                assert list(found.every(feed)) == list(asked.every(feed))
                assert found.count(feed) == asked.count(feed)
    finally:
        ledger.close()


@pytest.mark.parametrize("feed_format", [1, 2])
def test_both_ways_agree_in_a_life_in_which_everything_happens(ledger_type, feed_format):
    check(ledger_type, LIFE, feed_format)


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_both_ways_agree_in_every_life(ledger_type, steps, feed_format):
    check(ledger_type, steps, feed_format)


def test_of_very_many_each_feed_asks_for_its_own(ledger_type, monkeypatch):
    ledger = lived(ledger_type, [("plan", ONE), ("record", TWO)])
    every_feed = feeds(ledger.db, known_at=ledger.position)
    monkeypatch.setattr(members, "_MOST", 1)
    found = members_of(ledger.db, every_feed, known_at=ledger.position)
    ledger.close()
    assert isinstance(found, AskedMembers)


def test_entries_are_held_up_to_a_size_and_of_one_format():
    near = NearEntries(5)
    near.keep({1: b"abc"})
    assert near.of(0, [1, 2]) == {1: b"abc"}
    near.keep({2: b"defg"})
    near.keep({3: b"h"})  # there is no room left
    assert near.of(0, [1, 2, 3]) == {1: b"abc", 2: b"defg"}
    assert near.of(7, [1, 2, 3]) == {}  # made in another format since position 7
    near.keep({3: b"h"})
    assert near.of(7, [1, 3]) == {3: b"h"}
