"""The date of a sentence, where its pieces stand apart, and what is left of it in a text."""

import re

from kalends.dates.joining import EACH_DAY
from kalends.dates.reader import DateContext, Reading, read_prefix
from kalends.dates.vocabulary import (
    CHINESE_PARTS,
    HOURS_IN_WORDS,
    MINUTES_IN_WORDS,
    NOON,
    PART_BEGINS,
    any_of,
)
from kalends.domain.errors import (
    DeadlineError,
    HalfReadDateError,
    KalendsError,
    NoDateError,
    UnreadableDateError,
)
from kalends.domain.patterns import Pattern
from kalends.domain.when import COARSE
from kalends.intake.dates import durations, unread_dates
from kalends.intake.dates.acts import begins_act
from kalends.intake.dates.each_day import repeats_time
from kalends.intake.dates.same_days import without_same_days
from kalends.intake.vocabulary.event_words import EVENTS, TIMES
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.unknown_departments import DOING

_CLOCK_ALONE = {"zh-time", "en-time"}
# What makes a limit of a date, or something else than the day on which it happens.
_GOVERNS = Pattern(
    r"(?:^|(?<=\s))(?:(?:nominations?|applications?|entries|registrations?|bookings?|submissions?"
    r"|voting|sign-?ups?)\s+(?:will\s+)?(?:close|end)s?(?:\s+on)?"
    r"|(?<!road )(?<!street )(?<!lane )(?<!bridge )(?<!gate )"
    r"(?:closes|expires)(?: on)?"
    r"|(?:a|one|two|three|four) (?:weeks?|fortnights?|months?|days?)(?: on| from)?"
    r"|by|before|about|around|approx\.?|approximately|circa|roughly|after|until|till|since|from|to|for|of|or|than|due|through|between|"
    r"(?:almost |nearly )?(?:every|each|any|most|alternate)(?: other| second| single)?"
    r"|(?:postpon|reschedul|mov|shift|chang|delay|defer|extend|push|brought|put)\w*"
    r"(?: forward| back| off| out| again)?(?: to| from| until| till)?)\s+$",
    re.IGNORECASE,
)
# The drill is set for 9 November, which no more governs it than on does.
_SET_FOR = (
    r"(?<!not )(?<!n't )(?:(?:is|are|was|been) )?(?:now )?(?:set|scheduled|planned|fixed|booked"
    r"|confirmed|slated|arranged|(?<=is )on|(?<=are )on) for\s+$"
)
_PLANNED = Pattern(rf"(?:^|(?<=\s)){_SET_FOR}", re.IGNORECASE, needs="fF")
_PREPOSITION = Pattern(
    rf"(?:^|(?<=\s))(?:(?:(?:scheduled|fixed) )?on\s+$|(?:scheduled|fixed)\s+$|{_SET_FOR})"
    rf"|{_GOVERNS.source}",
    re.IGNORECASE,
)
_EVENT_OF = Pattern(
    rf"\W*(?:the )?(?!{TIMES}\b)(?:{EVENTS})\s+of\s+", re.IGNORECASE
)  # meeting of Nov 5
_BY_WHEN = {"by", "before", "until", "till", "due", "前", "之前", "以前"}
# Behind 于 a date says when; without it, only right before the verb.
_INSIDE = Pattern(
    "(?P<on>(?<!原)(?:[兹现]?将?定|拟|将|计划)于|(?:安排|放|选|定)在|(?<!不)(?:就|正)是)|(?<=关于)(?=[0-9一二三四五六七八九十])|(?<![关对由鉴基限至等介位定生立始建成源止终属处卒签布发])于"
    "|(?<=[一-鿿”》】])(?<![至到自从截前后每第周期年月日号一二两三四五六七八九十几数半个大双0-9于])"
    "(?:将在|在|将|)(?=[0-9一二三四五六七八九十今明后昨下本上前这周星礼])"
    "|(?P<said>(?:通知|公告|通告|函|启事|预告|如下|安排)[:：])"
)
_HAPPENS = Pattern(
    r"\s*(?:正式|隆重|如期|准时|顺利|集中|统一|联合|共同)?"
    f"(?:带队|率队|主持|出席|陪同|暗访|接访|授课|参加|举行|召开|举办|开幕|闭幕|启动|开班|开赛|开讲|进行|开展|揭幕|揭牌|开营|开工|开通|开演|上线|启用|结束|开始|{DOING})(?!的)"
)
# The day of something else: 部署10月8日开展的检查.
_ABOUT_ANOTHER = Pattern(
    f"(?:{DOING}|截止|截至|期限|延期|改期|(?<!整|修|批|悔)改|换|挪|顺延|推迟|提前|原定|调整|准备|迎接|筹备|确定|要求|预告|等待|迎来)$"
)
_OF_ANOTHER = Pattern("[^，,。；;]*的[一-鿿]", needs="的")
_EVENT_BEFORE = Pattern(
    "(?:比赛|演练|培训|劳动|表彰|评比|研讨|交流|座谈|观摩|学习|志愿服务|宣传)$"
)
_IN_PLACE = Pattern(
    "在[^，,。；;]{1,15}(?:举行|召开|举办|启动|开幕|开赛|开班|开营|揭幕|上演|开讲)(?!的)",
    first="在",
)
_ABOUT_DAY = Pattern(r"\s*(?:的|$|[,，。;；、])")
_ENDS = Pattern(r"\s*(?:$|[，,。；;])")
_ALL_DAY = Pattern(r"(?:全天|整天|全日|一整天)(?=[\s，,。；;）)]|$)", first="全整一")
_HELD_BEFORE = Pattern(
    r"(?:召开|举行|举办)了?[^，,。；;\s]{1,20}[，,；;]\s*$", words=("召开", "举行", "举办")
)
_IS_HELD = Pattern(
    r"\s*(?:将|拟|正式|隆重|如期|准时)*(?:在|于|举行|召开|举办|开始|开幕|启动|开班|开赛|到|地点)"
)
_IN_BRACKETS = Pattern(r"[（(\[【]([^（()）\[\]【】]{2,60})[)）\]】]", needs="（([【")
_BEHIND_IN_BRACKETS = Pattern(r"\s*[,，;；]\s*(?=\S)", needs=",，;；")
_DAY_BEFORE = Pattern(r"[0-9一二三四五六七八九十][日号] ?$", needs="日号")
_CLOCK_END = Pattern(r"[0-9]{1,2}[:：][0-9]{2}$")
_TWO_HOURS = Pattern(f"(?:{any_of(*CHINESE_PARTS)})?[一二三四五六七八九]{{2}}点", needs="点")
WEEKDAYS = {"zh-weekday", "en-weekday"}
BARE = {"zh-day", "en-day", *WEEKDAYS}  # whose month may stand elsewhere
_OPEN = COARSE | {"week", "ten-days"}  # a day may still follow
_CLOCK = Pattern(
    r"(?:(?:at|from|between) |@ ?)?(?:a )?"
    rf"(?:[0-9]|(?:{any_of(*NOON, *HOURS_IN_WORDS, *MINUTES_IN_WORDS)})\b)"
    "|[从自]?[〇一二三四五六七八九十两]{1,3}[点时]|从",
    re.IGNORECASE,
)
_LONE_DIGIT = Pattern("(?<![0-9])[0-3]$")  # of 14, when 4 stands elsewhere


