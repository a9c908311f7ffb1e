"""Finds the places in a sentence where those who take part are named.

    subject  = who does something, first of all: 幸福村开展大扫除
    aside    = who does something, behind a mark: …，物业公司配合
    joined   = who, joined to the departments before, that does something: 和物业走访
    taken    = ("由" | "联合" | "组织" | "邀请" …) who what-they-do
    english  = "by" Who | "with" Who | "supported by" Who | "and" Who …

Whoever stands there may be a department. Only those who clearly are not are ignored: people
(志愿者, 市民), what happened (推进会), words that say how (随后, 积极), and all of a kind
(全市中小学) unless they are offices (各成员单位).
"""

from collections.abc import Iterator

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.joining_words import JOINER, PARTS, TEAMS
from kalends.intake.vocabulary.unknown_departments import CAPITAL, DOING, VERBS

# Verbs of which those before them are surely the ones who do it: 检查 may be what happened.
_ACTING = (
    "(?:召开|开展|举办|举行|组织(?![建工部生书负力化者委体架])|参加|参与|邀请|承办|主办|协办|牵头|带领|率领|派出|派员|"
    "配合|协助|负责|承担|协同|支持|赞助|指导|出席|列席|陪同|带队|参会|主责)"
)
_HOW = (
    "(?:大力|主持|积极|全力|共同|联合|现场|全程|分别|集中|统一|同步|主动|密切|一起|一同|继续|深入|全面|提供|给予|"
    "参与)"
)
_WHO = f"(?:(?!{DOING}|{_HOW})[一-鿿A-Za-z0-9（）()])"
# 家庭阅读指导讲座: what was held, not who did it.
_OF_A_KIND = "讲座|培训|课|班(?!子)|会(?![员])|活动|服务|咨询|沙龙|训练|论坛|站|员|师|手册"
_SUBJECT = Pattern(
    rf"({_WHO}{{2,14}}?){_HOW}*{_ACTING}(?!了|(?<=指导|支持|协助|赞助|参与)(?:{_OF_A_KIND}))(?:[一-鿿“《\"]|(?=[，,；;、。]|$))",
    needs="开办行组参邀主协牵带率派配支赞指负承出列陪",
)
_ASIDE = Pattern(
    rf"(?<=[，,；;。])\s*(?:并?由)?({_WHO}{{2,14}}?){_HOW}*{_ACTING}",
    needs="开办行组参邀主协牵带率派配支赞指负承出列陪",
)
_MARKS = frozenset("，,；;。")
_OF_A_NAME = frozenset("综合局委办大支")  # 宣传办, 执法大队
# What was organised, where nothing follows that somebody did it to: 组织高层住宅疏散演练.
# 组织文明城市实地考察点位培训, not 组织物业开展清扫.
_OF_AN_EVENT = f"(?:考察|调研|检查|参观|观摩|排查|宣传|学习|指导)[一-鿿]{{0,6}}(?:{DOING})"
_EVENT = f"{_WHO}{{2,20}}(?:{DOING}|{_OF_AN_EVENT})(?:$|[\\s，,；;。、（(])"
_TAKEN = Pattern(
    rf"(?:由|联合|会同|携手|(?:^|(?<=[，,；;并]))(?:组织(?!{_EVENT})|邀请|请(?!各|全|有关|相关|广大)|带领|率领|(?:配合|协助|协同)(?![做搞抓完好])))"
    rf"({_WHO}{{2,14}}?)(?={_HOW}*(?:{_ACTING}|{DOING}|{PARTS}))",
    needs="由合同携织邀请带率助",
)
# 和物业走访; 联合 may as well say how: 联合演练.
_UNDER = Pattern(
    f"在({_WHO}{{2,14}}?的?)(?:大力|积极)?(?:支持|指导|协助|配合|帮助|组织)下", needs="下"
)
_DOES = Pattern(rf"({_WHO}{{2,14}}?)(?={_HOW}*(?:{_ACTING}|{DOING}))")
_PARTNER = Pattern("联合|会同|携手", needs="联会携")
_JOINED = Pattern(rf"(?:以及|[和与及跟])({_WHO}{{2,14}}?)(?=[\s，,；;。]|$)", needs="和与及跟")
_ENGLISH = Pattern(
    r"\b(?:(?:\w+ed|by|run|held|led|given) by|(?:help|support|assistance|aid|backing|"
    r"participation|attendance|volunteers|"
    r"staff|officers|members|teachers|pupils|students|colleagues|team) (?:from|of)|"
    r"(?:guidance|direction|supervision|coordination) of|"
    rf"{TEAMS}|alongside|as well as|"
    r"(?<!met )(?<!meet )(?<!spoke )(?<!talked )(?:along |together |jointly )?with)"
    rf"\s+(?:the\s+)?({CAPITAL})",
    needs="abfw",
    words=("by", "of", "from", "with", "alongside", "as well as"),
)
_COLLECTIVE = Pattern(
    "各|全(?:市|区|县|体|员|校|国|省|街|镇)|多|部分|其他|辖区|广大|社会|沿街|驻|所有|大家|我们"
)
_NOBODY = Pattern("有关|相关")
_OFFICES = Pattern("(?:单位|部门|机关|局|委|办)$", needs="位门关局委办")
_PEOPLE = Pattern(
    "(?:[者员生民众人友家属长师工兵嫂娃手士警医童客友伴辈组]|群众|青年|少年|学子|妇女|干部|代表|骨干|商户|业主|企业|商家|"
    "商铺|门店|嘉宾|同志|领导|各界|书记|主任|主席|队伍|党团员|退役军人|乡贤|小手|大手|双方|三方|两地|大家|我们)$"
)
_HAPPENED = Pattern(
    "(?:活动|会议|(?<!委员)(?<![委字金])(?<!协)(?<!学)(?<!商)(?<!工)(?<!联合)会|工作|行动|仪式|大?赛|培训|[班课节日周月年季期展营站号]|讲座|项目|工程|任务|"
    "建设|创建|宣传|义诊|讲堂|阅读|教育|整治|调查|演出|演练|跑|骑行|徒步|马拉松|秀|论坛|沙龙|市集|集市|汇演|大[扫清]除|问题|情况|知识|主题|精神|"
    "文明|卫生|环境|安全|要求|形式|方式|目标|重点|中心思想|现场|期间|基础|同时|过程)$"
)
_SAYING_HOW = Pattern(
    "(?:[恳诚敬]请|诚邀|随后|然后|同时|期间|会[前后中上]|最后|此次|本次|接着|其间|当场|当天|当日|之后|并|还|再|请|欢迎|要求|务必|"
    "按时|准时|认真|重点|先后|陆续|及时|切实|扎实|有序|定期|通过|采取|利用|结合|围绕|根据|按照|为|以|在|到|赴|向|对|"
    "从|于|就|把|将|拟|共|约|近|超|逾|预计|主要|具体|进一步|[0-9]+|[一二三四五六七八九十百千]+[余多名位人]|不|没|无|未|可|已|也|都|又|"
    "用|凭|经|按|由|给|让|使|与|和|及|分(?:[批期组片头层路]|[两二三四五六七八九十0-9]+个?[批期组次轮片路场])|轮流|关于|逐[一个户]|挨家)"
)


