"""Our own grammar of the common English dates.

    phrase  = weekday number "to" weekday number month
            | [ hours "on" ] [ "on" ] dated [ "to" dated ]
            | "from" dated "to" dated | "between" dated "and" dated | "since" dated
    dated   = [ named ] point [ weekday | "(" weekday ")" ] [ hours [ year ] ]   checked
    named   = [ "this" | "next" | "last" ] weekday [ morning "," ]
    point   = July 14 | 14th of July 2020 | 23-24 July | July 2020 | mid-July | end of July
            | Q2 2020 | first half of 2020 | 2020 | last year | Dragon Boat Festival
            | last Friday of July | the second Tuesday in August | end of the month
            | today | tonight | tomorrow | yesterday | the day before yesterday | last night
            | N days ago | in N weeks | N months from now | next Friday | Monday next week
            | the 15th | 10th of next month | this week | last weekend | next month | numbers
    each    = hours "each day" | "daily" hours | 9:00-17:00      behind several days
    hours   = morning | [ "at" ] clock [ "to" clock ] [ "in the morning" ]
    clock   = 2pm | 2:30 pm | 14:30 | noon | 8 (beside a part of the day) | "at" 9 (7 to 23)

“next” and “last” mean the week after and before this one, Monday to Sunday; a bare weekday is this
week's. Refused: midnight, 3 o'clock without its half of the day, seasons, may and march alone,
“until”, “before”, “within” and “every”.
"""

import re

from kalends.dates.date_resolution import (
    DateContext,
    Found,
    Hours,
    Point,
    Span,
    fixed,
    month_of,
    weekday_of,
)
from kalends.dates.english_calendar import WEEKDAY, WEEKDAY_BEGINS, weekday_number
from kalends.dates.english_days import calendar_day, point
from kalends.dates.english_hours import take_hours
from kalends.dates.english_weekdays import NAMED_DAY, both_ends, near_today
from kalends.dates.english_years import YEAR
from kalends.dates.folding import normalise
from kalends.dates.hours_of_each import with_hours_of_each
from kalends.dates.joining import Dated, found_in_span, joined, since
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import PARTS, WEEKDAYS, any_of
from kalends.domain.patterns import DIGITS, Pattern
from kalends.domain.value import replace
from kalends.domain.when import Part

_VAGUE = (
    "(?:recently|lately|soon|later|sometime|someday|nowadays|now|currently|the other day|"
    "(?:the )?(?:same|next|following|previous) day|that day|asap|"
    "(?:in |this |last |next )?(?:the )?(?:summer|autumn|winter|spring(?! festival)|fall)|"
    "by|until|till|before|after|as of|within|around|about|every|each|daily|weekly|monthly|"
    "(?:in )?(?:the )?(?:coming|past|last|next) (?:few|couple)|(?:in )?a (?:few|couple))"
    "(?![a-z])"
)
_VAGUE_BEGINS = "abcdefilmnprstuw"
_TO = "[-~]{1,2}|(?:to|until|till|through|thru)(?![a-z])"
_LINK_BEGINS = "-~tua"  # of `_TO`, and of the “and” behind “between”
_MORE = "(?:and|&|or)(?![a-z])"
_HOURS_OF: dict[Part, tuple[str, str]] = {
    "night": ("00:00", "06:00"),
    "morning": ("05:00", "12:00"),
    "noon": ("11:00", "14:00"),
    "afternoon": ("12:00", "19:00"),
    "evening": ("17:00", "24:00"),
}
_NO_DAY = 32
_PART_BEGINS = "".join({part[0] for part in PARTS})
# Saturday 8.15: the time, or 15 August, which may be a Saturday too?
_DOTTED = r"(?:1?[0-9]|2[0-3])\.[0-5][05](?![0-9.]| ?[ap]\.?m)"
_SECONDS = Pattern(":[0-9]{2}:[0-9]{2}$")
_ZONE_BEGINS = "+-abcdefghijklmnopqrstuvwxyz"
_ZONE = "(?:utc|gmt|z|[a-z]{1,3}[dst]t|[+-][0-9]{2}:?[0-9]{2})(?![a-z0-9])"
_FIRM = "$|[^ a-z0-9一-鿿]| [^a-z0-9一-鿿]"