def hours_of(when: Reading, rest: str, context: DateContext) -> tuple[Reading, int] | None:
    """Return a day with the hours that a text begins with, and where they end in it.

    They stand apart from their day: 7月14日团市委上午召开.
    """
    if all_day := _ALL_DAY.match(rest):
        return when, all_day.end()
    is_part = when.when.precision == "part" and rest[0].isdigit()  # 7月14日上午 …，9:30
    if not (is_part or when.when.precision in {"day", "days"}):
        return None
    if not (rest[0] in PART_BEGINS or rest[0] == "每" or _CLOCK.match(rest)):
        return None
    day = when.when.text
    try:
        read_on = read_prefix(f"{day} {rest}", context)
    except KalendsError:
        return None
    wanted = {"minute"} if is_part else {"part", "minute"}
    is_each_day = read_on is not None and read_on[0].rule.endswith(EACH_DAY)
    is_each_day &= not when.rule.endswith(EACH_DAY)
    if read_on is None or not (is_each_day or read_on[0].when.precision in wanted):
        return None
    length = read_on[1] - len(day) - 1
    return (read_on[0], length) if length > 0 else None


def unread_behind(rest: str, end: int) -> tuple[str, int] | None:
    """Return what goes on from a date and was not read (-11, 15:42分), and where it ends."""
    if half := unread_dates.half_range(rest, end):
        begins = end if rest[end:half].strip(" -–—－") else len(rest[:end].rsplit(maxsplit=1)[0])
        return rest[begins:half].strip(), half
    clock = _CLOCK_END.search(rest[:end])
    is_minutes = rest.startswith("分", end) and not rest[end + 1 : end + 2].isdigit()
    return (f"{clock[0]}分", end + 1) if clock and is_minutes else None


