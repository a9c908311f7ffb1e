"""The pages of those who record, in a real browser as wide as a phone: for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kalends import bootstrap
from web.browser import needs_browser

pytestmark = [needs_browser, pytest.mark.campaign]
# What a thumb presses; links within a text are as high as its lines.
_PRESSED = "main :is(button, input:not([type=hidden]), textarea, summary, .entry, .back)"


@pytest.mark.parametrize("window", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_somebody_records_reads_back_corrects_undoes_and_logs_out(phone):
    _fits(phone)
    phone.fill("#line", "明天上午 不存在的局 志愿培训")
    phone.click("#ask button")
    assert phone.locator("mark").inner_text() == "不存在的局"
    assert "部门名单上没有" in phone.locator("[role=alert]").inner_text()
    _fits(phone)
    phone.fill("#line", "明天上午 市教育居 志愿培训")
    phone.click("#ask button")
    _fits(phone)
    phone.get_by_role("button", name="市教育局 辽源市教育局").click()
    assert "您不能为辽源市教育局记录" in phone.locator("[role=alert]").inner_text()
    phone.fill("#line", "明天上午 团市委 志愿培训 #培训 @会议室")
    phone.click("#ask button")
    assert phone.locator("h1").inner_text() == "这样对吗？"
    assert "2020年7月21日 周二 上午" in phone.inner_text("dl")
    _fits(phone)
    phone.click("#checked button")
    assert "志愿培训" in phone.locator(".note [role=status]").inner_text()
    phone.locator(".rows .entry").first.click()
    phone.get_by_text("更正记录错误").click()
    phone.fill("#correct-place", "人民广场")
    phone.fill("#correct-reason", "地点写错")
    _fits(phone)
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
    _for_everybody(window, "/en/login")
    window.fill("#token", token.secret)
    window.click("main button")
    _for_everybody(window, "/en/record")
    _for_everybody(window, "/en/record?q=日")
    if role == "office":
        for path in ("/record/departments", "/en/record/departments/ls", "/record/settings"):
            _for_everybody(window, path)
            for summary in window.locator("summary").all():
                summary.click()
            _for_everybody(window)
    _for_everybody(window, "/record/" + campaign.ids["cancelled"])
    _for_everybody(window, "/record/" + campaign.ids["moved"])
    if role == "auditor":
        assert window.locator("main form[method=post]").count() == 0
        return
    for summary in window.locator("summary").all():
        summary.click()
    _for_everybody(window)
    window.fill("#move-to", "哪天")
    window.fill("#move-reason", "雨")
    window.click("form[action$='/move'] button")
    window.wait_for_selector("#wrong")
    _for_everybody(window)
    if role == "office":
        return
    window.goto("/en/record")
    for line in ("明天 不存在的局 会", "明天 龙山区 会 #会 @广场", "7月22日 龙山区 志愿服务日"):
        with window.expect_response("**/record/reading"):
            window.fill("#line", line)
        window.wait_for_selector(".read:not(.old)")
        _for_everybody(window)


def _for_everybody(page, address=None):
    if address is not None:
        page.goto(address)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not found.violations_count, f"{page.url}: {found.generate_report()}"
    _fits(page)


def _fits(page):
    """A page is no wider than its window, and what is pressed is as high as a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for each in page.locator(_PRESSED).all():
        if each.is_visible():
            box = each.bounding_box()
            assert box["height"] >= 44, each.evaluate("each => each.outerHTML")
