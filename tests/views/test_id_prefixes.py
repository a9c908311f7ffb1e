"""Ids as people type them."""

import pytest

from kalends.domain.errors import ActivityNotFoundError, AmbiguousIdError
from kalends.views import activities


def views(ledger, *names):
    for name in names:
        ledger.record(name)
    return ledger.views(), len(ledger.entries)


@pytest.mark.parametrize("typed", ["10ab", "1OAB", "ioab", "LoAb", " 10ab ", "10abcdefghjk"])
def test_any_beginning_that_fits_one_activity_alone_is_its_id(ledger, typed):
    db, known_at = views(ledger, "10abcdefghjk", "20abcdefghjk")
    assert activities.resolve(db, typed, known_at=known_at) == "10abcdefghjk"


@pytest.mark.parametrize("typed", ["", "  ", "9", "10abcdefghjkm", "会", "\udc80", "%", "*"])
def test_what_no_id_begins_with_is_not_found(ledger, typed):
    db, known_at = views(ledger, "10abcdefghjk")
    with pytest.raises(ActivityNotFoundError):
        activities.resolve(db, typed, known_at=known_at)


def test_an_ambiguous_beginning_names_those_it_fits(ledger):
    db, known_at = views(ledger, "10ab", "10ac", "20ab")
    with pytest.raises(AmbiguousIdError) as caught:
        activities.resolve(db, "10a", known_at=known_at)
    assert caught.value.fields == {
        "text": "10a",
        "found": "10ab, 10ac",
        "choices": ("10ab", "10ac"),
    }


def test_of_many_only_some_are_named(ledger):
    db, known_at = views(ledger, *(f"10a{n}" for n in range(10)))
    with pytest.raises(AmbiguousIdError) as caught:
        activities.resolve(db, "1", known_at=known_at)
    assert str(caught.value.fields["found"]).endswith("10a7, …")


def test_a_whole_id_is_never_ambiguous(ledger):
    db, known_at = views(ledger, "10ab", "10abc")
    assert activities.resolve(db, "10ab", known_at=known_at) == "10ab"


def test_an_id_is_known_from_its_first_event_on(ledger):
    db, _ = views(ledger, "10abcdefghjk", "10ab22222222")
    assert activities.resolve(db, "10ab", known_at=3) == "10abcdefghjk"
    with pytest.raises(AmbiguousIdError):
        activities.resolve(db, "10ab", known_at=4)


def test_a_ref_is_the_shortest_beginning_of_four_characters_or_more(ledger):
    names = ["10abcdefghjk", "10abcz222222", "10ac22222222", "zzzzzzzzzzzz"]
    db, known_at = views(ledger, *names)
    found = activities.refs(db, names, known_at=known_at)
    assert list(found.values()) == ["10abcd", "10abcz", "10ac", "zzzz"]
    assert [activities.resolve(db, ref, known_at=known_at) for ref in found.values()] == names
    assert activities.refs(db, names[:1], known_at=3) == {"10abcdefghjk": "10ab"}


def test_an_id_that_begins_another_is_its_own_ref(ledger):
    db, known_at = views(ledger, "10abc", "10abcd")
    assert activities.refs(db, ["10abc", "10abcd"], known_at=known_at) == {
        "10abc": "10abc",
        "10abcd": "10abcd",
    }
