"""Which tags have a feed."""

from kalends.domain.commands import CorrectActivity, ReleaseActivity, WithholdActivity
from kalends.views import activities


def test_a_tag_that_only_a_withheld_activity_bore_is_not_told(ledger):
    ledger.record("aaaa11112222")
    ledger.change("aaaa11112222", WithholdActivity(reason="未定"))
    ledger.change("aaaa11112222", CorrectActivity(reason="补充", tags=("秘密",)))

    assert "秘密" not in activities.tags(ledger.views(), known_at=len(ledger.entries))

    ledger.change("aaaa11112222", ReleaseActivity())
    assert "秘密" in activities.tags(ledger.views(), known_at=len(ledger.entries))
