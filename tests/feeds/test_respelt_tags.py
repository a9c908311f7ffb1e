"""A tag that 0.1.0 published in two widths keeps both files: somebody may have subscribed."""

from kalends.feeds.check import check
from kalends.feeds.feed import feed_bytes
from kalends.feeds.publishing import publish_feeds
from kalends.feeds.selection import feeds, find


def published(ledger, folder):
    publish_feeds(ledger.db, ledger.components, folder, known_at=ledger.position)
    assert check(lambda: ledger.db, folder).is_right
    return {path.name for path in folder.glob("tag-*.ics")}


def recorded(ledger):
    ledger.record("aaaa11112222", "会", tags=("5G",))
    ledger.record("bbbb11112222", "会", tags=("５Ｇ",))
    ledger.record("cccc11112222", "会", tags=("5g",))
    ledger.record("dddd11112222", "会", tags=("５ｇ",))


def test_both_files_stay_and_hold_all_that_bears_the_tag(new_ledger, tmp_path):
    ledger = new_ledger(feed_format=1)
    recorded(ledger)
    assert published(ledger, tmp_path) == {"tag-5G.ics", "tag-５Ｇ.ics"}
    for name in ("tag-5G", "tag-５Ｇ"):
        octets = feed_bytes(ledger.db, ledger.components, name, known_at=ledger.position)
        assert octets == (tmp_path / f"{name}.ics").read_bytes()
        assert octets.count(b"BEGIN:VEVENT") == 4
        assert f"#{name[4:]}".encode() in octets
    assert find(ledger.db, "TAG-5g", known_at=ledger.position).name == "tag-5G"


def test_a_campaign_of_today_has_only_the_first(new_ledger, tmp_path):
    ledger = new_ledger(feed_format=2)
    recorded(ledger)
    assert published(ledger, tmp_path) == {"tag-5G.ics"}


def test_before_the_second_was_public_there_is_only_the_first(new_ledger):
    ledger = new_ledger(feed_format=1)
    ledger.record("aaaa11112222", "会", tags=("5G",))
    before = ledger.position
    ledger.record("bbbb11112222", "会", tags=("５Ｇ",))
    names = [feed.name for feed in feeds(ledger.db, known_at=before) if feed.kind == "tag"]
    assert names == ["tag-5G"]
