"""A row for each department, with a bar for each activity."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.views.spans import Span
from kalends.web.pages import listing, shown
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader
from kalends.words.plain_dates import plain_month, plain_months

_DAY = timedelta(days=1)
# A picture is so many units wide and high; a bar is at least so wide, to be seen and touched.
_WIDTH, _HEIGHT, _LEAST = 1_000.0, 24, 6.0
# Of so many months at most, each is named; on a phone, fewer.
_MONTHS, _MONTHS_ON_PHONE = 14, 6
# So many bars are links, and listed below; more are drawn together, and counted below.
_MANY = 120
# With more stretches than these, a week in which there is anything is drawn whole.
_MOST_DRAWN = 600


class _Scale(NamedTuple):
    """The days that the pictures show, both included."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return how far from the left a day begins."""
        return _WIDTH * (day - self.first).days / ((self.last - self.first).days + 1)


def timeline(reader: Reader) -> Page:
    """Return the timeline of the campaign, or of the days that are asked for."""
    scale = _scale(reader)
    spans = reader.record.spans(*scale, reader.wanted) if scale else []
    is_full = sum(span.activities for span in spans) > _MANY

    def source(skip: int) -> Iterator[Revision]:
        return reader.record.by_day(*scale, reader.wanted, skip=skip) if scale else iter(())

    rows: list[dict[str, Any]] = []
    if scale and is_full:
        rows = list(_full_rows(reader, scale, spans))
    elif scale:
        rows = list(_rows(reader, scale, list(source(0))))
    say = reader.words.say
    return Page(
        path="/timeline",
        title=say(N_("Timeline")),
        template="timeline.html",
        wide=True,
        facts={
            "filters": True,
            "span": scale and plain_months(reader.words, *scale),
            "months": list(_months(reader, scale)) if scale else [],
            "phone_months": list(_short_months(reader, scale)) if scale else [],
            "rows": rows,
            "is_full": is_full,
            "counts": list(_counts(reader, scale, spans)) if scale and is_full else [],
            "width": _WIDTH,
            "height": _HEIGHT,
        },
        data=lambda: listing.document(reader, "/timeline", source),
    )


def _scale(reader: Reader) -> _Scale | None:
    """Return the days to show: those asked for, the campaign's, or those on which anything is."""
    totals = reader.record.totals(reader.wanted)
    period = reader.record.campaign.settings.period
    first, last = reader.wanted.first, reader.wanted.last
    if first is None:
        first = period.first_day if period else totals.first
    if last is None:
        last = period.last_day if period else totals.last
    if first is None or last is None:
        return None
    return _Scale(first, max(first, last))


def _starts(scale: _Scale) -> list[date]:
    """Return the day with which each month begins on the scale."""
    starts = [scale.first]
    while (after := (starts[-1].replace(day=1) + 32 * _DAY).replace(day=1)) <= scale.last:
        starts.append(after)
    return starts


