"""Every fact in its place."""

from datetime import timedelta

from kalends.views import entries


def positions(found):
    return [entry.position for entry in found]


def test_a_fact_tells_who_when_how_and_where_it_stands(ledger):
    (found,) = entries.facts(ledger.views(), known_at=2, after=1)
    assert found == entries.Fact(
        position=2,
        at=ledger.at,
        by="li",
        via="cli",
        act="act2",
        topic="department.registered",
        stream="roster",
        version=1,
    )


def test_the_position_at_a_moment_is_the_last_one_not_after_it(ledger):
    db = ledger.views()
    second = timedelta(seconds=1)
    assert entries.position_at(db, ledger.at) == 2
    assert entries.position_at(db, ledger.at - second) == 1
    assert entries.position_at(db, ledger.at - timedelta(microseconds=1)) == 1
    assert entries.position_at(db, ledger.at + timedelta(days=99)) == 2
    assert entries.position_at(db, ledger.at - timedelta(days=1)) == 0
