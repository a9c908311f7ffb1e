"""Which activities a reader wants: by department, tag, place, status, day or handle."""

import json
from datetime import date

from kalends.domain.details import Status
from kalends.domain.value import Value
from kalends.views.schema import OPEN

# Each applies to rows of `revision AS r`. The plus signs leave the choice of the index to the
# other conditions.
_NAMING = (
    "+r.position IN (SELECT position FROM participation WHERE code IN "
    "(SELECT value FROM json_each(:wanted_codes)))"
)
# The same by the index of participations, where nothing else finds the rows.
_NAMED = (
    "r.position IN (SELECT position FROM participation WHERE code IN "
    "(SELECT value FROM json_each(:wanted_codes)) AND position <= :p AND :p < until)"
)
_TAGGED = (
    "+r.position IN (SELECT position FROM tag WHERE key IN "
    "(SELECT value FROM json_each(:wanted_tags)))"
)
_AT_PLACE = (
    "EXISTS (SELECT 1 FROM json_each(:wanted_places) WHERE "
    "instr(fold(json_extract(CAST(r.details AS TEXT), '$.place')), value))"
)
_OF_STATUS = "+r.status IN (SELECT value FROM json_each(:wanted_statuses))"
_BY = (
    "+r.activity IN (SELECT v.activity FROM entry AS e "
    "CROSS JOIN revision AS v ON v.position = e.position "
    'WHERE e."by" IN (SELECT value FROM json_each(:wanted_by)) AND e.position <= :p)'
)
# Withheld now, whatever moment is asked for.
_PUBLIC = f"+r.activity NOT IN (SELECT activity FROM revision WHERE withheld AND until = {OPEN})"  # noqa: S608 - our own words
# Led now by a department of whoever asks.
_OWN = (
    "IN (SELECT activity FROM participation WHERE ordinal = 0 "  # noqa: S608 - our own words
    f"AND until = {OPEN} AND code IN (SELECT value FROM json_each(:wanted_own)))"
)
# Recorded or planned, and retracted by the same handle within 15 minutes, nothing in between.
UNDONE = """(r.version = 2 AND r.status = 'retracted' AND (
    SELECT e.topic = 'activity.retracted' AND e."by" = f."by" AND e.at - f.at BETWEEN 0 AND 900
    FROM entry AS e CROSS JOIN entry AS f
    WHERE e.position = r.position AND f.position = r.activity))"""
_FROM, _TO = "+r.last_day >= :wanted_first", "+r.first_day <= :wanted_last"


class ActivityFilter(Value):
    """What an activity must match in its current state; empty fields and None match anything.

    Several values of a field are alternatives; all fields must match. `codes` are participating
    departments, `tags` and `places` are folded (`text.fold`), and a place matches as part of a
    longer one. An activity matches the days from `first` to `last` if it falls on them at least in
    part. `by` are handles: one of them recorded or changed the activity. `is_public` leaves out
    what is withheld now or was withheld at the position asked for, and what was recorded after
    position `seen` and undone at once. Activities that a department of `own` leads now are never
    left out so.
    """

    codes: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    first: date | None = None
    last: date | None = None
    by: frozenset[str] = frozenset()
    is_public: bool = False
    seen: int = 0
    own: frozenset[str] = frozenset()

    @property
    def wants_retracted(self) -> bool:
        """Return whether retracted activities were asked for by name."""
        return "retracted" in self.statuses

    @property
    def conditions(self) -> list[str]:
        """Return SQL conditions for rows of `revision AS r`; `:p` in them is the position."""
        given = (
            (self.codes, _NAMING),
            (self.tags, _TAGGED),
            (self.places, _AT_PLACE),
            (self.statuses, _OF_STATUS),
            (self.by, _BY),
            (self.first, _FROM),
            (self.last, _TO),
            (self.is_public, self._public),
        )
        return [condition for asked, condition in given if asked]

    @property
    def _public(self) -> str:
        public = f"NOT r.withheld AND {_PUBLIC} AND NOT (r.activity > :wanted_seen AND {UNDONE})"
        return f"(({public}) OR +r.activity {_OWN})" if self.own else public

    def shown(self, row: str) -> str:
        """Return the SQL condition for rows of `revision AS row` that may be shown.

        What happened while an activity was withheld is not public, even if it was released later.
        """
        if not self.is_public:
            return "TRUE"
        return (
            f"(NOT {row}.withheld OR {row}.activity {_OWN})" if self.own else f"NOT {row}.withheld"
        )

    @property
    def quickly(self) -> list[str]:
        """Return extra conditions that let an index find few activities."""
        return [_NAMED] if self.codes else []

    @property
    def parameters(self) -> dict[str, object]:
        """Return the values that fill the conditions."""
        return {
            "wanted_codes": json.dumps(sorted(self.codes)),
            "wanted_tags": json.dumps(sorted(self.tags)),
            "wanted_places": json.dumps(sorted(self.places)),
            "wanted_statuses": json.dumps(sorted(self.statuses)),
            "wanted_by": json.dumps(sorted(self.by)),
            "wanted_seen": self.seen,
            "wanted_own": json.dumps(sorted(self.own)),
            "wanted_first": self.first and self.first.isoformat(),
            "wanted_last": self.last and self.last.isoformat(),
        }


EVERY = ActivityFilter()
PUBLIC = ActivityFilter(is_public=True)


def joined(*conditions: str, wanted: ActivityFilter) -> str:
    """Return SQL conditions that must all hold, with those of a filter added."""
    return " AND ".join([*conditions, *wanted.conditions])
