"""Finds offices in a title that may take part but were not read as departments.

A department that the roster knows is never left in a title, unless it is plainly what something
was done to (走访市教育局), a part of a longer word, or a name in quotes. What only looks like an
office is asked about where somebody that takes part is expected.
"""

import re
from collections.abc import Callable, Iterator

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary import taking_part
from kalends.intake.vocabulary.joining_words import LEADING, PARTS, ROLE_WORDS
from kalends.intake.vocabulary.persons import NAMED_PERSON
from kalends.intake.vocabulary.unknown_departments import (
    CAPITAL,
    CLEAR,
    DOING,
    NONE,
    OWN_BODY,
    SHORTEST,
    SURE,
    WORD,
    goes_on,
    office,
)

# Behind the last department: 市教育局's, 市教育局的 …; what stands there goes on from its name.
_OF_IT = Pattern("['’]s\\b|of\\b|的", needs="'’f的")
_PART_SAID = Pattern(
    f"(?:{PARTS}|指导|支持|监督|策划)\\s*(?:[，,、；;]|的|$)", needs="牵主承协参配指支监策"
)
_PART_SAID_ENGLISH = Pattern(
    rf"(?:{'|'.join(words.doing for words in ROLE_WORDS.values())})\s*(?:[,;]|$)",
    re.IGNORECASE,
    words=(
        *("led", "lead", "host", "organi", "run", "ran", "to ", "took ", "tak", "in ", "co"),
        *("partner", "participat", "support", "assist", "help", "join", "attend", "came", "hand"),
        *("pitch", "chip", "chair", "presid"),
    ),
)
# Who only announced what somebody else does: announced that Rotary will plant trees.
_TELLS_OF = Pattern(
    r"(?:has |have )?(?:said|announced|reported|confirmed|says|announces) (?:\w+ )?that (?:the )?"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*",
    words=("that ",),
)
_NEXT = Pattern(
    f"[·・+＋（(）)、/&＆]\\s*({WORD}{{2,12}}|[A-Za-z][\\w ]*)?", needs="·・+＋（(）)、/&＆"
)
_OTHER_OFFICES = Pattern("等[^，,\\s]{0,4}(?:部门|单位)", needs="部单")
_PERSON = Pattern(
    "(?:党组|党委|委|党工委|工委|党支部|党总支|常务|副)*(?:书记|局长|主任|部长|处长|院长|校长|区长|市长|镇长|科长|队长|"
    "会长|主席|一行|负责人|负责同志|领导班子|领导)"
    "(?!论坛|培训|研修|培养|[大例会]?会(?!见|同|商|谈)|联席|沙龙|选[举拔]|竞聘|岗位?|信箱|热线|接待|轮岗|班(?!子))",
    needs="记长任席行人志领",
)
_CLAUSE = Pattern(
    f"(?:^|(?<=[，,、；;\\s由]))([^，,、；;\\s]{{2,20}}?)(?:{LEADING})(?=$|[，,、；;\\s的])"
    f"|(?:^|(?<=[，,、；;\\s由]))([^，,、；;\\s]{{1,12}}?(?:{CLEAR}))(?:参加|参与|配合)(?=$|[，,、；;。\\s])",
    needs="办头加与合",
)
# 团市委牵头 市公安局配合扶轮社 走访: who is helped stands before a blank, and is unknown.
_HELPED_APART = Pattern(
    f"(?:配合|协助|协同)((?!做好|{DOING}){WORD}{{2,12}})(?=\\s+\\S)", needs="配协"
)
# 龙山区牵头 扶轮社配合 走访: who helps stands apart, and is unknown.
_HELPING_FIRST = Pattern(
    f"((?!{DOING}){WORD}{{2,12}}?)(?:{PARTS})(?=\\s+\\S)", needs="牵主承协参配"
)
_FIRST = Pattern(
    f"(?!{DOING}|一[起同道])({office('局|委|办|街道|镇|中学|医院|支队|大队|公司|学校|中心')})",
    needs="局委办道镇学院队司校心",
)
# Where it is, before what it is: 党群服务中心 安全培训.
_VENUE = Pattern(r"[一-鿿]{2,8}(?:服务|活动|文化|会议|健身|会展)中心(?=[\s，,])", needs="中")
_LISTED = Pattern(r"(?:[、/&＆]|和|与|及|\s+and\s+(?:the\s+)?)$", re.IGNORECASE)
# In Room 204, City Hall; on the second floor of the Public Library.
_ROOM = (
    r"(?:(?:[\w'’-]+ ){0,3}?(?:rooms?|floor|foyer|lobby|hall|theatre|auditorium|courtyard|canteen"
    r"|entrance|gate|steps|garden|car park|meeting point)(?: (?:[0-9]+|[A-Z0-9])[\w.-]*)?"
    r"(?:,| of) (?:the )?)?"
)
_GOVERNED = Pattern(
    r"\b(?:at|to|for|in|on|about|near|into|outside|inside|opposite|beside|behind|visit(?:s|ed|ing)?|inspect(?:s|ed|ing)?|"
    r"sent|sends?|gave|gives?|showed|handed|emailed|offered|told|taught|"
    r"(?:train|thank|tour|check|audit|brief)(?:s|ed|ing)?)\s+(?:the\s+)?"
    rf"{_ROOM}"
    r"(?-i:(?:[A-Z][\w'’-]*\s+){0,2})$",  # at Central Library
    re.IGNORECASE,
)
# Behind these a department is what it is done to, or a place: 走访市教育局, 在龙山区.
_DONE_TO = Pattern(
    "(?:走访|慰问|检查|看望|拜访|回访|约谈|通报|表彰|调研|督导|督查|督办|巡查|抽查|视察|参观|观摩|考察|"
    "走进|深入|前往|奔赴|来到|抵达|服务|帮扶|对接|支援|征求|听取|抄送|报送|传达|学习|贯彻|落实|转发|宣读|按照|根据|依据|(?<![请邀接以近往叫带起出派送])来|报|致|访|查|进|入|至|去|往|驻|"
    "赴|(?<![得收达感受])到|第[一二三四五六]站|在|对|向|为|给|就|将|把|从|于)了?$"
)
# Longshan Park is no department, though Longshan is one.
_NO_JOINER = "(?!and |or |with )"
PLACE_NAME = Pattern(
    rf" (?:{_NO_JOINER}[a-z][\w'’-]* )?(?:Hall|House|Cent(?:re|er)|Park|Square|Street|Road|Avenue"
    r"|Lane|Mall|Market|Plaza|Gardens?|Lake|River|Hill|Mountain|Bridge|Hotel|Library|Museum"
    r"|Stadium|Theat(?:re|er)|Airport|Tower|Gate|Playground|Campus|Village|Reservoir)\b"
    r"| (?:[A-Z][\w'’-]* )?(?:Clinic|Hospital|School|Kindergarten|Station|Church|Temple|Court)"
    r"(?=\s*(?:$|[,;.)]))"
    rf"| (?:{_NO_JOINER}[a-z][\w'’-]* ){{0,2}}(?:hall|house|cent(?:re|er)|park|square|garden|lake"
    r"|river|hill|bridge|museum|stadium|theat(?:re|er)|gate|playground|village|reservoir|steps"
    r"|reading room|foyer|lobby|auditorium|courtyard|entrance|car park)(?=\s*(?:$|[,;.)]))",
)
# An office nobody knows, where somebody that takes part is expected.
_BEHIND_MARK = Pattern(
    f"(?:(?<=[，,；;、])|(?:^|(?<=[，,；;并]))(?:组织|邀请|带领|率领|联合|会同|携手|配合|协助))\\s*(?!{DOING})"
    f"((?!{NONE}){WORD}{{1,10}}?(?:局(?![部面势限])|委(?![托员派])|街道办|支队|大队|中学|公司|医院|派出所|妇联|协会|商会|联合会|基金会)"
    f"|{WORD}{{0,8}}?红十字会)",
    words=(
        *("局", "委", "街道办", "支队", "大队", "中学", "公司", "医院", "派出所", "妇联", "协会"),
        *("商会", "联合会", "基金会", "红十字会"),
    ),
)
_SITE, _END = (
    Pattern("(?:医院|中学)$"),
    Pattern("(?:[一-鿿]{0,6}(?:[楼厅室前口]|院内|广场))?\\s*(?:[，,；;。]|$)"),
)
_LATIN_OFFICE = Pattern(
    r"(?:[A-Z][\w'’-]+ )+"
    r"(?:Bureau|Department|Committee|Commission|Brigade|League|Council|Office)\b",
    needs="BDCLO",
)
COUNTED = Pattern(
    r"\s*(?:[两二三四五六七八九十多各几]|[0-9]+)个?(?:家|部门|单位)(?:单位|部门)?(?!的|长|领导|联)",
    needs="家部单",
)
_QUOTED = Pattern('“[^”]*”|"[^"]*"|《[^》]*》|「[^」]*」|‘[^’]*’', needs='”"》」’')
_LATIN_GROUP = Pattern(
    f"(?:(?:and|with|by|&)\\s+)(?:the\\s+)?({CAPITAL})",
    needs="dhy&",
    words=("and", "with", "by", "&"),
)
_JOINED = Pattern("以及|[、和与及]")
_VISIT = Pattern("来访|到访|来函", needs="来到")
_JOINS_PERSON = Pattern("(?:[和与及、，,跟]|会同|联合|携手)\\s*$", needs="和与及、，,跟同合手")
_Named = Callable[[str, int], tuple[Department, int] | None]


