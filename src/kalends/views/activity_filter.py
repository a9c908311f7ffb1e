"""Which activities a reader wants: some departments, tags, places, statuses, days, handles."""

import json
from datetime import date

from kalends.domain.details import Status
from kalends.domain.value import Value, value

# Each looks among rows of `revision AS r`. The plus signs leave the choice of the index to what
# is asked for beside them.
_NAMING = (
    "+r.position IN (SELECT position FROM participation WHERE code IN "
    "(SELECT value FROM json_each(:wanted_codes)))"
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
_FROM, _TO = "+r.last_day >= :wanted_first", "+r.first_day <= :wanted_last"


@value
class ActivityFilter(Value):
    """What an activity must be, as it stands; whatever is empty or None does not matter.

    Several values of a field are alternatives; all fields must hold. `codes` are departments that
    take part, `tags` and `places` are folded (`text.fold`), and a place is a part of a longer one.
    An activity falls on the days from `first` to `last` if only in part. `by` are handles: one of
    them recorded or changed it.
    """

    codes: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    first: date | None = None
    last: date | None = None
    by: frozenset[str] = frozenset()

    @property
    def wants_retracted(self) -> bool:
        """Tell whether retracted activities were asked for by name."""
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
        )
        return [condition for asked, condition in given if asked]

    @property
    def parameters(self) -> dict[str, object]:
        """Return what fills the conditions."""
        return {
            "wanted_codes": json.dumps(sorted(self.codes)),
            "wanted_tags": json.dumps(sorted(self.tags)),
            "wanted_places": json.dumps(sorted(self.places)),
            "wanted_statuses": json.dumps(sorted(self.statuses)),
            "wanted_by": json.dumps(sorted(self.by)),
            "wanted_first": self.first and self.first.isoformat(),
            "wanted_last": self.last and self.last.isoformat(),
        }


EVERY = ActivityFilter()


def joined(*conditions: str, wanted: ActivityFilter) -> str:
    """Return SQL conditions of which all must hold, those of a filter behind the others."""
    return " AND ".join([*conditions, *wanted.conditions])
