"""Recording with a keyboard alone: what has the focus is seen, and in the order of the page."""

import re

import pytest
from playwright.sync_api import expect

from web.browser import needs_browser

pytestmark = [needs_browser, pytest.mark.campaign]
LINE = "明天上午 团市委 志愿培训 #培训 @会议室"
_FOCUS = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return {
    name: (it.id || it.innerText.split("\\n")[0]).trim(),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    isSeen: box.bottom > 0 && box.top < innerHeight,
    isAfter: !window.before || !!(window.before.compareDocumentPosition(it) & 4),
    isSame: window.before === (window.before = it),
  };
}"""


class Keyboard:
    """The keys of somebody without a pointer."""

    def __init__(self, page):
        self.page, self.press = page, page.keyboard.press

    def type(self, text):
        self.page.keyboard.type(text)

    def tab_to(self, name):
        """Press Tab until something has the focus; each stop is seen, has a ring, and goes on."""
        passed = []
        self.page.evaluate("window.before = document.activeElement")
        for _ in range(40):
            self.press("Tab")
            stop = self.page.evaluate(_FOCUS)
            assert stop["ring"] >= 3, stop
            assert stop["isSeen"], stop
            assert stop["isAfter"], stop
            passed.append(stop["name"])
            if stop["name"] == name:
                return passed
        raise AssertionError(passed)


@pytest.fixture
def keys(phone):
    phone.reload()  # nothing has the focus
    return Keyboard(phone)


def test_somebody_records_moves_and_undoes_without_a_pointer(phone, keys):
    keys.tab_to("line")
    keys.type(LINE)
    expect(phone.locator(".done button")).to_be_visible()
    assert keys.tab_to("记录") == ["记录"]
    keys.press("Enter")
    done = phone.get_by_role("status").filter(has_text="√ 已记录为计划")
    expect(done).to_be_focused()
    expect(done).to_have_accessible_name(
        re.compile("已记录为计划.*志愿培训.*7月21日.*会议室.*培训")
    )
    assert keys.tab_to("line") == ["志愿培训", "撤销", "line"]
    assert keys.tab_to("志愿培训")
    keys.press("Enter")
    phone.wait_for_url(re.compile("/record/[0-9a-z]+$"))
    keys.tab_to("改期")
    keys.press("Enter")
    assert keys.tab_to("move-to") == ["move-to"]
    keys.type("哪天")
    keys.press("Tab")
    keys.type("下雨")
    keys.press("Enter")
    wrong = phone.get_by_label("新日期")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(re.compile("哪天.*无法识别"))
    keys.press("Control+a")
    keys.type("7月25日")
    keys.press("Enter")
    done = phone.get_by_role("status").filter(has_text="√ 已改期")
    expect(done).to_be_focused()
    expect(done).to_have_accessible_name(re.compile("已改期.*志愿培训.*7月25日"))
    assert keys.tab_to("撤销") == ["志愿培训", "撤销"]
    keys.press("Enter")
    done = phone.get_by_role("status").filter(has_text="已撤销")
    expect(done).to_be_focused()
    expect(done).to_have_accessible_name(re.compile("已撤销.*7月21日"))


def test_what_may_be_meant_is_chosen_with_enter_and_the_field_is_seen_again(phone, keys):
    for day in range(1, 9):  # a long page
        keys.page.goto("/record")
        keys.tab_to("line")
        keys.type(f"8月{day}日 团市委 例会")
        expect(phone.locator(".done button")).to_be_visible()
        keys.tab_to("记录")
        keys.press("Enter")
        expect(phone.get_by_role("status").filter(has_text="√")).to_be_focused()
    keys.tab_to("line")
    keys.type("明天 共青团辽原市委员会 例会")
    expect(phone.locator(".near button")).to_be_visible()
    name = phone.locator(".near button").inner_text().split("\n")[0]
    assert keys.tab_to("q")[0] == name
    for _ in range(60):  # at once back: the page may still be scrolling
        keys.press("Shift+Tab")
        if phone.evaluate("document.activeElement.name") == "instead":
            break
    keys.press("Enter")
    expect(phone.locator("#line")).to_be_focused()
    expect(phone.locator(".done button")).to_be_visible()
    expect(phone.locator("#line")).to_be_in_viewport(ratio=1)


def test_escape_loses_nothing(phone, keys):
    keys.tab_to("line")
    keys.type(LINE)
    keys.press("Escape")
    expect(phone.locator("#line")).to_have_value(LINE)
    expect(phone.locator(".done button")).to_be_visible()
    keys.press("Escape")
    keys.tab_to("记录")
    keys.press("Escape")
    expect(phone.locator("#line")).to_have_value(LINE)
    expect(phone.get_by_role("button", name="记录", exact=True)).to_be_focused()


def test_what_waits_for_a_connection_is_sent_with_the_keyboard(phone, keys):
    phone.context.set_offline(True)
    keys.tab_to("line")
    keys.type(LINE)
    expect(phone.get_by_role("button", name="先存着")).to_be_visible()
    assert keys.tab_to("先存着，稍后发送") == ["先存着，稍后发送"]
    keys.press("Enter")
    again = phone.get_by_role("button", name="重新发送")
    expect(again).to_be_focused()
    phone.context.set_offline(False)
    keys.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    assert keys.tab_to("记录") == ["记录"]
    keys.press("Enter")
    expect(phone.get_by_role("status").filter(has_text="√ 已记录为计划")).to_be_focused()