def left(title: str, named: _Named, *, was_named: bool) -> tuple[int, int] | None:
    """Return where an office stands in a title that may take part and was not read.

    A department behind a verb is what happened (走访市教育局), one in quotes is a name. Of several
    it is the first that the roster does not know: that one can be registered.
    """
    hidden = _QUOTED.sub(lambda name: "\x00" * len(name[0]), title)
    if was_named and (debris := _debris(hidden)):
        return debris
    known = None
    for span in sorted(_standing(hidden, was_named=was_named)):
        unknown, inner = _sorted_out(hidden, span, named)
        if unknown:
            return unknown
        known = known or inner
    if known is None:
        known = acting(hidden, named)
    return known or _latin_office(hidden)


def is_of_it(title: str) -> bool:
    """Return whether a title begins with somebody of the department before it: 书记李明走访."""
    return any(pattern.match(title) for pattern in (_PERSON, NAMED_PERSON, OWN_BODY))


def _debris(text: str) -> tuple[int, int] | None:
    """Return what the departments left at the beginning of a title: a mark and who follows it."""
    found = _NEXT.match(text)
    if found and not (found[1] and taking_part.happened(found[1])):  # （视频会议）部署
        return found.span(1) if found[1] else found.span()
    for pattern in (_OF_IT, _PART_SAID, _PART_SAID_ENGLISH, _OTHER_OFFICES, _TELLS_OF):
        if found := pattern.match(text):
            return found.span()
    return None


