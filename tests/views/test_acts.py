"""The last act that still stands."""

from kalends.domain.commands import HoldActivity, ReleaseActivity, WithholdActivity
from kalends.views import acts


def last(db, by, known_at):
    return acts.last_standing(db, by, known_at=known_at).positions


def test_the_last_act_of_a_handle_is_all_of_its_events(ledger):
    ledger.act = "both"
    ledger.record("aaaa11112222")
    ledger.plan("bbbb11112222")
    ledger.by, ledger.act = "wang", None
    ledger.change("bbbb11112222", HoldActivity())
    db = ledger.views()
    assert last(db, "li", 5) == (3, 4)
    assert last(db, "li", 2) == (2,)
    assert last(db, "wang", 5) == (5,)
    assert last(db, "nobody", 5) == ()


def test_what_was_undone_and_what_undid_it_are_passed_over(ledger):
    ledger.act = "one"
    ledger.plan("aaaa11112222")
    ledger.act = "two"
    ledger.change("aaaa11112222", WithholdActivity(reason="误"))
    ledger.act = "undo-two"
    ledger.change("aaaa11112222", ReleaseActivity())
    db = ledger.views()
    found = acts.last_standing(db, "li", known_at=9)
    assert found.positions == (3,)
    assert found.passed == {"two", "undo-two"}


def test_an_event_of_a_stream_has_its_place(ledger):
    ledger.plan("aaaa11112222")
    db = ledger.views()
    assert acts.position_of(db, "activity-aaaa11112222", 1) == 3
    assert acts.position_of(db, "activity-aaaa11112222", 2) == 0
