"""Whatever a feed ever was is found in the log again, at just the positions at which it was that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_histories import HISTORIES, lived
from kalends.audit import served as module
from kalends.audit.served import served
from kalends.feeds import selection
from kalends.feeds.feed import feed_bytes
from kalends.feeds.selection import feeds


@pytest.mark.campaign
@given(HISTORIES, st.sampled_from((1, 2)))
def test_every_feed_of_every_position_is_found(ledger_type, steps, feed_format):
    ledger, before = lived(ledger_type, steps, feed_format=feed_format), selection.MOST_ACTIVITIES
    selection.MOST_ACTIVITIES = 2
    try:
        last = ledger.position
        was: dict[tuple[str, bytes], set[int]] = {}
        for position in range(1, last + 1):
            for feed in feeds(ledger.db, known_at=position):
                octets = feed_bytes(ledger.db, ledger.components, feed.name, known_at=position)
                was.setdefault((feed.name, octets), set()).add(position)
        for (name, octets), positions in was.items():
            found = served(ledger.db, ledger.components, octets, last=last).spans[name]
            assert {at for first, to in found for at in range(first, to + 1)} == positions
    finally:
        selection.MOST_ACTIVITIES = before
        ledger.close()


@pytest.mark.parametrize("feed_format", [1, 2])
def test_of_a_file_without_entries_few_feeds_are_made_however_long_the_log_is(
    new_ledger, monkeypatch, feed_format
):
    ledger, made = new_ledger(feed_format=feed_format), []
    empty = ledger.feed()
    changed = empty.replace(b"END:VCALENDAR", b"X-OTHER:1\r\nEND:VCALENDAR")
    for n in range(80):
        ledger.record(f"{n:04d}11112222")
    real = module.feed_bytes
    monkeypatch.setattr(module, "feed_bytes", lambda *a, **k: made.append(k) or real(*a, **k))
    assert served(ledger.db, ledger.components, empty, last=ledger.position).spans
    assert not served(ledger.db, ledger.components, changed, last=ledger.position).spans
    assert len(made) < 10
