"""Feed formats, addresses, zones and stray files, as somebody at a terminal meets them."""

import json
from pathlib import Path

import pytest

FEEDS = Path("feeds")
LINE_ENDS = "The same except for line ends"


def entries(kalends, *known_at):
    shown = kalends("feed", "show", "all", *known_at).out
    return [line for line in shown.splitlines() if line.startswith(("SUMMARY", "TRANSP"))]


def test_a_new_campaign_begins_with_the_newest_format_and_may_choose_the_other(recorded):
    kalends, _ = recorded
    assert kalends("--json", "campaign", "show").document["campaign"]["feed_format"] == 2
    newest = entries(kalends)
    assert newest == ["SUMMARY:团市委: 召开推进会", "TRANSP:TRANSPARENT"]
    said = kalends("--json", "campaign", "set", "--feed-format", "1", "--reason", "as before")
    assert said.document["campaign"]["feed_format"] == 1
    assert entries(kalends) == ["SUMMARY:召开推进会", "TRANSP:OPAQUE"]
    assert entries(kalends, "--known-at", "5") == newest
    assert kalends("campaign", "set", "--feed-format", "3").code == 2


def test_a_file_that_no_feed_has_written_gets_one_verdict_everywhere(recorded):
    kalends, _ = recorded
    kalends("publish")
    (FEEDS / "all (1).ics").write_bytes((FEEDS / "all.ics").read_bytes())
    stray = "feeds/all (1).ics: no feed of this campaign has written it; move it to another folder"

    published = kalends("publish")
    assert (published.code, published.err) == (0, f"! {stray}\n")
    assert kalends("--json", "publish").document["stray"] == ["all (1).ics"]

    checked = kalends("feed", "check")
    assert checked.code == 8
    assert f"× {stray.removeprefix('feeds/')}" in checked.out
    assert kalends("--json", "feed", "check").document["stray"] == ["all (1).ics"]

    replayed = kalends("audit", "replay")
    assert replayed.code == 8
    assert f"× {stray}\n" in replayed.out

    looked = kalends("doctor")
    assert looked.code == 8
    assert "× what is published is up to date" in looked.out
    assert "no feed of this campaign has written: all (1).ics" in looked.out

    (FEEDS / "all (1).ics").unlink()
    assert [kalends(*command).code for command in (("feed", "check"), ("audit", "replay"), ("doctor",))] == [
        0, 0, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda octets: octets.replace(b"\r\n", b"\n"),
        lambda octets: octets.replace(b"\r\n", b"\r"),
        lambda octets: b"\xef\xbb\xbf" + octets,
    ],
)
def test_a_file_with_other_line_ends_is_found(recorded, change):
    kalends, _ = recorded
    kalends("publish")
    octets = (FEEDS / "all.ics").read_bytes()
    Path("kept.ics").write_bytes(change(octets))
    found = kalends("audit", "served", "kept.ics")
    assert found.code == 0
    assert found.out == "√ all: positions 5 to 5, from 2020-07-20 10:05 on\n"
    assert LINE_ENDS in found.err
    assert kalends("--json", "audit", "served", "kept.ics").document["exact"] is False

    Path("kept.ics").write_bytes(octets)
    found = kalends("audit", "served", "kept.ics")
    assert LINE_ENDS not in found.err
    assert kalends("--json", "audit", "served", "kept.ics").document["exact"] is True

    for other in (
        change(octets).replace("推进会".encode(), "座谈会".encode()),
        change(octets).rstrip(b"\r\n"),
        change(octets) + b"\n\n",
    ):
        Path("kept.ics").write_bytes(other)
        assert kalends("audit", "served", "kept.ics").code == 8


def test_moments_are_those_of_the_campaigns_zone(recorded):
    kalends, target = recorded
    kalends("publish")
    explained = kalends("feed", "explain", target).out
    assert "from 2020-07-14 08:30 to 2020-07-14 11:30 (time of Asia/Shanghai)" in explained
    assert "up to 2020-07-20 10:05 (Asia/Shanghai) has" in kalends("audit", "verify").out
    early = kalends("agenda", "--all", "--known-at", "2020-07-19")
    assert early.code == 3
    assert "2020-07-20 10:01" in early.err
    assert "Z" not in explained + early.err


def test_the_zone_of_a_journal_that_is_none_is_utc(kalends):
    for line in (b"", b'{"stream":"campaign",\n', b'{"stream":"campaign","state":[]}\n',
                 b'{"stream":"campaign","state":{"settings":{"zone":["x"]}}}\n'):  # fmt: skip
        Path("journal.jsonl").write_bytes(line)
        said = kalends("audit", "verify", "--journal", "journal.jsonl", "--key", "k")
        assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("zone", "cure"),
    [
        ("localtime", "Asia/Shanghai"),
        ("posixrules", "Asia/Shanghai"),
        ("Factory", "Asia/Shanghai"),
        ("right/Asia/Shanghai", "Asia/Shanghai"),
        ("posix/Asia/Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("EUROPE/PARIS", "Europe/Paris"),
        ("UTC+8", "Asia/Shanghai"),
        ("../Asia/Shanghai", "Asia/Shanghai"),
        ("", "Asia/Shanghai"),
        ("EST", "America/New_York"),
        ("est", "America/New_York"),
        ("PST8PDT", "America/Los_Angeles"),
        ("CET", "Europe/Paris"),
        ("Etc/GMT+8", "Asia/Shanghai"),
        ("Etc/GMT-8", "Asia/Shanghai"),
    ],
)
def test_a_zone_is_one_that_means_the_same_everywhere(workspace, zone, cure):
    said = workspace("campaign", "set", "--timezone", zone)
    assert said.code == 6
    assert f"Write it like this: {cure}." in said.err
    made = workspace("init", "other", "--title", "t", "--timezone", zone)
    assert (made.code, Path("other").exists()) == (6, False)


def test_a_zone_of_the_database_is_taken(workspace):
    assert workspace("campaign", "set", "--timezone", "America/New_York").code == 0
    for zone in ("UTC", "PRC", "Etc/UTC"):
        assert workspace("campaign", "set", "--timezone", zone).code == 0


def test_a_site_that_is_not_protected_is_warned_about(workspace):
    said = workspace("campaign", "set", "--site", "http://x.cn/feeds")
    assert said.code == 0
    assert "! http://x.cn/feeds is not https" in said.err
    assert workspace("campaign", "set", "--site", "https://x.cn/feeds").err == ""
    assert "is not https" not in workspace("campaign", "set", "--title", "创").err
    made = workspace("init", "other", "--title", "t", "--site", "http://x.cn")
    assert "! http://x.cn is not https" in made.err


@pytest.mark.parametrize("site", ["https://u:p@x.cn", "https://x.cn/?a", "https://x.cn/#a"])
def test_a_site_that_is_more_than_an_address_is_refused(workspace, site):
    said = workspace("campaign", "set", "--site", site)
    assert said.code == 6
    assert "at most 98 characters, no password, no ? and no #" in said.err


def test_an_undo_leaves_no_place_in_the_log_where_citizens_read(workspace):
    added = workspace("--json", "add", "8月14日 团市委 推进会").document["activity"]["id"]
    workspace("cancel", added, "--reason", "rain")
    workspace("undo")
    shown = workspace("feed", "show", "all").out
    assert "Takes place after all: the last change was undone" in shown
    journal = json.loads(workspace("--json", "log").out)["events"][-1]
    assert journal["state"]["reason"] == "the last change was undone"
