"""Reads calendar dates in English: July 14, 23-24 July 2020, end of July, Q2 2020."""

import re
from functools import cache, partial

from kalends.dates.date_resolution import (
    DateContext,
    Point,
    Span,
    month_of,
    months_of,
    months_on,
    nth_weekday,
)
from kalends.dates.english_years import YEAR, YEAR_WORDS, counted_year, take_year, year_behind
from kalends.dates.festivals import OF_WINTER, festivals
from kalends.dates.scanner import Scanner
from kalends.dates.vocabulary import (
    EARLY_OR_LATE,
    EDGES,
    MONTHS,
    NTH,
    NTH_OR_LAST,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    THROUGH,
    WEEKDAYS,
    any_of,
)
from kalends.domain.errors import SpanError
from kalends.domain.when import Precision

_NAMES = any_of(*MONTHS, *SHORT_MONTHS)
MONTH = rf"(?P<month>{_NAMES})(?![a-z'])\.?"
WEEKDAY = rf"(?P<weekday>{any_of(*WEEKDAYS, *SHORT_WEEKDAYS)})(?![a-z'])\.?"
WEEKDAY_BEGINS, MONTH_BEGINS = "mtwfs", "jfmasond"
ORDINAL = "[0-9]{1,2}(?:st|nd|rd|th)?(?![a-z0-9]|:[0-9])"
_NTH = f"(?P<nth>{'|'.join(NTH)})"
_NTH_BEGINS, _DAY_BEGINS = "tfsl12345", "t0123456789"  # or with “the”
_MONTHS = tuple(month[:3] for month in MONTHS)
_DAYS = tuple(day[:3] for day in WEEKDAYS)
_TO = "(?P<to> ?[-~] ?| (?:to|until|till|through) (?:the )?)"
_AND = "(?: (?:and|&|(?P<or>or)) (?:the )?| ?/ ?)"
_MIDDLE = "(?P<middle>(?:, ?[0-9]{1,2}(?:st|nd|rd|th)?(?=,| and | & ))*),?"  # 2, 3 & 4 October
_RUN = f"(?P<first>{ORDINAL}){_MIDDLE}(?:(?:{_TO}|{_AND})(?P<last>{ORDINAL}))"
_THIRDS: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("early", "beginning", "start"), (1, 10)),
    **dict.fromkeys(("mid", "middle"), (11, 20)),
    **dict.fromkeys(("late", "end"), (21, None)),
}
THIRD = (
    f"(?:(?P<third>{any_of(*EARLY_OR_LATE)})(?: in |[ -])|(?:the )?(?P<edge>{any_of(*EDGES)}) of )"
)
THIRD_BEGINS = "emltbs"
_EDGE = (
    "(?:the )?(?P<edge>beginning|start|end) of "
    f"(?:(?:(?P<which>the|this|last|next) )?year(?![a-z'])|{YEAR})"
)


def calendar(scan: Scanner, context: DateContext) -> Point | None:
    """Read a date with a month, a quarter, a half or a festival in it, or a year alone."""
    start = scan.at
    for rule in (day_of_month, _nth_weekday, _portion, _month, _festival, _year):
        found = rule(scan, context)
        if found is not None:
            return found
        scan.at = start
    return None


def weekday_number(word: str) -> int:
    """Return 0 for mon, monday."""
    return _DAYS.index(word[:3])


def month_number(word: str) -> int:
    """Return 1 for jan, january."""
    return _MONTHS.index(word[:3]) + 1


def third_of(found: re.Match[str]) -> tuple[int, int | None]:
    """Return the first and last day of the part of a month that `THIRD` named."""
    return _THIRDS[found["third"] or found["edge"]]


