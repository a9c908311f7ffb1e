"""In a real browser: every page in either language, on a phone and a desk, for everybody."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from web.browser import WINDOWS, needs_browser
from web.every_page import examples, in_language

pytestmark = [needs_browser, pytest.mark.campaign]
# The same pages in another state.
_STATES = ("/agenda?known_at=9", "/agenda?dept=ls&dept=tsw&status=planned", "/departments/tsw?known_at=9",
           "/search?q=巡查", "/search?q=巡检", "/subscribe?dept=ls&tag=巡查", "/nothing/here")  # fmt: skip
# Axe looks at nothing that another window changes: each language has one window and one scheme.
_LOOKS = [
    pytest.param({"window": "phone"}, "", id="phone-zh-light"),
    pytest.param({"window": "desk", "scheme": "dark"}, "en", id="desk-en-dark"),
]


@pytest.mark.parametrize(("page", "language"), _LOOKS, indirect=["page"])
def test_every_page_is_for_everybody_and_fits_every_window(page, served, language):
    refused = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    at_first = page.viewport_size
    for address in (*examples(), *_STATES):
        path = in_language(address.format(**served.ids), language)
        page.goto(path)
        if path.endswith("/nothing/here"):
            refused.clear()  # the browser says that the page was not found
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not found.violations_count, f"{path}: {found.generate_report()}"
        for width, height in WINDOWS.values():
            page.set_viewport_size({"width": width, "height": height})
            assert _sideways(page) <= 0, f"{path} is wider than {width}"
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _sideways(page) <= 0, f"{path} is too wide with letters twice as large"
        page.set_viewport_size(at_first)
        _as_printed(page, path)
    assert not refused


def _sideways(page) -> int:
    """Return how far a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def _as_printed(page, path) -> None:
    """Look at a page as it is printed: its title and text, nothing to press."""
    page.emulate_media(media="print")
    seen = page.evaluate(
        """() => [...document.querySelectorAll("h1, nav, form, button, .skip, input")]
           .filter(each => each.checkVisibility()).map(each => each.localName)"""
    )
    assert seen == ["h1"], f"{path} on paper"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("page", [{"window": "phone", "javascript": False}], indirect=True)
def test_a_citizen_without_javascript_finds_an_activity_and_subscribes(page):
    page.goto("/")
    page.get_by_role("link", name="日程", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "日程"
    page.get_by_text("筛选").click()
    page.get_by_label("部门").select_option("tsw")
    page.get_by_role("button", name="查看").click()
    assert "dept=tsw" in page.url
    shown = page.get_by_role("main").inner_text()
    assert "志愿服务百日攻坚启动仪式" in shown
    assert "第3次巡查" not in shown
    page.get_by_role("link", name="订阅", exact=True).click()
    apple = page.get_by_role("link", name="iPhone").get_attribute("href")
    assert apple.startswith("webcal://127.0.0.1:")
    assert apple.endswith("/feeds/all.ics")


def test_the_other_language_is_the_same_page(page):
    page.goto("/month/2020-07?dept=ls")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/month/2020-07?dept=ls")
    assert page.get_by_role("heading", level=1).inner_text() == "July 2020"


def test_as_known_at_is_plainly_another_time(page):
    page.goto("/agenda")
    page.get_by_text("筛选").click()
    page.get_by_label("截至哪天所知").fill("2020-07-20")
    page.get_by_role("button", name="查看").click()
    assert "您看到的是截至" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="回到现在").click()
    assert page.get_by_role("status").count() == 0


def test_the_keyboard_alone_reaches_the_content(page):
    page.goto("/agenda")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


@pytest.mark.parametrize("page", [{"window": "phone", "javascript": False}], indirect=True)
def test_a_department_s_history_leads_to_an_activity_its_reasons_and_its_proof(page, served):
    page.goto("/")
    page.get_by_role("link", name="部门", exact=True).click()
    page.get_by_role("link", name="龙山区", exact=True).click()
    corrected = page.get_by_role("listitem").filter(has_text="清洁日")
    assert "地点：平安广场 → 人民广场 · 原因：地点写错 · li 记录于" in corrected.inner_text()
    page.get_by_role("link", name="创建全国文明城市志愿服务百日攻坚启动仪式").click()
    said = page.get_by_role("main").inner_text()
    assert "7月21日 周二 09:00 → 7月22日 周三 09:00" in said
    assert "原因：场地冲突，改在下一日" in said
    with page.expect_download() as proof:
        page.get_by_role("link", name="下载它的证明").click()
    assert proof.value.suggested_filename == "proof.json"
    assert json.loads(proof.value.path().read_text("utf-8"))["activity"] == served.ids["moved"]


@pytest.mark.parametrize(
    "page", [{"javascript": False}, {"window": "phone"}], indirect=True, ids=["plain", "phone"]
)
def test_a_search_finds_or_says_what_is_near(page):
    page.goto("/month/2020-07")
    page.get_by_role("link", name="搜索").click()
    page.get_by_label("要找的词").fill("清洁")
    page.get_by_role("search").get_by_role("button").click()
    assert page.get_by_role("link", name="清洁日").is_visible()
    page.get_by_label("要找的词").fill("志愿服物")
    page.get_by_role("search").get_by_role("button").click()
    assert "没有" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="志愿服务", exact=True).click()
    assert "志愿服务百日攻坚" in page.get_by_role("main").inner_text()


def test_a_page_without_filters_is_shown_as_it_was_known_then(page):
    page.goto("/")
    page.get_by_label("截至哪天所知").fill("2020-07-20")
    page.get_by_role("contentinfo").get_by_role("button").click()
    bar = page.get_by_role("status")
    assert "您看到的是截至" in bar.inner_text()
    assert page.get_by_label("截至哪天所知").input_value() == "2020-07-20"


@pytest.mark.parametrize(
    ("page", "language", "first", "in_wechat"),
    [
        ({"agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)"}, "", "iPhone、iPad 或 Mac", False),
        ({"agent": "Mozilla/5.0 (Linux; Android 14)"}, "", "飞书、钉钉、企业微信等", False),
        ({"agent": "Mozilla/5.0 (Linux; Android 14)"}, "en", "Google Calendar", False),
        ({"agent": "Mozilla/5.0 (Windows NT 10.0)"}, "en", "Outlook.com", False),
        ({"agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"}, "", "iPhone、iPad 或 Mac", True),
        ({"agent": "Mozilla/5.0 (Linux; Android 14)", "javascript": False}, "", "iPhone、iPad 或 Mac", False),
    ],
    indirect=["page"],
    ids=["iphone", "android-zh", "android-en", "windows", "wechat", "plain"],
)  # fmt: skip
def test_the_likely_device_stands_first(page, language, first, in_wechat):
    page.goto(in_language("/subscribe", language))
    button = page.locator(".devices .button").first
    assert button.inner_text() == first
    assert "main" in button.get_attribute("class").split()
    assert page.locator("[data-in-wechat]").is_visible() is in_wechat
