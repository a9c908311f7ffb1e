"""The pages on which the campaign office changes departments and settings."""

import html
import re

import pytest

from kalends import bootstrap
from kalends.domain.events import CAMPAIGN, ROSTER
from web.clerk.conftest import HERE, Browser

ROOT = "/record/departments"


@pytest.fixture
def office(client, tokens):
    made = tokens.new(bootstrap.new_seed(), actor="office", role="office", by="li")
    browser = Browser(client, made)
    browser.page = client.get(f"/en{ROOT}").text
    return browser


def look(office, path):
    office.page = office.client.get(f"/en{path}").text


def topics(campaign, stream=ROSTER):
    with campaign.opened() as workspace:
        return [
            (entry.event.TOPIC, entry.event.by, entry.event.via)
            for entry in workspace.log.entries()
            if entry.stream == stream
        ]


def roster(campaign):
    with campaign.opened() as workspace:
        return workspace.service.roster()


def test_a_department_is_registered_named_moved_closed_and_opened_again(office, campaign):
    before = len(topics(campaign))
    answer = office.send(
        f"{ROOT}/new",
        name="文化广电和旅游局",
        aliases="文旅局，广电局",
        parent="龙山区",
        code="wl",
    )
    assert answer.status_code == 303
    assert "Recorded. This is how it stands now." in office.page
    assert "文旅局、广电局" in office.page
    page = f"{ROOT}/wl"
    for action, fields in (
        ("short", {"short": "文旅"}),
        ("alias", {"alias": "市文旅局"}),
        ("rename", {"name": "文化和旅游局", "on": "2020年9月1日", "reason": "机构改革"}),
        ("move", {"parent": "", "reason": "直属"}),
        ("move", {"parent": "龙山区"}),
        ("close", {"on": "2020年12月1日", "reason": "撤并"}),
        ("reopen", {"on": "2020年12月15日"}),
    ):
        look(office, page)
        answer = office.send(f"{page}/{action}", **fields)
        assert answer.status_code == 303, (action, office.page)
    found = roster(campaign).departments["wl"]
    assert found.names[-1][1] == "文化和旅游局"
    assert set(found.aliases) == {"文旅局", "广电局", "市文旅局"}
    assert (found.short, found.parent, found.is_closed) == ("文旅", "ls", False)
    look(office, page)
    assert office.send(f"{page}/unalias").status_code == 303  # the first of them
    assert len(roster(campaign).departments["wl"].aliases) == 2
    made = topics(campaign)[before:]
    assert {(by, via) for _, by, via in made} == {("office", "web")}
    assert len(made) == 9
    look(office, page)
    assert "机构改革" in office.page


def test_one_is_merged_and_what_still_names_it_is_said(office, campaign):
    campaign.add("7月30日 团市委 座谈会")
    look(office, f"{ROOT}/tsw")
    answer = office.send(f"{ROOT}/tsw/merge", into="龙山区", on="7月22日", reason="合并")
    assert answer.status_code == 303, office.page
    assert roster(campaign).departments["tsw"].merged_into == "ls"
    assert re.search(r"Activities on or after that day that name it .*: \d+", office.page)
    for action in ("close", "merge", "move"):
        assert f"{ROOT}/tsw/{action}" not in office.page


def test_a_form_sent_twice_is_recorded_once(office, campaign):
    office.send(f"{ROOT}/new", name="信访局", code="xf")
    before = topics(campaign)
    again = office.client.post(f"/en{ROOT}/new", data=office.sent, headers=HERE)
    assert again.status_code == 303
    assert again.headers["location"].startswith(f"/en{ROOT}/xf")
    assert topics(campaign) == before


def test_what_stands_already_is_no_change(office, campaign):
    before = topics(campaign)
    look(office, f"{ROOT}/tsw")
    office.send(f"{ROOT}/tsw/rename")  # as the form has it
    name = roster(campaign).departments["tsw"].name
    office.send_fields(f"{ROOT}/tsw/rename", {**office.sent, "name": name, "key": "another"})
    assert "Nothing changed" in office.page
    assert topics(campaign) == before


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("new", {"name": "团市委"}, "already belongs to"),
        ("new", {"name": "7月14日"}, "this is a date"),
        ("new", {"name": " "}, ""),
        ("new", {"name": "新局", "code": "CON"}, "cannot be a department's code"),
        ("new", {"name": "新局", "parent": "没有的"}, "No department is called"),
        ("new", {"name": "新局", "on": "胡说"}, "cannot be read as a date"),
        ("tsw/alias", {"alias": "龙山区"}, "already belongs to"),
        ("tsw/alias", {"alias": "青年团，团委"}, "it looks like several"),
        ("tsw/move", {"parent": "tsw"}, ""),
        ("tsw/merge", {"into": "tsw"}, "cannot be merged"),
        ("tsw/merge", {"into": ""}, ""),
        ("tsw/close", {"on": "2月30日"}, ""),
        ("tsw/rename", {"name": "和"}, "joins departments"),
    ],
)
def test_what_is_refused_says_why_and_keeps_its_words(office, campaign, path, fields, said):
    before = topics(campaign)
    page = ROOT if path == "new" else f"{ROOT}/tsw"
    look(office, page)
    key = re.search(r'name="key" value="([^"]+)"', office.page)[1]
    form = re.search(r'name="form" value="([^"]+)"', office.page)[1]
    answer = office.send_fields(f"{ROOT}/{path}", {"key": key, "form": form, **fields})
    assert answer.status_code in {404, 409, 422}, office.page
    assert office.page.count('role="alert"') == 1
    assert said in html.unescape(office.page)
    action = path.rpartition("/")[2]
    for name, text in fields.items():
        if text.strip():
            assert f'id="{action}-{name}" name="{name}" value="{text}"' in office.page
    assert topics(campaign) == before


