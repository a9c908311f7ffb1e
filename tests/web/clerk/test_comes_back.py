"""What a clerk wrote is there when they come back: after a closed tab, a closed browser, a turn."""

import pytest
from playwright.sync_api import expect

from web.browser import CHROMIUM, QUIET, WINDOWS, needs_browser

pytestmark = [needs_browser, pytest.mark.campaign]
LINE = "明天上午 团市委 志愿培训 #培训 @会议室"
_WIDTH, _HEIGHT = WINDOWS["phone"]


def _log_in(page, token):
    page.goto("/login")
    page.fill("#token", token.secret)
    page.click("main button")
    page.wait_for_url("**/record")


def _write_without_a_connection(page):
    """Keep one activity for later, and begin another one."""
    page.context.set_offline(True)
    page.fill("#line", LINE)
    page.get_by_role("button", name="先存着").click()
    expect(page.locator("#waiting li")).to_have_count(1)
    page.fill("#line", "后天 团市委 例")


def _finds_both(page):
    """See what waits and what was begun; record what waits."""
    expect(page.locator("#line")).to_have_value("后天 团市委 例")
    expect(page.locator("#waiting li")).to_contain_text(LINE)
    page.get_by_role("button", name="重新发送").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("这样对吗？")
    page.get_by_role("button", name="记录", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="√")).to_contain_text("志愿培训")


def test_in_a_tab_that_was_closed(phone, client):
    _write_without_a_connection(phone)
    context = phone.context
    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/record")
    _finds_both(again)
    expect(again.locator("#line")).to_have_value("")
    expect(again.locator("#waiting li")).to_contain_text("后天 团市委 例")
    assert len(client.get("/search.json?q=志愿培训").json()["activities"]) == 1


def test_in_a_browser_that_was_closed(browser, site, token, tmp_path):
    how = {"viewport": {"width": _WIDTH, "height": _HEIGHT}, "base_url": site,
           "executable_path": CHROMIUM, "args": list(QUIET)}  # fmt: skip
    with browser.browser_type.launch_persistent_context(tmp_path / "profile", **how) as context:
        page = context.new_page()
        _log_in(page, token)
        _write_without_a_connection(page)
    with browser.browser_type.launch_persistent_context(tmp_path / "profile", **how) as context:
        page = context.new_page()
        page.goto("/record")  # still logged in
        _finds_both(page)


def test_a_page_that_cannot_be_opened_without_a_connection_costs_nothing(phone):
    _write_without_a_connection(phone)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.goto("/record")
    phone.context.set_offline(False)
    phone.goto("/record")
    _finds_both(phone)


def test_what_waits_takes_turns_with_what_is_being_written(phone):
    _write_without_a_connection(phone)
    phone.context.set_offline(False)
    for wanted, other in ((LINE, "后天 团市委 例"), ("后天 团市委 例", LINE)):
        phone.get_by_role("button", name="修改").click()
        expect(phone.locator("#line")).to_have_value(wanted)
        expect(phone.locator("#waiting li")).to_have_count(1)
        expect(phone.locator("#waiting li")).to_contain_text(other)
    phone.reload()
    expect(phone.locator("#line")).to_have_value("后天 团市委 例")
    expect(phone.locator("#waiting li")).to_contain_text(LINE)


def test_in_the_other_language_and_back(phone):
    phone.fill("#line", LINE)
    expect(phone.locator("#reading")).to_contain_text("周二")
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("#line")).to_have_value(LINE)
    expect(phone.locator("#reading")).to_contain_text("Tue 21 July 2020, morning · planned")
    phone.get_by_role("link", name="中文").click()
    expect(phone.locator("#line")).to_have_value(LINE)
    phone.get_by_role("button", name="记录", exact=True).click()
    expect(phone.locator("#done")).to_contain_text("志愿培训")
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("#line")).to_have_value("")  # it is not a draft any more
    assert phone.evaluate("localStorage.length") == 0


def test_what_waits_is_there_in_the_other_language(phone):
    _write_without_a_connection(phone)
    phone.context.set_offline(False)
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("#waiting li")).to_contain_text(LINE)
    expect(phone.get_by_role("button", name="Send again")).to_be_visible()


@pytest.mark.parametrize("window", [{"has_touch": True, "is_mobile": True}], indirect=True)
def test_a_phone_that_is_turned_keeps_the_words_and_shows_the_button(phone):
    phone.locator("#line").tap()
    phone.locator("#line").fill(LINE)
    button = phone.get_by_role("button", name="记录", exact=True)
    expect(button).to_be_enabled()
    phone.set_viewport_size({"width": _HEIGHT, "height": _WIDTH})
    expect(phone.locator("#line")).to_have_value(LINE)
    expect(button).to_be_in_viewport(ratio=1)
    button.tap()
    expect(phone.locator("#done")).to_be_in_viewport()
    expect(phone.locator("#done")).to_contain_text("志愿培训")
