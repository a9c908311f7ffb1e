"""Recording from a phone, without JavaScript."""

import html
import re
from datetime import timedelta

import pytest

from kalends import bootstrap
from kalends.application.access.sessions import form_secret
from served_campaign import SECRET
from web.clerk.conftest import HERE, Browser

LINE = "明天上午 团市委 志愿培训 #培训 @会议室"


def recorded(client, title="志愿培训"):
    return client.get(f"/search.json?q={title}").json()["activities"]


def record(visitor, line=LINE):
    visitor.send("/record", line=line)
    return visitor.send("/record")


def test_what_was_read_is_shown_and_then_recorded(visitor, client):
    shown = visitor.send("/record", line=LINE)
    assert shown.status_code == 200
    for part in ("志愿培训", "2020", "Tue", "共青团辽源市委员会", "会议室", "#培训", "planned"):
        assert part in shown.text
    assert recorded(client) == []
    answer = visitor.send("/record")
    assert answer.status_code == 303
    (made,) = recorded(client)
    assert "2020-07-21" in str(made["when"])
    assert "志愿培训" in visitor.page.split("√ recorded as planned")[1].split("</div>")[0]


def test_a_double_click_records_once(visitor, client):
    record(visitor)
    again = visitor.send_fields("/record", visitor.sent)
    assert again.status_code == 303
    assert len(recorded(client)) == 1


def test_what_reads_differently_by_now_is_shown_again(client, campaign, token):
    campaign.now += timedelta(hours=13, minutes=30)
    visitor = Browser(client, token)
    visitor.send("/record", line=LINE)
    campaign.now += timedelta(hours=1)  # past midnight: "tomorrow" is another day
    answer = visitor.send("/record")
    assert answer.status_code == 200
    assert "It is read differently now" in answer.text
    assert recorded(client) == []
    visitor.send("/record")
    assert "2020-07-22" in str(recorded(client)[0]["when"])


def test_what_was_not_understood_is_marked_and_the_text_kept(visitor):
    answer = visitor.send("/record", line="明天 不存在的局 <b>会</b>")
    assert answer.status_code in {404, 422}
    assert "<b>" not in answer.text
    assert "<mark>" in answer.text
    kept = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)[1]
    assert html.unescape(kept) == "明天 不存在的局 <b>会</b>"
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true" aria-describedby="wrong"' in answer.text


def test_another_department_is_refused_in_words(visitor, client):
    answer = visitor.send("/record", line="明天 龙山区 清洁日")
    assert answer.status_code == 403
    assert "may not record for 龙山区" in answer.text
    assert "清洁日" in answer.text
    assert recorded(client, "清洁日") == []


def test_a_similar_one_is_recorded_only_when_asked_again(visitor, client):
    record(visitor)
    answer = visitor.send("/record", line=LINE)
    assert answer.status_code == 422
    assert "Record it all the same" in answer.text
    visitor.send("/record")
    assert len(recorded(client)) == 2


def test_it_is_moved_corrected_held_cancelled_and_undone(visitor, client):
    record(visitor)
    (made,) = recorded(client)
    target = made["id"]
    assert visitor.change(target, "move", to="7月25日", reason="场地").status_code == 303
    assert "2020-07-25" in str(recorded(client)[0]["when"])
    assert "√ moved" in visitor.page
    assert visitor.change(target, "move", to="3pm", reason="场地").status_code == 303
    assert "2020-07-25" in str(recorded(client)[0]["when"])
    assert "15:00" in str(recorded(client)[0]["when"])
    corrected = visitor.change(target, "correct", title="志愿培训班", place="", reason="写错")
    assert corrected.status_code == 303
    assert recorded(client)[0]["title"] == "志愿培训班"
    assert recorded(client)[0]["place"] is None
    assert visitor.change(target, "cancel", reason="下雨").status_code == 303
    assert recorded(client)[0]["status"] == "cancelled"
    assert "What you did last:" in visitor.page
    assert visitor.send("/record/undo").status_code == 303
    assert recorded(client)[0]["status"] == "planned"
    assert "Undone. This is how it stands now:" in visitor.page
    assert visitor.change(target, "cancel", reason="下雨").status_code == 303
    assert visitor.change(target, "reinstate", reason="天晴").status_code == 303
    assert visitor.change(target, "held").status_code == 303
    assert recorded(client)[0]["status"] == "held"
    assert visitor.change(target, "withhold", reason="内部").status_code == 303
    assert recorded(client) == []
    assert "withheld" in visitor.page
    assert visitor.change(target, "release", reason="").status_code == 303
    assert len(recorded(client)) == 1
    assert visitor.change(target, "retract", reason="重复").status_code == 303
    assert recorded(client) == []
    visitor.look_at(target)
    assert "A retracted activity cannot be changed." in visitor.page
    assert "<details" not in visitor.page


