"""Finds words in the place of a department's name that are not on the roster.

After a joiner (、 和 and /) a department is expected. Anything else there is asked about, unless
it is clearly the beginning of what happened: 和谐社区创建, 与市民共建, with pupils.
"""

import re
from collections.abc import Collection

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.domain.text import fold
from kalends.intake.vocabulary.event_words import EVENTS, PLACES, THINGS
from kalends.intake.vocabulary.naming import PLACE_BEHIND
from kalends.intake.vocabulary.persons import NAMED_PERSON, TOWN_OF_LEADER

CLEAR = (
    "局|委|办|街道|镇|乡|公司|集团|中心|大队|支队|医院|学校|小学|中学|银行|妇联|残联|文联|工商联"
)
_ENDS = f"{CLEAR}|部|处|院|会|队|站|所|厅|科|室|校|区|县|市|村|联|馆|园|团|社"
_VERBS = (
    "开展|召开|组织|举行|举办|参加|参与|走访|检查|巡查|巡逻|慰问|联合|会同|共同|配合|协同|携手|"
    "开会|调研|整治|清理|清扫|宣传|启动|部署|座谈|学习|培训|排查|督查|督导|执法|处置|进行|前往|"
    "邀请|带领|率领|打扫|擦洗|粉刷|美化|拜访|参观|深入|推进|看望|签约|签订|共建|共商|联动|牵头|主办|承办|协办|志愿|植树|演练|观摩|考察|研究|"
    "讨论|约谈|通报|发布|发放|捐赠|救助|帮扶|服务|保障|对接|会商|视察|验收|评比|表彰|比赛|劳动|"
    "收看|收听|观看|聆听|体验|制作|编写|绘制|创作|拍摄|录制|展示|展出|诵读|测评|考核|核查|复查|自查|整改|"
    "铺设|清运|清洗|清淤|消杀|消毒|疏导|劝导|劝阻|护送|转运|运送|投放|张贴|悬挂|装扮|栽种|修剪|"
    "完成|制定|印发|下发|播放|更新|新增|设立|开放(?![日周式])|建成|修复|维修|更换|拆除|安装|查处|受理|接待|收集|征集|评选|命名|"
    "推出|公布|报送|上报|提交|审议|听取|传达|动员|发动|号召|加强|强化|打造|启用|迎接|接受|揭牌|入户|走进|走入|来到|抵达|奔赴|进驻|补植|种植|下乡|来访|交流|研讨|指导|安排|落实"
)
VERBS = frozenset(verb[:2] for verb in _VERBS.split("|"))
_MOVING = "(?:[赴到在对向为来去将已就把从给等]|面向|针对|围绕|依托|按照|根据)"
NONE = "有关|相关|各|全|多|部分|其他|辖区|广大|社会"
_NAMING = (
    "综?合?(?:[局委办部处院队站所厅科室团]|会(?!议)|中心|学校|大队|支队)"  # 宣传部, 综合执法大队
)
_DOING = f"(?:{_VERBS})(?!{_NAMING})"
_DAY = "[上本下这]*个?(?:周|星期|礼拜)[一二三四五六日天末]|[今明昨前后][天日晚早]"
_STOP = f"$|[\\s、，,;；:：。/&和与及0-9（(）)“《\x1f]|{_DOING}|{_MOVING}|{_DAY}"
WORD = f"(?:(?!{_DOING})[一-鿿])"
CAPITAL = r"[A-Z][\w'’.-]*(?: (?:(?:of|for|the) )*[A-Z][\w'’.-]*)*"
# The room of a department: 市政府常务会议室.
ROOM = (
    "(?:[0-9一二三四五六七八九十]号?[楼层]?|大|小|多功能|第[一二三四五]|常务|视频|党[组委])*"
    "(?:会[议客]室|会议厅|礼堂|报告厅|多功能厅|会议中心|演播厅|大厅|接待室|活动室)"
)
# What follows a department's name and belongs to it: 市教育局领导来访
_OF_IT = f"的|领导|干部|职工|负责(?:人|同志)|工作人员|办公|大楼|大院|门口|门前|院内|考点|操场|食堂|体育馆|{ROOM}|楼|党(?![委支总])|团员|志愿|机关(?!党委)|所属|下属|班子|局长|主任|[0-9一二三四五六七八九十]+号?[楼层]"  # noqa: E501 - one list
SHORTEST, _LONGEST, _LONGEST_PART = 2, 12, 20


