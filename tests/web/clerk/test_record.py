"""Recording from a phone, without JavaScript."""

import html
import re
from datetime import timedelta

import pytest

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
    assert "志愿培训" in visitor.page.split("Done:")[1].split("</div>")[0]


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
    path = f"/record/{made['id']}"
    assert visitor.send(f"{path}/move", to="7月25日", reason="场地").status_code == 303
    assert "2020-07-25" in str(recorded(client)[0]["when"])
    corrected = visitor.send(f"{path}/correct", title="志愿培训班", place="", reason="写错")
    assert corrected.status_code == 303
    assert recorded(client)[0]["title"] == "志愿培训班"
    refused = visitor.send(f"{path}/move", to="<i>someday", reason="雨")
    assert refused.status_code == 422
    assert 'value="&lt;i&gt;someday"' in refused.text
    assert visitor.send(f"{path}/cancel", reason="下雨").status_code == 303
    assert recorded(client)[0]["status"] == "cancelled"
    assert visitor.send("/record/undo").status_code == 303
    assert recorded(client)[0]["status"] == "planned"
    assert visitor.send(f"{path}/held").status_code == 303
    assert recorded(client)[0]["status"] == "held"


def test_a_page_that_is_too_old_changes_nothing(visitor, client):
    record(visitor)
    old = visitor.page
    path = f"/record/{recorded(client)[0]['id']}"
    visitor.send(f"{path}/move", to="7月25日", reason="场地")
    visitor.page = old
    assert visitor.send(f"{path}/cancel", reason="x").status_code == 409
    assert recorded(client)[0]["status"] == "planned"


def test_another_departments_activity_cannot_be_changed(visitor, client, campaign):
    target = campaign.ids["moved"]
    record(visitor)
    fields = {
        **dict(re.findall(r'name="(form|key)" value="([^"]*)"', visitor.page)),
        "version": "2",
    }
    answer = visitor.send_fields(f"/record/{target}/cancel", {**fields, "reason": "x"})
    assert answer.status_code == 403
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


def _said(answer):
    return re.search(r'role="alert".*?</div>', answer.text, re.DOTALL)[0]


def test_nothing_withheld_is_shown(visitor):
    record(visitor)
    assert SECRET not in visitor.page
    answer = visitor.send("/record", line=f"7月23日 龙山区 {SECRET}")
    other = visitor.send("/record", line="7月23日 龙山区 别的演练")
    assert answer.status_code == other.status_code == 403  # as if it were not on record
    assert _said(answer) == _said(other)


def test_whoever_is_logged_out_keeps_what_they_wrote(visitor, client):
    client.cookies.clear()
    answer = visitor.send("/record", line="明天 团市委 <u>会")
    assert answer.status_code == 401
    assert "明天 团市委 &lt;u&gt;会" in answer.text
    assert client.get("/record").headers["location"] == "/login"
    assert client.get("/record/undo").headers["location"] == "/login"


@pytest.mark.parametrize("step", ["read", "record"])
def test_a_form_of_another_site_records_nothing(visitor, client, step):
    assert visitor.client is client  # it is logged in
    fields = {"line": LINE, "step": step, "key": "k"}
    assert client.post("/record", data=fields, headers=HERE).status_code == 403
    evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert client.post("/record", data=fields, headers=evil).status_code == 403
    assert recorded(client) == []


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
