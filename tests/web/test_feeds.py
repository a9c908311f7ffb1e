"""Feeds over HTTP: exact, fresh, and not sent again to who has them."""

import gzip

import pytest
import zstandard

from kalends.application.queries.filter_text import FilterText
from kalends.application.readers.feed_serving import FeedSource
from served_campaign import SECRET


def feed_of(campaign, name="all"):
    with campaign.opened() as workspace:
        source = FeedSource(workspace)
        try:
            return source.feed(name, FilterText()).content
        finally:
            source.close()


def test_a_feed_is_served_as_it_is_published(campaign, client):
    answer = client.get("/feeds/all.ics", headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.content == feed_of(campaign)
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_folder_of_complete_feeds_is_found_in_any_case(campaign, monkeypatch):
    monkeypatch.setattr("kalends.feeds.selection.MOST_ACTIVITIES", 1)
    complete = feed_of(campaign, "full/all")
    assert complete != feed_of(campaign)
    assert feed_of(campaign, "FULL/ALL") == complete


def test_a_change_is_there_as_soon_as_it_is_recorded(campaign, client):
    before = client.get("/feeds/ls.ics")
    campaign.add("7月28日 龙山区 清洁日")
    after = client.get("/feeds/ls.ics")
    assert "清洁日" in after.text
    assert "清洁日" not in before.text
    assert after.headers["etag"] != before.headers["etag"]


def test_a_change_elsewhere_leaves_a_feed_as_it_was(campaign, client):
    before = client.get("/feeds/tag-推进会.ics")
    campaign.add("7月28日 龙山区 清洁日")
    after = client.get("/feeds/tag-推进会.ics", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 304
    assert after.headers["last-modified"] == before.headers["last-modified"]


@pytest.mark.parametrize("written", ["{tag}", "W/{tag}", '"x", {tag}', "*", 'W/{tag}, W/"y"'])
def test_who_has_the_bytes_is_not_sent_them_again(client, written):
    whole = client.get("/feeds/all.ics")
    asked = written.format(tag=whole.headers["etag"])
    answer = client.get("/feeds/all.ics", headers={"if-none-match": asked})
    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("etag", "last-modified", "cache-control", "vary"):
        assert answer.headers[name] == whole.headers[name]


def test_the_date_is_asked_only_where_no_tag_is_given(client):
    whole = client.get("/feeds/all.ics")
    since = {"if-modified-since": whole.headers["last-modified"]}
    assert client.get("/feeds/all.ics", headers=since).status_code == 304
    both = {**since, "if-none-match": '"other"'}
    assert client.get("/feeds/all.ics", headers=both).status_code == 200
    for garbage in (
        "yesterday",
        "",
        "Sat, 99 Foo 2020 00:00:00 GMT",
        "Sat, 01 Jan 2000 00:00:00 GMT",
    ):
        answer = client.get("/feeds/all.ics", headers={"if-modified-since": garbage})
        assert answer.status_code == 200


def test_the_time_of_the_last_change_never_runs_back(campaign, client):
    before = client.get("/feeds/ls.ics").headers["last-modified"]
    campaign.now = campaign.now.replace(hour=6)
    campaign.withhold(campaign.add("7月30日 龙山区 走访"))
    answer = client.get("/feeds/ls.ics")
    assert "走访" not in answer.text
    assert answer.headers["last-modified"] > before


def test_head_has_the_headers_and_no_body(client):
    whole, head = client.get("/feeds/all.ics"), client.head("/feeds/all.ics")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize(
    ("asked", "encoding"),
    [("gzip", "gzip"), ("zstd", "zstd"), ("gzip, zstd", "zstd"), ("identity", None), ("", None),
     ("gzip;q=0", None), ("br", None), ("*", "zstd"), ("gzip;q=0.5, *;q=0", "gzip"), ("GZIP", "gzip")],
)  # fmt: skip
def test_it_is_sent_in_the_encoding_that_is_asked_for(campaign, client, asked, encoding):
    # The client of these tests decodes gzip by itself; the bytes are compared as they were sent.
    request = client.build_request("GET", "/feeds/all.ics", headers={"accept-encoding": asked})
    answer = client.send(request, stream=True)
    sent = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    opened = {
        "gzip": gzip.decompress,
        "zstd": lambda octets: zstandard.ZstdDecompressor().decompress(octets),
        None: bytes,
    }[encoding](sent)
    assert opened == feed_of(campaign)
    assert answer.headers["vary"] == "accept-encoding"


def test_each_encoding_has_a_tag_of_its_own_and_any_of_them_is_known(client):
    tags = {
        client.get("/feeds/all.ics", headers={"accept-encoding": name}).headers["etag"]
        for name in ("gzip", "zstd", "identity")
    }
    assert len(tags) == 3
    for tag in tags:
        assert client.get("/feeds/all.ics", headers={"if-none-match": tag}).status_code == 304


def test_filters_choose_what_a_feed_holds(client):
    found = client.get("/feeds/all.ics?dept=团市委").text
    assert "推进会" in found
    assert "志愿服务日" not in found
    assert "志愿服务日" in client.get("/feeds/all.ics?dept=团市委,龙山区").text
    assert "推进会" not in client.get("/feeds/all.ics?from=2020-07-20&to=2020-07-31").text
    assert client.get("/feeds/all.ics?dept=团市委").text == found


def test_what_is_cancelled_is_marked_hidden_or_kept(client):
    assert "STATUS:CANCELLED" in client.get("/feeds/all.ics?cancelled=mark").text
    assert "座谈会" not in client.get("/feeds/all.ics?cancelled=hide").text
    kept = client.get("/feeds/all.ics?cancelled=keep").text
    assert "STATUS:CANCELLED" not in kept
    assert "【已取消】市教育局：座谈会" in kept.replace("\r\n ", "")


def test_a_feed_with_nothing_chosen_says_so_in_one_cancelled_entry(client):
    text = client.get("/feeds/all.ics?dept=龙山区&tag=推进会").text
    assert text.count("BEGIN:VEVENT") == 1
    assert "STATUS:CANCELLED" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [("/feeds/none.ics", 404), ("/feeds/../kalends.ics", 404), ("/feeds/all.ics?cancelled=x", 400),
     ("/feeds/all.ics?dept=无此部门", 404), ("/feeds/all.ics?from=what", 422), ("/activities/zzzz.ics", 404)],
)  # fmt: skip
def test_what_is_not_there_is_said_in_a_line(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.count("\n") == 1


def test_what_is_withheld_is_in_no_feed_whatever_is_asked(client):
    for address in (
        "/feeds/all.ics",
        "/feeds/ls.ics",
        "/feeds/all.ics?status=planned",
        "/feeds/all.ics?tag=保密",
    ):
        assert SECRET not in client.get(address).text.replace("\r\n ", "")


def test_an_append_makes_only_the_feeds_anew_that_it_may_change(campaign, client, monkeypatch):
    made, real = [], FeedSource.feed

    def feed(self, name, *words, **how):
        made.append(name)
        return real(self, name, *words, **how)

    monkeypatch.setattr(FeedSource, "feed", feed)
    names = ["all", "ls", "tsw", "jyj", "tag-志愿服务"]
    before = {name: client.get(f"/feeds/{name}.ics") for name in names}
    assert made == names
    campaign.add("7月29日 龙山区 清洁日")
    after = {name: client.get(f"/feeds/{name}.ics") for name in names}
    assert made[5:] == ["all", "ls"]
    for name in names:
        is_same = name not in {"all", "ls"}
        assert (before[name].content == after[name].content) is is_same
        assert (before[name].headers["etag"] == after[name].headers["etag"]) is is_same
    with campaign.opened() as workspace:
        source = FeedSource(workspace)
        for name in names:
            assert source.feed(name, FilterText()).content == after[name].content
        source.close()


def test_a_withheld_activity_leaves_every_feed_that_held_it(campaign, client):
    kept = campaign.add("7月30日 市教育局 座谈 #志愿服务")
    names = ["all", "jyj", "tag-志愿服务"]
    for name in names:
        assert "座谈" in client.get(f"/feeds/{name}.ics").text
    campaign.withhold(kept)
    for name in names:
        assert kept not in client.get(f"/feeds/{name}.ics").text