def unknown_after(text: str, start: int, joiner: str) -> int | None:
    """Return where an unknown department's name after a joiner ends.

    None if the words there may be what happened.
    """
    if joiner in ",，" and any(ahead.match(text, start) for ahead in _AHEAD):
        return None
    if joiner in "、/&／＆":
        found = _LISTED.match(text, start)
    elif joiner.casefold() in _BETWEEN_TWO or (joiner in ",，" and _is_latin(text, start)):
        found = _BEHIND_AND.match(text, start)
    else:
        found = (_CLEAR_OFFICE if joiner in ",，" else _OFFICE).match(text, start)
    return None if found is None else found.end()


def unknown_first(text: str, roster: Roster) -> tuple[int, bool]:
    """Return where the name ends with which a text begins, 0 without one, and if it surely is one.

    It is the longest beginning that some department's name holds and that ends like an office's
    name, or in English a capitalised word of such a name.
    """
    if found := _FIRST_OFFICE.match(text):
        return found.end(), True
    for end in range(min(_LONGEST, len(text)), SHORTEST - 1, -1):
        word = text[:end]
        is_whole = word[0].isupper() and not text[end : end + 1].isalnum()
        is_whole = is_whole and not PLACE_BEHIND.match(text, end)
        if (is_whole or OFFICE_END.search(word)) and roster.containing(word):
            return end, False
    return 0, False


def goes_on(text: str, end: int) -> bool:
    """Return whether a department's name continues with something of its own: 市教育局领导来访."""
    return _GOES_ON.match(text, end) is not None


def stands_whole(text: str, start: int, end: int, department: Department) -> bool:
    """Return whether a name that nothing joins to the one before is no part of a word.

    妇联 教育局长讲座 and Library education day say what happened; 妇联 教育局 走访 and tsw jyj
    say who takes part. A code that is a word of the name as well, says nothing: Police fire drill.
    """
    word = text[start:end]
    if word.isascii():
        return not word.islower() or (word == department.code and not _is_plain(department))
    return _STOPS.match(text, end) is not None


def _is_plain(department: Department) -> bool:
    """Return whether a department's code is a word of its name: fire of Fire Brigade."""
    code = department.code
    return any(code in name.casefold().split() for name in department.called if name != code)


def holds(department: Department, word: str) -> bool:
    """Return whether a word is part of one of a department's names."""
    return any(fold(word) in fold(name) for name in department.called)


def office(ends: str) -> str:
    """Return the expression of an office's name with one of these ends, and a word's end there."""
    return f"(?!{NONE}){WORD}{{1,{_LONGEST}}}?(?:{ends})(?={_STOP})"


def _is_latin(text: str, start: int) -> bool:
    """Return whether English stands on both sides of a comma."""
    return text[:start].rstrip(" ,，")[-1:].isascii()


