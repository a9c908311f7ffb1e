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
from kalends.domain.patterns import Pattern
from kalends.intake import unknown_departments
from kalends.intake.event_words import EVENTS, HAPPENING, PLACES
from kalends.intake.joining_words import JOINER, LISTED, ROLE_WORDS, ROLES, TEAMS, either_role
from kalends.intake.naming import Names
from kalends.intake.participants import PART_GOING_ON, Participants
from kalends.intake.tags_and_place import SEAM

_END = f"(?=\\s*(?:[,，;；、。的{SEAM}]|$))"
_LABEL = Pattern(
    rf"(?:(?:{either_role('chinese')})(?P<sure>单位|部门|机构)?"
    rf"|\b(?:{either_role('nouns').replace('?P<', '?P<english_')}))\s*[:：]\s*",
    re.IGNORECASE,
    needs=":：",
)
_UNKNOWN = Pattern(f"[^\\s,，;；、。:：{SEAM}]+")
_OPENER = Pattern("由|组织|邀请|带领|率领|会同|联合|携手|在", needs="由组邀带率会联携在")
_TAKING = Pattern("(?:参加|参与)(?![了过])")
_PART_HERE = Pattern(rf"\s*(牵头|主办|承办|协办|参加|参与|配合){_END}")
_AGENT = Pattern(
    f"\\s*(?:(?:负责|主持|承担|组织|主讲|实施|(?=召开|举办|举行|开展)){_END}"
    "|(?:召开|举办|举行|开展|发起)(?=的))|(?:联合|共同)?(?=召开|举办|举行|开展)"
)
_OPENING, _CLOSING = Pattern(r"\s*[（(]\s*"), Pattern(r"\s*[）)]")
# What tells why or on which occasion, before whoever does it.
_OCCASION = Pattern(
    "(?:是|为|恰逢|适逢|正值|正逢|时值|值此|随着|根据|按照|结合|围绕|针对|由于|因|在)[^，,]{2,24}[，,]\\s*"
    "|经[一-鿿]{0,8}(?:研究|批准|同意|协商|讨论|安排)(?:决定)?[，,]\\s*"
    "|[^，,]{1,20}?(?:日|节|周|月|季|后|时|之际|期间|当天|前夕|周年|来袭|来临|到来|在即|将至|临近|高峰)[，,]\\s*"
    f"|(?:(?!{unknown_departments.DOING})[一-鿿]){{1,6}}[，,]\\s*",
    needs="，,",
)
_ENGLISH_DAY = Pattern(
    r"(?P<day>(?:[A-Z][\w'’.]* ){1,4}(?:Day|Week|Month|Festival|Eve|Anniversary|Holiday|Year)"
    r"(?:,|:|\s[-–—](?=\s))) *(?:[Tt]he )?",
    needs=",:-–—",
)
_DAY_OF = Pattern("日|节|周年|前夕|饭后|课后|下班后|会后", needs="日节年夕后")
_PLAIN = Pattern(f'(?:(?!{unknown_departments.DOING})[一-鿿“”"]){{1,10}}')
_FAR = 14
_IS = Pattern("是|[恰适正]逢|[正时]值", needs="是逢值")  # 是国家扶贫日: without it, it reads well
_BELOW = Pattern("的?[一-鿿]{2,6}下[，,]?")
_BY_HOST = (
    "(?:(?:jointly|co-?) ?)?(?:hosted|organi[sz]ed|run|held|led|arranged|sponsored|given|chaired|"
    "conducted|presented|delivered)(?: jointly)? by"
)
_BY_HELPER = "(?:supported|assisted|helped|joined|attended|backed|accompanied) by"
_HELPING = "support|help|assistance|aid|backing|participation|attendance"
_HELP = f"(?:{_HELPING}) (?:of|from|by)"
_THEIR_HELP = Pattern(rf"['’]s? (?:\w+ )?(?:{_HELPING})\b", needs="'’")
_NOT_WITH = "(?<!met )(?<!meet )(?<!meets )(?<!talked )(?<!spoke )(?<!worked )(?<!works )"
_ENGLISH = Pattern(
    r"(?<![A-Za-z])(?:,?\s*\band\s+)?(?:(?:is|are|was|were|will be|being|been) )?"
    rf"(?:(?P<host>{_BY_HOST}|(?<!ed )by)"
    rf"|(?P<help>{_BY_HELPER}|with (?:the )?(?:\w+ )?{_HELP})"
    rf"|(?:in (?:\w+ )?{TEAMS}|alongside|as well as"
    rf"|(?:{_BY_HOST[:-3]} |(?:together|joint|jointly|along) )?{_NOT_WITH}with))"
    r"\s+(?:the\s+)?",
    re.IGNORECASE,
    needs="fhlmyFHLMY",  # of, with, alongside, from, by
)
_MAY_BE_ENGLISH = ("by", "th")  # with; ı is an i without regard to case
_WORD_BEHIND = Pattern(
    r"\s+(?!(?:on|at|in|to|for|during|near) |and (?:[a-z-]+ )*(?:by|with|from) "
    rf"|(?:from|between) (?:the )?(?:[A-Z][a-z]+\.? )?[0-9]|(?:{HAPPENING})\b)[A-Za-z]"
)
_NEGATED = Pattern(r"\b(?:not|never|nor|neither|no|except|than|n['’]t)\s*$", needs="notT")
_UNKNOWN_NEXT = Pattern(
    rf"\s*,\s*(?:and )?(?:the )?({unknown_departments.CAPITAL})(?=\s*(?:[,;.]|{SEAM}|$))",
    needs=",",
)
_PLAIN_END = Pattern(rf"\b(?:{EVENTS}|{PLACES})s?$", re.IGNORECASE)
_VERB_BEHIND = Pattern(
    r"\s+(?:(?:held|ran|gave|led|took|made|hosted|organi[sz]ed|holds|runs|gives|will)\b"
    r"|[a-z]+ed (?:a|an|the|its|their|all|[0-9]+)\b)"
)
_BESIDE = re.compile(r"\W*(?:in|together|jointly|along)\b", re.IGNORECASE)
_DOING_BEHIND = Pattern(f"(?={unknown_departments.DOING})")
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
        names, end = _listed(text, label, participants)
        participants.is_unordered |= label[0].isascii()
        for department in names:
            participants.add(department, role)
        text = text[: label.start()] + SEAM + text[end:]
    return text


