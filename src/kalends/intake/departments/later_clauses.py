"""Reads departments that do something in a later clause: …, 公安局维持秩序; …, Police on standby.

    clause  = mark [ adverb ] names what-they-do          …，会上宣传部通报进度
    agent   = "由" names what-they-do                     …，工具由城管局提供
    people  = ("邀请" | "请") names people what-they-do   邀请市公安局民警讲课

Somebody else leads already, so whoever does anything in such a clause takes part, whatever the
words for it are. They stay in the title. A clause is not read, and its department is asked about,
where its words may say something else: that it took no part (没有, 待定), that it leads or holds
an event of its own, that it was only told, or nothing but a place named after it.
"""

import re

from kalends.domain.details import Role
from kalends.domain.patterns import Pattern
from kalends.intake.departments.clause import Clause
from kalends.intake.departments.english_groups import joined_names
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.event_words import HEADINGS, PAPERS
from kalends.intake.vocabulary.joining_words import JOINER, TOGETHER
from kalends.intake.vocabulary.unknown_departments import DOING, unknown_part

MARK = Pattern(
    r"[,，;；。:：()（）！？、]\s*|[.!?](?=\s)\s*|\s?[—–]+\s*|\s-+\s+"
    r"|(?<=[\u4e00-\u9fff）)”》。，])\s+|(?<=\S)\s+(?=[\u4e00-\u9fff])"
)
_END = Pattern(
    r"[,，;；。:：()（）！？—–]|[.!?](?:\s|$)|\s-|(?<=[\u4e00-\u9fff])\s|\s(?=[\u4e00-\u9fff])|$"
)
_OPENING = Pattern(
    "(?:会[上前后中]|现场|期间|同时|其中|另外?|并且?|还有|活动[中前后]?|当[天日]|随后|最后|届时|会议[中期间]*)?"
)
_COUNT = "[两二三四五六七八九十0-9]+[名位个]?"
_PEOPLE = Pattern(
    "的?(?:主要|分管|有关|相关|全体|部分|班子|一线|青年|退休)*"
    "(?:副?(?:书记|局长|主任|部长|主席|市长)[一-鿿]{0,3}?|领导|负责(?:同志|人)|(?:职工|党员|团员|教师|学生|居民|村民|群众|妇女|家长)?代表|同志|干部|职工|工作人员|民警|交警"
    "|辅警|警力|志愿者|志愿服务队|志愿队|医生|护士|医护|医务人员|医疗队|专家|讲师|老师|教师|党员|团员|青年|队员|执法人员"
    f"|工人|宣讲员|宣讲团|文艺队|记者|成员|{_COUNT}(?:人|同志|民警|志愿者|干部|医生|老师))(?:们|等)?(?![支大中总]?队|协会)"
)
# It may have had no part, or was only told or asked.
_NO_PART = Pattern(
    "(?<!间)不(?!间断|定[时期]|停|断|仅|但|光|怕|畏)|没|未(?!成年|来|婚)|无(?!偿|线|人机|障碍|缝|声|私|论)|勿"
    "|缺席|请假|免于|除外|取消|暂停|推迟|延期|改期|待[定议]|待.{0,3}(?:确[认定]|通知|研究)|可能|也许|或(?!多或少)"
    "|如果|若|如[需有]|视情|[是能]否|批准|批复|批示|审批|同意|要求|规定|决定|另行|通知|知悉|备案|反对|拒绝|退出|收到"
    "|接到|得知|冲突|另有|有事|下[次回]|已批|弃权|[谢婉]绝|撞期|因会|[来去]不了|人手不足|致谢|^(?:门[口前外]|旁边|附近|对面|旧址)|拟(?![定写稿])|[?？]|吗|吧$"
)
# It leads, or holds an event of its own.
_OWN = Pattern(
    "(?:共同|联合|一起|具体|统一|分别|也|还|又|将|同步|同时|随后|另外?)*"
    "(?:牵头|主办|主责|总负责|召开|举办|举行|开办|发起|启动|开展)"
)
_JOINT = Pattern("(?:共同|联合|一起)*(?:承办|合办|联办|共办)", needs="办")
# The first clause only has it done, or only helps: 市委部署，教育局开展清扫; 支持 妇联走访.
_DIRECTED = Pattern(
    "(?:部署|要求|安排|指示|号召|统筹|决定|批准|授权|委托|通知|下文|发文|倡议|动员|指挥"
    "|支持|协助|配合|帮助|参加|参与|协同|陪同)(?:下|后|了)?\\s*$",
    needs="署求排示召筹定准权托知文议员挥持助合加与同",
)
_PLACE = Pattern(
    ".{0,12}(?:室|厅|楼|院|门口|门前|门外|[广操球]场|停车场|大堂|礼堂|食堂|中心|基地|站点?|馆|宿舍|[东南西北]侧|旁|内|附近)$"
)
_DOES = Pattern(DOING)
# Who says where or when, or only allows it, has no part: 地点由市教育局确定.
_ONLY_SAYS = Pattern(
    "(?:另行|统一|负责)*(?:[确决选审核评指]定|审核|审批|批准|通知|公布|安排|验收|考核|监管|管理|组成|改|变|到|至|转)"
)
# Words before what looks like an office's end that no name has: 教育局陪着走了三所学校.
_SAID = Pattern("[了着过把给帮陪派送]|[一两二三四五六七八九十几多0-9][所家个位名间处支]")
_AGENT, _TAKEN = Pattern("由$", needs="由"), Pattern("(?:邀请?|请来?|带领|组织)了?$")

