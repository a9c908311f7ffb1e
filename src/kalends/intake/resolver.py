"""Rows read against a campaign: their phrases become dates, their names departments."""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from kalends.dates.reader import Context, read
from kalends.domain.activity import is_planned
from kalends.domain.details import Details, Participation, Role, Source, usual_role
from kalends.domain.draft import Draft
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.intake.naming import department
from kalends.intake.rows import NamedDepartment, Row


class Resolver:
    """Makes drafts of rows, against a roster and a time."""

    def __init__(self, roster: Roster, context: Context) -> None:
        """Take what names and dates are looked up in; each is looked up once."""
        self._today = context.now.date()
        self._when: Callable[[str], When] = lru_cache(4096)(lambda text: read(text, context).when)
        self._code = lru_cache(4096)(lambda name: department(roster, name).code)

    def draft(self, row: Row) -> Draft:
        """Return what a row says; raises what reading its date and departments raises."""
        when = self._when(row.when)
        origin = row.source
        source = None if origin is None else Source(**msgspec.structs.asdict(origin))
        details = Details(
            title=row.title,
            when=when,
            departments=tuple(
                self._participation(named, usual_role(n))
                for n, named in enumerate(row.departments)
            ),
            place=row.place,
            tags=tuple(row.tags or ()),
            description=row.description,
            headcount=row.headcount,
            links=tuple(row.links or ()),
            source=source,
        )
        return Draft(details=details, planned=is_planned(when, self._today, said=row.planned))

    def _participation(self, named: str | NamedDepartment, usual: Role) -> Participation:
        if isinstance(named, str):
            return Participation(code=self._code(named), role=usual)
        return Participation(code=self._code(named.name), role=named.role or usual)