def places(text: str, *, is_led: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans of those who take part and may be an office.

    `is_led`: the departments before the text were read, so that a subject there is another one.
    """
    begins_with_verb = text[:2] in VERBS and text[2:3] not in _OF_A_NAME
    if is_led and not begins_with_verb:
        found = _SUBJECT.match(text)
        if found and may_be_office(found[1]):
            yield found.span(1)
    joiner = JOINER.match(text) if is_led else None
    joined = joiner and (_DOES.match(text, joiner.end()) or _JOINED.match(text))
    if joined and may_be_office(joined[1]):
        yield joined.span(1)
    for pattern in (_ASIDE, _TAKEN) if not _MARKS.isdisjoint(text) else (_TAKEN,):
        yield from (found.span(1) for found in pattern.finditer(text) if may_be_office(found[1]))
    yield from (found.span(1) for found in _UNDER.finditer(text) if may_be_office(found[1]))
    yield from (found.span(1) for found in _ENGLISH.finditer(text))


def partners(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of those with whom it is done, who may be an office: 会同扶轮社走访."""
    for found in _PARTNER.finditer(text):
        if (who := _DOES.match(text, found.end())) and may_be_office(who[1]):
            yield who.span(1)


def happened(text: str) -> bool:
    """Return whether a text ends with what happened: 走访慰问活动."""
    return _HAPPENED.search(text) is not None


def may_be_office(who: str) -> bool:
    """Return whether somebody who takes part may be an office: neither people nor an event."""
    if _SAYING_HOW.match(who):
        return False
    if _NOBODY.match(who):
        return False
    if _COLLECTIVE.match(who):
        return _OFFICES.search(who) is not None
    return not (_PEOPLE.search(who) or _HAPPENED.search(who))
