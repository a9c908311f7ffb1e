"""What an event may change of what lists show, beside its own activity."""

from kalends.views.affected import affected, public_ids

ONE, TWO, THREE = "aaaa11112222", "aaaa33334444", "bbbb11112222"


def test_a_new_activity_touches_those_whose_short_ids_it_makes_longer(ledger):
    ledger.record(ONE, "会", tags=("甲",))
    ledger.record(THREE, "会", tags=("丙",))
    position = ledger.entries[-1].position
    ledger.record(TWO, "会", tags=("乙",))
    found = affected(ledger.views(), after=position, known_at=99)
    assert found.ids == {ONE, TWO}
    assert found.tags == {"甲", "乙"}
    assert found.codes == {"tsw"}
    assert affected(ledger.views(), after=99, known_at=99).ids == frozenset()


def test_all_that_is_public_is_found_however_much_it_is(ledger, monkeypatch):
    monkeypatch.setattr("kalends.views.affected._AT_ONCE", 1)
    for name in (ONE, TWO, THREE):
        ledger.record(name, "会")
    assert list(public_ids(ledger.views(), known_at=99)) == [ONE, TWO, THREE]
    assert list(public_ids(ledger.views(), known_at=ledger.entries[-2].position)) == [ONE, TWO]
