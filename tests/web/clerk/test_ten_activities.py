"""A clerk with a phone records ten activities with all that happens to them, without help."""

import pytest
from playwright.sync_api import expect

from kalends import bootstrap
from kalends.application.access.sessions import Sessions
from kalends.domain.commands import RegisterDepartment
from web.browser import needs_browser

pytestmark = [needs_browser, pytest.mark.campaign]
_MORE = (
    ("gaj", "辽源市公安局", "市公安局", None),
    ("wjw", "辽源市卫生健康委员会", "市卫健委", None),
    ("cgj", "辽源市城市管理行政执法局", "城管执法局", None),
    ("wlj", "辽源市文化广播电视和旅游局", "市文旅局", None),
    ("fl", "辽源市妇女联合会", "市妇联", None),
    ("xa", "西安区", "西安", None),
    ("nk", "南康街道", "南康街道办", "ls"),
    ("zq", "站前街道", "站前街道办", "ls"),
    ("tsg", "辽源市图书馆", "市图书馆", None),
)
OWN = ("tsw", "ls", "tsg")


class Clerk:
    """Somebody with a phone, who sees the page and nothing else."""

    def __init__(self, page, tokens, campaign):
        self.page, self._tokens, self._campaign = page, tokens, campaign
        self.line = page.get_by_label("日期、部门")
        self.done = page.locator(".note [role=status]")
        self.new_token()

    def new_token(self):
        self._token = self._tokens.new(
            bootstrap.new_seed(), actor="zhang", role="clerk", departments=OWN, by="li"
        )

    def revoked(self):
        self._tokens.revoke(self._token.made.mark, by="li")

    def log_in(self):
        """Open the link that the office sends."""
        made = Sessions(self._tokens).new_link(
            bootstrap.new_seed(), self._token.made.mark, by="li"
        )
        self.page.goto(f"/login/{made.code}")
        self.button("登录").tap()
        self.page.wait_for_url("**/record")

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def writes(self, line):
        """Type a line, as with a keyboard that takes the place of what stood there."""
        self.line.tap()
        self.line.fill("")
        self.line.press_sequentially(line)

    def records(self, *said):
        """Look at what was read, and record it; see that it was recorded."""
        for each in said:
            expect(self.page.locator(".read:not(.old)")).to_contain_text(each)
        self.button("记录").tap()
        expect(self.done).to_contain_text("√ 已记录为")
        for each in said:
            expect(self.done).to_contain_text(each.removeprefix("2020年"))

    def opens(self, what):
        """Open the activity that was just recorded, and one of the changes to it."""
        self.done.get_by_role("link").tap()
        self.page.locator("summary").get_by_text(what, exact=True).tap()
        return self.page.locator("details[open]")


@pytest.fixture
def clerk(window, tokens, campaign):
    with campaign.opened() as workspace:
        for code, name, alias, parent in _MORE:
            command = RegisterDepartment(code=code, name=name, aliases=(alias,), parent=parent)
            workspace.service.change_roster(command)
    clerk = Clerk(window, tokens, campaign)
    clerk.log_in()
    return clerk


