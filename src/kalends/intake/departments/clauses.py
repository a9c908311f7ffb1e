"""Reads departments whose role is written with them, anywhere in a sentence.

    label   = ("主办" | "承办" | …) ("单位" | "部门" …) ":" names | "Organizer:" names …
    agent   = "由" names ( part | "召开" … ) | names part | "在" names "支持下"
    taken   = ("组织" | "邀请" …) names what-they-do
    english = "hosted by" names | "with" names | "with support from" names …

Only what is plain is read. A department in any other place is asked about (`unread_offices`), so
this list of words need not be complete.
"""

import re

from kalends.domain.department import Department
from kalends.domain.details import Role
from kalends.domain.patterns import Pattern, small
from kalends.intake.departments import english_groups
from kalends.intake.departments.english_groups import joined_names
from kalends.intake.departments.part_words import PART_GOING_ON, apart
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary import unknown_departments
from kalends.intake.vocabulary.joining_words import (
    BEFORE_MARK,
    JOINER,
    LABELS,
    ROLE_WORDS,
    ROLES,
    either_role,
)
from kalends.intake.vocabulary.tags_and_place import SEAM

_END = f"(?=\\s*(?:[,，;；、。的{SEAM}]|$))"
_LABEL = Pattern(
    r"(?:(?P<former>[原非前曾])?(?:联合|共同|总|主(?=[承协])|(?:主办|承办|协办|牵头)[、/]?(?=[主承协牵]))?"
    rf"(?:{either_role('chinese')})(?P<sure>单位|部门|机构|方)?"
    rf"|\b(?:{either_role('nouns').replace('?P<', '?P<english_')}))\s*[:：]\s*",
    re.IGNORECASE,
    needs=":：",
    words=LABELS,
)
_UNKNOWN = Pattern(f"[^\\s,，;；、。:：{SEAM}]+")
_OPENERS = ("由", "组织", "邀请", "请", "带领", "率领", "会同", "联合", "携手", "在")
_OPENER = Pattern("|".join(_OPENERS), words=_OPENERS)
_TAKING = Pattern(
    "(?:均|都|也|各|分别|派人|派员|按时|准时|[选指]?派出?(?:至少)?[0-9一二两三四五六七八九十]*余?[名位个]?"
    "(?:主要|分管)?(?:代表|负责人|负责同志|工作人员|领导|干部|同志|志愿者|人员|人))*(?:参加|参与|参会|出席)(?![了过])"
    "|派[人员](?:协助|配合|支援)"
)
_PART_HERE = Pattern(
    "\\s*(?:(?:主要|分管|有关|相关)?(?:领导|代表)(?=[都均也共一]|参加|出席|带队|陪同|列席|到场))?"
    "(?:均|都|也|共同|一同|一起|一道|一并|积极|全力|全程|派人|派员|派队|组队|组团|分别|应邀|受邀)*"
    f"(?:(牵头|主办|承办|协办|参加|参与|配合|协同|协助)(?=\\s|{_END})|(联合|{'|'.join(BEFORE_MARK)}){_END}"
    "|(组织|举办|办|搞)的(?=\\s*(?:[,，;；。]|$))"
    "|(配合|协助)(?=(?:做好?|开展|进行|提供|实施|组织)[一-鿿]))"
)
_AGENT = Pattern(
    f"\\s*(?:(?:负责|主持|召集|承担|组织|主讲|实施|(?=召开|举办|举行|开展)){_END}|组织(?=召开|举办|举行|开展)"
    "|(?:召开|举办|举行|开展|发起)(?=的))|(?:联合|共同)?(?=召开|举办|举行|开展)"
)
_OPENING, _CLOSING = Pattern(r"\s*[（(]\s*"), Pattern(rf"[\s,，{SEAM}]*[）)]")
_MORE = Pattern(r"\s*[,，;；]\s*(?=(?:co-?|jointly )?[a-z]+ by |(?:together )?with )")
_BELOW = Pattern("的?[一-鿿]{2,6}下[，,]?")
_DOING_BEHIND = Pattern(f"(?={unknown_departments.DOING})")
_HOLDS = {"组织", "举办", "办", "搞"}
_PARTNERS = {"会同", "联合", "携手"}


