"""The words that join departments or say their part, each written once.

`participants` and `clauses` read by them; `letters` and `unread_offices` look for them in what
was left, so a word that joins departments never hides a piece of a date.
"""

import re

from kalends.domain.details import Role
from kalends.domain.patterns import Pattern

TOGETHER = "联合|会同|共同|携手"
JOINER = Pattern(
    rf"\s*([、/&／＆+＋·・]|以及|{TOGETHER}|和(?![谐睦美气解好善蔼])|与(?![会否其众]|时俱)"
    r"|及(?![时格早其])|跟(?![踪进随班岗着])"
    r"|(?:and|,?\s*(?:together|jointly) with|with)\b(?:\s+the\b)?|w/|x(?=\s))\s*",
    re.IGNORECASE,
)
LISTED = Pattern(r"\s*[,，]\s*(?:and\s+)?(?:the\s+)?", re.IGNORECASE)
ROLES: dict[str, Role | None] = {
    **dict.fromkeys(("牵头", "主办"), "lead"),
    **dict.fromkeys(("参加", "参与", "配合", "协同", "协助", "协办"), "participant"),
    "承办": "joint",
    "联合": None,
}
PARTS = "|".join(word for word in ROLES if word != "联合")
LEADING = "|".join((*(word for word, role in ROLES.items() if role == "lead"), "承办", "协办"))
_NUMBER = "(?:[一二两三四五六七八九十]|[0-9]+)"
OTHERS = Pattern(
    f"(?:等(?:有关|相关)?{_NUMBER}?|(?<![0-9]){_NUMBER})(?:个|家)?(?:部门|单位)(?!的|长|领导)",
    needs="部单",
)