def day_of_month(scan: Scanner, context: DateContext) -> Point | None:
    """Read July 14, Jul 14th 2020, 14 July, 2020 July 14, July 23-24, 23 and 24 July.

    Raises `SpanError` for 24-23 July, `UnreadableDateError` for 23 and 26 July,
    `TwoReadingsError` for 23 or 24 July.
    """
    found = (
        scan.take(f"{YEAR},?[ -]{MONTH}[ -]?(?P<first>{ORDINAL})", "12")
        or scan.take(
            f"{MONTH}[ -]?(?:the )?{_RUN}"
            f"(?! ?(?:[ap]\\.?m\\b|o'?clock|noon|hrs|(?:{_NAMES})\\b)|[.h][0-9])",
            MONTH_BEGINS,
        )
        or scan.take(f"{MONTH}(?: {{2}}|[ -])?(?:the )?(?P<first>{ORDINAL})", MONTH_BEGINS)
        or scan.take(f"(?:the )?{_RUN}(?: of |[ -]?){MONTH}", _DAY_BEGINS)
        or scan.take(f"(?:the )?(?P<first>{ORDINAL})(?: day)?(?: of |[ -]?){MONTH}", _DAY_BEGINS)
    )
    if found is None:
        return None
    said = found.groupdict()
    year = int(said["year"]) if said.get("year") else take_year(scan, context)
    if year is None and re.match(r"[a-z]+-[0-9]{2}$", found[0].strip()):
        raise scan.unreadable(scan.typed(found))  # Jul-20: as a sheet shows July 2020
    first = last = _digits(said["first"])
    if said.get("or"):
        month = scan.typed(found, "month")
        days = (f"{scan.typed(found, day)} {month}" for day in ("first", "last"))
        raise scan.either(scan.typed(found), *days)
    if said.get("last"):
        last = _digits(said["last"])
        is_between = scan.text[: found.start()].rstrip().endswith("between")
        is_listed = last == first + 1 + said["middle"].count(",") and not _counts(scan, said)
        if not said["to"] and not is_between and not is_listed:
            raise scan.unreadable(scan.typed(found, "last"))
        if last < first:
            raise SpanError(detail=f"{first} → {last}")
    is_verb = scan.raw[slice(*found.span("month"))] in {"may", "march"}  # 12 may attend
    return Point(
        days=partial(month_of, month=number_of_month(found), first=first, last=last),
        precision="day" if first == last else "days",
        rule="en-month-day",
        year=year,
        loose=is_verb and year is None,
    )


def _counts(scan: Scanner, said: dict[str, str | None]) -> bool:
    """Return whether the last number counts something: Oct 2, 3 and 4 year olds."""
    word = scan.peek("(?!(?:at|in|on|from|to|with|by|for|the|each|both)(?![a-z]))[a-z]")
    return bool(said["middle"] and word and not scan.is_before_name)


def _nth_weekday(scan: Scanner, context: DateContext) -> Point | None:
    """Read the second Tuesday in August, last Friday of the month, the last day of July.

    Raises `UnreadableDateError` for one of something else: last Friday of the year.
    """
    nth = "|".join(NTH_OR_LAST)
    if found := scan.take(f"(?:the )?(?:{nth}) week (?:of|in) {MONTH}", _NTH_BEGINS):
        raise scan.unreadable(scan.typed(found))  # from its first day on?
    found = scan.take(
        f"(?:the )?(?P<nth>{nth}) {WEEKDAY} (?P<of>of|in) ", _NTH_BEGINS
    ) or scan.take("(?:the )?(?P<nth>first|1st|last) (?P<weekday>day) (?P<of>of|in) ", "tf1l")
    if found is None:
        return None
    words, count = scan.typed(found), NTH_OR_LAST[found["nth"]]
    if named := scan.take(MONTH, MONTH_BEGINS):
        month, year = number_of_month(named), take_year(scan, context)
    elif named := scan.take("(last|this|next|the) month(?![a-z'])", "ltn"):
        first = months_on(context.today.replace(day=1), YEAR_WORDS[named[1]])
        month, year = first.month, first.year
    elif found["of"] == "of" and found["weekday"] != "day":
        raise scan.unreadable(words)
    else:
        return None
    if found["weekday"] == "day":
        days = partial(_edge_day, month=month, count=count)
    else:
        weekday = weekday_number(found["weekday"])
        days = partial(_nth, month=month, weekday=weekday, count=count)
    return Point(days=days, precision="day", rule="en-nth-weekday", year=year)


def _nth(year: int, *, month: int, weekday: int, count: int) -> Span:
    return (nth_weekday(year, month, weekday, count),) * 2


def _edge_day(year: int, *, month: int, count: int) -> Span:
    return (month_of(year, month)[min(count, 0)],) * 2


