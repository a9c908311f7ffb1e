"""What a thumb meets on the page of those who record: buttons in reach, and none by mistake."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from web.browser import needs_browser
from web.clerk.conftest import HERE

LINE = "明天上午 团市委、龙山区、市教育局 志愿培训 #培训 #志愿服务 @会议室 30人参加"
PAUSE = 3_000  # for the reading, and for what is measured after it
ABOVE_KEYBOARD = {"width": 360, "height": 400}
# Whether a press in the middle of the button would meet it, when it appears and later.
_MEETS = """
  window.met = [];
  const meets = () => {
    const button = document.querySelector(".done button"), box = button.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    window.met.push(button.contains(there));
  };
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".done button")) return;
    observer.disconnect();
    meets();
    setTimeout(meets, 150);
    setTimeout(meets, 1000);
  }).observe(document.getElementById("reading"), { childList: true });
"""


@needs_browser
@pytest.mark.campaign
@pytest.mark.parametrize("window", [{"has_touch": True, "is_mobile": True}], indirect=True)
def test_the_button_stays_in_sight_where_the_keyboard_leaves_little_of_the_page(phone):
    phone.locator("#line").tap()
    phone.set_viewport_size(ABOVE_KEYBOARD)
    phone.locator("#line").fill(LINE)
    button = phone.get_by_role("button", name="记录", exact=True)
    expect(button).to_be_in_viewport(ratio=1)
    facts, done = phone.locator(".read dd").last, phone.locator(".done").bounding_box()
    assert facts.bounding_box()["y"] > done["y"]  # it lies on what goes on below
    assert done["y"] + done["height"] <= ABOVE_KEYBOARD["height"] + 1
    facts.evaluate("each => each.scrollIntoView({ block: 'center' })")
    expect(facts).to_be_in_viewport(ratio=1)  # and can be seen
    expect(button).to_be_in_viewport(ratio=1)
    button.tap()
    expect(phone.get_by_role("status").filter(has_text="√")).to_contain_text("志愿培训")


@needs_browser
@pytest.mark.campaign
@pytest.mark.parametrize(
    "window",
    [{"reduced_motion": "no-preference"}, {"reduced_motion": "reduce"}],
    indirect=True,
    ids=["moving", "still"],
)
def test_what_has_just_appeared_under_a_thumb_is_not_pressed_by_it(phone):
    phone.evaluate(_MEETS)
    phone.locator("#line").fill(LINE)
    phone.wait_for_timeout(PAUSE)
    assert phone.evaluate("window.met") == [False, False, True]


def test_the_keyboard_takes_room_from_the_page_and_does_not_lie_on_it(visitor):
    assert "interactive-widget=resizes-content" in visitor.page


@pytest.mark.parametrize(("days", "is_main"), [(1, False), (0, True), (-1, True)])
def test_that_it_was_held_is_the_main_button_only_once_its_day_has_come(
    visitor, token, campaign, days, is_main
):
    (target,) = campaign.add_all("7月25日 团市委 消防演练")
    campaign.now += timedelta(days=5 - days)
    visitor.client.post("/login", data={"token": token.secret}, headers=HERE)
    visitor.look_at(target)
    before, form, rest = visitor.page.partition(f'action="/en/record/{target}/held"')
    assert form
    assert '<button class="main">It was held</button>' in rest.partition("</form>")[0]
    is_folded = before.count("<details") > before.count("</details>")
    assert is_folded is not is_main
    assert ("Its day is still to come" in visitor.page) is not is_main