# An office's name behind a joiner, where a text begins, and what ends a name.
_OFFICE, _CLEAR_OFFICE = Pattern(office(_ENDS)), Pattern(office(CLEAR))
_LISTED = Pattern(f"{_OFFICE.source}|{CAPITAL}|[^\\s、，,;；:：。/&]+")
_BETWEEN_TWO = {"and", "x", "v", "vs", "v.", "vs.", "versus"}
_BEHIND_AND = Pattern(f"(?!(?:BYO|RSVP|FREE|ALL|OPEN|BBQ|NO)\\b){CAPITAL}|{_CLEAR_OFFICE.source}")
_PLACE_AHEAD = Pattern(
    rf"(?:[A-Z][\w'’.-]* )+(?:{PLACES.title()})\b(?! (?!on|at)[A-Za-z])", needs="ABCDEFGHLMOPRSV"
)
_EVENT_AHEAD = Pattern(
    rf"(?:{EVENTS}|{THINGS}|{PLACES})s?[ -][a-z]"
    rf"|[\w'’-]+ (?:[\w'’-]+ ){{0,3}}(?-i:{EVENTS})(?=\s*[,;|])",
    re.IGNORECASE,
)
_WHERE_AHEAD = Pattern(
    "在(?!职)|对(?![外口])|面向|针对|围绕|依托|按照|根据", first="在对面针围依按根"
)
# Red Cross, Liaoyuan Stadium; Library, Reading circle; 市教育局牵头，在全市中小学开展排查
_AHEAD = (_PLACE_AHEAD, _EVENT_AHEAD, _WHERE_AHEAD)
_FIRST_OFFICE = Pattern(
    f"{office('局|委|办|街道')}|(?:{office('处|队|站|所|院|馆|协会|中心|公司|学校|中学|小学|社区|村')})(?=[0-9\x1f])",
    needs="局委办道处队站所院馆会心司校学区村",
)
OFFICE_END = Pattern(f"(?:{_ENDS})$")
_GOES_ON = Pattern(
    _OF_IT,
    first="的领干职负工办大小多第常视演接活门院考操报会礼食体楼党团志机所下班局主0123456789一二三四五六七八九十",
)
_STOPS = Pattern(_STOP)