def test_settings_are_changed_and_only_what_was_typed(office, campaign):
    look(office, "/record/settings")
    answer = office.send(
        "/record/settings", title="创建全国文明城市", morning="09:00-12:00", reason="更名"
    )
    assert answer.status_code == 303, office.page
    assert "Recorded. This is how it stands now." in office.page
    with campaign.opened() as workspace:
        settings = workspace.service.campaign().settings
    assert settings.title == "创建全国文明城市"
    assert settings.office_hours.morning == "09:00-12:00"
    assert settings.office_hours.noon == "11:30-13:30"
    assert topics(campaign, CAMPAIGN)[-1] == ("campaign.revised", "office", "web")
    look(office, "/record/settings")
    fields = dict(
        re.findall(r'<input id="settings-(\w+)" name="\w+" value="([^"]*)"', office.page)
    )
    assert office.send("/record/settings", **fields).status_code == 303
    assert "Nothing changed" in office.page


def test_who_comes_second_sees_what_stands_now_and_keeps_their_words(office, campaign):
    look(office, "/record/settings")
    shown = office.page
    office.send("/record/settings", title="甲")
    office.page = re.sub(r'name="key" value="[^"]+"', 'name="key" value="second"', shown)
    answer = office.send("/record/settings", title="乙", evening="19:00-21:00")
    assert answer.status_code == 409, office.page
    assert "Somebody else changed the settings" in office.page
    assert "Title is now: 甲" in office.page
    assert 'name="title" value="乙"' in office.page
    assert office.send("/record/settings", title="乙", evening="19:00-21:00").status_code == 303
    with campaign.opened() as workspace:
        settings = workspace.service.campaign().settings
    assert (settings.title, settings.office_hours.evening) == ("乙", "19:00-21:00")
    # What somebody else changed meanwhile, and they did not touch, is not put back.
    office.page = re.sub(r'name="key" value="[^"]+"', 'name="key" value="third"', shown)
    assert office.send("/record/settings", zone="Asia/Urumqi").status_code == 303
    with campaign.opened() as workspace:
        assert workspace.service.campaign().settings.title == "乙"


