"""Pages to read: departments, activities, tags and a search, each with the same as data."""

import re
from contextlib import closing
from html import escape, unescape

import pytest

from kalends.application.recording import recording
from kalends.domain.commands import (
    CorrectActivity,
    MergeDepartment,
    RegisterDepartment,
    RenameDepartment,
    RetractActivity,
)
from kalends.feeds import selection
from kalends.feeds.explain import explain
from kalends.web.operations import fault_log
from kalends.web.operations.options import WebOptions
from kalends.web.site.site import Site
from kalends.web.site.site_folder import write_site
from kalends.words import words
from served_campaign import SECRET

PATHS = (
    "/", "/agenda", "/agenda?from=2020-07-01", "/departments", "/departments/tsw",
    "/departments/ls", "/tags", "/tags/推进会", "/search", "/search?q=推进会",
    "/embed/agenda", "/activities/{moved}",
)  # fmt: skip


def text_of(page):
    """Return a page's words, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def links(page):
    return [unescape(link) for link in re.findall(r'href="([^"#]*)', page) if link]


def id_of(client, title):
    found = client.get("/agenda.json?from=2020-07-01").json()["activities"]
    return next(each["id"] for each in found if title in each["title"])


@pytest.fixture
def moved(client):
    return id_of(client, "志愿服务日")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_is_there_in_both_languages_and_small(client, moved, path, language):
    answer = client.get(f"{language}{path.format(moved=moved)}".removesuffix("/") or "/")
    assert answer.status_code == 200
    assert f'<html lang="{"en" if language else "zh-Hans"}">' in answer.text
    assert len(answer.content) < 50_000
    assert answer.text.count("<h1") == 1
    assert not re.search(r"<(script(?! src)|style)|\sstyle=|\son[a-z]+=", answer.text)


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_a_page_that_is_read_resolves(client, moved, path):
    page = client.get(path.format(moved=moved)).text
    for link in links(page):
        if re.match(
            r"(/(en/)?(agenda|departments|activities|tags|search|subscribe|embed|feeds)\b)", link
        ):
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    "path", [*PATHS, "/search?q=演练", f"/search?q={SECRET}", "/search?q=绝密"]
)
@pytest.mark.parametrize("known_at", ["", "9", "2020-07-20"])
def test_nothing_withheld_is_on_any_page_whatever_moment_is_asked_for(
    client, moved, path, known_at
):
    address = path.format(moved=moved)
    data = re.sub(r"^(/[^?]*)", r"\1.json", address) if address != "/" else "/index.json"
    for page in (address, data):
        moment = f"{'&' if '?' in page else '?'}known_at={known_at}" if known_at else ""
        answer = client.get(f"{page}{moment}")
        said = answer.text.replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "")
        said = re.sub(r'href="[^"]*"', "", said)
        assert SECRET not in said
        assert "保密" not in said


def test_a_withheld_activity_is_as_if_it_did_not_exist(campaign, client):
    with campaign.opened() as workspace:
        ids = [row[0] for row in workspace.views.execute("SELECT id FROM activity")]
    public = {
        each["id"] for each in client.get("/agenda.json?from=2020-07-01").json()["activities"]
    }
    (secret,) = set(ids) - public
    for path in (f"/activities/{secret}", f"/activities/{secret[:6]}", f"/activities/{secret}.json",
                 f"/activities/{secret}.ics", f"/activities/{secret}?known_at=11"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404
        assert SECRET not in answer.text


def test_an_activity_says_all_that_happened_to_it_the_newest_first(client, moved):
    page = text_of(client.get(f"/activities/{moved}").text)
    assert "志愿服务日" in page
    assert "7月22日 周三 09:00" in page
    assert "状态 ○ 计划" in page
    # Old and new side by side, the newest first.
    assert re.search(
        r"改期.*7月21日 周二 09:00 → 7月22日 周三 09:00 原因：场地冲突.*＋ 计划", page
    )
    data = client.get(f"/activities/{moved}.json").json()["activity"]
    assert [each["topic"] for each in data["revisions"]] == ["activity.planned", "activity.moved"]
    assert data["revisions"][1]["reason"] == "场地冲突"


def test_an_activity_as_known_before_it_was_moved(client, moved):
    data = client.get(f"/activities/{moved}.json").json()
    planned = data["activity"]["revisions"][0]["position"]
    page = text_of(client.get(f"/activities/{moved}?known_at={planned}").text)
    assert "场地冲突" not in page
    assert "7月21日 周二 09:00" in page
    assert client.get(f"/activities/{moved}?known_at={planned - 1}").status_code == 404


@pytest.mark.parametrize("length", [4, 8])
def test_the_beginning_of_an_id_leads_to_the_whole(client, moved, length):
    for suffix in ("", ".json"):
        answer = client.get(f"/activities/{moved[:length].upper()}{suffix}?known_at=2020-07-20")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"/activities/{moved}{suffix}?known_at=2020-07-20"
    answer = client.get(f"/en/activities/{moved[:length]}")
    assert answer.headers["location"] == f"/en/activities/{moved}"


def test_a_retracted_activity_is_shown_as_retracted_with_its_reason(campaign, client, moved):
    with campaign.opened() as workspace:
        workspace.service.change(moved, RetractActivity(reason="重复登记"))
    page = client.get(f"/activities/{moved}").text
    assert "重复登记" in page
    assert 'class="note wrong"' in page
    assert client.get(f"/activities/{moved}.json").json()["activity"]["status"] == "retracted"
    assert "志愿服务日" not in text_of(client.get("/agenda?from=2020-07-01").text)
    assert "志愿服务日" in text_of(client.get("/departments/ls").text)


def test_a_beginning_of_several_ids_lists_them_without_the_withheld(campaign, client):
    with campaign.opened() as workspace:
        drafts = [
            (
                f"aaaa{number}aaaaaaa",
                recording.read_activity(
                    workspace, f"7月29日 龙山区 {title}", recording.Given()
                ).draft,
            )
            for number, title in enumerate(("甲会", "乙会", f"{SECRET}四"))
        ]
        workspace.service.record_all(drafts, act=workspace.service.new_act())
    assert SECRET in client.get("/activities/aaaa").text
    campaign.withhold("aaaa2aaaaaaa")
    page = client.get("/activities/aaaa")
    assert page.status_code == 200
    assert "甲会" in page.text
    assert "乙会" in page.text
    assert SECRET not in page.text
    assert "aaaa2" not in page.text
    for path in ("/activities/aaaa.json", "/activities/aaaa.ics"):
        answer = client.get(path)
        assert answer.status_code == 422
        assert "aaaa1aaaaaaa" in answer.text
        assert "aaaa2" not in answer.text
    campaign.withhold("aaaa1aaaaaaa")
    assert client.get("/activities/aaaa").headers["location"] == "/activities/aaaa0aaaaaaa"
    assert client.get("/activities/aaaa.ics").status_code == 200


@pytest.mark.parametrize(
    ("asked", "code"),
    [("团市委", "tsw"), ("共青团辽源市委员会", "tsw"), ("TSW", "tsw"), ("龙山区", "ls")],
)
def test_any_name_of_a_department_leads_to_its_code(client, asked, code):
    answer = client.get(f"/departments/{asked}?known_at=2020-07-20")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/departments/{code}?known_at=2020-07-20"
    assert (
        client.get(f"/departments/{asked}.json").headers["location"] == f"/departments/{code}.json"
    )
    assert client.get("/departments/无此部门").status_code == 404


def test_departments_are_a_tree_with_counts_and_what_became_of_them(campaign, client):
    with campaign.opened() as workspace:
        change = workspace.service.change_roster
        change(RegisterDepartment(code="jd", name="东吉街道", parent="ls"))
        change(RegisterDepartment(code="jy2", name="教育二局"))
        change(MergeDepartment(code="jy2", into="jyj"))
    campaign.add("7月27日 东吉街道 大扫除")
    found = {each["code"]: each for each in client.get("/departments.json").json()["departments"]}
    assert {code: each["activities"] for code, each in found.items()} == {
        "tsw": 1, "ls": 2, "jyj": 1, "jd": 1, "jy2": 0,
    }  # fmt: skip
    page = client.get("/departments").text
    assert re.search(
        r'<ul class="tree">(?:(?!</ul>).)*<ul class="tree">(?:(?!</ul>).)*东吉街道',
        page,
        re.DOTALL,
    )
    assert "并入辽源市教育局" in text_of(page)
    merged = client.get("/departments/jy2").text
    assert re.search(r"并入</dt><dd><a href=\"/departments/jyj\">辽源市教育局</a>", merged)
    assert "大扫除" in client.get("/departments/ls").text
    assert "大扫除" not in client.get("/departments/jyj").text
    counted = client.get("/departments.json?tag=志愿服务").json()["departments"]
    assert {each["code"]: each["activities"] for each in counted}["ls"] == 1


def test_a_department_is_shown_under_the_name_of_the_time(campaign, client):
    with campaign.opened() as workspace:
        workspace.service.change_roster(
            RenameDepartment(code="ls", name="龙山新区", on=campaign.now.date().replace(day=20))
        )
    campaign.add("7月1日 龙山新区 走访")
    page = text_of(client.get("/departments/ls").text)
    assert "龙山区" in page
    assert "当时名称：龙山区" in page
    found = client.get("/departments/ls.json").json()
    assert [each["name"] for each in found["department"]["names"]] == ["龙山区", "龙山新区"]
    assert {each["title"] for each in found["activities"]} == {"走访", "志愿服务日"}


def test_a_department_shows_corrections_with_who_and_why_and_what_came_late(campaign, client):
    late = campaign.add("7月1日 龙山区 走访")
    with campaign.opened() as workspace:
        workspace.service.change(late, CorrectActivity(place="广场", reason="漏了地点"))
    page = text_of(client.get("/departments/ls").text)
    assert "漏了地点" in page
    assert re.search(r"迟录.*走访.*19 天", page)


def test_a_week_of_the_strip_leads_to_the_agenda_of_that_week(client):
    page = client.get("/departments/ls").text
    (week,) = [link for link in links(page) if "from=2020-07-20" in link]
    assert "志愿服务日" in client.get(week).text
    assert re.search(r'<rect class="many"', page)
    table = re.search(r"<table>.*?</table>", page, re.DOTALL)[0]
    assert "7月20日" in table


@pytest.mark.parametrize("asked", ["#推进会", "推进会 "])
def test_any_form_of_a_tag_leads_to_the_first(client, asked):
    answer = client.get(f"/tags/{asked.replace('#', '%23')}")
    assert answer.status_code == 308
    assert client.get("/tags/nobody").status_code == 404
    assert client.get("/tags/保密").status_code == 404


def test_a_tag_keeps_its_first_form_whatever_is_added(campaign, client):
    campaign.add("7月28日 龙山区 读书会 #reading")
    campaign.add("7月29日 龙山区 读书会 #Reading")
    assert {"tag": "reading", "activities": 2} in client.get("/tags.json").json()["tags"]
    assert client.get("/tags/ＲＥＡＤＩＮＧ").headers["location"] == "/tags/reading"
    assert len(client.get("/tags/reading.json").json()["activities"]) == 2


def test_a_search_says_what_was_looked_for_and_offers_the_nearest_words(client):
    assert "推进会" in text_of(client.get("/search?q=推进").text)
    found = client.get("/search.json?q=志愿").json()
    assert [each["title"] for each in found["activities"]] == ["志愿服务日"]
    page = client.get("/search?q=志愿者服务").text
    assert "志愿者服务" in text_of(page)
    assert any("q=%E5%BF%97%E6%84%BF%E6%9C%8D%E5%8A%A1" in link for link in links(page))
    page = client.get("/search?q=推进&dept=ls").text
    assert page.count('class="days"') == 0
    # Both forms keep what the other asks for.
    search, choose = re.findall(r"<form.*?</form>", page, re.DOTALL)
    assert '<input type="hidden" name="dept" value="ls">' in search
    assert '<input type="hidden" name="q" value="推进">' in choose


@pytest.mark.parametrize(
    "title",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 70707*70707 }}", "a&b"],
)
def test_hostile_titles_are_shown_as_they_are(campaign, client, title):
    campaign.add(f"7月28日 龙山区 {title}")
    for path in ("/agenda", "/departments/ls", f"/activities/{id_of(client, title[:5])}",
                 "/embed/agenda", "/search?q=alert"):  # fmt: skip
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert f"{70707 * 70707}" not in page


@pytest.mark.campaign
def test_the_pages_of_a_list_pass_over_nothing_and_repeat_nothing(campaign, client, monkeypatch):
    monkeypatch.setattr("kalends.web.pages.listing.MOST", 2)
    monkeypatch.setattr("kalends.web.pages.listing.MOST_DATA", 2)
    for number in range(5):
        campaign.add(f"7月28日 龙山区 第{number}场 #推进会")
    for path in ("/agenda?from=2020-07-01", "/search?q=场", "/tags/推进会", "/departments/ls"):
        whole, seen, address = len(client.get(path).text), [], path
        while address:
            page = client.get(address).text
            seen += re.findall(r'class="title" href="([^"]*)"', page)
            (address,) = [
                unescape(each) for each in re.findall(r'rel="next" href="([^"]*)"', page)
            ] or [None]
        assert len(seen) == len(set(seen)) >= 5, (path, whole)
        data, skip = [], 0
        while True:
            head, _, words = path.partition("?")
            answer = client.get(f"{head}.json?{words}&skip={skip}").json()
            data += [each["id"] for each in answer["activities"]]
            skip += len(answer["activities"])
            if not answer["more"]:
                break
        assert {f"/activities/{each}" for each in data} == set(seen)


def test_what_the_data_says_is_what_the_command_line_says(campaign, client, run_json):
    for path, command in (
        ("/departments/ls.json", ["history", "ls"]),
        ("/search.json?q=推进", ["search", "推进"]),
        ("/agenda.json?from=2020-07-01&to=2020-07-31", ["agenda", "--from", "2020-07-01", "--to", "2020-07-31"]),
    ):  # fmt: skip
        web, cli = client.get(path).json(), run_json(campaign, command)
        public = [each for each in cli["activities"] if SECRET not in each["title"]]
        assert web["activities"] == public
        assert web["known_at"] == cli["known_at"]
    shown = run_json(campaign, ["show", id_of(client, "推进会")])
    assert client.get(f"/activities/{shown['activity']['id']}.json").json() == shown


@pytest.mark.campaign
def test_the_feeds_of_an_activity_are_those_that_hold_it_after_each_change(
    campaign, client, monkeypatch
):
    """What feeds hold is remembered while they are the same; the page says what the command says."""
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    names = campaign.add_all(
        "7月25日 团市委 甲会 #同", "7月26日 团市委 乙会 #同", "7月27日 龙山区 丙会 #同"
    )

    def explained():
        with campaign.opened() as workspace, closing(workspace.components()) as components:
            known_at = workspace.log.position()
            return {
                name: [
                    words("zh").say(message, **fields)
                    for message, fields in explain(
                        workspace.views, components, name, known_at=known_at
                    )
                ]
                for name in names
            }

    def check():
        for name, said in explained().items():
            page = client.get(f"/activities/{name}").text
            assert all(escape(each, quote=False) in page for each in said)
            assert any("all" in each for each in said)

    check()
    campaign.move(names[0], "8月1日", "场地")
    check()
    campaign.add("8月2日 龙山区 丁会 #同")
    check()
    campaign.withhold(names[2])
    names.pop()
    check()


def test_what_is_chosen_is_said_and_can_be_taken_back_one_by_one(client):
    page = client.get("/agenda?dept=ls,jyj&status=planned&place=%E5%B8%82&known_at=9").text
    for said in ("部门：龙山区", "部门：辽源市教育局", "状态：计划", "地点：市"):
        assert f"<li>{said} " in page
    assert 'href="?dept=jyj&amp;place=%E5%B8%82&amp;status=planned&amp;known_at=9"' in page
    # The form keeps what it has no field for, and all of several departments.
    assert '<input type="hidden" name="place" value="市">' in page
    assert '<input type="hidden" name="known_at" value="9">' in page
    assert '<select id="dept" name="dept" multiple>' in page
    assert page.count(" selected>") == 3
    without = client.get("/agenda?dept=ls").text
    assert 'href="?" aria-label="去掉“龙山区”"' in without
    assert " multiple>" not in without


@pytest.mark.parametrize(("status", "offered"), [("held", 4), ("recorded", 5)])
def test_of_the_statuses_the_one_in_the_address_is_chosen(client, status, offered):
    page = client.get(f"/agenda?status={status}").text
    field = page.partition('<select id="status"')[2].partition("</select>")[0]

    assert re.findall(r'value="(\w+)" selected', field) == [status]
    assert len(re.findall(r'value="\w+"', field)) == offered


def test_a_correction_of_the_status_is_shown(campaign, client):
    activity = campaign.ids["moved"]
    campaign.correct(activity, status="recorded", reason="已经开过")

    page = text_of(client.get(f"/activities/{activity}").text)
    assert re.search(r"更正.*状态.*计划 → 已记录", page)


@pytest.mark.parametrize("address", ["/", "/subscribe", "/activities/{moved}"])
def test_a_page_without_filters_has_a_field_for_another_moment(campaign, client, address):
    page = client.get(f"{address.format(**campaign.ids)}?known_at=2020-07-20&dept=ls").text
    assert 'name="known_at" type="date" value="2020-07-20"' in page
    assert '<input type="hidden" name="dept" value="ls">' in page
    for none in ("/audit", "/subscribe/poster", "/nothing"):
        assert 'name="known_at"' not in client.get(none).text


def test_a_day_is_said_once_for_all_its_activities(campaign, client):
    campaign.add("7月27日上午 龙山区 第一项")
    campaign.add("7月27日下午 龙山区 第二项")
    page = client.get("/agenda?from=2020-07-27&to=2020-07-27").text
    assert page.count("<span>7月27日 周一</span>") == 1
    assert (
        page.count('<span class="hidden">7月27日 周一</span> <span class="clock">下午</span>') == 1
    )
    home = client.get("/").text
    assert "今天 · 7月20日 周一" in home


def test_what_was_recorded_bears_its_own_language_on_a_page_in_another(campaign, client):
    english = client.get(f"/en/activities/{campaign.ids['moved']}").text
    assert '<span class="title" lang="zh-Hans">志愿服务日</span>' in english
    assert ' lang="zh-Hans">辽源市创建全国文明城市</a>' in english
    for address in ("/en", "/en/agenda?from=2020-07-01", "/en/month/2020-07", "/en/changes"):
        page = client.get(address).text
        assert re.search(r'(?s)lang="zh-Hans">(<span class="title"[^>]*>)?志愿服务日<', page), (
            address
        )
    assert 'lang="zh-Hans"' not in client.get("/").text.partition("<body>")[2]


@pytest.mark.campaign
@pytest.mark.parametrize("odd", ["年.json", "年.ics", "index.html", "年.json.json", "a.ICS"])
def test_every_tag_has_a_page_of_its_own_whatever_it_ends_in(campaign, client, tmp_path, odd):
    campaign.add_all(f"7月25日 团市委 有怪标签 #{odd}", "7月26日 团市委 只有年 #年")
    page = client.get("/tags").text
    (link,) = (
        unescape(found)
        for found, name in re.findall(r'href="(/tags/[^"]*)">#?([^<]*)<', page)
        if unescape(name).lstrip("#") == odd
    )
    answer = client.get(link)
    assert answer.status_code == 200
    assert f"<h1>#{odd}</h1>" in answer.text
    assert "有怪标签" in answer.text
    assert "只有年" not in answer.text
    data = client.get(f"{link}.json").json()
    assert [each["title"] for each in data["activities"]] == ["有怪标签"]
    given = WebOptions(folder=str(campaign.folder), settings=str(campaign.settings))
    with campaign.opened() as workspace:
        write_site(tmp_path / "site", Site(workspace, given, fault_log.report))
    pages = [
        path
        for path in (tmp_path / "site").rglob("index.html")
        if path.is_file() and f"<h1>#{odd}</h1>" in path.read_text("utf-8")
    ]
    assert len(pages) == 2
    assert "只有年" in (tmp_path / "site" / "tags" / "年.json").read_text("utf-8")
