"""Which tags have a feed."""

from kalends.domain.commands import CorrectActivity, ReleaseActivity, WithholdActivity
from kalends.views import activities
from kalends.views.feed_tags import tag_since


def test_a_tag_that_only_a_withheld_activity_bore_is_not_told(ledger):
    ledger.record("aaaa11112222")
    ledger.change("aaaa11112222", WithholdActivity(reason="未定"))
    ledger.change("aaaa11112222", CorrectActivity(reason="补充", tags=("秘密",)))

    assert "秘密" not in activities.tags(ledger.views(), known_at=len(ledger.entries))

    ledger.change("aaaa11112222", ReleaseActivity())
    assert "秘密" in activities.tags(ledger.views(), known_at=len(ledger.entries))


def test_a_tag_is_public_from_a_position_on(ledger):
    ledger.record("aaaa11112222", "会", "2020-07-14", tags=("秘密", "推进会"))
    ledger.change("aaaa11112222", WithholdActivity(reason="未定"))
    ledger.change("aaaa11112222", CorrectActivity(reason="补充", tags=("秘密", "调研")))
    assert tag_since(ledger.views(), "秘密") == 3
    assert tag_since(ledger.views(), "调研") == 0
    ledger.change("aaaa11112222", ReleaseActivity())
    assert tag_since(ledger.views(), "调研") == 6
    for position in range(1, 7):
        known = activities.tags(ledger.views(), known_at=position)
        assert ("调研" in known, "秘密" in known) == (position >= 6, position >= 3)


def test_a_tag_in_two_widths_is_one_and_written_as_it_first_was(ledger):
    ledger.record("aaaa11112222", "会", "2020-07-14", tags=("５Ｇ",))
    ledger.record("bbbb11112222", "会", "2020-07-14", tags=("5g",))
    db, known_at = ledger.views(), len(ledger.entries)

    assert activities.tags(db, known_at=known_at)["5g"] == "５Ｇ"
    assert [
        candidate.id for candidate in activities.feed_candidates(db, known_at=known_at, tag="５ｇ")
    ] == [
        "aaaa11112222",
        "bbbb11112222",
    ]