def narrowed(error: UnreadableDateError, rest: str) -> UnreadableDateError:
    """Return the refusal that says more of a date: two hours (下午七八点), a deadline (10日前)."""
    part, end = str(error.fields["part"]), length_of_refused(rest, error)
    hours = _TWO_HOURS.search(rest[: end + 1])
    if hours and part in hours[0]:
        return UnreadableDateError(text=rest[: hours.end()], part=hours[0])
    if part in _BY_WHEN:
        return DeadlineError(text=rest[:end].strip(), part=rest[:end].strip())
    return error


def without_open_end(
    error: UnreadableDateError, rest: str, context: DateContext
) -> tuple[Reading, int] | None:
    """Return a day that was refused for 起, where the text says how long it lasts, and its end."""
    part = str(error.fields["part"])
    if not durations.begins_only(part, rest):
        return None
    end = length_of_refused(rest, error)
    dated = read_prefix(rest[: end - len(part)], context)
    return None if dated is None else durations.behind(dated[0], rest, end)


def governed(said: str, preposition: str, part: str) -> UnreadableDateError:
    """Return the refusal of a date that a word before it makes something else of."""
    refused = DeadlineError if preposition.casefold() in _BY_WHEN else HalfReadDateError
    return refused(text=said, part=part)


def inside(text: str, context: DateContext) -> tuple[Reading, str] | None:
    """Return the date that stands inside a sentence, and the text without it.

    It is in brackets, or in the middle of Chinese: 邻里节9月26日举行, 推进会定于10月9日.
    """
    return _in_brackets(text, context) or _before_verb(text, context)


def _in_brackets(text: str, context: DateContext) -> tuple[Reading, str] | None:
    for bracket in _IN_BRACKETS.finditer(text):
        inside = bracket[1].replace(SEAM, " ")
        try:
            dated = read_prefix(inside, context)
        except KalendsError:
            continue
        if dated is None or dated[0].rule in _CLOCK_ALONE or dated[0].when.precision in _OPEN:
            continue
        if _DAY_BEFORE.search(text[: bracket.start()]):
            continue  # 定于7月6日（星期一）召开
        mark = _BEHIND_IN_BRACKETS.match(inside, dated[1])
        if inside[dated[1] :].strip() and mark is None:
            continue
        rest = f"{bracket[0][0]}{inside[mark.end() :]}{bracket[0][-1]}" if mark else SEAM
        return dated[0], f"{text[: bracket.start()]}{rest}{text[bracket.end() :]}"
    return None


