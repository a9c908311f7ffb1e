"""The pages of those who record, in a real browser as wide as a phone: for everybody."""

import pytest

from kalends import bootstrap
from web.browser import needs_browser
from web.clerk.for_everybody import fits, for_everybody

pytestmark = [needs_browser, pytest.mark.campaign]


@pytest.mark.parametrize("window", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_somebody_records_reads_back_corrects_undoes_and_logs_out(phone):
    fits(phone)
    phone.fill("#line", "明天上午 不存在的局 志愿培训")
    phone.click("#ask button")
    assert phone.locator("mark").inner_text() == "不存在的局"
    assert "部门名单上没有" in phone.locator("[role=alert]").inner_text()
    fits(phone)
    phone.fill("#line", "明天上午 市教育居 志愿培训")
    phone.click("#ask button")
    fits(phone)
    phone.get_by_role("button", name="市教育局 辽源市教育局").click()
    assert "您不能为辽源市教育局记录" in phone.locator("[role=alert]").inner_text()
    phone.fill("#line", "明天上午 团市委 志愿培训 #培训 @会议室")
    phone.click("#ask button")
    assert phone.locator("h1").inner_text() == "这样对吗？"
    assert "2020年7月21日 周二 上午" in phone.inner_text("dl")
    fits(phone)
    phone.click("#checked button")
    assert "志愿培训" in phone.locator(".note [role=status]").inner_text()
    phone.locator(".rows .entry").first.click()
    phone.get_by_text("更正记录错误").click()
    phone.fill("#correct-place", "人民广场")
    phone.fill("#correct-reason", "地点写错")
    fits(phone)
    phone.locator("form[action$='/correct'] button").click()
    assert "人民广场" in phone.inner_text(".rows:not(:empty)")
    assert "已更正 · 志愿培训" in phone.inner_text(".undo")
    phone.click(".undo button")
    assert "会议室" in phone.inner_text(".rows:not(:empty)")
    phone.get_by_role("button", name="退出登录").click()
    assert phone.url.endswith("/login")
    phone.go_back()
    assert phone.locator("#line").count() == 0


@pytest.mark.parametrize(
    ("role", "window"),
    [("clerk", {"color_scheme": "dark"}), ("office", {}), ("auditor", {})],
    indirect=["window"],
)
def test_every_page_is_for_everybody(window, tokens, campaign, role):
    own = ("ls",) if role == "clerk" else ()
    token = tokens.new(bootstrap.new_seed(), actor="wang", role=role, departments=own, by="li")
    for_everybody(window, "/en/login")
    window.fill("#token", token.secret)
    window.click("main button")
    for_everybody(window, "/en/record")
    for_everybody(window, "/en/record?q=日")
    if role == "office":
        for path in (
            "/record/departments",
            "/en/record/departments/ls",
            "/en/record/roster",
            "/record/settings",
        ):
            for_everybody(window, path)
            for summary in window.locator("summary").all():
                summary.click()
            for_everybody(window)
    for_everybody(window, "/record/" + campaign.ids["cancelled"])
    for_everybody(window, "/record/" + campaign.ids["moved"])
    if role == "auditor":
        assert window.locator("main form[method=post]").count() == 0
        return
    for summary in window.locator("summary").all():
        summary.click()
    for_everybody(window)
    window.fill("#move-to", "哪天")
    window.fill("#move-reason", "雨")
    window.click("form[action$='/move'] button")
    window.wait_for_selector("#wrong")
    for_everybody(window)
    if role == "office":
        return
    window.goto("/en/record")
    for line in ("明天 不存在的局 会", "明天 龙山区 会 #会 @广场", "7月22日 龙山区 志愿服务日"):
        with window.expect_response("**/record/reading"):
            window.fill("#line", line)
        window.wait_for_selector(".read:not(.old)")
        for_everybody(window)
