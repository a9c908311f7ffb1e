"""Recording in a real browser, in a window as small as a phone."""

import pytest
from playwright.sync_api import expect

from web.browser import needs_browser

pytestmark = needs_browser
LINE = "明天上午 团市委 志愿培训 #培训 @会议室"


@pytest.fixture
def line(phone):
    return phone.get_by_label("日期、部门")


def test_what_is_typed_is_read_as_it_is_typed_and_recorded_on_one_page(phone, line):
    line.press_sequentially(LINE[:8])
    expect(phone.locator("#reading")).to_contain_text("周二")
    line.fill(LINE)
    said = phone.get_by_role("status").filter(has_text="志愿培训")
    expect(said).to_have_text("志愿培训：2020年7月21日 周二 上午、共青团辽源市委员会（牵头）")
    phone.get_by_role("button", name="记录", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="√ 计划")).to_contain_text("志愿培训")
    line.fill("明天 不存在的局 会议")
    expect(phone.locator("mark")).to_have_text("不存在的局")
    assert phone.get_by_role("button", name="记录", exact=True).count() == 0
    assert phone.get_by_role("button", name="识别").is_visible()


def test_an_answer_that_comes_late_never_stands_in_for_a_later_one(phone, line):
    held = []

    def hold(route):
        held.append(route) if not held else route.continue_()

    phone.route("**/record/reading", hold)
    line.fill("明天 团市委 早的")
    phone.wait_for_event("request", lambda request: request.url.endswith("/record/reading"))
    line.fill("后天 团市委 晚的")
    expect(phone.locator("#reading")).to_contain_text("晚的")
    held[0].continue_()
    expect(phone.locator("#reading")).to_contain_text("晚的")


def test_while_other_words_are_typed_the_old_reading_cannot_be_recorded(phone, line):
    line.fill(LINE)
    button = phone.get_by_role("button", name="记录", exact=True)
    expect(button).to_be_enabled()
    phone.route("**/record/reading", lambda _: None)  # it is never answered
    line.fill("后天 团市委 别的")
    expect(button).to_be_disabled()


def test_without_a_connection_the_page_says_so_and_keeps_the_words(phone, line):
    phone.context.set_offline(True)
    line.fill(LINE)
    expect(phone.get_by_text("没有网络连接").first).to_be_visible()
    assert line.input_value() == LINE
    phone.context.set_offline(False)
    line.press("End")
    line.press_sequentially("室")
    expect(phone.locator("#reading")).to_contain_text("志愿培训")
    expect(phone.get_by_text("没有网络连接").first).to_be_hidden()