_JOINER_AT_END = Pattern(r"\s+(?:and|with|while|by|from|&)\s+(?:the\s+)?$")
_READ, _COLONS = "\x00", frozenset(":：-–—")
# Of whom a paper tells is not who wrote it: Police bulletin: Parks planted trees.
_PAPER = Pattern(rf"\b(?:{PAPERS}|{HEADINGS})s?(?: (?:no\.? ?)?[0-9]+)?$", re.IGNORECASE)


def read(title: str, participants: Participants) -> str:
    """Add the departments that take part by a later clause; return the title without their names.

    Each name is blanked out, so that nobody asks about it.
    """
    place = 0
    while participants.has_lead and (
        named := unread_offices.mentioned(title[place:], participants.names.at)
    ):
        clause = _clause(title, place + named[0], participants)
        role = None if _is_of_paper(title, clause) else _role(title, clause)
        if role is not None:
            for department in clause.names:
                participants.add(department, role)
            start, end = clause.span
            participants.later.append(title[start:end] + clause.behind)
            title = title[:start] + _READ * (end - start) + title[end:]
        place = clause.span[1]
    return title


def _clause(title: str, start: int, participants: Participants) -> Clause:
    """Return the clause in which departments are named from a place on."""
    is_english = title[start].isascii()
    names, end = joined_names(title, start, participants, by_comma=is_english)
    marks = [mark.span() for mark in MARK.finditer(title) if mark.end() <= start]
    before, begins = marks[-1] if marks else (0, 0)
    ends = _END.compiled.search(title, end)
    assert ends is not None  # at the end of the title, if nowhere else
    following = unread_offices.mentioned(title[end : ends.start()], participants.names.at)
    behind = title[end : ends.start()]
    if following:  # Parks help and Police clear the road
        behind = _JOINER_AT_END.sub("", behind[: following[0]])
    return Clause(title[:before], title[begins:start], tuple(names), (start, end), behind)


def _is_of_paper(title: str, clause: Clause) -> bool:
    """Return whether a clause stands behind the heading of a paper."""
    mark = title[len(clause.before) :].lstrip()[:1]
    return mark in _COLONS and _PAPER.search(clause.before) is not None


def _role(title: str, clause: Clause) -> Role | None:
    """Return the part that a clause tells of its departments, or None if it is not plain."""
    if title[clause.span[0]].isascii():
        from kalends.intake.departments import later_english  # noqa: PLC0415 - for English

        return later_english.role(clause)
    if title[: clause.span[0]].endswith("、"):
        return None  # 配合扶轮社、市公安局
    people = _PEOPLE.match(clause.behind)
    done = clause.behind[people.end() if people else 0 :].strip()
    if not (people or done) or _is_in_doubt(clause, done):
        return None
    end = clause.span[1]
    joiner = JOINER.match(title, end)
    if (joiner and joiner[1] not in TOGETHER) or (not people and _is_office(title, end)):
        return None
    is_clause = clause.before.strip() and _OPENING.fullmatch(clause.opening)
    is_agent = done and _AGENT.search(clause.opening) and not _ONLY_SAYS.match(done)
    is_taken = people and done and _TAKEN.search(clause.opening)
    if not (is_clause or is_agent or is_taken):
        return None
    return "joint" if _JOINT.match(done) else "participant"


def _is_in_doubt(clause: Clause, done: str) -> bool:
    """Return whether words may say something else than that a department takes part."""
    is_place = _PLACE.match(done) and not _DOES.match(done)
    is_lead = _OWN.match(done) or _DIRECTED.search(clause.before)
    return bool(done.startswith("的") or is_place or is_lead or _NO_PART.search(done))


def _is_office(title: str, end: int) -> bool:
    """Return whether a department's name goes on to that of another office."""
    part = unknown_part(title, end)
    return part > 0 and not _SAID.search(title[end:part])
