"""The pages of those who record in each state that they come into: for everybody, in both schemes."""

import pytest
from playwright.sync_api import expect

from kalends import bootstrap
from web.browser import needs_browser
from web.clerk.for_everybody import for_everybody

pytestmark = [needs_browser, pytest.mark.campaign]
SCHEMES = [{"color_scheme": scheme} for scheme in ("light", "dark")]
both_schemes = pytest.mark.parametrize("window", SCHEMES, indirect=True, ids=["light", "dark"])
LINE = "明天上午 团市委 志愿培训 #培训 @会议室 30人参加"


def _typed(page, line):
    """Type a line and wait until it is read."""
    with page.expect_response("**/record/reading"):
        page.fill("#line", line)
    page.wait_for_selector(".read:not(.old)")


@both_schemes
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("15日 团市委 例会", 2),
        ("15日上午9点 团市委 例会", 2),
        ("明天 会议", 1),
        ("明天 市教育居 会议", 1),
        ("明天 不存在的局 会议", 0),
        ("明天 龙山区 清洁日", 0),
        ("2月30日 团市委 会议", 0),
        ("明天 团市委 Rotary 走访敬老院", 0),
        ("8月1日 龙山区 第1次巡查", 0),
        ("7月14日上午 团市委 推进会", 0),
        ("1999年7月14日 团市委 植树 约80人", 0),
    ],
)
def test_what_is_read_offered_and_refused_while_typing(phone, line, offered):
    _typed(phone, line)
    expect(phone.locator(".near button")).to_have_count(offered)
    for_everybody(phone)


@both_schemes
def test_what_was_recorded_undone_and_waits(phone):
    _typed(phone, LINE)
    for_everybody(phone)
    phone.click(".done button")
    expect(phone.locator("#done")).to_contain_text("30")
    for_everybody(phone)
    phone.click(".note .undo button")
    expect(phone.locator("#done")).to_contain_text("已撤销")
    for_everybody(phone)
    _typed(phone, LINE)
    phone.route("**/record/reading", lambda _: None)  # it is never answered
    phone.fill("#line", f"{LINE} #更多")
    expect(phone.locator(".read.old")).to_be_visible()
    for_everybody(phone)
    phone.unroute("**/record/reading")
    phone.route("**/record**", lambda route: route.abort())
    phone.fill("#line", LINE)
    expect(phone.locator("#say-offline")).to_be_visible()
    expect(phone.locator("#ask button")).to_have_text("先存着，稍后发送")
    for_everybody(phone)
    phone.click("#ask button")
    expect(phone.locator("#waiting li")).to_have_count(1)
    for_everybody(phone)


@both_schemes
def test_who_was_logged_out_or_types_too_fast(phone):
    phone.route("**/record/reading", lambda route: route.fulfill(status=429))
    phone.fill("#line", LINE)
    expect(phone.locator("#say-later")).to_be_visible()
    for_everybody(phone)
    phone.unroute("**/record/reading")
    phone.context.clear_cookies()
    phone.fill("#line", f"{LINE} #更多")
    expect(phone.locator("#say-over")).to_be_visible()
    for_everybody(phone)
    phone.click("#ask button")
    expect(phone.locator("#token")).to_be_visible()
    for_everybody(phone)
    phone.fill("#token", "kalends_wrong")
    phone.click("main button")
    expect(phone.get_by_role("alert")).to_be_visible()
    for_everybody(phone)


@both_schemes
def test_a_change_that_is_refused_or_came_too_late(phone, campaign):
    (target,) = campaign.add_all("7月24日 团市委 消防演练")
    phone.goto(f"/record/{target}")
    for summary in phone.locator("summary").all():
        summary.click()
    phone.fill("#move-to", "上周五")
    expect(phone.locator(".phrase").first).to_contain_text("这一天已经过去")
    for_everybody(phone)
    phone.fill("#correct-departments", "不存在的局")
    phone.fill("#correct-reason", "写错")
    phone.click("form[action$='/correct'] button")
    phone.wait_for_selector("#wrong")
    for_everybody(phone)
    campaign.move(target, "7月26日", "场地")
    phone.fill("#correct-departments", "团市委")
    phone.click("form[action$='/correct'] button")
    expect(phone.get_by_role("alert")).to_be_visible()
    for_everybody(phone)


@both_schemes
def test_the_office_s_pages_with_what_is_refused_there(window, tokens):
    token = tokens.new(bootstrap.new_seed(), actor="wang", role="office", departments=(), by="li")
    window.goto("/login")
    window.fill("#token", token.secret)
    window.click("main button")
    window.wait_for_url("**/record")
    for_everybody(window, "/record/departments")
    for_everybody(window, "/record/departments/ls")
    for summary in window.locator("summary").all():
        summary.click()
    for_everybody(window)
    window.fill("#merge-into", "不存在的局")
    window.click("form[action$='/merge'] button")
    expect(window.locator(".wrong").first).to_be_visible()
    for_everybody(window)
    for_everybody(window, "/record/settings")
    window.fill("input[name=first]", "哪天")
    window.locator("form[action$='/settings'] button").click()
    expect(window.locator(".wrong").first).to_be_visible()
    for_everybody(window)
