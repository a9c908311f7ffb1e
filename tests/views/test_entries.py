"""Every event in its place."""

from datetime import timedelta

from kalends.views import entries


def test_the_position_at_a_moment_is_the_last_one_not_after_it(ledger):
    db = ledger.views()
    second = timedelta(seconds=1)
    assert entries.position_at(db, ledger.at) == 2
    assert entries.position_at(db, ledger.at - second) == 1
    assert entries.position_at(db, ledger.at - timedelta(microseconds=1)) == 1
    assert entries.position_at(db, ledger.at + timedelta(days=99)) == 2
    assert entries.position_at(db, ledger.at - timedelta(days=1)) == 0
