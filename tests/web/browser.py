"""One browser and one server of a campaign with much in it, for all tests that look at pages."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from served_campaign import campaign_at

CHROMIUM = shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: the browser tests are left out"
)
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
WINDOWS = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1280, 800)}


def recorded(folder):
    """Return a campaign with much in it: long names, a move, a cancellation, a correction."""
    made = campaign_at(folder)
    made.add("7月14日上午 团市委 推进会 #推进会 @市政府")
    moved = made.add(
        "7月21日上午9点 龙山区、团市委、市教育局 创建全国文明城市志愿服务百日攻坚启动仪式 #志愿服务"
    )
    made.move(moved, "7月22日上午9点", "场地冲突，改在下一日")
    cancelled = made.add("7月24日下午 市教育局 座谈会")
    made.cancel(cancelled, "下雨")
    made.correct(made.add("7月15日 龙山区 清洁日 @平安广场"), place="人民广场", reason="地点写错")
    made.add("7月20日 团市委 例会")
    made.add("9月 市教育局 开学第一课 #宣传")
    made.add_all(*(f"8月{day}日 龙山区 第{day}次巡查 #巡查" for day in range(1, 28)))
    made.ids = {"moved": moved, "cancelled": cancelled}
    return made


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Return that campaign, with the `url` at which it is served."""
    made = recorded(tmp_path_factory.mktemp("browser") / "w")
    command = [sys.executable, Path(__file__).with_name("serve_then.py"), made.folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        made.url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        yield made
        server.terminate()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, served, request):
    """Return a page of a window; `window`, `javascript`, `scheme` and `agent` are its parameters."""
    how = getattr(request, "param", {})
    width, height = WINDOWS[how.get("window", "desk")]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=how.get("javascript", True),
        color_scheme=how.get("scheme", "light"),
        user_agent=how.get("agent"),
        base_url=served.url,
    )
    yield context.new_page()
    context.close()
