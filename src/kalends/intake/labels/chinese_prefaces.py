"""Leaves out the clauses with which talk and news begin, before what they are about.

    preface = { clause mark }       clause = greeting | request | self | call | press

Such a clause is made of words of speech alone: 喂，记一下啊，… 我是团市委的小王，….
So is a dateline: 本报讯（记者 李丽）…. Whoever speaks or called (刚才妇联来电话，…) counts as the
department where nobody else acts.
"""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.naming import Names

_NAME = "\x00"  # in place of a department that the roster knows
_MARK = r"\s*(?:[，,：:。！!；;~～]|\s)\s*"
_TONE = "[啊呀哈呢吧哦噢嘛啦哎了]*"
_TITLES = (
    "主任|书记|[科局处部队院校站馆会]长|老师|同志|干事|主席|经理|科员|秘书|师傅|大[姐哥]|阿姨|叔叔"
)
_PERSON = f"(?:[小老大][一-鿿]|[一-鿿]{{1,3}}(?:{_TITLES})|值班员|负责人|联络员|办公室|值班室)"
_JUST = (
    "(?:刚才|刚刚|刚|方才|又|(?:[昨今][天日晚早]|[上下]午|早上|晚上)"
    "(?=[^，,：:]*(?:电|通知|消息|微信|短信|说)))"
)
_MEDIA = "(?:来?电话|来电|通知|消息|短信|微信|来函)"
_WHO = "(?:您|你|大家|各位|领导|同事们)"
# 你好 may as well begin a name: 你好，辽源摄影展.
_GREETING = (
    "(?:喂|嗯|哎|诶|对了|另外|还有|顺便|打扰一?下?|不好意思|在吗|好的?(?:[，,]?收到)?|收到|明白|知道"
    "|[一-鿿\x00]{0,8}(?:你好|您好)(?=\\s*[，,。:：！!]\\s*(?:我|[0-9今明昨]|[一二三四五六七八九十]+月|请|麻烦|烦请|帮忙))"
    "|(?:各位|大家|同志们|家人们)?(?:领导|同事|老师)?(?:早上|上午|中午|下午|晚上)?好"
    "|(?:各位|大家|同志们|家人们)(?:领导|同事|老师)?|领导|同事|老师)"
)
_REQUEST = (
    "(?:(?:[在往到][一-鿿]{0,3}(?:日程|日历|台账|系统|表)[里上中]|麻烦|记得|请|烦请|劳烦|拜托|帮忙|帮我|帮|给我|给|替我|您|你|我|再|先|来)*"
    "(?:登记|记录|录入|添加|补录|补记|备案|报备|存档|记|录|加|补|登)"
    "(?:(?:一下|下来|下|一条|一笔|一个|[个上条])(?:事儿?|活动|工作|安排|记录)?|(?<=[补追][记录登加])(?=\\s*[:：])))"
)
_TELLING = (
    f"(?:(?:我们?)?(?:来|先|再|记得|别忘了?)?(?:[跟和向给]?{_WHO})?(?:说|报告?|汇报|通知|提醒|通报|讲|告诉|反映|补充)"
    f"(?:(?:{_WHO}|我们?)(?:一下|一声)?|(?:一下|下|[一个件]{{1,2}})(?:事儿?|事情|情况|活动|消息|安排)?))"
)
_SELF = (
    f"(?:(?:我们?|咱们?)(?:这边|这里|这儿)?|这里|这边)(?:是|在)?(?:现场|单位|办公室|{_PERSON}"
    f"|\x00(?:这边|这里|办公室|值班室)?的?{_PERSON}?)"
)
_CALL = (
    f"{_JUST}*(?:我们?)?(?:接到?|收到|得到|听到?)了?[个条]?(?:[一-鿿]{{0,6}}?|\x00)的?(?:{_PERSON})?{_JUST}*的?{_MEDIA}"
    "(?:说|称|通知)?"
    f"|{_JUST}*(?:(?:据|从)?\x00(?:那边|这边)?的?(?:{_PERSON})?|{_PERSON}){_JUST}*"
    f"(?:打来?了?个?电话来?|来了?个?电话|[发送]?来?了?[个条]?{_MEDIA}|说|讲|告诉我们?|介绍)"
    "(?:说|称|通知|告知|反映|讲)*"
    "|据(?:悉|了解|介绍)|记者从\x00处?(?:获悉|(?:采访)?了解到|得知)|刚刚?才?(?:开完|散)会"
    "|会议(?:研究)?(?:决定|议定|确定|商定|明确|指出|强调)"
)
_CLAUSE = Pattern(
    f"\\s*(?:{_GREETING}|{_REQUEST}|{_TELLING}|{_SELF}|{_CALL}){_TONE}{_MARK}",
    never_first="0123456789",
)
# One of them is in every such clause.
_HINTS = (
    *(
        "电",
        "通知",
        "消息",
        "短信",
        "微信",
        "函",
        "我",
        "咱",
        "喂",
        "嗯",
        "哎",
        "诶",
        "好",
        "对了",
        "另外",
    ),
    *(
        "还有",
        "顺便",
        "打扰",
        "不好意思",
        "在吗",
        "收到",
        "明白",
        "知道",
        "各位",
        "大家",
        "们",
        "说",
        "报",
        "提醒",
    ),
    *(
        "讲",
        "告诉",
        "反映",
        "补",
        "追",
        "介绍",
        "这里",
        "这边",
        "据",
        "记",
        "一下",
        "一条",
        "一笔",
        "个",
        "下来",
    ),
    *("开完", "散会", "会议", "领导", "老师", "同事", "登", "录"),
)
_MARKS = frozenset(" \u3000\t，,：:。！!；;~～")
_REPORTER = "(?:记者|通讯员)(?![从节])[^，,。：:）)0-9]{0,20}"
_PRESS = Pattern(
    "\\s*(?:(?:本[报网站台]|[一-鿿]{2,3}(?<![简快通资音]))讯(?=[\\s，,：:（(])"
    f"(?:\\s*[（(][^）)]{{0,6}}{_REPORTER}[）)])?"
    f"|[（(][^）)]{{0,6}}{_REPORTER}[）)]|[一-鿿]{{0,4}}{_REPORTER}(?:报道|(?=[：:，,])))[\\s，,：:]*",
    words=("讯", "记者", "通讯员"),
    never_first="0123456789",
)
# 会议通知 团市委…: a mark is put behind it, as 会议通知：团市委… has it.
_HEADING = Pattern(
    "\\s*([一-鿿]{0,4}(?:通知|公告|通告|预告|[快简]讯|喜报|纪要|提醒|提示|备忘|通报|日程|公示|台账|快报|日志|日报|周报|月报|记录|动态))"
    "(?:\\s+|[，,]\\s*)",
    words=(
        *(
            "通知",
            "公告",
            "通告",
            "预告",
            "快讯",
            "简讯",
            "喜报",
            "纪要",
            "提醒",
            "提示",
            "备忘",
            "通报",
        ),
        *("日程", "公示", "台账", "快报", "日志", "日报", "周报", "月报", "记录", "动态"),
    ),
    never_first="0123456789",
)
# 会议纪要（三）：会议决定，…: its number is left out, and what is said behind it.
_PAPER = Pattern(
    "\\s*([一-鿿]{0,6}(?:纪要|通知|公告|通告|通报|简报|快报|要情))"
    "(?:\\s*[（(〔\\[][0-9一二三四五六七八九十]{1,4}[）)〕\\]]|第?[0-9一二三四五六七八九十]{1,4}[号期])?[：:]\\s*",
    words=("纪要", "通知", "公告", "通告", "通报", "简报", "快报", "要情"),
)
_DAY = Pattern("[0-9兹定拟今明昨本下上周]|[一二三四五六七八九十]+月")
_OURS = Pattern(
    "(?:我们|咱们|我|本)(?:单位|部门|[委局会办馆处院校区])|我们|咱们|他们", needs="我咱本他"
)
_REACH = 30  # as far as the clauses of one message go