# What makes an office of its own of a department: 市教育局第三中学, 市公安局交警支队.
_PARTS = f"{CLEAR}|部|处|院|队|站|所|厅|科"
_GOING_ON = frozenset("与和及跟同就对向在到赴将已把给为从等由于因以按")
# 市妇联一起去特殊学校, 团市委周五去敬老院: how or when, not whose.
_BEHIND_ALONE = Pattern(
    f"一[起同道并](?!事|市)|[合联共]办|[三两四五六七]家|{_DAY}|[一二三四五六七八九十]{{1,3}}[月日号]",
    first="一二三四五六七八九十两上下本这个周星礼今明昨前后合联共",
)
_RANKS = ("省", "市", "(?<!社)区|县", "街道|镇|乡", "社区|村")
DOING = f"(?:{_VERBS})(?!综?合?(?:局|委|办|大队|支队))|{_MOVING}"
IN_BRACKETS = Pattern(
    f"(?:{WORD}){{1,{_LONGEST}}}?(?:{CLEAR})(?=\\s*[）)])", needs="局委办道镇乡司团心队院校学行联"
)
# Surely an office's name, whatever stands behind it: 第三中学升旗.
SURE = Pattern(
    f"(?!{DOING})(?!{NONE})(?!一[起同道]){WORD}{{1,8}}?"
    "(?:中学|小学(?!生)|幼儿园|医院|支队|大队|中队|派出所|分局|办事处|委员会|公司|"
    "(?<![开布结大格邮棋饭全当僵变破残])局(?![长部面势限里])|(?<![到各四一])处(?![置理于罚分境事暑])|"
    "(?<![学本专全百文])(?<!(?<!管)理)科(?![技学普目研教])|(?<![以为全])中心(?![思城区组])|(?<![组排军列带领])队(?![员伍列长友形]))",
    needs="学园院队所局处员司科心",
)
_LEADER = Pattern("书记|[局区市县镇乡院校部处科队会]长|主任|主席|[带领列]队$", needs="记长任席队")
# A village or community of a street: 南康街道幸福村. Not one of a kind: 智慧社区建设.
_SETTLEMENT = Pattern(
    f"(?<=[道镇乡区县市])(?:(?!{DOING}|智慧|文明|平安|和谐|绿色|美丽|示范|老旧|新型|城市|所辖|辖区|各|全|多|两|三)[一-鿿]){{1,5}}?"
    "(?:社区|(?<![农乡山])村)(?:(?:党|居|村|民)?委(?:员)?会?|居委会|党总支|党支部)?"
    "(?!居民|村民|民|志愿|工作|书记|干部|网格|家庭|医院|卫生院|建设|治理|营造)",
    needs="区村",
)
_LATIN_PART = Pattern(
    r" (?:[A-Z][\w'’-]+ ){0,2}(?:Academy|Association|Band|Branch|Bureau|Cent(?:er|re)|Choir|"
    r"Clinic|Club|College|Commission|Committee|Council|Department|Division|Foundation|Headquarters|HQ|"
    r"Hospital|Institute|Kindergarten|Laboratory|Library|Museum|Office|Orchestra|School|Section|Society|Squad|Station|Team|Union|"
    r"Unit|Ltd|Inc|LLC|PLC|GmbH|Corp(?:oration)?|Company|Trust|Alliance|Federation|University)"
    r"\b(?! [Dd]ay| [Ww]eek| [Nn]ight)",
    needs="ABCDFGHIKLMNOPSTU",
)
# Not the department but what is named after it: 龙山区委, 市教育局办公室.
_SUFFIX = Pattern(
    f"(?:(?:纪|工|党|团)?委(?:员会|办)?(?![托派员书])|办(?:公室)?|[局处科室院队团所])(?={_STOP})"
    "|(?:督查|政研|法制|机要|秘书|外事|信访|应急)室",
    needs="委办局处科室院队团所",
)
# Bodies of a place that are no part of its government, and what belongs to it by name.
_INSTITUTION = Pattern(
    "(?:人大(?:常委会)?|政协|(?:人民|中级)*法院|(?:人民)?检察院|纪委(?:监委)?|监委|政法委|关工委|妇联|总?工会|"
    "科协|[文残侨]联|工商联|红十字会|武装部|宣传部|组织部|统战部|文明办|创城办|编办|委[、和]?[区市县]政府|"
    "(?:图书|文化|博物|档案|科技|美术|纪念|展览|体育|群艺)馆|(?:青少年|少年|工人文化)宫)(?!代表|委员|精神)"
    "|(?:机关)?(?:党委|团委|党支部|党总支)(?!副?书记|[大扩]?会|扩大|中心组|理论|班子|成员|委员)",
    needs="大协院委联会部办府馆宫支",
)
_OFFICE_PART = Pattern(
    f"(?!{DOING})" + office(_PARTS), needs="局委办道镇乡司团心队院校学行联部处站所厅科"
)

