"""Puts marks for the signs that part what a poster says: ★通知★时间：…, 📅7月25日 📍报告厅.

A lone sign in the middle or at the end belongs to what happens, and stays: 7月25日 团市委 ❤义卖.
"""

from kalends.domain.patterns import Pattern
from kalends.intake.labels.english_posters import NO
from kalends.intake.vocabulary.naming import Names

# Geometric signs, stars, emoji; ○ is a zero, too, and ❶ the number of a list.
_SIGN = f"{NO}[※■-◊◎-◮☀-❵➔-➿⌚-⏿⬀-⯿🀀-🫿]"
_RUN = Pattern(
    f"\\s*(?:{_SIGN}|[0-9]\ufe0f?\u20e3|\\*+(?![0-9*])|(?<![0-9*])\\*+)"
    f"(?:{_SIGN}|[\\s*\ufe0f\u200d])*"
)
_PLACE = Pattern("📍\\s*(?:地点\\s*[:：])?\\s*", needs="📍")
_HEADING = Pattern(
    "([一-鿿]{0,4}(?:通知|公告|通告|预告|招募|提醒|提示|快讯|喜报|公示|邀请|征集|报名))；(?=\\S)",
    needs="；",
)
_DATED_POINT = Pattern(r"·\s*(?:[0-9]{1,4}[月年./:：]|[今明后]天|[本下]?周)", needs="·")
_POINTS, _RUNS = 3, 2


def with_marks(text: str, names: Names) -> str:
    """Return a text with marks for such signs; a word or two at the beginning are its heading."""
    if text.count("·") >= _POINTS and _DATED_POINT.search(text):
        text = text.replace("·", "；")
    text = _PLACE.sub("；地点：", text).lstrip("；")
    runs = list(_RUN.finditer(text))
    if len(runs) < _RUNS and not (runs and runs[0].start() == 0):
        return text
    marked = _RUN.sub("；", text).strip("； \n")
    heading = _HEADING.match(marked) if runs[0].start() == 0 else None
    if heading and not names.at(marked, 0):
        return f"【{heading[1]}】{marked[heading.end() :]}"
    return marked