def _short_months(reader: Reader, scale: _Scale) -> Iterator[dict[str, Any]]:
    """Yield where some months begin, with names of three characters: `Jun`, `12月`."""
    starts = _starts(scale)
    for start in starts[:: -(-len(starts) // _MONTHS_ON_PHONE)]:
        name = plain_month(reader.words, start, this_year=start.year)
        yield {"x": round(scale.place(start), 1), "name": name[:3]}


def _months(reader: Reader, scale: _Scale) -> Iterator[dict[str, Any]]:
    """Yield where each month begins, and its name."""
    starts = _starts(scale)
    step = -(-len(starts) // _MONTHS)
    for start in starts[::step]:
        this_year = None if start.month == 1 or start == scale.first else start.year
        yield {
            "x": round(scale.place(start), 1),
            "name": plain_month(reader.words, start, this_year=this_year),
        }


def _counts(reader: Reader, scale: _Scale, spans: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """Yield each month with how many activities of each department touch it."""
    codes = _in_order(reader, {span.code for span in spans})
    for first, after in pairwise([*_starts(scale), scale.last + _DAY]):
        last = after - _DAY
        counts = dict.fromkeys(codes, 0)
        for span in spans:
            if span.first <= last and span.last >= first:
                counts[span.code] += span.activities
        yield {
            "name": plain_month(reader.words, first),
            "link": reader.link("/agenda", **{"from": f"{first}", "to": f"{last}"}),
            "counts": list(counts.values()),
        }


def _in_order(reader: Reader, codes: Iterable[str]) -> list[str]:
    """Return the codes of departments in the roster's order."""
    acting = frozenset(codes)
    return [code for code in reader.record.roster.departments if code in acting]


def _full_rows(reader: Reader, scale: _Scale, spans: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """Yield a row for each department, with the days on which it has anything as stretches."""
    of_code: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        of_code[span.code].append(span)
    codes = _in_order(reader, of_code)
    drawn = {code: _stretches(scale, of_code[code]) for code in codes}
    if sum(len(bars) for kinds in drawn.values() for bars in kinds.values()) > _MOST_DRAWN:
        drawn = {code: _stretches(scale, map(_whole_weeks, of_code[code])) for code in codes}
    for code in codes:
        count = sum(span.activities for span in of_code[code])
        yield {
            **_named(reader, code, scale.last),
            "kinds": drawn[code],
            "count": shown.count(reader, count),
        }


def _whole_weeks(span: Span) -> Span:
    monday = span.first - span.first.weekday() * _DAY
    return span._replace(first=monday, last=span.last + (6 - span.last.weekday()) * _DAY)


def _stretches(scale: _Scale, spans: Iterable[Span]) -> dict[str, list[dict[str, float]]]:
    """Return the bars of each kind, one for spans that touch; what is exact is drawn above."""
    days: dict[str, list[list[date]]] = {"coarse": [], "exact": [], "off": []}
    for span in sorted(spans, key=lambda span: span.first):
        found = days[span.kind]
        if found and span.first <= found[-1][1] + _DAY:
            found[-1][1] = max(found[-1][1], span.last)
        else:
            found.append([span.first, span.last])
    return {kind: [_place(scale, *each) for each in found] for kind, found in days.items()}


def _named(reader: Reader, code: str, day: date) -> dict[str, str]:
    name = reader.record.roster.departments[code].short_on(day)
    return {"name": name, "link": reader.page(f"/departments/{code}")}


def _rows(reader: Reader, scale: _Scale, found: Sequence[Revision]) -> Iterator[dict[str, Any]]:
    """Yield a row for each department that takes part in anything, in the roster's order."""
    bars: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for revision, each in zip(found, shown.activities(reader, found), strict=True):
        for department in each["departments"]:
            bar = _bar(scale, revision, is_off=each["is_off"])
            bars[department["code"]].append({**each, **bar})
    for code in _in_order(reader, bars):
        yield {
            **_named(reader, code, scale.last),
            "bars": bars[code],
            # What is known exactly is drawn above what is not.
            "kinds": {
                kind: [bar for bar in bars[code] if bar["kind"] == kind]
                for kind in ("coarse", "exact", "off")
            },
            "count": shown.count(reader, len(bars[code])),
        }


def _bar(scale: _Scale, revision: Revision, *, is_off: bool) -> dict[str, Any]:
    """Return where the bar of an activity is, and of which kind."""
    when = revision.details.when
    kind = "off" if is_off else "coarse" if when.is_coarse else "exact"
    return {**_place(scale, when.first_day, when.last_day), "kind": kind}


def _place(scale: _Scale, first: date, last: date) -> dict[str, float]:
    """Return where a bar begins, and how wide it is."""
    left = scale.place(max(first, scale.first))
    right = scale.place(min(last, scale.last) + _DAY)
    width = max(right - left, _LEAST)
    return {"x": round(min(left, _WIDTH - width), 1), "width": round(width, 1)}
