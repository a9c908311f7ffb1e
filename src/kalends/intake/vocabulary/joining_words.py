"""The words that join departments or say their part, each written once.

`participants` and `clauses` read by them; `letters` and `unread_offices` look for them in what
was left, so a word that joins departments never hides a piece of a date.
"""

import re

from kalends.domain.details import Role
from kalends.domain.patterns import Pattern
from kalends.domain.value import Value

TOGETHER = "联合|会同|共同|携手"
TEAMS = "(?:co-?operation|partnership|collaboration|conjunction|coordination) with"
# Not 和谐, 与会, 及时.
AND_IN_CHINESE = "以及|和(?![谐睦美气解好善蔼])|与(?![会否其众]|时俱)|及(?![时格早其])"
JOINER = Pattern(
    rf"\s*([、/&／＆+＋·・]|{TOGETHER}|{AND_IN_CHINESE}|跟(?![踪进随班岗着拍访单])"
    r"|(?:and|,?\s*(?:together|jointly) with|with|along with|alongside|as well as"
    rf"|,?\s*in (?:\w+ )?{TEAMS})\b(?:\s+the\b)?|w/|(?:x|vs?\.?|versus)(?=\s))\s*(?:the\s+)?",
    re.IGNORECASE,
    words=(
        *("and", "with", "alongside", "as well", *TOGETHER.split("|")),
        *"、/&／＆+＋·・和与及跟xv",
    ),
)
LISTED = Pattern(r"\s*[,，]\s*(?:and\s+)?(?:the\s+)?", re.IGNORECASE, needs=",，")
ROLES: dict[str, Role | None] = {
    **dict.fromkeys(("牵头", "主办"), "lead"),
    **dict.fromkeys(("参加", "参与", "配合", "协同", "协助", "协办"), "participant"),
    "承办": "joint",
    "联合": None,
}


class RoleWords(Value):
    """The words for a part, as sources: nouns, what is done in English, labels in Chinese."""

    nouns: str
    doing: str
    chinese: str


ROLE_WORDS: dict[Role, RoleWords] = {
    "lead": RoleWords(
        nouns="hosts?|organi[sz]ers?|leads?|leaders?|lead (?:department|agency|unit)",
        doing="led|leads?|leading|host(?:s|ed|ing)?|organi[sz](?:es?|ed|ing)"
        "|r[au]n(?:s|ning)?(?: it| this)"
        "|to (?:lead|host|organi[sz]e)|(?:took|takes?|taking) the lead"
        "|in (?:charge|the lead|the chair)"
        "|chair(?:s|ed|ing)?|presid(?:es?|ed|ing)",
        chinese="牵头|主办|主管|主持|责任|组织|发起|召集",
    ),
    "joint": RoleWords(
        nouns="joint|joint leads?|co-?hosts?|co-?leads?|co-?organi[sz]ers?|partners?",
        doing="co-?led|co-?lead(?:s|ing)?|co-?host(?:s|ed|ing)?|co-?organi[sz](?:es?|ed|ing)"
        "|partner(?:s|ed|ing)",
        chinese="承办|联办|合办|联合|实施|共建",
    ),
    "participant": RoleWords(
        nouns="participants?|supporters?|support|assistants?|helpers?|attendees?",
        doing="participat(?:es?|ed|ing)|(?:took|takes?|taking) part|support(?:s|ed|ing)?"
        "|to (?:assist|help|support|join|attend|participate|take part)"
        "|assist(?:s|ed|ing)?|help(?:s|ed|ing)?(?: out)?|join(?:s|ed|ing)?(?: in)?"
        "|attend(?:s|ed|ing)?|in (?:support|attendance)|c[ao]mes? along|coming along"
        "|(?:lends?|lent|lending|gives?|gave|giving) a hand|(?:pitch|chip)(?:e?s|p?ed|p?ing)? in",
        chinese="协办|参加|参与|配合|协同|协助|支持|指导|出席|列席|参会|到场",
    ),
}


# One of them is in every label of a part.
LABELS = (
    *(word for words in ROLE_WORDS.values() for word in words.chinese.split("|")),
    *("host", "organi", "lead", "joint", "partner", "part", "support", "assist", "help", "attend"),
)
# One of them is in every English clause of a part.
HINTS = (
    *("ran", "run", "led", "lead", "host", "organi", "part", "support", "assist", "help", "join"),
    *("attend", "charge", "backing", "too", "as ", "along", "hand", "chip", "pitch", "chair"),
    "presid",
)


def role_of(found: re.Match[str]) -> Role:
    """Return the part that a match of `either_role` says."""
    return next(role for role in ROLE_WORDS if found[role])


def either_role(*kinds: str) -> str:
    """Return the source of the words of these kinds, with a group for each part."""
    return "|".join(
        f"(?P<{role}>{'|'.join(getattr(words, kind) for kind in kinds)})"
        for role, words in ROLE_WORDS.items()
    )


# Only before a mark: 负责 and 带队 may as well begin what is done.
BEFORE_MARK: dict[str, Role | None] = {
    **dict.fromkeys(
        ("列席", "出席", "参会", "陪同", "支援", "到场支持", "指导", "支持"), "participant"
    ),
    # It leads if nobody does.
    **dict.fromkeys(
        ("发起", "负责", "主责", "带队", "主持", "召集", "合办", "联办", "共同举办", "联合举办")
    ),
}
PARTS = "|".join(word for word in ROLES if word != "联合")
LEADING = "|".join((*(word for word, role in ROLES.items() if role == "lead"), "承办", "协办"))
_NUMBER = "(?:[一二两三四五六七八九十]|[0-9]+)"
OTHERS = Pattern(
    f"(?:等(?:有关|相关)?{_NUMBER}?|(?<![0-9]){_NUMBER})(?:(?:个|家)?(?:部门|单位)(?!的|长|领导)"
    "|家(?=联合|共同|携手|主办|承办))"
    # 市公安局等走访: nobody knows who else.
    f"|等(?:{_NUMBER}家)?(?=走访|开展|召开|组织|举行|举办|检查|慰问|调研|参加|联合|共同)",
    needs="部单家等",
)