# A body named after what it does, which is no part of what it is called after: 青年志愿者协会.
_ASSOCIATION = Pattern(
    "(?:青年|青少年|志愿者?|服务|培训|工作|研究|创业|就业|文化|体育|艺术|公益|巾帼|党员){0,3}"
    "(?:协会|学会|商会|联合会|基金会|研究会|促进会|联盟|(?<=服务)站|(?<=青年|服务|文化|体育)中心|"
    "(?<=培训)学校|(?<=研究)[院所]|(?<=工作)[组站室]|专班|俱乐部)"
    "(?![会成队]?员|校长|老?师|学?生|活动|建设|成立|揭牌|启动|开放|挂牌|会议|座谈|换届)",
    first="青志服培工研创就文体艺公巾党协学商联基促专俱站中院所组室",
)
# The bodies within an office, for which it stands: 市教育局工会. Those of a place are others.
OWN_BODY = Pattern(
    "(?:机关|直属|离退休(?:干部)?|第?[一二三四五六七八九十])*(?:党组|党委|党总支|党支部|团委|团总支|团支部|工会|妇委会|女工委|"
    "(?:青年|党员|巾帼)?志愿(?:者|服务)*[小分支]?队|党员突击队)(?![大扩]?会|扩大|班子)"
    "|机关(?![报刊枪干党全])",
    first="机直离第一二三四五六七八九十党团工妇女青巾志",
)
# What a name's last character may begin a word with: 局长, 联合, 道路 (`torn_names`).
_OF_A_WORD = frozenset(
    "长部域势面限促合系欢动盟席网谊播考员场议费见晤战托派屈列伍形友旗门分落位别划间号路德口具理歉闸教公事法"
)
_ABSENT = Pattern("除外|以外|请假|缺席|旧址|对面", first="除以请缺旧对")
_PLACE = frozenset("省市区县镇乡道村")
# 市公安局3大队, 市公安局第2科; 市公安局家属院, 市公安局附近, which are no part of it; 团市委杯.
_NUMBERED = Pattern(
    "(?:第?(?:[0-9０-９]{1,3}|[A-F])(?:[支大中分]队|分局|派出所|[科处所组队班])|家属[院楼区]|宿舍楼?"
    f"|附近|周边|隔壁|旁边?|[东南西北][侧边面])(?={_STOP})"
    "|杯(?=[一-鿿]{0,6}赛)|版(?![权画面本块式图])(?=[一-鿿])",
    needs="队局所科处组班属舍面近边壁旁侧杯版",
)
# Each with the characters with which it can begin, or None if all of it is Chinese without marks;
# most are then never compiled.
_PARTS_BEGINNING = (
    (_LATIN_PART, " "),
    (
        _INSTITUTION,
        frozenset("人政法检中纪监关妇总工科文残侨红武宣组统创编委图博档美展体群青少机党团"),
    ),
    (_NUMBERED, frozenset("第0123456789０１２３４５６７８９ABCDEF家宿附周隔旁东南西北杯版")),
    (_SUFFIX, frozenset("纪工党团委办局处科室院队所督政法机秘外信应")),
    (_OFFICE_PART, None),
    (SURE, None),
    (_SETTLEMENT, None),
)


def unknown_part(text: str, end: int) -> int:
    """Return where an office ends that a known department only begins, or 0."""
    if other := _ASSOCIATION.match(text, end) or _ABSENT.match(text, end):
        return other.end()
    if text[end : end + 1] in _OF_A_WORD:
        from kalends.intake.vocabulary.torn_names import torn_word  # noqa: PLC0415 - few names end so

        if torn := torn_word(text, end):
            return torn
    if text[end - 1 : end] in _PLACE and (town := TOWN_OF_LEADER.match(text, end)):
        return town.end()
    if goes_on(text, end) or text[end : end + 1] in _GOING_ON or _BEHIND_ALONE.match(text, end):
        return 0
    is_body = text[end - 1 : end] not in _PLACE and OWN_BODY.match(text, end)
    if is_body or NAMED_PERSON.match(text, end):
        return 0
    found = next(
        (
            found
            for pattern, first in _PARTS_BEGINNING
            if _may_be(pattern, first, text, end) and (found := pattern.match(text, end))
        ),
        None,
    )
    return 0 if found is None or _LEADER.search(found[0]) else found.end()


def _may_be(pattern: Pattern, first: Collection[str] | None, text: str, start: int) -> bool:
    """Return whether a pattern may match at a place, as far as its text tells."""
    if first is not None:
        return text[start : start + 1] in first
    behind = text[start : start + _LONGEST_PART]
    run = next((n for n, char in enumerate(behind) if not "一" <= char <= "鿿"), len(behind))
    return not pattern.needs.isdisjoint(behind[:run])


def is_within(roster: Roster, part: Department, whole: Department) -> bool:
    """Return whether a department or place is part of another: by the roster, by name, by rank."""
    if part.code == whole.code or part.code in roster.within(whole.code):
        return True
    if part.parent is not None and whole.parent is not None:
        return False
    if any(fold(name).startswith(fold(whole.name)) for name in part.called):
        return True
    rank, below = _rank(whole.name), _rank(part.name)
    return 0 <= rank < below and whole.code not in roster.within(part.code)


def _rank(name: str) -> int:
    return next((n for n, ends in enumerate(_RANKS) if re.search(f"(?:{ends})$", name)), -1)