def test_all_that_is_on_record_of_an_activity_can_be_corrected(visitor, client):
    record(visitor, "明天上午 团市委、市教育局 志愿培训 #培训 @会议室")
    target = recorded(client)[0]["id"]
    fields = {
        "when": "7月26日", "departments": "市教育局", "tags": "#培训 志愿",
        "headcount": "120", "description": "在二楼", "reason": "写错",
    }  # fmt: skip
    refused = visitor.change(target, "correct", **fields)
    assert refused.status_code == 403  # another department would lead it
    fields["departments"] = "团市委 (lead)，市教育局（参加）"
    assert visitor.change(target, "correct", **fields).status_code == 303
    (now,) = recorded(client)
    assert [(each["code"], each["role"]) for each in now["departments"]] == [
        ("tsw", "lead"), ("jyj", "participant"),
    ]  # fmt: skip
    assert (now["tags"], now["headcount"], now["description"], now["place"]) == (
        ["培训", "志愿"], 120, "在二楼", "会议室",
    )  # fmt: skip
    assert now["when"]["first_day"] == "2020-07-26"
    emptied = {"tags": "", "headcount": "", "description": " ", "reason": "不用"}
    assert visitor.change(target, "correct", **emptied).status_code == 303
    (now,) = recorded(client)
    assert (now["tags"], now["headcount"], now["description"]) == ([], None, None)
    same = visitor.change(target, "correct", reason="没变")
    assert same.status_code == 303
    assert "Nothing changed" in visitor.page


@pytest.mark.parametrize(
    ("action", "fields", "wrong"),
    [
        ("move", {"to": "<i>someday", "reason": "雨"}, "move-to"),
        ("move", {"to": "7月25日", "reason": " "}, "move-reason"),
        ("cancel", {"reason": ""}, "cancel-reason"),
        ("correct", {"when": "2月30日", "reason": "x"}, "correct-when"),
        ("correct", {"title": "", "reason": "x"}, "correct-title"),
        ("correct", {"title": "会" * 400, "reason": "x"}, "correct-title"),
        ("correct", {"departments": "不存在的局", "reason": "x"}, "correct-departments"),
        ("correct", {"headcount": "约200", "reason": "x"}, "correct-headcount"),
        ("correct", {"tags": "#" + "长" * 90, "reason": "x"}, "correct-tags"),
        ("correct", {"place": "长" * 400, "reason": "x"}, "correct-place"),
    ],
)
def test_what_is_refused_stands_beside_its_field_which_keeps_its_words(
    visitor, client, action, fields, wrong
):
    record(visitor)
    target = recorded(client)[0]["id"]
    answer = visitor.change(target, action, **fields)
    assert answer.status_code in {404, 409, 422}
    begins = answer.text.index(f'id="{wrong}"')
    field, after = answer.text[begins:].split('<div class="note wrong" id="wrong">', 1)
    assert 'aria-invalid="true" aria-describedby="wrong" autofocus' in field
    assert "<form" not in field
    assert after.split("</p>")[0]
    assert "<i>" not in answer.text
    for name, text in fields.items():
        written = answer.text[answer.text.index(f'id="{action}-{name}"') :]
        assert text in html.unescape(written[:2_000])
    assert recorded(client)[0]["version"] == 1