def _standing(text: str, *, was_named: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans of whoever may take part."""
    first = _FIRST.match(text) or (SURE.match(text) if was_named else None)
    if first and not _VENUE.match(text):
        yield first.span()
    for found in _CLAUSE.finditer(text):
        yield found.span(1) if found[1] else found.span(2)
    if helping := _HELPING_FIRST.match(text) if was_named else None:
        yield helping.span(1)
    if helped := _HELPED_APART.match(text) if was_named else None:
        yield helped.span(1)
    if group := _LATIN_GROUP.match(text):
        yield group.span(1)
    for found in _BEHIND_MARK.finditer(text):
        is_site = _SITE.search(found[1]) and text[found.start() - 1] not in "、和与"
        if not (is_site and _END.match(text, found.end())):
            yield found.span(1)
    yield from taking_part.places(text, is_led=was_named)


def _sorted_out(
    text: str, span: tuple[int, int], named: _Named
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the first of a group that the roster does not know, and the first that it knows.

    Neither where somebody of an office is named: 市教育局领导来访.
    """
    start, end = span
    if goes_on(text, end) or _PERSON.match(text, end) or _VISIT.match(text, end):
        return None, None
    first = None
    while start < end:
        here = named(text, start)
        if here and here[1] <= end:
            first = first or (start, here[1])
            start = here[1]
        else:
            joiner = _JOINED.search(text[start + 1 : end])
            until = start + 1 + joiner.start() if joiner else end
            if inner := mentioned(text[start:until], named):
                first = first or (start + inner[0], start + inner[1])
            elif until - start > 1:
                return (start, until), first
            start = until
        joined = _JOINED.match(text, start)
        start = joined.end() if joined else start
    return None, first


def acting(text: str, named: _Named) -> tuple[int, int] | None:
    """Return where a known department may take part: nothing governs its name."""
    objects: set[int] = set()
    place = 0
    while place < len(text):
        here = named(text, place)
        if here is None or _is_word(text, place) or here[1] - place < SHORTEST:
            place += 1
            continue
        if _takes_part(text, place, here[1], objects):
            return place, here[1]
        objects.add(here[1])
        place = here[1]
    return None


def beside_person(text: str, named: _Named) -> tuple[list[Department], list[tuple[int, int]]]:
    """Return whose people are joined to a person, and where others stand that may take part.

    团市委书记李明和市公安局局长王刚走访; but 团市委书记李明会同市公安局走访 is in doubt.
    """
    joined, doubted, place = [], [], 0
    while place < len(text):
        here = named(text, place)
        if here is None or _is_word(text, place) or here[1] - place < SHORTEST:
            place += 1
            continue
        is_joined = _JOINS_PERSON.search(text[:place]) is not None
        if is_joined and (_PERSON.match(text, here[1]) or NAMED_PERSON.match(text, here[1])):
            joined.append(here[0])
        elif is_joined or _takes_part(text, place, here[1], set()):
            doubted.append((place, here[1]))
        place = here[1]
    partners = (span for span in taking_part.partners(text) if not named(text, span[0]))
    return joined, [*doubted, *partners]


def _latin_office(text: str) -> tuple[int, int] | None:
    """Return where what is called as offices are stands in English, if nothing governs it."""
    offices = (
        found.span()
        for found in _LATIN_OFFICE.finditer(text)
        if not _GOVERNED.search(text[: found.start()])
    )
    return next(offices, None)


def mentioned(text: str, named: _Named) -> tuple[int, int] | None:
    """Return where the first known department is in a text."""
    for place in range(len(text)):
        here = named(text, place)
        if here and not _is_word(text, place) and here[1] - place >= SHORTEST:
            return place, here[1]
    return None


def _takes_part(text: str, start: int, end: int, objects: set[int]) -> bool:
    """Return whether the department there may take part: nothing before it governs it."""
    if (goes_on(text, end) and text[end] != "的") or _VISIT.match(text, end):
        return False
    if _PERSON.match(text, end) and start:
        return False
    before = text[:start]
    listed = _LISTED.search(before)
    if listed and listed.start() in objects:
        return False
    if text[start].isascii():
        return _GOVERNED.search(before) is None and not PLACE_NAME.match(text, end)
    return _DONE_TO.search(before) is None


def _is_word(text: str, place: int) -> bool:
    """Return whether a Latin word goes on here, or begins small: a code is no name in a title."""
    here = text[place]
    if not here.isascii() or here == "\x00":
        return here == "\x00"
    return not here.isupper() or (
        place > 0 and text[place - 1].isascii() and text[place - 1].isalnum()
    )
