"""The office registers a whole roster on a phone, with a script and without: for everybody."""

import pytest

from kalends import bootstrap
from web.browser import needs_browser
from web.clerk.for_everybody import fits, for_everybody

pytestmark = [needs_browser, pytest.mark.campaign]
_ROSTER = (
    "名称,代码,别名,上级,简称\n"
    "文明办,wmb,文明委、创城办,,\n"
    "一个名称很长很长的街道办事处社区服务中心,,,龙山区,\n"
)


@pytest.mark.parametrize(
    ("window", "has_script"),
    [({}, True), ({"java_script_enabled": False}, False)],
    indirect=["window"],
)
def test_a_wrong_file_is_shown_then_the_right_one_is_registered(
    window, tokens, tmp_path, has_script
):
    check = for_everybody if has_script else fits  # the other looks at it with a script
    token = tokens.new(bootstrap.new_seed(), actor="office", role="office", by="li")
    file = tmp_path / "名单.csv"
    window.goto("/login")
    window.fill("#token", token.secret)
    window.click("main button")
    window.goto("/record/departments")
    window.get_by_role("link", name="从文件登记整份名单").click()
    check(window)
    file.write_text(f"{_ROSTER}团市委,xyz,,,\n", "utf-8")
    window.set_input_files("#file", file)
    window.get_by_role("button", name="识别").click()
    window.wait_for_selector("[role=alert]")
    assert "第 4 行" in window.inner_text("[role=alert]")
    assert window.get_by_role("button", name="登记").count() == 0
    check(window)
    file.write_text(_ROSTER, "utf-8")
    window.set_input_files("#file", file)
    window.get_by_role("button", name="识别").click()
    window.wait_for_selector("h2")
    assert "文明办" in window.inner_text(".rows")
    check(window)
    window.get_by_role("button", name="登记").click()
    window.wait_for_url("**/record/departments?done=1")
    assert "文明委" in window.inner_text("main")