def _portion(scan: Scanner, context: DateContext) -> Point | None:
    """Read a quarter or a half: Q2 2020, second quarter, first half of July, end of the year."""
    if found := scan.take(f"{YEAR}[ -]?(?P<kind>[qh])(?P<count>[1-4])(?![a-z0-9])", "12"):
        return _part(scan, found["kind"], int(found["count"]), int(found["year"]), loose=False)
    if found := scan.take("(?P<kind>[qh])(?P<count>[1-4])(?![a-z0-9])", "qh"):
        year = year_behind(scan, context)
        return _part(scan, found["kind"], int(found["count"]), year, loose=year is None)
    if found := scan.take(f"(?:the )?{_NTH} (?P<kind>quarter|half)(?![a-z])", _NTH_BEGINS):
        count = NTH[found["nth"]]
        named = scan.take(f"of {MONTH}", "o") if found["kind"] == "half" else None
        if named:
            first, last = (1, 15) if count == 1 else (16, None)
            days = partial(month_of, month=number_of_month(named), first=first, last=last)
            year = take_year(scan, context)
            return Point(days=days, precision="days", rule="en-half-month", year=year)
        year = year_behind(scan, context)
        return _part(scan, found["kind"], count, year, loose=year is None)
    if found := scan.take(_EDGE, "tbse"):
        year = (
            int(found["year"]) if found["year"] else counted_year(found["which"] or "the", context)
        )
        days = partial(month_of, month=12 if found["edge"] == "end" else 1)
        # “End of year report” is a title.
        bare = found["year"] is None and found["which"] is None
        return Point(days=days, precision="month", rule="en-edge-of-year", year=year, loose=bare)
    return None


def _part(scan: Scanner, kind: str, count: int, year: int | None, *, loose: bool) -> Point:
    length: int = 3 if kind[0] == "q" else 6
    precision: Precision = "quarter" if kind[0] == "q" else "half-year"
    if count * length > 12:  # noqa: PLR2004 - months
        raise scan.impossible(scan.words(0))
    return Point(
        days=lambda year: months_of(year, (count - 1) * length + 1, count * length),
        precision=precision,
        rule=f"en-{precision}",
        year=year,
        loose=loose,
    )


def _month(scan: Scanner, context: DateContext) -> Point | None:
    """Read July 2020, in July, mid-July; may and march alone are verbs."""
    opener = scan.take(THROUGH, "idtaf")
    part = scan.take(THIRD, THIRD_BEGINS)
    found = scan.take(f"{YEAR}[ -]{MONTH}", "12") or scan.take(MONTH, MONTH_BEGINS)
    if found is None:
        return None
    said = found.groupdict()
    year = int(said["year"]) if said.get("year") else take_year(scan, context)
    if part is not None:
        first, last = third_of(part)
        days = partial(month_of, month=number_of_month(found), first=first, last=last)
        return Point(days=days, precision="ten-days", rule="en-part-of-month", year=year)
    if year is None and opener is None and found["month"] in {"may", "march", "mar", "sun", "dec"}:
        return None
    days = partial(month_of, month=number_of_month(found))
    return Point(days=days, precision="month", rule="en-month", year=year, loose=year is None)


def _festival(scan: Scanner, context: DateContext) -> Point | None:
    found = scan.take(f"(?:the )?(?P<name>{_festivals()})(?![a-z])(?: day| itself)?")
    if found is None:
        return None
    name, day = festivals()[found["name"]]
    return Point(
        days=lambda year: (day(year),) * 2,
        precision="day",
        rule="en-festival",
        of_winter=name in OF_WINTER,
        year=year_behind(scan, context),
        loose=True,
    )


@cache
def _festivals() -> str:
    names = sorted((name for name in festivals() if name.isascii()), key=len, reverse=True)
    return "|".join(re.escape(name) for name in names)


def _year(scan: Scanner, context: DateContext) -> Point | None:
    """Read a year: 2020, in 2020, last year."""
    if found := scan.take("(last|this|next) year(?![a-z'])", "ltn"):
        year = counted_year(found[1], context)
    elif (found := scan.take(f"(in |the year |year )?{YEAR}", "ity12")) and (
        found[1] or scan.whole
    ):
        year = int(found["year"])
    else:
        return None
    return Point(
        days=lambda year: months_of(year, 1, 12), precision="year", rule="en-year", year=year
    )


def number_of_month(found: re.Match[str]) -> int:
    """Return the number of the month that `MONTH` matched."""
    return month_number(found["month"])


def _digits(ordinal: str) -> int:
    return int(ordinal.rstrip("stndrh"))
