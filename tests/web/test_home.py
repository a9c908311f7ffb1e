"""The first page and the agenda: of an empty campaign, of one that is over, of one with much in it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from kalends.web.http.query import Query
from kalends.web.pages.activity import activity
from kalends.web.pages.agenda import agenda
from kalends.web.pages.changes import changes
from kalends.web.pages.departments import department, departments
from kalends.web.pages.embed import embedded_agenda
from kalends.web.pages.links import SiteLinks
from kalends.web.pages.page import html
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.tags import tag, tags
from served_campaign import SECRET, campaign_at


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.text)))


def titles(client, path="/"):
    return re.findall(r'class="title" href="[^"]*">([^<]*)<', client.get(path).text)


def test_the_data_has_every_key_that_is_promised(client, campaign, run_json):
    found = client.get("/index.json").json()
    assert set(found) == {
        "ok", "known_at", "campaign", "today", "activities_today", "activities_this_week",
        "activities_next", "changes",
    }  # fmt: skip
    assert found["campaign"] == run_json(campaign, ["campaign", "show"])["campaign"]
    assert found["today"] == "2020-07-20"
    assert [each["title"] for each in found["activities_this_week"]] == ["志愿服务日", "座谈会"]
    assert found["changes"][0]["topic"] == "activity.cancelled"


def test_each_activity_is_on_the_first_page_once_and_what_has_no_day_comes_last(campaign, client):
    campaign.add("7月20日至7月30日 龙山区 集中整治")
    campaign.add("7月 龙山区 入户走访")
    found = client.get("/index.json").json()
    sections = {
        name: [each["title"] for each in found[f"activities_{name}"]]
        for name in ("today", "this_week", "next")
    }
    assert sections == {
        "today": ["集中整治"],
        "this_week": ["志愿服务日", "座谈会"],
        "next": ["入户走访"],
    }
    assert sorted(titles(client)) == sorted(title for each in sections.values() for title in each)


def test_an_empty_campaign_says_so_and_offers_to_subscribe(tmp_path, serve):
    client = serve(campaign_at(tmp_path / "w"))
    page = client.get("/")
    assert "还没有记录任何活动" in text_of(page)
    assert 'href="/subscribe"' in page.text
    for path in (
        "/agenda",
        "/tags",
        "/departments/ls",
        "/changes",
        "/search?q=x",
        "/embed/agenda",
    ):
        for language in ("", "/en"):
            assert client.get(f"{language}{path}").status_code == 200
    assert "<entry>" not in client.get("/changes.atom").text
    assert "<updated>2020-07-20" in client.get("/changes.atom").text


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        (None, "最后一项活动在2020年7月24日 周五，目前没有计划。"),
        ("2021-12-31", "最后一项活动在2020年7月24日 周五，目前没有计划。"),
        ("2020-12-31", "本次活动已经结束：2020年6月1日 周一至2020年12月31日 周四。"),
    ],
)
def test_where_nothing_is_to_come_the_last_days_are_shown_and_whether_the_campaign_is_over(
    campaign, client, run_json, last_day, said
):
    if last_day is not None:
        run_json(campaign, ["campaign", "set", "--from", "2020-06-01", "--to", last_day])
    campaign.now += timedelta(days=400)
    page = text_of(client.get("/"))
    assert said in page
    assert "今天" not in page
    assert titles(client) == ["座谈会", "志愿服务日", "推进会"]
    assert titles(client, "/embed/agenda") == ["座谈会", "志愿服务日", "推进会"]
    assert titles(client, "/agenda") == ["推进会", "志愿服务日", "座谈会"]


def test_a_day_without_anything_leads_to_what_was(campaign, client):
    campaign.now += timedelta(days=3)
    campaign.cancel(campaign.add("7月29日 龙山区 走访"), "下雨")
    page = client.get("/agenda").text
    # Every month of the campaign is one link away, where it has several.
    campaign.add("6月3日 龙山区 摸底会")
    page = client.get("/agenda").text
    assert "摸底会" not in page
    (june,) = re.findall(r'href="(/agenda\?from=2020-06-01)"', page)
    assert "摸底会" in client.get(june).text


def test_a_line_of_html_embeds_the_agenda_with_its_choice(client):
    for path in ("/agenda?dept=ls", "/en/subscribe?dept=ls"):
        (line,) = re.findall(r"<pre><code>(.*?)</code></pre>", client.get(path).text)
        (address,) = re.findall(r'src="([^"]*)"', unescape(line))
        language = "/en" if path.startswith("/en") else ""
        assert address == f"http://testserver{language}/embed/agenda?dept=ls"
        page = client.get(unescape(address).removeprefix("http://testserver")).text
        assert titles(client, "/embed/agenda?dept=ls") == ["志愿服务日"]
        assert '<base target="_parent">' in page
        assert "<nav" not in page


@pytest.mark.campaign
@pytest.mark.parametrize("site", ["https://x.example", None])
def test_the_files_of_a_site_have_everything_and_ask_nothing_of_a_server(campaign, site):
    for day in range(1, 29):
        campaign.add(f"8月{day}日 龙山区 第{day}次巡查 #巡查")
    moved = next(name for name, title in ids(campaign).items() if title == "志愿服务日")
    with campaign.opened() as workspace:
        for path, make in (
            ("/agenda", agenda),
            ("/tags", tags),
            ("/tags/巡查", lambda reader: tag(reader, "巡查")),
            ("/departments", departments),
            ("/departments/ls", lambda reader: department(reader, "ls")),
            (f"/activities/{moved}", lambda reader: activity(reader, moved)),
            ("/changes", changes),
            ("/embed/agenda", embedded_agenda),
        ):
            reader = Reader(workspace, Query(), SiteLinks(path, site, "zh"), "zh")
            page = html(reader, make(reader)).decode()
            assert "<form" not in page, path
            inner = [each for each in re.findall(r'href="([^"]*)"', page) if "://" not in each]
            assert not [each for each in inner if "?" in each or each.startswith("/")], path
            assert SECRET not in page
            if path == "/agenda":
                assert "推进会" in page
                assert page.count("次巡查") == 28
                months = re.findall(r'href="[^"#]*#(m[0-9-]+)"', page)
                assert months
                for month in months:
                    assert f'<h2 id="{month}">' in page
        for make in (agenda, lambda reader: department(reader, "ls")):
            found = make(reader).data()
            assert len(found["activities"]) >= 29
            assert not found["more"]


def ids(campaign):
    with campaign.opened() as workspace:
        return dict(
            workspace.views.execute(
                "SELECT a.id, r.title FROM activity AS a JOIN revision AS r ON r.activity = a.number"
            )
        )