@pytest.mark.parametrize(
    ("field", "text"),
    [("zone", "Asia/Nowhere"), ("first", "胡说"), ("last", "2019-01-01"), ("title", " "),
     ("morning", "9-12"), ("morning", "24:00-09:00"), ("site", "not a url"), ("site", "javascript:x")],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_in_words(office, campaign, field, text):
    look(office, "/record/settings")
    before = topics(campaign, CAMPAIGN)
    answer = office.send("/record/settings", **{field: text})
    assert answer.status_code in {409, 422}, office.page
    assert office.page.count('role="alert"') == 1
    assert topics(campaign, CAMPAIGN) == before


@pytest.mark.parametrize("field", ["language", "feed_format"])
def test_what_no_page_offers_is_refused(office, campaign, field):
    look(office, "/record/settings")
    before = topics(campaign, CAMPAIGN)
    assert office.send("/record/settings", **{field: "99"}).status_code == 403
    assert topics(campaign, CAMPAIGN) == before


PATHS = [ROOT, f"{ROOT}/tsw", "/record/settings"]


@pytest.mark.parametrize(("role", "departments"), [("clerk", ("tsw",)), ("auditor", ())])
def test_nobody_else_sees_or_changes_them(client, tokens, campaign, role, departments):
    made = tokens.new(
        bootstrap.new_seed(), actor="zhang", role=role, departments=departments, by="li"
    )
    other = Browser(client, made)
    assert "/record/settings" not in other.page
    before = topics(campaign), topics(campaign, CAMPAIGN)
    form = re.search(r'name="form" value="([^"]+)"', other.page)[1]
    for path in PATHS:
        shown = client.get(f"/en{path}")
        assert (shown.status_code, "may not change the campaign" in shown.text) == (403, True)
    for path, fields in (
        (f"{ROOT}/new", {"name": "新局"}),
        (f"{ROOT}/tsw/close", {}),
        ("/record/settings", {"title": "x"}),
    ):
        sent = client.post(f"/en{path}", data={**fields, "form": form, "key": "k"}, headers=HERE)
        assert sent.status_code == 403, path
    assert (topics(campaign), topics(campaign, CAMPAIGN)) == before


@pytest.mark.parametrize(
    "origin", [{"origin": "https://evil.example"}, {}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_of_another_site_changes_nothing(office, campaign, origin):
    look(office, f"{ROOT}/tsw")
    before = topics(campaign)
    form = re.search(r'name="form" value="([^"]+)"', office.page)[1]
    for path in (f"{ROOT}/tsw/close", f"{ROOT}/new", "/record/settings"):
        fields = {"form": form, "key": "k", "name": "新局", "title": "x"}
        answer = office.client.post(f"/en{path}", data=fields, headers=origin)
        assert answer.status_code == 403, path
        without = {**fields, "form": "0" * 52}
        answer = office.client.post(f"/en{path}", data=without, headers=HERE)
        assert answer.status_code == 403, path
    assert topics(campaign) == before


def test_whoever_is_logged_out_comes_back_and_loses_no_words(office, client, tokens, campaign):
    look(office, f"{ROOT}/tsw")
    form = re.search(r'name="form" value="([^"]+)"', office.page)[1]
    client.cookies.clear()
    assert client.get(f"/en{ROOT}/tsw").headers["location"] == (
        "/en/login?at=%2Frecord%2Fdepartments%2Ftsw"
    )
    fields = {"form": form, "key": "k", "name": "共青团市委", "reason": "机构改革"}
    answer = client.post(f"/en{ROOT}/tsw/rename", data=fields, headers=HERE)
    assert answer.status_code == 401
    for name, text in (("name", "共青团市委"), ("reason", "机构改革")):
        assert f'name="kept-{name}" value="{text}"' in answer.text
    kept = dict(re.findall(r'name="((?:kept-\w+)|at)" value="([^"]*)"', answer.text))
    made = tokens.new(bootstrap.new_seed(), actor="office", role="office", by="li")
    back = client.post("/en/login", data={**kept, "token": made.secret}, headers=HERE)
    assert "had been logged out" in back.text
    office.page = back.text
    office.sent = dict(re.findall(r'name="(name|reason|form|key)" value="([^"]+)"', _form(office)))
    assert office.send_fields(f"{ROOT}/tsw/rename", office.sent).status_code == 303
    assert roster(campaign).departments["tsw"].name == "共青团市委"


def _form(office):
    return re.search(
        r'<form method="post" action="[^"]*/rename".*?</form>', office.page, re.DOTALL
    )[0]


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_settings_written_when_the_session_ended_are_there_again(client, office, tokens, role):
    look(office, "/record/settings")
    hidden = dict(re.findall(r'name="(seen_\w+|form|key)" value="([^"]*)"', office.page))
    client.cookies.clear()
    fields = {**hidden, "title": "新的名称", "zone": hidden["seen_zone"]}
    answer = client.post("/en/record/settings", data=fields, headers=HERE)
    assert answer.status_code == 401
    kept = dict(re.findall(r'name="((?:kept-\w+)|at)" value="([^"]*)"', answer.text))
    made = tokens.new(bootstrap.new_seed(), actor="office", role=role, by="li")
    back = client.post("/en/login", data={**kept, "token": made.secret}, headers=HERE)
    assert back.status_code == 200
    assert ('name="title" value="新的名称"' in back.text) == (role == "office")
    assert "had been logged out" in back.text


def test_hostile_text_is_escaped(office):
    evil = "<script>alert(1)</script>&\"'"
    office.send(f"{ROOT}/new", name=evil, code="evil")
    look(office, ROOT)
    assert "<script>alert" not in office.page
    look(office, f"{ROOT}/evil")
    assert "<script>alert" not in office.page
    assert html.escape(evil, quote=False)[:20] in office.page


@pytest.mark.parametrize(
    "path", [f"{ROOT}/nowhere", f"{ROOT}/tsw/rename", f"{ROOT}/tsw/x", f"{ROOT}/a/b/c"]
)
def test_what_is_not_there_is_not_found(office, path):
    assert office.client.get(f"/en{path}").status_code == 404
    fields = {"form": "x", "key": "k"}
    if path != f"{ROOT}/tsw/rename":
        assert office.client.post(f"/en{path}", data=fields, headers=HERE).status_code == 404


def test_they_speak_chinese_too(office):
    for path, word in (
        (ROOT, "登记部门"),
        (f"{ROOT}/tsw", "更名"),
        ("/record/settings", "活动设置"),
    ):
        page = office.client.get(path).text
        assert word in page
        assert len(page.encode()) < 50_000
