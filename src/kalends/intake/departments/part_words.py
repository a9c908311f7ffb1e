"""The words right behind departments that say their part: 牵头, 主办, 承办 …."""

import re

from kalends.domain.patterns import Either, Pattern
from kalends.intake.vocabulary.joining_words import BEFORE_MARK, LEADING, PARTS
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.unknown_departments import DOING

_DATE = "[0-9]{1,4}[年月./-]|[一二三四五六七八九十]{1,3}月|[今明后]天|[本下]?周[一二三四五六日末]"
_JOINTLY = r"\s*(?:(?:联合|共同)(?=主办|承办|协办|牵头))?"
_MARKED = rf"(?:{'|'.join(BEFORE_MARK)})(?=\s*(?:[,，;；、的]|$))"
# What is done behind a part is a long list, so it is looked for last.
PART = Either(
    Pattern(
        rf"{_JOINTLY}({PARTS}|联合|{_MARKED})"
        r"(?=\s*(?:[,，;；、的]|$)|(?<=牵头)(?:联合|会同)|(?<=牵头|主办|承办|协办)(?=\s))",
        words=(*PARTS.split("|"), "联合", *BEFORE_MARK),
    ),
    Pattern(
        rf"{_JOINTLY}(牵头|主办|承办|协办|负责)(?={_DATE})",
        words=("牵头", "主办", "承办", "协办", "负责"),
    ),
    Pattern(rf"{_JOINTLY}(牵头)(?={DOING})", words=("牵头",)),
)
# Behind another part that was told: 市公安局牵头，市教育局配合开展清查.
PART_GOING_ON = Either(
    Pattern(
        rf"\s*({PARTS}|{_MARKED})(?=\s|\s*(?:[,，;；、。的“《\"（({SEAM}]|$))",
        words=(*PARTS.split("|"), *BEFORE_MARK),
    ),
    Pattern(
        r"\s*(主办|承办|协办)(?!方|单位|权|人|者|地)(?=[一-鿿])", words=("主办", "承办", "协办")
    ),
    Pattern(rf"\s*({PARTS})(?=\s*(?:{DOING}))", words=PARTS.split("|")),
)
BY = Pattern(rf"\s*({LEADING})")  # 由团市委牵头开展: no comma is needed
# What ends a group and joins it to what happened: 由团市委举办的邻里节, 市教育局的家长课堂.
HELD = Pattern("(?:联合|共同)?(?:举办|召开|举行|开展|发起|组织)?的", needs="的")
OF_PART = Pattern("的", needs="的")
OF_IT = Pattern("['’]s(?= )|的(?=[一-鿿“《])", needs="'’的")
_PART_APART = Pattern(rf"\s*({'|'.join(BEFORE_MARK)})[ \u3000]+", words=tuple(BEFORE_MARK))


def apart(text: str, end: int, names: Names) -> re.Match[str] | None:
    """Return a part before a blank and another department: 市卫健委负责 市图书馆配合."""
    part = _PART_APART.match(text, end)
    return part if part and names.at(text, part.end()) else None