def english(scan: Scanner, context: DateContext) -> Found | None:
    """Read the longest date phrase here and move behind it, or return None.

    Raises `UnreadableDateError` and its kind for what begins as a date and cannot be one.
    """
    if vague := scan.peek(_VAGUE, _VAGUE_BEGINS):
        if scan.whole:
            raise scan.vague(scan.typed(vague))
        return None
    before, is_of = _hours_before(scan)
    opener = scan.take("(from|between|since|on)(?![a-z])", "fbso")
    word = opener[1] if opener else ""
    if both := both_ends(scan, context):
        return with_hours_of_each(scan, joined(scan, context, *both, language="en"))
    first = _dated(scan, context)
    if first is None:
        if scan.whole and opener is None and before.starts:
            return found_in_span((context.today,) * 2, "minute", "en-time", before)
        return None
    _take_before(scan, first, before, is_of=is_of)
    read, last = _joined(scan, context, first, "and(?![a-z])" if word == "between" else _TO)
    read = with_hours_of_each(scan, read)
    if word == "since":
        return since(scan, context, read, word, rule="en-since")
    if word in {"from", "between"} and not _has_end(read):
        raise scan.unreadable(word)
    return read if scan.whole or _ends(scan, context, last) else None


def _has_end(read: Found) -> bool:
    """Return whether what “from” opened goes on to an end."""
    if read.precision == "minute":
        return read.hours.ends is not None
    return read.precision in {"days", "period"}


def _hours_before(scan: Scanner) -> tuple[Hours, bool]:
    """Read the time of day that stands before its date: 2pm on July 14, the morning of 14 July.

    The second value tells whether “of” joins them: the evening of.
    """
    start = scan.at
    article = scan.take(f"(?:on |in )?the (?={any_of(*PARTS)})", "oit")
    hours = take_hours(scan)
    if not hours.words:
        scan.at = start
    elif scan.take("of(?![a-z])", "o"):
        return hours, article is not None  # a film evening of 25 August is no hour
    else:
        scan.take(",", ",")
    return hours, False


def _take_before(scan: Scanner, first: Dated, before: Hours, *, is_of: bool) -> None:
    if before.words:
        if is_of and _is_within(before.part, first.hours):
            return  # the evening of 4 August from 18:00 to 20:00: the hours say more
        if first.hours.words or first.hours.part or first.point.precision != "day":
            raise scan.unreadable(before.words)
        first.hours = before


def _is_within(part: Part | None, hours: Hours) -> bool:
    """Tell whether clock times are of a part of the day."""
    if part is None or hours.starts is None:
        return False
    first, last = _HOURS_OF[part]
    return first <= hours.starts < last


def _dated(scan: Scanner, context: DateContext) -> Dated | None:
    dated = _weekday_first(scan, context)
    if dated is None:
        said = point(scan, context)
        if said is None:
            return None
        dated = Dated(point=said, end=scan.at if said.loose else 0)
    name = f"{WEEKDAY}" if scan.whole else f"(?P<weekday>{any_of(*WEEKDAYS)})(?![a-z'])"
    if beside := (
        scan.take(rf"\( ?{WEEKDAY} ?\)", "(") or scan.take(f",? ?{name}", f",{WEEKDAY_BEGINS}")
    ):
        words = scan.typed(beside)
        dated.weekdays.append((weekday_number(beside["weekday"]), words))
    _same(scan, context, dated)
    scan.take(r",? ?(?:all day(?![a-z])|\( ?all day ?\))", ",a(")
    if dated.point.starts is not None:
        dated.hours = Hours(starts=dated.point.starts, words=dated.point.words)
    elif dated.point.precision == "day":
        is_midnight = scan.skip_midnight()
        dated.hours = take_hours(scan, dated.point.part, _number_of(dated.point, context))
        _year_behind_clock(scan, dated, is_midnight=is_midnight)
    return dated


def _number_of(point: Point, context: DateContext) -> int:
    """Return the number of a day in its month; more than any of tomorrow, none of Friday."""
    if point.rule == "en-relative-day":
        return _NO_DAY
    if point.precision != "day" or point.rule == "en-weekday":
        return 0
    try:
        return point.days(point.year or context.now.year)[0].day
    except ValueError:  # 29 February
        return 0


