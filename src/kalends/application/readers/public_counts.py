"""Counts of the public record, as known at one position."""

import dataclasses
from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TypeVar

from kalends.application.readers.record_at import RecordAt
from kalends.domain.details import LATE_AFTER_DAYS
from kalends.domain.value import replace
from kalends.views import activities, counts
from kalends.views.activities import Late, Revision
from kalends.views.activity_filter import PUBLIC, ActivityFilter
from kalends.views.counts import ActivityTotals, TagCount
from kalends.views.report import PeriodReport, report
from kalends.views.report_figures import Figures, total_figures
from kalends.views.spans import Span, spans

# So far in a list and further, its order is remembered: to find a place again costs as much.
FAR = 400
# Longer lists of histories are not remembered: each takes some kilobytes.
_MOST_REMEMBERED = 60

_Answer = TypeVar("_Answer")


class PublicCounts(RecordAt):
    """Counts what anybody may read of one workspace, as known at one position.

    What was counted is remembered by `feeds`, if several share it, until something changes on
    which it depends.
    """

    def totals(self, wanted: ActivityFilter = PUBLIC) -> ActivityTotals:
        """Return how many activities there are, and between which days."""
        if wanted != PUBLIC:
            return self._totals_of(wanted)
        return self._totals

    @cached_property
    def _totals(self) -> ActivityTotals:
        return self._totals_of(PUBLIC)

    def _totals_of(self, wanted: ActivityFilter) -> ActivityTotals:
        return self._counted(
            "totals",
            wanted,
            lambda: counts.totals(self._db, known_at=self.known_at, wanted=wanted),
        )

    def of_department(self, code: str, wanted: ActivityFilter = PUBLIC) -> ActivityFilter:
        """Return a filter that finds only activities of a department and of its children."""
        return replace(wanted, codes=self.roster.within(code))

    def history(
        self, code: str, wanted: ActivityFilter = PUBLIC, *, skip: int = 0, most: int
    ) -> list[tuple[Revision, list[Revision]]]:
        """Return activities of a department and its children, each with its revisions, by day."""
        codes = self.roster.within(code)

        db, known_at = self._db, self.known_at

        def made() -> list[tuple[Revision, list[Revision]]]:
            if skip < FAR:
                found = activities.history(db, codes, known_at=known_at, wanted=wanted, skip=skip)
                return list(islice(found, most))
            order = self._counted(
                ("history in order", frozenset(codes)),
                wanted,
                lambda: activities.history_in_order(db, codes, known_at=known_at, wanted=wanted),
            )
            part = order[skip : skip + most]
            return list(activities.history_of(db, part, known_at=known_at, wanted=wanted))

        if most > _MOST_REMEMBERED:
            return made()
        return self._counted(("history", frozenset(codes), skip, most), wanted, made)

    def count_history(self, code: str, wanted: ActivityFilter = PUBLIC) -> int:
        """Return how many activities `history` yields."""
        codes = self.roster.within(code)
        return self._counted(
            ("count_history", frozenset(codes)),
            wanted,
            lambda: activities.count_in_history(
                self._db, codes, known_at=self.known_at, wanted=wanted
            ),
        )

    def tags(self, wanted: ActivityFilter = PUBLIC) -> list[TagCount]:
        """Return the tags, the one that most activities bear first."""
        if wanted != PUBLIC:
            return self._tags_of(wanted)
        return self._tags

    @cached_property
    def _tags(self) -> list[TagCount]:
        return self._tags_of(PUBLIC)

    def _tags_of(self, wanted: ActivityFilter) -> list[TagCount]:
        return self._counted(
            "tags",
            wanted,
            lambda: counts.by_tag(self._db, known_at=self.known_at, wanted=wanted),
        )

    def by_department(self, wanted: ActivityFilter = PUBLIC) -> dict[str, int]:
        """Return in how many activities each department takes part, by code."""
        return self._counted(
            "by_department",
            wanted,
            lambda: counts.by_department(self._db, known_at=self.known_at, wanted=wanted),
        )

    def in_departments(self, wanted: ActivityFilter = PUBLIC) -> dict[str, int]:
        """Return how many activities each department has with its children, by code."""
        own = self.by_department(wanted)
        return {
            code: own.get(code, 0)
            if self.roster.within(code) == {code}
            else self.totals(self.of_department(code, wanted)).activities
            for code in self.roster.departments
        }

    def by_month(self, wanted: ActivityFilter = PUBLIC) -> dict[date, int]:
        """Return how many activities begin in each month, by its first day."""
        return self._counted(
            "by_month",
            wanted,
            lambda: counts.by_month(self._db, known_at=self.known_at, wanted=wanted),
        )

    def spans(self, first: date, last: date, wanted: ActivityFilter = PUBLIC) -> list[Span]:
        """Return on which days each department has something, of those that touch some days."""

        def made() -> list[Span]:
            return list(spans(self._db, first, last, known_at=self.known_at, wanted=wanted))

        return self._counted(("spans", first, last), wanted, made)

    def by_week(self, wanted: ActivityFilter = PUBLIC) -> dict[date, int]:
        """Return how many activities begin in each week, by its Monday."""
        return self._counted(
            "by_week",
            wanted,
            lambda: counts.by_week(self._db, known_at=self.known_at, wanted=wanted),
        )

    def report(self, wanted: ActivityFilter = PUBLIC) -> PeriodReport:
        """Return the figures of what a filter finds."""
        found = self._counted(
            ("report", self.today),
            wanted,
            lambda: report(
                self._db, wanted, known_at=self.known_at, days=LATE_AFTER_DAYS, today=self.today
            ),
        )
        return dataclasses.replace(found, known_at=self.known_at)

    def figures(self, wanted: ActivityFilter = PUBLIC) -> Figures:
        """Return only the sums of the report."""
        return self._counted(
            "figures",
            wanted,
            lambda: total_figures(self._db, wanted, known_at=self.known_at, days=LATE_AFTER_DAYS),
        )

    def late(self, most: int, wanted: ActivityFilter = PUBLIC) -> list[Late]:
        """Return what was recorded late, the latest first."""

        def made() -> list[Late]:
            found = activities.recorded_late(
                self._db, LATE_AFTER_DAYS, known_at=self.known_at, wanted=wanted
            )
            return list(islice(found, most))

        return self._counted(("late", most), wanted, made)

    def _counted(
        self, what: Hashable, wanted: ActivityFilter, make: Callable[[], _Answer]
    ) -> _Answer:
        if self._feeds is None or self.is_past:
            return make()
        remembered = self._feeds.remembered
        return remembered.counted(self._db, self.known_at, what, wanted, make)