def without_prefaces(text: str, names: Names) -> str:
    """Return a text without such clauses; with the department that they name, if nobody acts."""
    if press := _PRESS.match(text):
        text = text[press.end() :]
    paper = _PAPER.match(text)
    is_paper = paper and unread_offices.mentioned(paper[0], names.at) is None
    if paper and is_paper and not _CLAUSE.match(paper[0]):  # 收到通知：
        return f"{paper[1]}：{without_prefaces(text[paper.end() :], names)}"
    heading = _HEADING.match(text)
    if heading and (_DAY.match(text, heading.end()) or names.at(text, heading.end())):
        is_free = unread_offices.mentioned(heading[0], names.at) is None
        text = f"{heading[1]}：{text[heading.end() :]}" if is_free else text
    if not _may_be_speech(text):
        return text
    caller = ""
    marked, places = _marked(text, names)
    while _may_be_speech(text) and (clause := _CLAUSE.match(marked)):
        said, text = text[: places[clause.end()]], text[places[clause.end()] :]
        if named := unread_offices.mentioned(said, names.at):
            caller = said[slice(*named)]
        marked, places = _marked(text, names)
    if not caller or unread_offices.acting(text, names.at):
        return text
    ours = _OURS.search(text)
    return f"{text[: ours.start()]}{caller}{text[ours.end() :]}" if ours else f"{caller}，{text}"


def _may_be_speech(text: str) -> bool:
    """Return whether a clause may be one: for all others the long pattern is not compiled."""
    said = text[:_REACH].lstrip()
    end = next((place for place, sign in enumerate(said) if sign in _MARKS), 0)
    return any(hint in said[:end] for hint in _HINTS)


def _marked(text: str, names: Names) -> tuple[str, list[int]]:
    """Return a text with a sign for each name near its beginning, and where its signs stood."""
    marked, places, place = "", [], 0
    while place < len(text):
        named = names.at(text, place) if place < _REACH else None
        marked += _NAME if named else text[place]
        places.append(place)
        place = named[1] if named else place + 1
    return marked, [*places, place]
