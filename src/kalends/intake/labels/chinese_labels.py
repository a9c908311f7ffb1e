"""Reads what notices in Chinese say behind labels: 时间：… 地点：… 主办：… 内容：….

    notice  = { label "：" value }        on one line or several

What stands behind the labels for time, content and who is joined to a plain sentence, and the
place gets its mark. Labels that say a part (主办单位：…) stay: `clauses` reads them.
"""

import re

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.joining_words import JOINER
from kalends.intake.vocabulary.naming import Names

_LABEL = Pattern(
    r"(?:^|(?<=[\s,，;；:：。.、|｜*])|(?<=[0-9）)】\]]))"
    r"(?:(?:活动|会议|开会|集合|培训|举办|开始|具体|起止)?(?:(?P<when>时间|日期)"
    r"|(?P<where>地点|地址|场地))"
    r"|(?P<what>(?:活动|会议|培训|通知|主要|工作)?(?:内容|主题|名称|议题|事项|项目|标题|事由)|活动)"
    r"|(?P<who>责任(?:单位|部门)|部门|单位)"
    r"|(?P<part>(?:主办|承办|协办|牵头|参加|参会|配合|组织|联办|支持|召集|主持|出席|列席)(?:单位|部门|者|方|人员|人)?))"
    r"\s*[:：]\s*",
    needs=":：",
)
# Without a colon a label is one behind a mark, before a date or a name.
_LOOSE = Pattern(
    r"(?:^|(?<=[,，;；。：:、（(\s]))(?:会议|活动|集合|培训|开始)?"
    r"(?:(?P<when>时间)(?:为|是|定于)?(?=[0-9一二三四五六七八九十本下周明]|[上下]午)"
    r"|(?P<part>(?:主办|承办|协办|牵头|参加|配合)(?:单位|方))(?:为|是)?\s*(?=[一-鿿]))",
    words=("时间", "单位", "办方", "头方", "加方", "合方"),
)
_HOLDS = ("主办", "承办", "协办", "牵头")
# Without a colon, before a name: 主办 市卫健委 协办 市图书馆.
_BEFORE_NAME = Pattern(
    r"(?:^|(?<=[,，;；。、（(\s]))(主办|承办|协办|牵头|参加|配合)(?:单位|方)?\s*(?=[一-鿿])",
    words=(*_HOLDS, "参加", "配合"),
)
_LABEL_LISTED = Pattern(
    "、(?=(?:主办|承办|协办|牵头|参加|参会|配合|组织|支持)(?:单位|部门|方)?[:：])", needs="、"
)
_PERSONS = Pattern("人员?\\s*[:：]", needs="人")
_PEOPLE = Pattern(
    "的?(?:主要|分管|有关|相关)?(?:领导|负责同志|负责人|代表|副?主任|副?书记|副?局长|同志)",
    first="的主分有相领负代副书局同",
)
_NO_PLACE = Pattern("待定|另行|未定")
# A place ends at a blank, too, if no room stands behind it.
_PLACE_ENDS = Pattern(
    r"[;；。\n]|[,，](?=\s*(?:请|届时|望|欢迎))"
    r"|\s+(?!\S{1,8}(?:室|厅|楼|层|侧|门|口|馆|场)(?:[\s,，;；。]|$))"
)
_EDGE = Pattern(r"[\s,，;；。.、|｜*]*$")
_ORGANISER = Pattern("(?:组织|参加|参会)者")
_FEWEST = 2


def as_sentence(text: str, names: Names) -> str:
    """Return a text whose labels for time, place, content and who are read, as one sentence."""
    text = _with_colons(text, names)
    text = _LABEL_LISTED.sub("；", text)
    text = _LOOSE.sub(lambda label: f"{label['part']}：" if label["part"] else "", text)
    labels = list(_LABEL.finditer(text))
    if len({label.lastgroup for label in labels}) < _FEWEST:
        alone = next((label for label in labels if label["when"]), None)
        return text[: alone.start()] + text[alone.end() :] if alone else text
    parts = [text[: labels[0].start()]]
    for label, end in zip(
        labels, [*(label.start() for label in labels[1:]), len(text)], strict=True
    ):
        parts.append(_said(label, text[label.end() : end], names))
    said = filter(None, (_EDGE.sub("", part).strip() for part in parts))
    joined = "".join(f" {part}" if part[0] == "@" else f"；{part}" for part in said)
    return joined.strip("； ").replace("：；", "：").replace("】；", "】")


def _with_colons(text: str, names: Names) -> str:
    """Return a text with colons behind words for a part that stand before names: 主办 市卫健委.

    Behind a name such a word says the part of that name: 市卫健委 主办 市图书馆 协办.
    """
    parts = _BEFORE_NAME.finditer(text) if any(word in text for word in _HOLDS) else iter(())
    first = next((part for part in parts if part[1] in _HOLDS), None)
    if (
        first is None
        or not names.at(text, first.end())
        or _ends_with_name(text[: first.start()], names)
    ):
        return text

    def colon(part: re.Match[str]) -> str:
        return f"{part[1]}：" if names.at(text, part.end()) else part[0]

    return _BEFORE_NAME.sub(colon, text)


def _ends_with_name(text: str, names: Names) -> bool:
    """Return whether a text ends with a department, blanks aside."""
    end = len(text.rstrip(" \n，,；;"))
    found = (names.at(text, place) for place in range(end))
    return any(named and named[1] == end for named in found)


def _without_people(text: str, names: Names) -> str:
    """Return a list of departments without the people who stand for them: 市公安局分管领导."""
    place = 0
    while named := names.at(text, place):
        people = _PEOPLE.match(text, named[1])
        text = text[: named[1]] + (text[people.end() :] if people else text[named[1] :])
        joiner = JOINER.match(text, named[1])
        if joiner is None:
            break
        place = joiner.end()
    return text


def _said(label: re.Match[str], value: str, names: Names) -> str:
    """Return what a label and the value behind it say, as a clause of a sentence."""
    if label["part"]:
        if _PERSONS.search(label[0]) and names.at(value, 0):  # 主持人：市文明办主任
            return f"{label['part'][:2]}单位：{_without_people(value, names)}"
        return f"{_ORGANISER.sub(lambda word: f'{word[0][:2]}单位', label[0])}{value}"
    if label["who"]:
        return f"主办单位：{value}"
    if not label["where"] or "@" in value or _NO_PLACE.match(value):
        return value
    ends = _PLACE_ENDS.search(value)
    place, behind = (value[: ends.start()], value[ends.end() :]) if ends else (value, "")
    quoted = _EDGE.sub("", place).strip().replace('"', "")
    return f'@"{quoted}" {behind}' if quoted else behind
