"""Publishing, and what subscribers get."""

import json
import shutil
from pathlib import Path

import pytest

FEEDS = Path("feeds")


@pytest.fixture
def published(recorded):
    kalends, target = recorded
    assert kalends("publish").code == 0
    return kalends, target


def test_what_changed_is_published_and_listed(recorded):
    kalends, _ = recorded

    assert kalends("publish").out == (
        "√ published up to position 5 — files changed: 7\n"
        "  events/checkpoints/5.txt\n"
        "  feeds/all.ics\n"
        "  feeds/city.ics\n"
        "  feeds/jyj.ics\n"
        "  feeds/tsw.ics\n"
        "  feeds/tag-推进会.ics\n"
        "  feeds/manifest.json\n"
    )


def test_nothing_is_published_twice(published):
    kalends, _ = published

    assert kalends("publish").out == "Nothing to do: everything is published up to position 5.\n"
    assert kalends("--json", "publish").document["feeds"] == []


def test_only_what_a_change_touches_is_written(published):
    kalends, _ = published
    kalends("add", "7月15日 市教育局 开会")

    changed = kalends("--json", "publish").document["feeds"]

    assert changed == ["all.ics", "city.ics", "jyj.ics", "manifest.json"]


def test_a_dry_run_only_tells_how_things_stand(published):
    kalends, _ = published
    kalends("add", "7月15日 市教育局 开会")

    assert kalends("publish", "-n").out == "The feeds stand at position 5, the log at 6.\n"
    assert kalends("--json", "publish", "-n").document["published"] == 5
    assert json.loads((FEEDS / "manifest.json").read_text("utf-8"))["position"] == 5


def test_the_feeds_are_listed(published):
    kalends, _ = published

    assert kalends("feed", "ls").out == (
        "all             1  创城\n"
        "city            1  创城 · 辽源市\n"
        "jyj             0  创城 · 辽源市教育局\n"
        "tsw             1  创城 · 共青团辽源市委员会\n"
        "tag-推进会      1  创城 · #推进会\n"
    )
    assert [feed["activities"] for feed in kalends("--json", "feed", "ls").document["feeds"]] == [
        1, 1, 0, 1, 1,
    ]  # fmt: skip


@pytest.mark.campaign
def test_a_feed_is_shown_as_it_was_at_every_position(workspace):
    kept = {}
    for sentence in ("7月14日 团市委 甲", "7月15日 团市委 乙", "8月16日 市教育局 丙"):
        workspace("add", sentence)
        workspace("publish")
        position = workspace("--json", "publish").document["position"]
        kept[position] = (FEEDS / "all.ics").read_bytes().decode("utf-8")

    for position, known in kept.items():
        said = workspace("--json", "feed", "show", "all.ics", "--known-at", position)
        assert said.document["ics"] == known
        assert workspace("feed", "show", "all", "--known-at", position).out == known.replace(
            "\r\n", "\r\n"
        )


def test_one_activity_alone_is_shown(published):
    kalends, target = published

    said = kalends("--json", "feed", "show", "--only", target)

    assert said.document["ics"].count("BEGIN:VEVENT") == 1
    assert kalends("feed", "show").code == 2
    assert kalends("feed", "show", "all", "--only", target).code == 2
    assert kalends("feed", "show", "nothing").code == 3


def test_what_subscribers_see_is_explained(published):
    kalends, target = published

    said = kalends("feed", "explain", target)

    assert "In feed tsw." in said.out
    assert "office hours" in said.out
    assert kalends("--json", "feed", "explain", target).document["explanation"] == (
        said.out.splitlines()
    )


def test_what_is_published_is_compared_with_the_log(published):
    kalends, _ = published

    assert kalends("feed", "check").out == "5 feeds checked at position 5.\n"

    (FEEDS / "tsw.ics").write_bytes(
        (FEEDS / "tsw.ics").read_bytes().replace(b"SUMMARY", b"SUMMARI")
    )
    (FEEDS / "jyj.ics").unlink()
    said = kalends("feed", "check")
    assert said.code == 8
    assert said.out.count("differs") == 1
    assert "× jyj.ics is missing\n" in said.out
    document = kalends("--json", "feed", "check").document
    assert (document["missing"], document["differ"]) == (["jyj.ics"], ["tsw.ics"])


