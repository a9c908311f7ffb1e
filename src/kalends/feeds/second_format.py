"""How feed format 2 differs from format 1: frozen, because published bytes depend on it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kalends.domain.campaign_settings import Language
from kalends.domain.department import Department
from kalends.domain.details import Details
from kalends.domain.events import ActivityRetracted
from kalends.domain.roster import Roster
from kalends.feeds.content_line import escaped
from kalends.views.activities import Revision

NUMBER = 2
# An undo this soon after the activity was recorded leaves no trace in calendars.
AT_ONCE = timedelta(minutes=15)
# Outlook and others accept no longer addresses.
LONGEST_ADDRESS = 256

# The reasons that 0.1.0 recorded for an undo when nobody gave one.
_AUTOMATIC = re.compile(r"position [0-9]+ was undone|撤回序号 [0-9]+ 的操作")
# Letters of scripts that separate words by spaces, and digits.
_OF_A_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u052f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondWording:
    """What format 2 says beside the words of format 1."""

    title: str
    undone: str
    empty: str
    why_empty: str


WORDS: Mapping[Language, SecondWording] = {
    "zh": SecondWording(
        title="{department}：{title}",
        undone="撤回上一操作",
        empty="本日历暂无活动",
        why_empty="原列入本日历的活动已全部移出。日历有新活动时，本条自动消失。",
    ),
    "en": SecondWording(
        title="{department}: {title}",
        undone="the last change was undone",
        empty="Nothing in this calendar at present",
        why_empty="Everything that stood in this calendar was taken out. "
        "This entry goes away when there is something to show again.",
    ),
}


def titled(details: Details, roster: Roster, language: Language) -> str:
    """Return the title after the short name of the first department."""
    department = roster.departments[details.departments[0].code]
    return prefixed(details.title, department, details.when.first_day, language)


def prefixed(title: str, department: Department, day: date, language: Language) -> str:
    """Return a title after the short name of a department.

    A title that starts with that name, or with the name valid on that day, is unchanged.
    """
    short = department.short_on(day)
    if _begins(title, short) or _begins(title, department.name_on(day)):
        return title
    return WORDS[language].title.format(department=short, title=title)


def is_undone(revisions: Sequence[Revision]) -> bool:
    """Return whether an activity was recorded or planned and at once undone by the same handle.

    Nothing else may have happened to it in between.
    """
    if len(revisions) != 2:  # noqa: PLR2004 - recorded, and undone
        return False
    first, second = revisions
    return (
        second.topic == ActivityRetracted.TOPIC
        and first.by == second.by
        and timedelta() <= second.at - first.at <= AT_ONCE
    )


def reason_shown(reason: str | None, language: Language) -> str | None:
    """Return a reason as citizens read it, without the log positions that Kalends put there."""
    if reason is not None and _AUTOMATIC.fullmatch(reason):
        return WORDS[language].undone
    return reason


def shown(text: str) -> str:
    r"""Return a text as calendars show it: backslashes as `＼`, because readers misread `\n`."""
    return text.replace("\\", "＼")


def text_value(text: str) -> str:
    """Return a TEXT value."""
    return escaped(shown(text))


def _begins(title: str, name: str) -> bool:
    """Return whether a title starts with a name, and not only with a word that starts so."""
    if not title.startswith(name):
        return False
    rest = title[len(name) :]
    return not (rest and _OF_A_WORD.fullmatch(name[-1]) and _OF_A_WORD.fullmatch(rest[0]))
