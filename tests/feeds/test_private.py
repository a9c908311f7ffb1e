"""Feeds at secret addresses: the public entries byte for byte, and those of what is withheld."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_histories import HISTORIES, ONE, THREE, TWO, lived
from kalends.domain.commands import WithholdActivity
from kalends.domain.errors import ActivityNotFoundError
from kalends.feeds.chosen import Choice, chosen_bytes
from kalends.feeds.feed import fitting
from kalends.feeds.selection import feeds, find
from kalends.views import activities


def withheld(ledger, position):
    found = set()
    for activity_id in (ONE, TWO, THREE):
        try:
            if activities.current(ledger.db, activity_id, known_at=position).withheld:
                found.add(activity_id)
        except ActivityNotFoundError:
            continue
    return found


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_it_is_the_public_feed_and_what_is_withheld(ledger_type, steps, feed_format):
    ledger = lived(ledger_type, steps, feed_format=feed_format)
    try:
        for position in range(1, ledger.position + 1):
            hidden = withheld(ledger, position)
            for feed in feeds(ledger.db, known_at=position):
                asked = {"known_at": position}
                public, _ = fitting(ledger.db, ledger.components, feed, **asked)
                private, _ = fitting(ledger.db, ledger.components, feed, withheld=True, **asked)
                assert {
                    each: body for each, body in private.items() if each not in hidden
                } == public
                for activity_id in private.keys() & hidden:
                    assert f"UID:activity-{activity_id}@".encode() in private[activity_id]
                # What is made for a secret address is not kept for others.
                again, _ = fitting(ledger.db, ledger.components, feed, **asked)
                assert again == public
    finally:
        ledger.close()


@pytest.mark.parametrize("feed_format", [1, 2])
def test_what_is_withheld_counts_among_those_that_a_feed_may_hold(
    new_ledger, monkeypatch, feed_format
):
    monkeypatch.setattr("kalends.feeds.selection.MOST_ACTIVITIES", 2)
    ledger = new_ledger(feed_format=feed_format)
    for n, name in enumerate((ONE, TWO, THREE)):
        ledger.record(name, "会", ledger.when(f"2020-07-{n + 10}"))
    ledger.change(THREE, WithholdActivity(reason="未公开"))
    octets = {
        hidden: chosen_bytes(
            ledger.db,
            ledger.components,
            find(ledger.db, "all", known_at=ledger.position),
            Choice(),
            known_at=ledger.position,
            withheld=hidden,
        )
        for hidden in (False, True)
    }
    assert [name.encode() in octets[False] for name in (ONE, TWO, THREE)] == [True, True, False]
    assert [name.encode() in octets[True] for name in (ONE, TWO, THREE)] == [False, True, True]