def test_what_is_made_wrong_twice_over_is_seen_by_another_reader(published):
    kalends, _ = published
    manifest = FEEDS / "manifest.json"
    document = json.loads(manifest.read_text("utf-8"))
    document["feeds"]["tsw.ics"]["activities"] = 2
    manifest.write_text(json.dumps(document), "utf-8")

    said = kalends("feed", "check")

    assert said.code == 8
    assert "tsw.ics cannot be read as a calendar" in said.out


@pytest.mark.parametrize("content", ["<<<<<<< HEAD\n{\n", '{"format": 1, "feeds": {', "[]"])
def test_a_manifest_that_is_none_is_said_to_be_so(published, content):
    kalends, _ = published
    (FEEDS / "manifest.json").write_text(content, "utf-8")

    for command in (["feed", "check"], ["publish", "-n"]):
        said = kalends(*command)
        assert said.code == 8
        assert "feeds/manifest.json, cannot be read" in said.err
    doctor = kalends("doctor")
    assert doctor.code == 8
    assert "feeds/manifest.json, cannot be read" in doctor.out
    assert "feeds/manifest.json cannot be read" in kalends().out
    assert kalends("--json").document["published"] is None

    assert kalends("publish").code == 0
    assert kalends("doctor").code == 0


def test_the_doctor_looks_at_the_files_too(published):
    kalends, _ = published
    (FEEDS / "tsw.ics").unlink()

    said = kalends("doctor")

    assert said.code == 8
    assert "missing or not what the log says: tsw.ics." in said.out


def test_the_doctor_needs_no_folder_of_feeds(recorded):
    kalends, _ = recorded
    shutil.rmtree(FEEDS)

    assert "√ the workspace can be written" in kalends("doctor").out


def test_feeds_are_listed_with_their_addresses_where_there_is_a_site(published):
    kalends, _ = published
    assert {feed["url"] for feed in kalends("--json", "feed", "ls").document["feeds"]} == {None}
    kalends("campaign", "set", "--site", "https://example.org/feeds/")

    url = "https://example.org/feeds/tag-%E6%8E%A8%E8%BF%9B%E4%BC%9A.ics"
    assert kalends("--json", "feed", "ls").document["feeds"][-1]["url"] == url
    assert kalends("feed", "ls").out.splitlines()[-1].endswith(f"  {url}")
    kalends("publish")
    assert url in FEEDS.joinpath("tag-推进会.ics").read_bytes().replace(b"\r\n ", b"").decode()


def test_a_feed_and_an_activity_are_named_whole_for_programs(published):
    kalends, target = published

    assert kalends("--json", "feed", "show", "all.ics").document["feed"] == "all"
    assert kalends("--json", "feed", "show", "--only", target[:4]).document["id"] == target


def test_an_activity_that_no_calendar_shows_is_said_to_be_one(published):
    kalends, target = published
    kalends("withhold", target, "--reason", "保密")
    month = kalends("--json", "add", "6月 团市委 开会").document["activity"]["id"]

    said = kalends("feed", "show", "--only", target)
    assert said.code == 3
    assert said.err.startswith("No calendar shows this activity: it is withheld.\n")
    said = kalends("feed", "show", "--only", month)
    assert said.code == 3
    assert said.err.startswith("No calendar shows this activity: its date is too vague.\n")


def test_feeds_that_are_gone_are_not_in_order(recorded):
    kalends, _ = recorded
    kalends("publish")
    Path("feeds/manifest.json").unlink()
    said = kalends("feed", "check")
    assert said.code == 6
    assert "`kalends publish`" in said.err
    kalends("publish")
    assert kalends("feed", "check").code == 0
