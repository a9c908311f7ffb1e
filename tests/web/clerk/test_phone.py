"""Recording in a real browser, in a window as small as a phone."""

import pytest
from playwright.sync_api import expect

from kalends import bootstrap
from web.browser import needs_browser

pytestmark = [needs_browser, pytest.mark.campaign]
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
    expect(phone.get_by_role("status").filter(has_text="√ 已记录为计划")).to_contain_text(
        "志愿培训"
    )
    line.fill("明天 不存在的局 会议")
    expect(phone.locator("mark")).to_have_text("不存在的局")
    assert phone.locator("form[data-reading] > p button:visible").count() == 0


def test_a_tap_puts_a_department_in_place_of_what_was_not_understood(phone, line):
    line.fill("明天 #😀 市教育居 会议")
    phone.get_by_role("button", name="市教育局 辽源市教育局").click()
    assert line.input_value() == "明天 #😀 市教育局 会议"
    expect(phone.locator("#reading")).to_contain_text("辽源市教育局（牵头）")
    line.fill("明天 会议")
    phone.get_by_role("button", name="团市委").click()
    assert line.input_value() == "团市委 明天 会议"
    expect(phone.get_by_role("button", name="记录", exact=True)).to_be_enabled()


def test_an_answer_that_comes_late_never_stands_in_for_a_later_one(phone, line):
    held = []

    def hold(route):
        held.append(route) if not held else route.continue_()

    phone.route("**/record/reading", hold)
    line.fill("明天 团市委 先打的字")
    phone.wait_for_event("request", lambda request: request.url.endswith("/record/reading"))
    line.fill("后天 团市委 后打的字")
    expect(phone.locator("#reading")).to_contain_text("后打的字")
    held[0].continue_()
    expect(phone.locator("#reading")).to_contain_text("后打的字")


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
    phone.context.set_offline(False)  # it is read without another key
    expect(phone.locator("#reading")).to_contain_text("志愿培训")
    expect(phone.get_by_text("没有网络连接").first).to_be_hidden()


def test_a_record_that_got_no_answer_waits_and_is_recorded_only_once(phone, line):
    """The first answer is lost, the second never sent: the third says that it is recorded."""
    line.fill(LINE)
    button = phone.get_by_role("button", name="记录", exact=True)
    expect(button).to_be_enabled()

    def lose(route):
        route.fetch(max_redirects=0)
        route.abort()

    phone.route("**/record", lose)
    button.click()
    waiting = phone.get_by_role("heading", name="尚未记录").locator("..")
    expect(waiting).to_contain_text(LINE)
    assert line.input_value() == ""
    phone.unroute("**/record")
    phone.reload()
    expect(waiting).to_contain_text(LINE)
    phone.context.set_offline(True)
    waiting.get_by_role("button", name="重新发送").click()
    expect(phone.get_by_text("没有网络连接，尚未记录").first).to_be_visible()
    phone.context.set_offline(False)
    waiting.get_by_role("button", name="重新发送").click()
    expect(phone.get_by_role("status").filter(has_text="√")).to_contain_text("志愿培训")
    expect(waiting).to_be_hidden()
    assert phone.request.get("/search.json?q=志愿培训").json()["activities"][1:] == []
    assert phone.evaluate("localStorage.length") == 0


def test_what_was_never_read_waits_too_and_is_read_before_it_is_recorded(phone, line):
    phone.context.set_offline(True)
    line.fill(LINE)
    phone.get_by_role("button", name="先存着").click()
    waiting = phone.get_by_role("heading", name="尚未记录").locator("..")
    expect(waiting).to_contain_text(LINE)
    line.fill("后天 团市委 例会")
    phone.get_by_role("button", name="先存着").click()
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    phone.context.set_offline(False)
    waiting.get_by_role("button", name="重新发送").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("这样对吗？")
    phone.get_by_role("button", name="记录", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="√")).to_contain_text("志愿培训")
    waiting.get_by_role("button", name="修改").click()
    assert line.input_value() == "后天 团市委 例会"
    expect(phone.locator("#reading")).to_contain_text("例会")
    expect(waiting).to_be_hidden()