@pytest.mark.parametrize("window", [{"has_touch": True, "is_mobile": True}], indirect=True)
def test_ten_activities_and_all_that_happens_to_them_are_in_the_log(clerk, campaign):
    with campaign.opened() as workspace:
        before = workspace.log.position()
    page = clerk.page

    # 1: the place is in the title, and is put right
    clerk.writes("17日上午九点团市委和市教育局在实验小学开展普法讲座，120人参加 #普法")
    clerk.records("2020年7月17日 周五 09:00", "辽源市教育局（联合）", "#普法", "120")
    form = clerk.opens("更正记录错误")
    form.get_by_label("标题").fill("普法讲座")
    form.get_by_label("地点").fill("市实验小学")
    form.get_by_label("原因").fill("地点写进了标题")
    clerk.button("更正").tap()
    expect(clerk.done).to_contain_text("√ 已更正")
    expect(clerk.done).to_contain_text("市实验小学")

    # 2: the date was wrong
    clerk.writes("7月16日下午 龙山区组织志愿者清扫南康广场 #志愿服务 @南康广场 约80人")
    expect(page.locator("#reading")).to_contain_text("不是确切人数")
    clerk.records("2020年7月16日 周四 下午", "南康广场", "约80人")
    form = clerk.opens("更正记录错误")
    form.get_by_label("正确日期").press_sequentially("7月15日下午")
    expect(form.locator(".phrase")).to_have_text("2020年7月15日 周三 下午")
    form.get_by_label("原因").fill("通知里日期写错")
    clerk.button("更正").tap()
    expect(clerk.done).to_contain_text("7月15日 周三 下午")

    # 3: moved, after a day that has passed was typed
    clerk.writes("下周三下午2点半 团市委 志愿者骨干培训 @青少年宫三楼")
    clerk.records("2020年7月29日 周三 14:30", "青少年宫三楼")
    form = clerk.opens("改期")
    form.get_by_label("新日期").press_sequentially("上周五")
    expect(form.locator(".phrase")).to_contain_text("这一天已经过去")
    form.get_by_label("新日期").fill("7月31日上午九点")
    expect(form.locator(".phrase")).to_have_text("2020年7月31日 周五 09:00")
    form.get_by_label("原因").fill("会议室另有安排")
    clerk.button("改期").tap()
    expect(clerk.done).to_contain_text("√ 已改期")

    # 4: the name is not the one on the list; then cancelled
    clerk.writes("8月2日 图书馆 亲子阅读会 #全民阅读")
    page.get_by_role("button", name="市图书馆 辽源市图书馆").tap()
    clerk.records("2020年8月2日 周日", "辽源市图书馆（牵头）")
    form = clerk.opens("取消活动")
    form.get_by_label("原因").fill("讲师生病")
    clerk.button("取消活动").tap()
    expect(clerk.done).to_contain_text("√ 已取消")

    # 5: undone
    clerk.writes("今天上午 站前街道 入户走访困难家庭 20人")
    clerk.records("站前街道（牵头）", "20")
    clerk.button("撤销").tap()
    expect(clerk.done).to_contain_text("已撤销")

    # 6: a department that nobody knows, left out
    clerk.writes("8月4日 团市委、市税务局 税法宣传进校园 @市三中")
    expect(page.locator("mark")).to_have_text("市税务局")
    expect(page.locator("#wrong")).to_contain_text("名单上没有的，请先不写")
    clerk.writes("8月4日 团市委 税法宣传进校园 @市三中")
    clerk.records("2020年8月4日 周二", "市三中")

    # 7: two possible dates
    clerk.writes("5日上午9点 团市委 青年志愿者座谈会 @三楼会议室")
    page.get_by_role("button", name="8月5日 周三 09:00").tap()
    clerk.records("2020年8月5日 周三 09:00", "青年志愿者座谈会")

    # 8: the connection is lost in the middle
    clerk.line.tap()
    clerk.line.press_sequentially("今天上午 龙山区 ")
    page.context.set_offline(True)
    clerk.line.press_sequentially("环境整治集中行动 @西宁大街 50人参加")
    clerk.button("先存着，稍后发送").tap()
    waiting = page.get_by_role("heading", name="尚未记录").locator("..")
    expect(waiting).to_contain_text("环境整治集中行动")
    page.context.set_offline(False)
    expect(page.get_by_text("网络已恢复").first).to_be_visible()
    expect(page.get_by_text("没有网络连接").first).to_be_hidden()
    clerk.button("重新发送").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("这样对吗？")
    clerk.records("西宁大街", "50")

    # 9: the token was revoked, and the office sends another link
    clerk.revoked()
    clerk.writes("8月6日上午 龙山区、南康街道 冬季消防演练 #消防 @南康街道办")
    expect(page.get_by_text("您已退出登录").first).to_be_visible()
    clerk.button("重新登录").tap()
    expect(page.get_by_text("向创城办要一个登录链接")).to_be_visible()
    clerk.new_token()
    clerk.log_in()
    clerk.records("2020年8月6日 周四 上午", "南康街道（联合）", "#消防")

    # 10: in English
    page.get_by_role("link", name="English").tap()
    page.get_by_label("Date, departments").tap()
    page.get_by_label("Date, departments").press_sequentially(
        "8 August 9:30 团市委 English corner for volunteers @City Library 30 people #reading"
    )
    expect(page.locator(".read:not(.old)")).to_contain_text("Sat 8 August 2020, 09:30")
    clerk.button("Record it").tap()
    expect(clerk.done).to_contain_text("√ recorded as planned")
    expect(clerk.done).to_contain_text("English corner for volunteers")

    with campaign.opened() as workspace:
        entries = list(workspace.log.entries(after=before))
    assert {(each.event.by, each.event.via) for each in entries} == {("zhang", "web")}
    assert [each.event.TOPIC.removeprefix("activity.") for each in entries] == [
        *("recorded", "corrected", "recorded", "corrected", "planned", "moved", "planned"),
        *("cancelled", "recorded", "retracted", "planned", "planned", "recorded", "planned"),
        "planned",
    ]
