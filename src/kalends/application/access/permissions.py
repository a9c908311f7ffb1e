"""What somebody may record, by role: a clerk for their departments, the office for all."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from kalends.domain.activity import Activity
from kalends.domain.errors import (
    OfficeOnlyError,
    OtherDepartmentError,
    ReadsOnlyError,
    WithheldByOtherError,
)
from kalends.domain.events import ACTIVITY, CAMPAIGN, ROSTER, ActivityReleased, ActivityWithheld
from kalends.domain.roster import Roster
from kalends.domain.streams import STREAMS
from kalends.log.event_log import NewEvent
from kalends.service import Service

AccessRole = Literal["clerk", "office", "auditor"]


class Caller(NamedTuple):
    """Somebody with a token: their handle, their role, and the codes of a clerk's departments."""

    actor: str
    role: AccessRole
    departments: tuple[str, ...] = ()

    @property
    def sees_withheld(self) -> bool:
        """Return whether everything withheld may be read."""
        return self.role != "clerk"

    def own(self, roster: Roster) -> frozenset[str]:
        """Return the codes of the departments that a clerk records for, children included."""
        return frozenset().union(*map(roster.within, self.departments))

    def check(self, service: Service, new: Sequence[NewEvent]) -> None:
        """Raise `NotAllowedError` if these events may not be appended.

        A clerk's activities are those that a department of theirs leads, before and after. What
        somebody else withheld a clerk does not make public again.
        """
        if self.role == "office" or not new:
            return
        self.check_streams(event.originator_id for event in new)
        for event in new:
            if isinstance(event.event, ActivityReleased):
                self._check_release(service, event.originator_id)
        roster = service.roster()
        own = self.own(roster)
        for state in _states(service, new):
            leading = state.details.departments[0].code
            if leading not in own:
                raise OtherDepartmentError(
                    actor=self.actor,
                    name=roster.departments[leading].name,
                    names=", ".join(roster.departments[code].name for code in self.departments),
                )

    def check_streams(self, streams: Iterable[str]) -> None:
        """Raise `NotAllowedError` if nothing may be appended to one of these streams."""
        if self.role == "auditor":
            raise ReadsOnlyError(actor=self.actor)
        if self.role != "office" and not {CAMPAIGN, ROSTER}.isdisjoint(streams):
            raise OfficeOnlyError(actor=self.actor)

    def _check_release(self, service: Service, stream: str) -> None:
        withheld = [e for e in service.log.stream(stream) if isinstance(e, ActivityWithheld)]
        if withheld and withheld[-1].by != self.actor:
            raise WithheldByOtherError(actor=self.actor, name=withheld[-1].by)


def _states(service: Service, new: Sequence[NewEvent]) -> list[Activity]:
    """Return each activity as it stands, and as it would stand after each of its new events."""
    rules = STREAMS[ACTIVITY]
    standing: dict[str, Any] = {}
    found: list[Activity] = []
    for event in new:
        stream = event.originator_id
        if stream not in standing and event.originator_version > 1:
            standing[stream] = rules.fold(service.log.stream(stream))
            found.append(standing[stream])
        standing[stream] = rules.evolve(standing.get(stream), event.event)
        found.append(standing[stream])
    return found
