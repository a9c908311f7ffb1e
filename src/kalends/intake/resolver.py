"""Turns rows into drafts: date phrases become dates, names become departments."""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from kalends.dates.reader import DateContext
from kalends.dates.times_alone import read_with_day
from kalends.domain.activity import is_planned
from kalends.domain.details import Details, Participation, Role, Source, usual_role
from kalends.domain.draft import Draft
from kalends.domain.errors import EmptyTextError, NoTitleError
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.intake.files.rows import NamedDepartment, Row, SentenceRow
from kalends.intake.vocabulary.naming import department


class Resolver:
    """Turns rows into drafts, with a campaign's roster and dates."""

    def __init__(self, roster: Roster, context: DateContext) -> None:
        """Set what names and dates are read against; each is looked up only once."""
        self._roster, self._context = roster, context
        self._when: Callable[[str], When] = lru_cache(4096)(
            lambda text: read_with_day(text, context).when
        )
        self._code = lru_cache(4096)(lambda name: department(roster, name).code)

    def draft(self, row: Row | SentenceRow) -> Draft:
        """Return the draft for a row; raises an error of reading its date or departments."""
        return self._of_sentence(row.text) if isinstance(row, SentenceRow) else self._of_row(row)

    def _of_sentence(self, text: str) -> Draft:
        from kalends.intake.sentence import read_sentence  # noqa: PLC0415 - most files hold none

        wanted = ("when", "departments", "title")
        found = read_sentence(text, roster=self._roster, context=self._context, wanted=wanted)
        if not found.title:
            raise NoTitleError(text=text)
        assert found.when is not None
        when = found.when.when
        details = Details(
            title=found.title,
            when=when,
            departments=tuple(found.departments),
            place=found.place,
            tags=tuple(found.tags),
            description=found.description,
            headcount=found.headcount,
        )
        return Draft(details=details, planned=self._is_planned(when))

    def _of_row(self, row: Row) -> Draft:
        if not row.when.strip():
            raise EmptyTextError(field="date")
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
        return Draft(details=details, planned=self._is_planned(when, said=row.planned))

    def _is_planned(self, when: When, *, said: bool | None = None) -> bool:
        return is_planned(when, self._context.now, self._context.office_hours, said=said)

    def _participation(self, named: str | NamedDepartment, usual: Role) -> Participation:
        if isinstance(named, str):
            return Participation(code=self._code(named), role=usual)
        return Participation(code=self._code(named.name), role=named.role or usual)