def without_labels(text: str, participants: Participants) -> str:
    """Read the departments behind labels (主办单位：市教育局); return the text without them.

    A name there that nobody knows is asked for; behind a label as short as 主办 or Host it may be
    anything, a person or a count, and stays.
    """
    while label := next(
        (
            found
            for found in _LABEL.finditer(text)
            if found["sure"] or participants.names.at(text, found.end())
        ),
        None,
    ):
        role = next(role for role in ROLE_WORDS if label[role] or label[f"english_{role}"])
        role = "joint" if role == "lead" and participants.has_lead else role
        names, end = _listed(text, label, participants)
        if label["former"]:  # 原主办单位：市教育局 holds it no more
            participants.unread = participants.unread or text[label.start() : end].strip()
            names = []
        participants.is_unordered |= label[0].isascii()
        participants.is_lead_said |= role == "lead" and label[0].isascii()
        participants.add_together(names, role)
        text = text[: label.start()] + SEAM + text[end:]
    return text


def without_clauses(text: str, participants: Participants) -> str:
    """Read the departments that have a part further on; return the text without them."""
    may_be_english = _may_be_english(text)
    place = 0
    while place < len(text):
        kept = ""
        is_apart = place == 0 or text[place - 1] in f" ,，、;；{SEAM}"
        english = english_groups.OPENER.match(text, place) if may_be_english else None
        opener = _OPENER.match(text, place)
        if english:
            end = english_groups.read(text, english, participants)
            kept, end = english_groups.with_people(text, english, end)
        elif opener and (is_apart or opener[0] in "由组织在" or _is_asked(text, opener)):
            end = _opened(text, opener, participants)
        else:
            is_apart &= not _in_a_list(text, place)
            end = _with_part(text, place, participants) if is_apart else 0
        if end:
            is_sewn = place > 0 and not f"{text[place - 1]}{text[end : end + 1]}".isascii()
            is_sewn = is_sewn and f"{text[place - 1]}{text[end : end + 1]}x".isalpha()
            text = text[:place] + kept + ("" if is_sewn else SEAM) + text[end:]
        place += 1
    return text


def _is_asked(text: str, opener: re.Match[str]) -> bool:
    """Return whether somebody is asked, without a mark before it: 行动请市公安局派人协助."""
    return opener[0] == "请" and text[opener.start() - 1] not in "邀申聘提恳敬报"


def in_brackets(text: str, participants: Participants) -> str:
    """Read the departments that stand alone in brackets; return the text without them."""
    for opening in _OPENING.finditer(text):
        names, end = joined_names(text, opening.end(), participants, by_comma=True)
        closing = _CLOSING.match(text, end) if names else None
        going_on = _MORE.match(text, end) if names else None
        if closing or going_on:
            for department in names:
                participants.add(department)
        if closing:
            return text[: opening.start()] + SEAM + text[closing.end() :]
        if going_on:  # (Police, co-hosted by Youth League)
            return text[: opening.end()] + text[going_on.end() :]
    return text


def _may_be_english(text: str) -> bool:
    """Return whether an English group may be in a text; its pattern takes a while to compile."""
    return any(word in small(text) for word in english_groups.WORDS)


def _in_a_list(text: str, place: int) -> bool:
    """Return whether somebody stands before a department, joined to it, who was not read."""
    before, joiner, between = text[:place].rpartition("、")
    return bool(joiner and before) and not between.strip() and not before.endswith(SEAM)


def aside(text: str, place: int, participants: Participants) -> int | None:
    """Read whoever helped, before the department that did it: 在市公安局指导下，市教育局 …."""
    english = english_groups.OPENER.match(text, place) if _may_be_english(text) else None
    opener = _OPENER.match(text, place)
    participants.is_unordered |= english is not None
    if english and (english["help"] or english_groups.BESIDE.match(english[0])):
        return english_groups.read(text, english, participants, is_aside=True) or None
    if opener and opener[0] == "在":
        return _opened(text, opener, participants) or None
    return None