def test_who_comes_second_is_shown_what_stands_now_and_keeps_their_words(visitor, client):
    record(visitor)
    target = recorded(client)[0]["id"]
    visitor.look_at(target)
    old = visitor.page
    visitor.change(target, "correct", place="人民广场", reason="地点变了")
    visitor.page = old
    path = f"/record/{target}/correct"
    answer = visitor.send(path, title="志愿培训班", place="会议室", reason="题目写错")
    assert answer.status_code == 409
    assert "Somebody else changed this" in answer.text
    assert "会议室" in answer.text.split("What was changed meanwhile")[1].split("</ol>")[0]
    for text in ("志愿培训班", "题目写错", "人民广场"):
        assert f'value="{text}"' in answer.text
    assert recorded(client)[0]["title"] == "志愿培训"
    fields = dict(re.findall(r'id="correct-(\w+)" name="\w+"[^>]* value="([^"]*)"', answer.text))
    assert visitor.send(path, **fields).status_code == 303
    (now,) = recorded(client)
    assert (now["title"], now["place"]) == ("志愿培训班", "人民广场")


def test_only_what_the_page_showed_is_undone(visitor, client):
    record(visitor)
    old = visitor.page
    record(visitor, "明天 团市委 另一场会")
    now, visitor.page = visitor.page, old
    answer = visitor.send("/record/undo")
    assert answer.status_code == 409
    assert "You have done something else since" in answer.text
    visitor.page = now
    assert visitor.send("/record/undo").status_code == 303
    assert (len(recorded(client)), recorded(client, "另一场会")) == (1, [])
    again = visitor.send_fields("/record/undo", visitor.sent)  # a double click
    assert again.status_code == 303
    assert len(recorded(client)) == 1


def test_another_departments_activity_cannot_be_changed(visitor, client, campaign):
    target = campaign.ids["moved"]
    record(visitor)
    fields = {
        **dict(re.findall(r'name="(form)" value="([^"]*)"', visitor.page)),
        "key": "k",
        "version": "2",
    }
    answer = visitor.send_fields(f"/record/{target}/cancel", {**fields, "reason": "x"})
    assert answer.status_code == 403
    assert "may not record for 龙山区" in answer.text
    assert "Only the campaign office, and clerks of 龙山区" in answer.text
    assert client.get(f"/activities/{target}.json").json()["activity"]["status"] == "planned"


def test_what_was_planned_and_has_passed_is_listed_for_whoever_leads_it(
    visitor, campaign, client, token
):
    record(visitor)
    assert "has passed" not in visitor.page
    campaign.now += timedelta(days=7)
    page = Browser(client, token).page
    assert "志愿培训" in page.split("has passed")[1].split("<h2>")[0]
    assert "志愿服务日" not in page
    assert re.search(r"/held.*It was held", page, re.DOTALL)  # one tap


def test_nothing_withheld_is_shown(visitor, client, campaign):
    record(visitor)
    assert SECRET not in visitor.page
    visitor.page = client.get(f"/en/record?q={SECRET}").text
    assert f"No activity contains “{SECRET}”." in visitor.page
    with campaign.opened() as workspace:
        hidden = [
            entry.stream.removeprefix("activity-")
            for entry in workspace.log.entries()
            if getattr(entry.event, "TOPIC", "") == "activity.withheld"
        ]
    assert client.get(f"/en/record/{hidden[0]}").status_code == 404
    answers = [
        visitor.send("/record", line=f"7月23日 龙山区 {title}") for title in (SECRET, "别的演练")
    ]
    assert [each.status_code for each in answers] == [403, 403]  # as if it were not on record
    said = [re.search(r'id="wrong".*?</div>', each.text, re.DOTALL)[0] for each in answers]
    assert said[0] == said[1]


def test_activities_are_found_by_words(visitor, client):
    record(visitor)
    page = client.get("/en/record?q=培训").text
    assert f"/en/record/{recorded(client)[0]['id']}" in page.split('role="search"')[1]


def test_whoever_is_logged_out_keeps_what_they_wrote(visitor, client):
    client.cookies.clear()
    answer = visitor.send("/record", line="明天 团市委 <u>会")
    assert answer.status_code == 401
    assert "明天 团市委 &lt;u&gt;会" in answer.text
    assert client.get("/record").headers["location"] == "/login"
    assert client.get("/record/undo").headers["location"] == "/login"