def in_bracket(text: str, place: int, context: DateContext) -> tuple[Reading, int] | None:
    """Return the date that a bracket which opens at a place holds, and where it closes."""
    bracket = _IN_BRACKETS.match(text, place)
    if bracket is None:
        return None
    try:
        dated = read_prefix(bracket[1].replace(SEAM, " "), context)
    except KalendsError:
        return None
    is_date = dated is not None and dated[0].rule not in _CLOCK_ALONE
    is_whole = is_date and dated is not None and dated[1] == len(bracket[1].rstrip(" ."))
    return (dated[0], bracket.end()) if dated and is_whole else None


def _before_verb(text: str, context: DateContext) -> tuple[Reading, str] | None:
    for start in _INSIDE.finditer(text):
        rest = text[start.end() :].replace(SEAM, " ")
        try:
            dated = read_prefix(rest, context)
        except KalendsError:
            continue
        if dated is None or dated[0].rule in _CLOCK_ALONE:
            continue
        before, behind = text[: start.start()], text[start.end() + dated[1] :]
        is_near = dated[0].rule == "zh-relative-day" and not _ABOUT_DAY.match(behind)
        is_timed = dated[0].when.precision == "minute"  # 平安集市8月9日8:30开始，
        is_end = ((start[0] or is_timed) and _ENDS.match(behind)) or is_near or start["said"]
        is_main = (start["on"] and not behind.startswith("的")) or _HAPPENS.match(behind) or is_end
        # 比赛定于9月28日举行, but not 部署定于9月28日举行的比赛.
        is_said = (
            (start["on"] or _IN_PLACE.match(behind))
            and not _OF_ANOTHER.match(behind)
            and _EVENT_BEFORE.search(before)
        )
        if is_main and (is_said or not _ABOUT_ANOTHER.search(before)):
            return dated[0], f"{before}{start['said'] or ''}{behind.lstrip()}"
    return None


def behind_comma(text: str, place: int, context: DateContext) -> tuple[Reading, int] | None:
    """Return the date that stands behind a comma: 为迎接国检，11月24日市教育局召开会议."""
    if text[:place].rstrip()[-1:] not in set(",，；;"):
        return None
    rest = text[place:].replace(SEAM, " ")
    try:
        dated = read_prefix(rest, context, named=lambda at: begins_act(rest, at))
    except KalendsError:
        return None
    if dated is None or dated[0].rule in _CLOCK_ALONE:
        return None
    if _HELD_BEFORE.search(text[:place]) and not _IS_HELD.match(rest, dated[1]):
        return None  # 召开部署会，7月25日检查组进驻: two activities, and one of them without a day
    return dated[0], place + dated[1]


def preposition(before: str) -> str:
    """Return the word before a date that makes something else of it: by 15 December."""
    is_when = _EVENT_OF.fullmatch(before) or _PLANNED.search(before)
    found = None if is_when else _GOVERNS.search(before)
    return found[0].strip() if found else ""


def without_preposition(before: str) -> str:
    """Return what stands before a date without the word that governs the date."""
    return _PREPOSITION.sub("", before)


def left(text: str, when: Reading | None) -> unread_dates.Piece | None:
    """Return the first piece of a date that is left in a text."""
    is_open = when is None or when.rule in BARE or when.when.precision in _OPEN
    if when and repeats_time(text, when):
        text = f".{text[1:]}"
    if when is not None:
        text = without_same_days(text, when)
    is_torn = when is not None and _LONE_DIGIT.search(when.when.text) is not None
    return unread_dates.piece(text, is_open=is_open, is_torn=is_torn)


def missing(said: str, text: str) -> KalendsError:
    """Return what is asked where no date was read: for the piece of one that stands there."""
    text = text.replace(SEAM, " ")
    if piece := left(text, None):
        return HalfReadDateError(text=said, part=text[piece.start : piece.end])
    return NoDateError(text=said)


def length_of_refused(rest: str, error: UnreadableDateError) -> int:
    """Return how much of a text the date takes that was refused, its part behind it too."""
    said, part = str(error.fields["text"]), str(error.fields["part"])
    end = max(rest.find(said), 0) + len(said)
    return end + len(part) if rest.startswith(part, end) else end