def _year_behind_clock(scan: Scanner, dated: Dated, *, is_midnight: bool) -> None:
    """Read the year of Wed Oct 26 15:50:06 2016, as computers write it.

    Raises `UnreadableDateError` for a zone there: CST is many, and clock times are the campaign's.
    """
    is_timed = is_midnight or dated.hours.starts is not None
    if dated.point.rule != "en-month-day" or dated.point.year or not is_timed:
        return
    before, seconds = scan.at, _SECONDS.search(dated.hours.words)
    zone = scan.take(_ZONE, _ZONE_BEGINS)
    year = scan.take(YEAR, "12") if scan.whole or seconds or is_midnight else None
    if year is None:
        scan.at = before
        return
    zone = zone or scan.take("[+-][0-9]{2}:?[0-9]{2}(?![0-9])", "+-")
    if zone is not None:
        raise scan.unreadable(scan.typed(zone))
    dated.point = replace(dated.point, year=int(year["year"]))


def _same(scan: Scanner, context: DateContext, dated: Dated) -> None:
    """Read another name of the same day: Dragon Boat Festival (June 25)."""
    before = scan.at
    if scan.take(r"\(", "("):
        other = point(scan, context)
        if other is not None and scan.take(r"\)", ")"):
            dated.same.append(other)
        else:
            scan.at = before


def _weekday_first(scan: Scanner, context: DateContext) -> Dated | None:
    """Read Saturday, 25 July; this Saturday, 25 July; Saturday morning, the 1st of August."""
    start = scan.at
    which = scan.take("(?:last|this|next|coming) ", "ltnc")
    if found := scan.take(WEEKDAY, WEEKDAY_BEGINS):
        words = scan.words(start)
        part = None if which else scan.take(f"({any_of(*PARTS)})(?=,)", _PART_BEGINS)
        opened = scan.take(r"\(", "(")
        scan.take(",", ",")
        is_plain = not (which or part)
        if is_plain and (clock := scan.peek(_DOTTED, DIGITS)):
            raise scan.unreadable(scan.typed(clock))
        is_plain = is_plain or scan.peek(NAMED_DAY) is not None
        day = calendar_day(scan, context) if is_plain else None
        if day is not None and (opened is None or scan.take(r"\)", ")")):
            if which:
                day = near_today(day, which[0].strip(), context)
            day = replace(day, part=PARTS[part[1]]) if part else day
            return Dated(point=day, weekdays=[(weekday_number(found["weekday"]), words)])
    scan.at = start
    return None


def _joined(scan: Scanner, context: DateContext, first: Dated, link: str) -> tuple[Found, Dated]:
    span = first.span(scan, context)
    before = scan.at
    if joint := scan.take(link, _LINK_BEGINS):
        last = _dated(scan, context)
        is_dash = not joint[0].strip().isalpha()
        if last is not None and not (is_dash and _names_what_happens(scan, last)):
            _of_same_week(scan, last, span)
            return joined(scan, context, first, last, language="en"), last
    scan.at = before
    return found_in_span(span, first.point.precision, first.point.rule, first.hours), first


def _names_what_happens(scan: Scanner, last: Dated) -> bool:
    """Return whether a festival behind a dash begins a title: June 1 - Children's Day party."""
    return last.point.rule == "en-festival" and not scan.whole and not scan.peek(_FIRM)


def _of_same_week(scan: Scanner, last: Dated, span: Span) -> None:
    """Take Friday, in Monday to Friday, as that of the first day's week, 22nd as of its month."""
    if last.point.rule == "en-day" and last.point.loose:
        if span[0] != span[1]:
            raise scan.unreadable(last.point.words)  # July to 22nd
        number = int(re.sub("[^0-9]", "", last.point.words))
        last.point = replace(
            last.point,
            days=lambda year: month_of(year, span[0].month, number, number),
            year=span[0].year,
        )
        last.inherits = True
    if last.point.rule == "en-weekday" and last.point.loose:
        day = weekday_of(span[0], weekday_number(normalise(last.point.words)))
        on = fixed(day, precision="day", rule="en-weekday")
        last.point = replace(on, words=last.point.words, loose=True)
        last.inherits = True


def _ends(scan: Scanner, context: DateContext, last: Dated) -> bool:
    """Return whether a date ends here in a sentence; refuse July 14 and July 20."""
    if scan.at == last.end and not scan.peek(_FIRM) and not scan.is_before_name:
        return False
    before = scan.at
    if scan.take(_MORE, "a&o") and (another := point(scan, context)):
        raise scan.unreadable(another.words)
    scan.at = before
    return True
