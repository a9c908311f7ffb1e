"""In a real browser: every page in either language, on a phone and a desk, for everybody."""

import shutil
import socket
import threading
import time

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from kalends.web.addresses import PAGES
from kalends.web.app import application
from kalends.web.options import WebOptions
from served_campaign import campaign_at

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: the browser tests are left out"
)
_QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
WIDTHS = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1280, 800)}


def recorded(folder):
    """Return a campaign with much in it: long names, a move, a cancellation, a correction."""
    made = campaign_at(folder)
    made.add("7月14日上午 团市委 推进会 #推进会 @市政府")
    moved = made.add(
        "7月21日上午9点 龙山区、团市委、市教育局 创建全国文明城市志愿服务百日攻坚启动仪式 #志愿服务"
    )
    made.move(moved, "7月22日上午9点", "场地冲突，改在下一日")
    made.cancel(made.add("7月24日下午 市教育局 座谈会"), "下雨")
    made.correct(made.add("7月15日 龙山区 清洁日 @平安广场"), place="人民广场", reason="地点写错")
    made.add("7月20日 团市委 例会")
    made.add_all(*(f"8月{day}日 龙山区 第{day}次巡查 #巡查" for day in range(1, 28)))
    return made


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Return the address of a server, and the id of its activities by title."""
    made = recorded(tmp_path_factory.mktemp("browser") / "w")
    options = WebOptions(folder=str(made.folder), settings=str(made.settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(
        application(options, machine=made.machine), host="127.0.0.1", port=port, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, served, request):
    """Return a page of a window; `width` and `javascript` are its parameters."""
    how = getattr(request, "param", {})
    width, height = WIDTHS[how.get("window", "desk")]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=how.get("javascript", True),
        color_scheme=how.get("scheme", "light"),
        base_url=served,
    )
    yield context.new_page()
    context.close()


ADDRESSES = [*(each for each in PAGES if "{" not in each), "/month/2020-07", "/agenda?known_at=9", "/departments/ls",
             "/departments/tsw?known_at=9", "/tags/推进会", "/search?q=巡查",
             "/search?q=巡检"]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [{"window": "phone"}, {"window": "tablet"}, {"window": "desk", "scheme": "dark"}],
    indirect=True,
    ids=["phone", "tablet", "dark"],
)
def test_every_page_fits_its_window_and_is_for_everybody(page):
    refused = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    for language in ("", "/en"):
        for address in ADDRESSES:
            path = f"{language}{address}" if address != "/" else language or "/"
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} is wider than its window"
            found = Axe().run(page)
            assert not found.violations_count, f"{path}: {found.generate_report()}"
    assert not refused


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
    assert page.url.endswith("#main")


def test_letters_twice_as_large_lose_nothing(page):
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address


def test_on_paper_there_is_no_navigation(page):
    page.emulate_media(media="print")
    page.goto("/agenda")
    assert not any(each.is_visible() for each in page.locator("nav").all())
    assert page.get_by_role("heading", level=1).is_visible()