def _typed_in_again(visitor, secret, **more):
    """Send the form that logs in and keeps what was written; return the page that answers."""
    form = re.search(r'<form method="post" action="/en/login".*?</form>', visitor.page, re.DOTALL)
    kept = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form[0])
    fields = {name: html.unescape(text) for name, text in kept}
    return visitor.send_fields("/login", {**fields, "token": secret, **more})


def test_what_was_written_when_the_session_ended_is_there_after_logging_in(visitor, client, token):
    record(visitor)
    target = recorded(client)[0]["id"]
    visitor.look_at(target)
    secret = client.cookies["kalends_session"]
    client.post("/logout", data={"form": form_secret(secret)}, headers=HERE)
    path = f"/record/{target}/move"
    assert visitor.send(path, to="7月25日", reason="<b>雨").status_code == 401
    assert "&lt;b&gt;雨" in visitor.page
    assert _typed_in_again(visitor, "wrong").status_code == 401
    assert _typed_in_again(visitor, token.secret).status_code == 200
    assert 'value="7月25日"' in visitor.page
    assert "not recorded yet" in visitor.page
    assert visitor.send(path, to="7月25日", reason="<b>雨").status_code == 303
    assert "2020-07-25" in str(recorded(client)[0]["when"])


def test_a_token_revoked_while_somebody_writes_loses_no_words(visitor, client, tokens, token):
    tokens.revoke(token.made.mark, by="li")
    assert visitor.send("/record", line="后天 团市委 例会").status_code == 401
    other = tokens.new(
        bootstrap.new_seed(), actor="zhang", role="clerk", departments=("tsw",), by="li"
    )
    asked = visitor.page
    for at in ("/record", "https://evil.example/record"):
        visitor.page = asked
        assert _typed_in_again(visitor, other.secret, at=at).status_code == 200
        assert "后天 团市委 例会</textarea>" in visitor.page
    visitor.send("/record", line="后天 团市委 例会")
    assert visitor.send("/record").status_code == 303
    assert len(recorded(client, "例会")) == 1


@pytest.mark.parametrize("step", ["read", "record"])
def test_a_form_of_another_site_records_nothing(visitor, client, step):
    assert visitor.client is client  # it is logged in
    fields = {"line": LINE, "step": step, "key": "k"}
    assert client.post("/record", data=fields, headers=HERE).status_code == 403
    evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert client.post("/record", data=fields, headers=evil).status_code == 403
    assert recorded(client) == []


def test_a_form_of_a_session_before_loses_no_words(visitor, client, token):
    record(visitor)
    target = recorded(client)[0]["id"]
    visitor.look_at(target)
    client.post("/login", data={"token": token.secret}, headers=HERE)  # in another tab
    answer = visitor.send(f"/record/{target}/cancel", reason="<u>雨")
    assert answer.status_code == 403
    assert 'value="&lt;u&gt;雨"' in answer.text
    assert visitor.send(f"/record/{target}/cancel", reason="雨").status_code == 303
    old = {"form": "0" * 64, "line": "后天 团市委 例会"}
    answer = visitor.send_fields("/record", old)
    assert answer.status_code == 403
    assert "后天 团市委 例会</textarea>" in answer.text
    assert visitor.send_fields("/record/undo", {**old, "position": "1"}).status_code == 403
    assert recorded(client)[0]["status"] == "cancelled"


def test_it_speaks_chinese_too(visitor):
    assert "日期、部门" in visitor.client.get("/record").text


def test_nothing_is_done_without_a_key_or_a_version(visitor, client):
    record(visitor)
    form = {"form": re.search(r'name="form" value="([^"]*)"', visitor.page)[1]}
    path = f"/record/{recorded(client)[0]['id']}"
    assert (
        visitor.send_fields("/record", {**form, "line": LINE, "step": "record"}).status_code == 403
    )
    assert visitor.send_fields(f"{path}/held", form).status_code == 403
    for version in ("", "x", "²", "9" * 40):
        fields = {**form, "key": "k", "version": version}
        assert visitor.send_fields(f"{path}/held", fields).status_code == 403
    assert visitor.send_fields("/record/nothing/here", form).status_code == 404
    assert recorded(client)[0]["status"] == "planned"