def without_clauses(text: str, participants: Participants) -> str:
    """Read the departments that have a part further on; return the text without them."""
    small = text.lower()
    may_be_english = any(word in small for word in _MAY_BE_ENGLISH)
    place = 0
    while place < len(text):
        is_apart = place == 0 or text[place - 1] in f" ,，、;；{SEAM}"
        english = _ENGLISH.match(text, place) if may_be_english else None
        opener = _OPENER.match(text, place)
        if english:
            end = _english(text, english, participants)
        elif opener and (is_apart or opener[0] in "由组织在"):
            end = _opened(text, opener, participants)
        else:
            is_apart &= not _in_a_list(text, place)
            end = _with_part(text, place, participants) if is_apart else 0
        if end:
            is_sewn = place > 0 and not f"{text[place - 1]}{text[end : end + 1]}".isascii()
            is_sewn = is_sewn and f"{text[place - 1]}{text[end : end + 1]}x".isalpha()
            text = text[:place] + ("" if is_sewn else SEAM) + text[end:]
        place += 1
    return text


def in_brackets(text: str, participants: Participants) -> str:
    """Read the departments that stand alone in brackets; return the text without them."""
    for opening in _OPENING.finditer(text):
        names, end = _names(text, opening.end(), participants, by_comma=True)
        closing = _CLOSING.match(text, end) if names else None
        if closing:
            for department in names:
                participants.add(department)
            return text[: opening.start()] + SEAM + text[closing.end() :]
    return text


def occasion(text: str, names: Names) -> tuple[int, int] | None:
    """Return where an occasion begins and ends with which a text begins: 是国家扶贫日，….

    The verb that only joins it to the sentence is left out.
    """
    blanks = len(text) - len(text.lstrip())
    for day in _DAY_OF.finditer(text[: blanks + _FAR]):  # 国际扫盲日市教育局举办
        if _PLAIN.fullmatch(text[blanks : day.start()]) and names.at(text, day.end()):
            return blanks, day.end()
    english = _ENGLISH_DAY.match(text, blanks)
    if english and names.at(text, english.end()):
        return blanks, english.end("day")
    found = _OCCASION.match(text, blanks)
    if found is None or unknown_departments.OFFICE_END.search(found[0].rstrip("，, ")):
        return None
    verb = _IS.match(text, blanks)
    return verb.end() if verb else blanks, found.end()


