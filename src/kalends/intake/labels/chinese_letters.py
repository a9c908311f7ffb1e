"""Takes off what a letter in Chinese has around its body.

    letter = [ heading ] [ greeting ] body { closing } [ signature ]     signature = names [ day ]

Whoever signs holds what the body tells of, if the body names nobody who does. The day of the
signature is no day of the activity: 各位同事：… 特此通知。 市文明办 2020年7月18日.
"""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.naming import Names

_NUMERAL = "[0-9〇零○一二三四五六七八九十]"
_DAY_AT_END = Pattern(
    rf"[\s。]*(?:{_NUMERAL}{{4}}(?:年|[./-]))?{_NUMERAL}{{1,3}}(?:月|[./-]){_NUMERAL}{{1,3}}日?[）)]?[\s。]*$",
    needs="月./-",
)
_BETWEEN = Pattern(r"(?:办公室)?(?:\s*[（(](?:盖?章|印|代章)[)）])?[\s、]*")
_ENDS = frozenset(" \n\t\u3000。！!；;~～知告谢持礼加席复合会")
_MARKS = frozenset("。！!\n")
_DAY = Pattern("[0-9一二三四五六七八九十]月[0-9一二三四五六七八九十]{1,3}[日号]", needs="月")
_LONGEST = 40
_OF_A_LETTER = (
    *("通知", "特此", "各位", "各单位", "各部门", "尊敬", "敬礼", "兹", "届时", "请", "望", "函"),
    *("公告", "通告", "欢迎", "注意", "报名", "一起", "\n"),
)
_GREETING = Pattern(
    r"\s*(?P<heading>关于[^\n。：:]{2,40}的(?:紧急|补充)?(?:通知|函|公告|通告|启事|通报)"
    r"|[^\n，,。：:0-9]{0,8}(?:通知|公告|通告|启事|邀请函))\s+"
    r"(?:(?:尊敬的)?(?:机关|局|委|院|校|区|街道)?各[^\s，,。：:]{1,16}(?:[、，](?:各?有关)?[^\s，,。：:]{2,12}){0,4}\s*[：:]\s*)?",
    words=("关于", "通知", "公告", "通告", "启事", "邀请函"),
)
_CLOSING = Pattern(
    r"(?:(?<=[\s，,。；;！!~～])|^)(?:特此(?:通知|通告|公告|函告|函达|报告|告知|说明)"
    r"|(?:请|敬请|务请|望|务必|希望)?(?:各(?:有关|相关|参会)?(?:单位|部门|位[一-鿿]{0,4})|大家|参[会加]人员|相关人员)?"
    r"(?:提前[一-鿿0-9]{1,5}分钟|按时|准时)(?:参加|参会|出席|到场|到会|入场|签到)"
    r"|收到(?:后?请|的?)(?:及时|尽快)?(?:回复|回个?(?:1|信|话)|扣1|确认)(?:一下)?|(?:请|望)?(?:互相|相互|大家)?转告"
    r"|(?:请|望|敬请)?(?:各单位|大家)?(?:周知|知悉|知晓|悉知|关注)|此致|敬礼|谢谢(?:大家|各位|配合|支持)?)"
    r"[\s，,。；;！!~～🙏🌹]*$",
    words=(
        *("特此", "按时", "准时", "提前", "收到", "转告", "知", "此致", "敬礼", "谢谢", "关注"),
    ),
)
_INVITED = Pattern("请[^，,。；;]{2,30}(?:参加|参会|出席)", needs="请")
_ADDRESSED = Pattern("[^，,。；;：:0-9]{2,30}[：:]", needs="：:")


def without_envelope(text: str, names: Names) -> str:
    """Return the body of a letter; with who signs as its host, if nobody else acts in it."""
    host = ""
    signed = _signature(text, names)
    if signed:
        start, host = signed
        text = text[:start].rstrip()
    while closing := _CLOSING.search(text):
        if not text[: closing.start()].strip():
            break
        text = text[: closing.start()].rstrip(" \n，,；;")
    if greeting := _GREETING.match(text):
        is_free = unread_offices.mentioned(greeting["heading"], names.at) is None
        if is_free and text[greeting.end() :].strip():
            text = f"{greeting['heading']}：{text[greeting.end() :]}"
    if not host or unread_offices.acting(_INVITED.sub("", text), names.at):
        return text
    return f"{text.rstrip('。 ')}。主办单位：{host}"


def _signature(text: str, names: Names) -> tuple[int, str] | None:
    """Return where the signature of a letter begins, and the departments that sign it.

    None where the letter is to a department: it may have a part in it.
    """
    if not any(word in text for word in _OF_A_LETTER):
        return None
    day = _DAY_AT_END.search(text)
    before = (text[: day.start()] if day else text).rstrip("。 \n")
    for start in range(max(len(before) - _LONGEST, 1), len(before)):
        is_apart = before[start - 1] in (_ENDS if day else _MARKS)
        if is_apart and (signed := _signed(before, start, names)):
            addressed = _ADDRESSED.match(text)
            is_named = addressed and unread_offices.mentioned(addressed[0], names.at)
            return None if is_named else (start, signed)
    is_dated = day and "\n" in day[0] and _DAY.search(before)  # the last line of minutes
    return (len(before), "") if is_dated else None


def _signed(text: str, start: int, names: Names) -> str:
    """Return the departments of which a text is a list from a place on, or nothing."""
    found: list[str] = []
    place = start
    while named := names.at(text, place):
        found.append(text[place : named[1]])
        between = _BETWEEN.match(text, named[1])
        place = between.end() if between else named[1]
    return "、".join(found) if place == len(text) else ""