def test_what_is_refused_when_it_is_sent_again_costs_no_other_words(phone, line):
    phone.context.set_offline(True)
    line.fill("明天 不存在的局 会议")
    phone.get_by_role("button", name="先存着").click()
    waiting = phone.get_by_role("heading", name="尚未记录").locator("..")
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    line.fill("后天 团市委 例")
    phone.context.set_offline(False)
    waiting.get_by_role("button", name="重新发送").click()
    expect(phone.locator("mark")).to_have_text("不存在的局")
    expect(phone.get_by_role("alert")).to_be_focused()
    assert line.input_value() == "明天 不存在的局 会议"
    expect(waiting).to_contain_text("后天 团市委 例")
    phone.reload()
    assert line.input_value() == "明天 不存在的局 会议"
    expect(waiting.get_by_role("listitem")).to_have_count(1)


def test_a_draft_is_there_again_and_gone_when_its_writer_logs_out(phone, line):
    line.fill("后天 团市委 例")
    phone.goto("/agenda")
    phone.goto("/en/record")
    assert phone.locator("#line").input_value() == "后天 团市委 例"
    phone.goto("/record")
    assert line.input_value() == "后天 团市委 例"
    said = []
    phone.once("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    phone.get_by_role("button", name="退出登录").click()
    assert line.input_value() == "后天 团市委 例"
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="退出登录").click()
    phone.wait_for_url("**/login")
    assert "丢失" in said[0]
    assert phone.evaluate("localStorage.length") == 0
    assert phone.context.cookies() == []


def test_nobody_sees_the_draft_of_somebody_else(phone, line, tokens):
    line.fill("后天 团市委 例会")
    expect(phone.locator("#reading")).to_contain_text("例会")
    other = tokens.new(
        bootstrap.new_seed(), actor="wang", role="clerk", departments=("tsw",), by="li"
    )
    phone.context.clear_cookies()
    phone.goto("/login")
    phone.get_by_label("令牌").fill(other.secret)
    phone.get_by_role("button", name="登录").click()
    phone.wait_for_url("**/record")
    assert line.input_value() == ""
    assert phone.evaluate("localStorage.length") == 0


def test_a_session_that_ended_is_said_while_writing_and_nothing_is_lost(phone, line, token):
    phone.context.clear_cookies()
    line.fill(LINE)
    expect(phone.get_by_text("您已退出登录").first).to_be_visible()
    phone.get_by_role("button", name="重新登录").click()
    phone.get_by_label("令牌").fill(token.secret)
    phone.get_by_role("button", name="登录").click()
    assert line.input_value() == LINE
    phone.get_by_role("button", name="记录", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="√")).to_contain_text("志愿培训")
    assert phone.evaluate("localStorage.length") == 0


def test_a_change_that_was_not_sent_keeps_its_words(phone, line):
    line.fill(LINE)
    phone.get_by_role("button", name="记录", exact=True).click()
    phone.get_by_role("link", name="志愿培训").first.click()
    phone.get_by_text("改期", exact=True).first.click()
    phone.get_by_label("新日期").fill("哪天")
    phone.locator("#move-reason").fill("场地")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="改期").click()
    expect(phone.get_by_text("没有网络连接，尚未记录。您填写的内容还在").first).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="改期").click()
    wrong = phone.get_by_label("新日期")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(
        "“哪天”无法识别为日期；不明白的部分：“哪天”。 请写成 2020-07-14 14:30、July 14 或 7月14日上午 这样。"
    )
    wrong.fill("7月25日")
    expect(phone.locator("details[open] .phrase")).to_have_text("2020年7月25日 周六")
    phone.get_by_role("button", name="改期").click()
    expect(phone.get_by_role("status").filter(has_text="√ 已改期")).to_be_focused()
