"""The campaign that the pictures of the documents show: always the same, in either language."""

import random
from datetime import UTC, datetime
from typing import NamedTuple

from kalends.application.workspaces.making import create
from kalends.domain.campaign import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from kalends.domain.when import When
from served_campaign import Campaign

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_FIRST, _LAST = datetime(2020, 6, 1, tzinfo=UTC).date(), datetime(2020, 12, 31, tzinfo=UTC).date()
_WRITTEN = datetime(2020, 6, 22, 1, 30, tzinfo=UTC)
_NOW = datetime(2020, 7, 13, 1, 30, tzinfo=UTC)  # a Monday morning in Shanghai


class _Content(NamedTuple):
    """What is recorded in one language."""

    title: str
    departments: tuple[tuple[str, str, str | None], ...]
    sentences: tuple[str, ...]
    moved: tuple[int, str, str]
    cancelled: tuple[int, str]
    corrected: tuple[int, str, str]


_ZH = _Content(
    title="辽源市创建全国文明城市",
    departments=(
        ("tsw", "团市委", None), ("jyj", "市教育局", None), ("jtj", "市交通运输局", None),
        ("ls", "龙山区", None), ("nk", "南康街道", "ls"), ("xa", "西安区", None),
    ),
    sentences=(
        "6月3日上午 市教育局、团市委 创建全国文明城市动员会 #推进会 @市政府三楼会议室",
        "6月 西安区 背街小巷环境整治 #环境卫生",
        "6月10日 市交通运输局 文明出行宣传 #宣传 @客运站",
        "6月16日下午 龙山区、南康街道 社区道德讲堂 #宣传 @南康街道文化站",
        "6月19日 团市委 志愿服务队成立 #志愿服务 @人民公园",
        "7月1日至7月20日 市教育局 假期文明礼仪实践 #未成年人",
        "7月13日上午9点 龙山区 清洁日启动 #环境卫生 @向阳社区",
        "7月14日上午 团市委 志愿服务推进会 #推进会 #志愿服务 @市政府三楼会议室",
        "7月15日 市交通运输局 公交车厢文明岗 #志愿服务",
        "7月17日下午2点半 南康街道 邻里节 @南康广场",
        "7月22日 市教育局 暑期安全座谈会 #未成年人",
        "7月25日 西安区、团市委 河岸清理 #环境卫生 #志愿服务 @仙人河",
        "8月 市交通运输局 出租车文明服务月 #宣传",
        "8月6日至8月9日 龙山区 社区运动会 @龙山体育场",
        "8月20日上午 市教育局 开学准备检查 #未成年人",
        "9月20日 西安区 公民道德宣传日 #宣传 @西安广场",
    ),
    moved=(7, "7月16日上午", "会议室另有安排"),
    cancelled=(10, "专家行程有变，另行通知"),
    corrected=(3, "南康街道办事处", "地点写错"),
)  # fmt: skip
_EN = _Content(
    title="A Cleaner, Kinder City 2020",
    departments=(
        ("youth", "Youth League", None), ("schools", "Schools Office", None),
        ("transport", "Transport Bureau", None), ("north", "North District", None),
        ("hill", "Hill Street Office", "north"), ("west", "West District", None),
    ),
    sentences=(
        "3 June morning Schools Office, Youth League Opening meeting #meeting @City Hall, room 3",
        "June West District Repairing the side streets #clean-up",
        "10 June Transport Bureau Courtesy on the road #talks @Bus station",
        "16 June afternoon North District, Hill Street Office Neighbours meet #talks @Hill Street Hall",
        "19 June Youth League Volunteers set out #volunteers @People's Park",
        "from 1 July to 20 July Schools Office Good manners in the holidays #children",
        "13 July 9:00 North District Clean-up begins #clean-up @Sunrise Court",
        "14 July morning Youth League Volunteers' meeting #meeting #volunteers @City Hall, room 3",
        "15 July Transport Bureau Volunteers on the buses #volunteers",
        "17 July 14:30 Hill Street Office Summer party @Hill Street Square",
        "22 July Schools Office Safe bathing #children",
        "25 July West District, Youth League Cleaning the river bank #clean-up #volunteers @River bank",
        "August Transport Bureau Friendly taxis #talks",
        "from 6 August to 9 August North District Neighbourhood games @North Stadium",
        "20 August morning Schools Office Ready for school #children",
        "20 September West District Good deeds in the square #talks @West Square",
    ),
    moved=(7, "16 July morning", "The room is taken"),
    cancelled=(10, "The speaker cannot come"),
    corrected=(3, "Hill Street Office", "Wrong place"),
)  # fmt: skip


def pictured(folder, language: str) -> Campaign:
    """Return the campaign in a language, with what a picture needs in its `ids`."""
    chance = random.Random(2020)

    def new_id() -> str:
        return "".join(chance.choices(_LETTERS, k=12))

    content = _ZH if language == "zh" else _EN
    made = Campaign(folder, new_id=new_id, new_seed=lambda: chance.randbytes(32))
    made.now = _WRITTEN
    settings = Settings(
        title=content.title, zone="Asia/Shanghai", language=language, uid_domain="example.org",
        feed_format=2,
        period=When(first_day=_FIRST, last_day=_LAST, precision="days", zone="Asia/Shanghai", text=""),
    )  # fmt: skip
    create(
        folder, OpenCampaign(id="0123456789ab", settings=settings), language=language,
        machine=made.machine, by="li", settings=made.settings, unsigned=lambda _: None,
    )  # fmt: skip
    with made.opened() as workspace:
        for code, name, parent in content.departments:
            workspace.service.change_roster(
                RegisterDepartment(code=code, name=name, parent=parent)
            )
    ids = made.add_all(*content.sentences)
    made.now = _NOW
    number, place, reason = content.corrected
    made.correct(ids[number], place=place, reason=reason)
    number, to, reason = content.moved
    made.move(ids[number], to, reason)
    made.cancel(ids[content.cancelled[0]], content.cancelled[1])
    made.ids = {"moved": ids[content.moved[0]], "cancelled": ids[content.cancelled[0]]}
    return made
