"""How to subscribe: the address is right, the choice is kept, and nobody is promised too much."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from kalends.application.subscriptions.subscription import subscription
from kalends.feeds.shown_entry import ShownEntry, shown_entry
from kalends.web.http.query import Query
from kalends.web.pages.links import SiteLinks
from kalends.web.pages.page import html
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.subscribe import poster, subscribe
from served_campaign import SECRET

BASE = "http://testserver"


def links(page):
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', page)]


def address(page):
    return unescape(re.search(r'<code class="address" id="address">([^<]*)<', page)[1])


@pytest.mark.parametrize(
    ("asked", "feed"),
    [
        ("", "/feeds/all.ics"),
        ("?dept=tsw", "/feeds/tsw.ics"),
        ("?dept=团市委", "/feeds/tsw.ics"),
        ("?dept=团市委&dept=tsw", "/feeds/tsw.ics"),
        ("?dept=tsw,ls", "/feeds/all.ics?dept=tsw,ls"),
        ("?dept=ls&dept=tsw", "/feeds/all.ics?dept=tsw,ls"),
        ("?tag=推进会", "/feeds/tag-推进会.ics"),
        ("?tag=%23推进会", "/feeds/tag-推进会.ics"),
        ("?tag=推进会,志愿服务", "/feeds/all.ics?tag=推进会,志愿服务"),
        ("?dept=tsw&tag=推进会", "/feeds/all.ics?dept=tsw&tag=推进会"),
        ("?dept=tsw&cancelled=hide", "/feeds/tsw.ics?cancelled=hide"),
        ("?status=held&place=市政府", "/feeds/all.ics?place=市政府&status=held"),
        ("?from=2020-07-20", "/feeds/all.ics?from=2020-07-20"),
        ("?known_at=5&dept=tsw", "/feeds/tsw.ics"),
        ("?tag=nobody", "/feeds/all.ics?tag=nobody"),
    ],
)
def test_a_choice_is_the_address_of_a_feed(client, asked, feed):
    answer = client.get(f"/subscribe{asked}")
    assert answer.status_code == 200
    assert unquote(address(answer.text)) == BASE + feed
    # The feed is there, and all buttons lead to it.
    assert client.get(address(answer.text).removeprefix(BASE)).status_code == 200
    found = links(answer.text)
    webcal = f"webcal://{address(answer.text).removeprefix('http://')}"
    assert webcal in found
    (google,) = (link for link in found if "calendar.google.com" in link)
    assert parse_qs(urlsplit(google).query)["cid"] == [webcal]
    outlook = [link for link in found if "/addfromweb" in link]
    assert {parse_qs(urlsplit(link).query)["url"][0] for link in outlook} == {address(answer.text)}
    assert len(outlook) == 2


def test_the_data_says_which_feeds_there_are(client):
    found = client.get("/subscribe.json?dept=ls&cancelled=hide").json()
    assert found["ok"]
    feeds = {feed["name"]: feed for feed in found["feeds"]}
    assert set(feeds) == {"all", "tsw", "ls", "jyj", "tag-志愿服务", "tag-推进会"}
    assert feeds["tsw"]["kind"] == "department"
    assert found["chosen"] == {"title": "龙山区", "url": f"{BASE}/feeds/ls.ics?cancelled=hide"}
    for feed in feeds.values():
        assert client.get(feed["url"].removeprefix(BASE)).status_code == 200


def test_what_is_withheld_is_nowhere_and_nor_is_its_tag(client):
    for path in ("/subscribe", "/subscribe.json", "/subscribe/poster", "/subscribe?dept=ls"):
        for past in ("", "&known_at=9"):
            text = client.get(f"{path}{'&' if '?' in path else '?'}{past}").text
            assert SECRET not in text
            assert "保密" not in text


def test_entries_are_those_of_the_feed(client):
    page = client.get("/subscribe").text
    feed = client.get("/feeds/all.ics").text.replace("\r\n ", "")
    entries = re.findall(r"<li><strong[^>]*>([^<]*)</strong>", page)
    assert entries == ["龙山区：志愿服务日", "【已取消】市教育局：座谈会"]
    for title in entries:
        assert f"SUMMARY:{title}\r\n" in feed
    assert "7月22日 周三 09:00–10:00" in page
    # Those who leave cancelled ones out are not shown them; nothing to come shows what was.
    assert "【已取消】" not in client.get("/subscribe?cancelled=hide").text
    assert "团市委：推进会" in client.get("/subscribe?tag=推进会").text


def test_what_is_known_only_to_the_month_is_not_shown(campaign, client):
    campaign.add("8月 龙山区 整治月")
    campaign.add("8月2日 龙山区 走访")
    entries = re.findall(
        r"<li><strong[^>]*>([^<]*)</strong>", client.get("/subscribe?dept=ls").text
    )
    assert entries == ["龙山区：志愿服务日", "龙山区：走访"]


def test_a_campaign_that_is_over_says_so_and_shows_its_last_days(campaign, client):
    said = "nothing is planned now"
    assert said not in client.get("/en/subscribe").text
    campaign.now = campaign.now.replace(month=9)
    page = client.get("/en/subscribe").text
    assert said in page
    assert "Fri 24 July" in page
    entries = re.findall(r"<li><strong[^>]*>([^<]*)</strong>", page)
    assert entries == ["团市委：推进会", "龙山区：志愿服务日", "【已取消】市教育局：座谈会"]


def test_lateness_is_said_and_the_last_change(client):
    page = client.get("/en/subscribe").text
    for said in (
        "8 to 24 hours",
        "about 3 hours",
        "5 minutes to once a week",
        "30 minutes",
        "It will not be updated",
        "need an https address",
        "Last change: 2020-07-20",
    ):
        assert said in page
    assert "need an https address" not in client.get("https://testserver/en/subscribe").text


def test_the_form_keeps_what_is_chosen(client):
    page = client.get("/en/subscribe?dept=ls&tag=推进会&cancelled=keep&place=市政府").text
    assert re.findall(r'name="dept" value="(\w+)" checked', page) == ["ls"]
    assert re.findall(r'name="tag" value="(\w+)" checked', page) == ["推进会"]
    assert re.findall(r'value="(\w+)" checked', page)[-1] == "keep"
    assert '<input type="hidden" name="place" value="市政府">' in page
    other = next(link for link in links(page) if link.startswith("/subscribe?"))
    assert parse_qs(urlsplit(other).query) == {
        "dept": ["ls"], "tag": ["推进会"], "place": ["市政府"], "cancelled": ["keep"],
    }  # fmt: skip


def test_a_tag_is_chosen_in_any_case_and_width(campaign, client):
    campaign.add("7月30日 龙山区 讲座 #AI")
    page = client.get("/subscribe?tag=#ａｉ".replace("#", "%23")).text
    assert re.findall(r'name="tag" value="(\w+)" checked', page) == ["AI"]
    assert page.count('value="AI"') == 1
    assert address(page) == f"{BASE}/feeds/tag-AI.ics"


def test_an_address_that_is_too_long_is_told(client):
    assert "256" not in client.get("/subscribe?place=x").text
    assert "256" in client.get(f"/subscribe?place={'x' * 250}").text


def test_a_department_that_is_unknown_is_told(client):
    answer = client.get("/en/subscribe?dept=nobody")
    assert answer.status_code == 404
    assert "nobody" in answer.text


def test_hostile_words_stay_words(client):
    page = client.get("/subscribe", params={"tag": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
    assert client.get("/subscribe", params={"place": "a\r\nb\x00"}).status_code == 200


def test_pages_are_whole_without_scripts_and_carry_none(client):
    for path in ("/subscribe", "/subscribe/poster"):
        page = client.get(path).text
        (script,) = re.findall(r"<script[^>]*>", page)
        assert re.fullmatch(r'<script src="/static/page-[0-9a-f]{12}\.js" defer>', script)
        assert "style=" not in page
        assert not re.search(r"\son\w+=", page)
        assert len(page.encode()) < 50_000
        assert page.count("<h1") == 1


def test_the_code_holds_the_address_of_the_page(campaign, serve):
    import segno

    client = serve(campaign, public_url="https://example.org/city")
    page = client.get("/en/subscribe?dept=ls").text
    assert address(page) == "https://example.org/city/feeds/ls.ics"
    said = "https://example.org/city/en/subscribe?dept=ls"
    assert f"QR code of this page: {said}" in page
    made = segno.make(said, error="m", micro=False, boost_error=False)
    assert re.search(r' d="([^"]*)"', page)[1] in made.svg_inline(omitsize=True, border=4)
    shown = client.get("/en/subscribe/poster?dept=ls").text
    assert said in shown
    assert "龙山区" in shown


def reader_of(workspace, site):
    return Reader(workspace, Query(), SiteLinks("/subscribe", site, "zh"), "en")


def test_the_files_of_a_site_list_every_calendar(campaign):
    with campaign.opened() as workspace:
        reader = reader_of(workspace, "https://x.example")
        page = html(reader, subscribe(reader)).decode()
        assert "webcal://x.example/feeds/ls.ics" in page
        assert "https://x.example/feeds/tag-" in page
        assert "<form" not in page
        assert "https://x.example/en/subscribe/" in html(reader, poster(reader)).decode()


def test_a_site_that_does_not_know_its_address_promises_nothing(campaign):
    with campaign.opened() as workspace:
        reader = reader_of(workspace, None)
        page = html(reader, subscribe(reader)).decode()
        assert "webcal:" not in page
        assert "google" not in page
        assert "<svg" not in page
        assert "../feeds/all.ics" in page
        assert "does not know its own address" in html(reader, poster(reader)).decode()


def test_a_campaign_without_activities_can_be_subscribed_to(tmp_path, serve):
    from served_campaign import campaign_at

    client = serve(campaign_at(tmp_path / "w", "en"))
    page = client.get("/subscribe").text
    assert "what is added later will arrive" in page
    assert address(page) == f"{BASE}/feeds/all.ics"
    assert client.get("/subscribe/poster").status_code == 200
    assert client.get("/subscribe?dept=ls&tag=x").status_code == 200


def test_many_choices_can_be_made(campaign):
    from kalends.application.queries.filter_text import FilterText
    from kalends.application.readers.public_record import PublicRecord

    with campaign.opened() as workspace:
        record = PublicRecord(workspace)
        found = subscription(record, FilterText(dept=("ls", "市教育局"), tag=("#推进会",)))
        assert found.departments == ("龙山区", "辽源市教育局")
        assert found.words == (("dept", "ls,jyj"), ("tag", "推进会"))


def test_an_entry_is_read_as_it_was_written():
    from datetime import UTC, date, datetime

    days = b"DTSTART;VALUE=DATE:20200714\r\nDTEND;VALUE=DATE:20200716\r\n"
    octets = b"BEGIN:VEVENT\r\nSUMMARY:a\\, b\\; \\\\c\r\n d\\ne\r\n" + days + b"END:VEVENT\r\n"
    wanted = ShownEntry(title="a, b; \\cd\ne", start=date(2020, 7, 14), end=date(2020, 7, 15))
    assert shown_entry(octets) == wanted
    timed = octets.replace(days, b"DTSTART:20200714T010000Z\r\nDTEND:20200714T020000Z\r\n")
    assert shown_entry(timed).end == datetime(2020, 7, 14, 2, tzinfo=UTC)
