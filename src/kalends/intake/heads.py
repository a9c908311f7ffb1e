"""Reads dates and departments that stand together, with nothing but links between them.

head = { date | group | aside | link }        link = ":" | "," | ";" | space | "于" | "在" …
"""

from kalends.dates.reader import DateContext
from kalends.dates.vocabulary import DAY_IN_NUMBERS
from kalends.domain.errors import VagueDateError
from kalends.domain.patterns import Pattern
from kalends.intake.dates.approximate_dates import approximate
from kalends.intake.dates.dates_at import date_at, hours_at
from kalends.intake.departments import clauses
from kalends.intake.departments.participants import Participants
from kalends.intake.found import Sentence
from kalends.intake.sentence_prompter import SentencePrompter
from kalends.intake.vocabulary.tags_and_place import SEAM

_DATE = (
    rf"\d{{1,4}}(?:[年月日./:：点时-]|{DAY_IN_NUMBERS})|[今明后]天|下?周[一二三四五六日]|[本下]月"
)
_LINKS, _DASHES = frozenset(":：,，;；"), frozenset("-–—")
_OPENING, _CLOSING = frozenset("（(【["), Pattern("[）)】\\]]")
# Who told it, before what it is about: 总工会通知，7月14日…, Police rang - training on 9 July.
_SAYS = Pattern(
    "(?:(?:打?来?电话)?(?:通知|告知|说|讲|来电|来函))(?:[，,:：]\\s*|(?=[0-9今明昨下本]|[一二三四五六七八九十]+月))"
    r"|\s+(?:rang|phoned|called|emailed|says?|said)(?: to say)?(?: that)?\s*(?:[,:]|\s[-–—])\s+",
    words=(
        "通知",
        "告知",
        "说",
        "讲",
        "来电",
        "来函",
        "rang",
        "phone",
        "call",
        "email",
        "say",
        "said",
    ),
)
_NEXT_SENTENCE = Pattern(r"\s*[A-Z0-9]")
# Of a diary: 7月17日 阴 市卫健委督查.
_WEATHER = Pattern(
    r"[\s，,]+(?:天气[:：]?)?(?:晴|阴|多云|[小中大暴阵]?[雨雪])"
    r"(?:[转间到](?:晴|阴|多云|[小中大暴阵]?[雨雪]))?(?:\s*[0-9~至到-]{1,7}[℃度])?(?=[\s，,])",
    needs="晴阴云雨雪",
)
_ON = Pattern(rf"(?:[兹现]?将?[拟定]?)[于在](?={_DATE})", needs="于在")


class Heads:
    """Reads into one sentence what was found."""

    def __init__(
        self,
        found: Sentence,
        participants: Participants,
        context: DateContext,
        prompter: SentencePrompter,
    ) -> None:
        self._found, self._participants = found, participants
        self._context, self._prompter = context, prompter

    def without_approximate(self, text: str) -> str:
        """Ask for the day of an approximate date (around 6 December); return the text without."""
        found = None if self._found.when else approximate(text, self._context)
        if found is None:
            return text
        said = text[found.start : found.end].replace(SEAM, " ")
        self._found.when = self._prompter.date(VagueDateError(text=said, part=found.part))
        return f"{text[: found.start]}{SEAM}{text[found.end :]}"

    def read(self, text: str, place: int) -> int:
        """Read dates and departments from a place on; return where the rest begins."""
        place = linked(text, place)
        while place < len(text):
            if not self._found.departments:
                place = _behind_point(text, place)
            after = self.date(text, place) or self._in_brackets(text, place)
            if after is not None:
                self._participants.close()
                if text.startswith("、", after) and self._participants.begin_at(text, after + 1):
                    after += 1  # 7月3日、市消防支队演练
            elif (after := self._participants.at(text, place)) is not None:
                says = _SAYS.match(text, after)
                after = says.end() if says else after
            else:
                after = clauses.aside(text, place, self._participants)
            if after is None:
                break
            place = linked(text, after)
        return place

    def date(self, text: str, place: int) -> int | None:
        """Read the date that begins at a place, or the hours apart from it; return the end."""
        found, context = self._found, self._context
        if found.when:
            dated = hours_at(text, place, context, found.when)
        else:
            dated = date_at(text, place, context, self._participants, self._prompter)
        if dated is None:
            return None
        found.when, end = dated
        weather = _WEATHER.match(text, end)
        return weather.end() if weather else end

    def _in_brackets(self, text: str, place: int) -> int | None:
        """Read the date that stands in brackets of its own: （12月18日）龙山区送温暖."""
        if text[place] not in _OPENING or self._found.when is not None:
            return None
        closing = _CLOSING.search(text[place:])
        if closing is None:
            return None
        end = place + closing.start()
        return end + 1 if self.date(text[:end], place + 1) == end else None


def mark_behind(said: str, before: str, rest: str) -> str:
    """Return the mark that ends what was read, if it parts what stands around it."""
    mark = said[-1:]
    if mark == ".":  # of 1pm. Police manage the queue, not of 1 p.m. in the hall
        return mark if _NEXT_SENTENCE.match(rest) and not before.rstrip().endswith(".") else ""
    return mark if mark and mark in ",，;；:" else ""


def _behind_point(text: str, place: int) -> int:
    """Return where a sentence begins behind a point: 7 August 2020. Education Bureau. …."""
    rest = text[place:].lstrip(" ")
    begins = rest[1:].lstrip(" ")
    is_point = rest[:1] == "." and rest[1:2] == " " and begins[:1].isupper()
    return len(text) - len(begins) if is_point else place


def linked(text: str, place: int) -> int:
    """Return where a link ends that begins at a place; the place itself without one."""
    if text[place : place + 1] in set("兹现将拟定于在"):
        link = _ON.match(text, place)
        return place if link is None else link.end()
    while place < len(text) and _links(text, place):
        place += 1
    return place


def _links(text: str, place: int) -> bool:
    char, around = text[place], (text[place - 1 : place], text[place + 1 : place + 2])
    return (
        char in _LINKS
        or char.isspace()
        or (char in _DASHES and all(beside.isspace() for beside in around))
    )
