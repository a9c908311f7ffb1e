"""A form that was recorded, and comes again after the browser's “back” with other words in it."""

import re

import pytest

from kalends import bootstrap
from web.clerk.conftest import Browser

LINE = "明天上午 团市委 志愿培训 #培训 @会议室"


@pytest.fixture
def office(client, tokens):
    made = tokens.new(bootstrap.new_seed(), actor="office", role="office", by="li")
    return Browser(client, made)


def position(campaign):
    with campaign.opened() as workspace:
        return workspace.log.position()


def went_back(office, campaign, path, **other):
    """Send the last form again, with other words; return the page that answers."""
    before = position(campaign)
    answer = office.send_fields(path, {**office.sent, **other})
    assert answer.status_code == 409
    assert position(campaign) == before
    text = re.sub(r"<[^>]*>", " ", answer.text)
    assert "You have sent this form before" in text
    assert f"position {before}" in text
    assert "What it says now is not recorded" in text or "Your words are still in" in text
    for word in ("Idempotency", "header", "key", "somebody else", "Somebody else"):
        assert word not in text
    assert office.page.count('role="alert"') == 1
    return office.page


def test_a_sentence(office, campaign):
    office.send("/record", line=LINE)
    office.send("/record")
    page = went_back(office, campaign, "/record", line="后天 龙山区 清洁日")
    assert "后天 龙山区 清洁日" in page
    office.send("/record", line="后天 龙山区 清洁日")
    assert office.send("/record").status_code == 303
    found = office.client.get("/search.json?q=清洁日").json()["activities"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("action", "fields", "other"),
    [
        ("correct", {"title": "服务日", "reason": "x"}, {"title": "志愿日"}),
        ("move", {"to": "7月30日", "reason": "x"}, {"to": "7月31日"}),
        ("cancel", {"reason": "下雨"}, {"reason": "场地冲突"}),
        ("withhold", {"reason": "x"}, {"reason": "y"}),
    ],
)
def test_a_change_of_an_activity(office, campaign, action, fields, other):
    target = campaign.ids["moved"]
    path = f"/record/{target}/{action}"
    assert office.change(target, action, **fields).status_code == 303
    page = went_back(office, campaign, path, **other)
    assert "What was changed meanwhile" in page
    if action in {"correct", "move"}:
        (text,) = other.values()
        assert f'value="{text}"' in page
        office.send(path, **{**fields, **other})
        assert office.client.get(f"/activities/{target}.json").json()["activity"]["version"] == 4


def test_a_department_and_the_settings(office, campaign):
    office.page = office.client.get("/en/record/departments").text
    office.send("/record/departments/new", name="信访局", code="xf")
    page = went_back(office, campaign, "/record/departments/new", name="档案局", code="da")
    assert 'value="档案局"' in page
    office.send("/record/departments/new", name="档案局", code="da")
    office.page = office.client.get("/en/record/departments/da").text
    assert office.send("/record/departments/da/alias", alias="市档案局").status_code == 303
    went_back(office, campaign, "/record/departments/da/alias", alias="市档案馆")
    office.page = office.client.get("/en/record/settings").text
    assert office.send("/record/settings", title="创城").status_code == 303
    page = went_back(office, campaign, "/record/settings", title="创建文明城市")
    assert "Title is now: 创城" in page
    assert 'value="创建文明城市"' in page
    assert office.send("/record/settings", title="创建文明城市").status_code == 303


def test_an_undo(office, campaign):
    office.send("/record", line=LINE)
    office.send("/record")
    office.send("/record/undo")
    went_back(office, campaign, "/record/undo", position="3")


def test_in_chinese_too(office, campaign):
    office.send("/record", line=LINE)
    office.send("/record")
    again = office.client.post(
        "/record",
        data={**office.sent, "line": "后天 龙山区 清洁日"},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert f"当时的内容已记录（序号 {position(campaign)}）" in again.text
    assert "现在的内容尚未记录" in again.text