def _listed(
    text: str, label: re.Match[str], participants: Participants
) -> tuple[list[Department], int]:
    """Return the departments behind a label, known or asked for, and where they end."""
    found: list[Department] = []
    start = label.end()
    while True:
        names, end = joined_names(text, start, participants, by_comma=True)
        if not names:
            unknown = _UNKNOWN.match(text, start)
            names = [participants.unnamed(unknown[0] if unknown else label[0].strip())]
            end = unknown.end() if unknown else start
        found += names
        joiner = JOINER.match(text, end)
        if joiner is None:
            return found, end
        start = joiner.end()


def _opened(text: str, opener: re.Match[str], participants: Participants) -> int:
    """Read a group behind 由, 组织, 在 …; return where it ends, 0 when its part is not plain."""
    names, end = joined_names(text, opener.end(), participants, by_comma=False)
    if not names:
        return 0
    if opener[0] == "由":
        part = (PART_GOING_ON if participants.has_parts else _PART_HERE).match(text, end)
        role = _role(part, is_led=participants.has_lead) if part else None
        part = part or _AGENT.match(text, end)
    else:
        role = "joint" if opener[0] in _PARTNERS else "participant"
        part = _BELOW.match(text, end) if opener[0] == "在" else _taken(text, end, opener[0])
    if part is None or (opener[0] == "请" and not participants.has_lead):
        return 0
    role = _beside_lead(text[opener.start() : part.end()], names, role, participants)
    participants.add_together(names, role)
    return part.end() + text.startswith("的", part.end())


def _beside_lead(
    said: str, names: list[Department], role: Role | None, participants: Participants
) -> Role | None:
    """Return the part of those who lead, too: 团市委牵头，市公安局主办.

    Have it asked who leads where no part is told of those who stand first:
    团市委清扫，市公安局主办.
    """
    codes = {department.code for department in names}
    is_led = any(part.role == "lead" and part.code not in codes for part in participants.found)
    if role != "lead" or not is_led:
        return role
    if not participants.has_parts:
        participants.unread = participants.unread or said
    return "joint"


def _taken(text: str, end: int, opener: str) -> re.Match[str] | None:
    """Return what follows those who are taken along: 参加, or nothing before what they do.

    Who is asked to do something has no part in this: 请市教育局做好准备.
    """
    taking = _TAKING.match(text, end)
    return taking or (None if opener == "请" else _DOING_BEHIND.match(text, end))


def _with_part(text: str, place: int, participants: Participants) -> int:
    """Read a group with its part up to the next comma: 市教育局承办."""
    usual = PART_GOING_ON if participants.has_parts else _PART_HERE
    names, end = joined_names(text, place, participants, by_comma=False)
    part = usual.match(text, end) or apart(text, end, participants.names) if names else None
    if part and part[0].strip() == "联合" and len(names) == 1 and not participants.has_lead:
        return 0  # with whom?
    if part is None and participants.has_lead:  # 团市委走访，市教育局，市公安局参加
        names, end = joined_names(text, place, participants, by_comma=True)
        part = usual.match(text, end) if names else None
    if part is None:
        return 0
    role = _role(part, is_led=participants.has_lead)
    participants.is_in_clause = True
    role = _beside_lead(text[place : part.end()], names, role, participants)
    participants.add_together(names, role)
    return part.end() + text.startswith("的", part.end())


def _role(part: re.Match[str], *, is_led: bool) -> Role | None:
    """Return the role that a part says; None where whoever has it leads or joins."""
    word = next(filter(None, part.groups()))
    if word == "主持" and is_led:
        return "participant"
    if word in _HOLDS:  # 骑行，市总工会办的
        return "lead"
    return BEFORE_MARK[word] if word in BEFORE_MARK else ROLES[word]
