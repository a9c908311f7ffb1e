"""Takes off to whom or from whom a message is: 小李，…; 家长朋友们：…; 【南康街道】….

    opener = vocative | audience | "【" name "】" | "我局（" name "）" | dateline | clock date

A name there stays: whoever writes so acts, if nobody else does.
"""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.persons import NAMED_PERSON

_GROUPS = (
    "家长|市民|居民|业主|志愿者|同学|会员|职工|党员|青年|读者|群众|朋友|网友|群友|老师|村民|商户|车友|街坊|邻居|小?伙伴"
    "|宝妈|宝贝|队员|团员|学生|姐妹|兄弟"
)
_AUDIENCE = Pattern(
    "(?P<heading>[^\\s，,。：:！!0-9]{0,8}(?:通知|提醒|公告)[：:]\\s*)?(?:尊敬的|亲爱的)?(?:广大|各位|全体)?"
    f"(?:{_GROUPS}){{1,2}}们?(?:请?(?:注意|看过来)[啦了哟]*)?[：:，,！!~～]+\\s*",
    words=_GROUPS.replace("小?", "").split("|"),
)
# 小暑，… is a day.
_VOCATIVE = Pattern(
    "[小老阿][一-鿿](?<![暑雪寒满年师人])(?:[啊呀]?[，,：:]\\s*|(?=你(?:记|帮|给|登|把)))",
    first="小老阿",
)
_NOW = Pattern("[兹现]有?", first="兹现")
_HELLO = Pattern("[，,：:]\\s*(?:[您你]好[！!，,。]?\\s*)?", first="，,：:")
_BRACKETED = Pattern("[【\\[]\\s*([^】\\]]{2,16}?)\\s*[】\\]]\\s*", first="【[")
_OURS = Pattern(
    "[我本](?:[局委办会馆处院区队]|街道|单位|部门)?[（(]([^）)]{2,16})[）)]", first="我本"
)
_DAY = "[0-9]{1,2}月[0-9]{1,2}[日号]"
_DATELINE = Pattern(
    f"(?:本[报网台站]|[一-鿿]{{0,6}})?\\s*{_DAY}[讯电]\\s*(?:[（(][^）)]{{0,16}}(?:记者|通讯员)[^）)]{{0,16}}[）)])?[：:，,\\s]*",
    words=("讯", "电"),
)
_DATED = Pattern(_DAY, needs="月")
_DATED_HEADING = Pattern(f"([一-鿿]{{2,8}})[（(]({_DAY})[）)]\\s*[：:]\\s*", needs="（(")
_CLOCK = "[0-9]{1,2}[:：][0-9]{2}"
_CLOCK_FIRST = Pattern(
    rf"({_CLOCK}(?:\s*[-–—~～至到]\s*{_CLOCK})?)[\s|｜;；,，]+"
    r"((?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}[日号]|20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2})"
    # Nothing goes on from it: not of 9:00 24/07/2020, 9:00 7月22日至25日.
    r"(?![0-9./]|\s*[-–—~～至到、和及与（(])",
    first="0123456789",
)


def without_openers(text: str, names: Names) -> str:
    """Return a text that begins with what it says; with who writes, if nobody else acts."""
    text = text.lstrip()
    if (now := _NOW.match(text)) and names.at(text, now.end()):
        text = text[now.end() :]
    if clock := _CLOCK_FIRST.match(text):
        return f"{clock[2]} {clock[1]}{text[clock.end() :]}"
    if (audience := _AUDIENCE.match(text)) and not unread_offices.mentioned(audience[0], names.at):
        text = f"{audience['heading'] or ''}{text[audience.end() :]}"
    text = _without_person(text)
    if (line := _DATELINE.match(text)) and _DATED.search(text[line.end() :]):
        text = text[line.end() :]
    if heading := _DATED_HEADING.match(text):
        text = f"{heading[1]}：{heading[2]}，{text[heading.end() :]}"
    for pattern in (_BRACKETED, _OURS):
        if writer := pattern.match(text):
            text = _of_writer(writer[1], text, writer.end(), names)
    return text


def _without_person(text: str) -> str:
    """Return a text without the person to whom it is: 小李，…; 王科长您好，…."""
    if vocative := _VOCATIVE.match(text):
        return text[vocative.end() :]
    person = NAMED_PERSON.match(text)
    hello = _HELLO.match(text, person.end()) if person else None
    return text[hello.end() :] if hello else text


def _of_writer(writer: str, text: str, end: int, names: Names) -> str:
    """Return a text that its writer begins, if that is a department and nobody else acts."""
    named = names.at(writer, 0)
    if named is None or named[1] != len(writer) or unread_offices.acting(text[end:], names.at):
        return text
    return f"{writer}{text[end:]}" if text[0] in "我本" else f"{writer}，{text[end:]}"
