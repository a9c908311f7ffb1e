"""Recording in a real browser, as wide as a phone, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kalends import bootstrap
from kalends.application.tokens import Tokens
from web.browser import needs_browser
from web.serving import run

__all__ = ["run"]
pytestmark = [needs_browser, pytest.mark.campaign]


@pytest.mark.parametrize(
    ("language", "scheme", "script"), [("", "light", False), ("/en", "dark", True)]
)
def test_somebody_logs_in_records_cancels_and_undoes(
    browser, campaign, run, language, scheme, script
):
    tokens = Tokens(campaign.opened().folder, bootstrap.now)
    token = tokens.new(bootstrap.new_seed(), actor="zhang", role="office", by="li")
    how = {"viewport": {"width": 360, "height": 740}, "color_scheme": scheme}
    with browser.new_context(base_url=run().url, java_script_enabled=script, **how) as context:
        page = context.new_page()
        page.goto(f"{language}/login")
        _fits(page, script)
        page.fill("#token", token.secret)
        page.click("main button.main")
        page.fill("#line", "2099年7月21日 不存在的局 会")
        page.click("main button.main")
        assert page.locator("[role=alert]").is_visible()
        _fits(page, script)
        page.fill("#line", f"2099年7月21日上午 团市委 志愿培训{scheme} #培训 @会议室")
        page.click("main button.main")
        assert page.locator("dl").count(), page.inner_text("main")
        assert f"志愿培训{scheme}" in page.inner_text("dl")
        _fits(page, script)
        page.click("main button.main")
        assert f"志愿培训{scheme}" in page.inner_text("[role=status]")
        page.locator("details summary").first.click()
        cancel = page.locator("form[action$='/cancel']").first
        cancel.locator("[name=reason]").fill("下雨")
        _fits(page, script)
        cancel.locator("button").click()
        page.locator("form[action$='/undo'] button").click()
        assert page.locator("form[action$='/cancel']").count()
        page.locator("form[action$='/logout'] button").click()
        assert page.url.endswith("/login")
        assert page.locator("#token").is_visible()


def _fits(page, script):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if script:
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not found.violations_count, found.generate_report()