def _in_a_list(text: str, place: int) -> bool:
    """Return whether somebody stands before a department, joined to it, who was not read."""
    before, joiner, between = text[:place].rpartition("、")
    return bool(joiner and before) and not between.strip() and not before.endswith(SEAM)


def aside(text: str, place: int, participants: Participants) -> int | None:
    """Read whoever helped, before the department that did it: 在市公安局指导下，市教育局 …."""
    english, opener = _ENGLISH.match(text, place), _OPENER.match(text, place)
    participants.is_unordered |= english is not None
    if english and (english["help"] or _BESIDE.match(english[0])):
        return _english(text, english, participants, is_aside=True) or None
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
        names, end = _names(text, start, participants, by_comma=True)
        if not names:
            unknown = _UNKNOWN.match(text, start)
            names = [participants.unnamed(unknown[0] if unknown else label[0].strip())]
            end = unknown.end() if unknown else start
        found += names
        joiner = JOINER.match(text, end)
        if joiner is None:
            return found, end
        start = joiner.end()


def _names(
    text: str, place: int, participants: Participants, *, by_comma: bool
) -> tuple[list[Department], int]:
    """Return the departments that stand at a place, joined, and where the last one ends."""
    found: list[Department] = []
    end = place
    while named := participants.names.at(text, place):
        found.append(named[0])
        end = named[1]
        joiner = JOINER.match(text, end) or (LISTED.match(text, end) if by_comma else None)
        if joiner is None:
            break
        place = joiner.end()
    return found, end


def _english(
    text: str, opener: re.Match[str], participants: Participants, *, is_aside: bool = False
) -> int:
    """Read a group behind by, with …; return where it ends, 0 where its part is not plain."""
    if _NEGATED.search(text[: opener.start()]):
        return 0
    # With help from A, B cleans: B is no helper. Assisted by A ran a clean-up: no word of A's.
    for by_comma in (False,) if is_aside else (True, False):
        names, end = _names(text, opener.end(), participants, by_comma=by_comma)
        goes_on = _WORD_BEHIND.match(text, end) and not (
            is_aside and _VERB_BEHIND.match(text, end)
        )
        if names and not text[end : end + 1].isalnum() and not goes_on:
            helped = None if opener["host"] else _THEIR_HELP.match(text, end)
            usual: Role | None = None if opener["host"] else "joint"
            if unknown := _UNKNOWN_NEXT.match(text, end):
                participants.unread = "" if _PLAIN_END.search(unknown[1]) else unknown[1]
            if usual and not helped and not opener["help"] and not participants.has_lead:
                participants.companions.append(names[0].code)
            for department in names:
                role = "participant" if opener["help"] or helped else usual
                participants.add(department, role)
            return helped.end() if helped else end
    return 0


def _opened(text: str, opener: re.Match[str], participants: Participants) -> int:
    """Read a group behind 由, 组织, 在 …; return where it ends, 0 when its part is not plain."""
    names, end = _names(text, opener.end(), participants, by_comma=False)
    if not names:
        return 0
    if opener[0] == "由":
        part = (PART_GOING_ON if participants.has_parts else _PART_HERE).match(text, end)
        role = ROLES[part[1]] if part else None
        part = part or _AGENT.match(text, end)
    else:
        role = "joint" if opener[0] in _PARTNERS else "participant"
        part = _BELOW.match(text, end) if opener[0] == "在" else _taken(text, end)
    if part is None:
        return 0
    for department in names:
        participants.add(department, role)
    return part.end() + text.startswith("的", part.end())


def _taken(text: str, end: int) -> re.Match[str] | None:
    """Return what follows those who are taken along: 参加, or nothing before what they do."""
    return _TAKING.match(text, end) or _DOING_BEHIND.match(text, end)


def _with_part(text: str, place: int, participants: Participants) -> int:
    """Read a group with its part up to the next comma: 市教育局承办."""
    names, end = _names(text, place, participants, by_comma=False)
    usual = PART_GOING_ON if participants.has_parts else _PART_HERE
    part = usual.match(text, end) if names else None
    if part is None:
        return 0
    for department in names:
        participants.add(department, ROLES[part[1]] or "joint")
    return part.end() + text.startswith("的", part.end())
