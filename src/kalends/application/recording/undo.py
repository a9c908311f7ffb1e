"""Undoes the last act of a handle, with new events."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from kalends.application.recording.last_acts import entries_at
from kalends.application.recording.undo_rights import UndoRights, undo_rights
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.commands import ReviseCampaign
from kalends.domain.errors import (
    N_,
    CannotUndoError,
    ChangedSinceError,
    DepartmentInUseError,
    NothingToUndoError,
    OtherActError,
)
from kalends.domain.events import (
    ACTIVITY,
    CAMPAIGN,
    ROSTER,
    CampaignRevised,
    ClockCorrected,
    DepartmentWithdrawn,
    Entry,
    Event,
    Stamp,
    activity_id,
)
from kalends.domain.reversals import department_before, department_reversal, undoing
from kalends.domain.roster import Roster, known
from kalends.domain.streams import STREAMS
from kalends.domain.undo_acts import (
    standing_since,
    undoing_act,
)
from kalends.log.event_log import NewEvent
from kalends.service import Service, Turn
from kalends.views import acts
from kalends.views.database import Views
from kalends.words import Message, words
from kalends.words.topics import TOPIC_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The events that were undone, and the events that undid them.

    `roster` holds the departments as they stand after that; in a dry run, as they would stand.
    """

    undone: list[Entry]
    made: list[Entry]
    roster: Roster

    @property
    def codes(self) -> list[str]:
        """Return the codes of the departments that were changed."""
        codes = (getattr(entry.event, "code", None) for entry in self.undone)
        return list(dict.fromkeys(code for code in codes if code is not None))

    @property
    def withdrawn(self) -> set[str]:
        """Return the codes of the departments that are on the roster no more."""
        events = (entry.event for entry in self.made)
        return {event.code for event in events if isinstance(event, DepartmentWithdrawn)}

    @property
    def settings(self) -> Iterator[tuple[str, object, object]]:
        """Yield the settings that were changed: name, value now, value before."""
        before: Any = self.undone[-1].event
        for entry in self.made:
            now: Any = entry.event
            for field in fields(now.settings):
                values = (getattr(event.settings, field.name) for event in (now, before))
                stands, was = values
                if stands != was:
                    yield field.name, stands, was


def undo(
    workspace: Workspace, *, reason: str | None = None, expected: int | None = None
) -> Undone:
    """Undo the last act of the workspace's handle; raises what `undo_last` raises.

    The default reason is in the campaign's language, because it is stored and shown to
    subscribers.
    """
    service = workspace.service
    if reason is None:
        reason = words(service.campaign().settings.language).say(N_("the last change was undone"))
    return undo_last(
        service,
        lambda: workspace.views,
        reason=reason,
        expected=expected,
        rights=undo_rights(workspace),
    )


def undo_last(
    service: Service,
    views: Callable[[], Views],
    *,
    reason: str,
    expected: int | None = None,
    rights: UndoRights = UndoRights(),  # noqa: B008 - it is never changed
) -> Undone:
    """Append the events that reverse the last act of this handle that is not undone yet.

    Acts that were undone, the acts that undid them, and those that they see nothing of are
    skipped. `views` returns the views, caught up at each call.

    `expected` is the position at which that act ends, if somebody has looked it up.

    Raises `OtherActError` if it ends elsewhere; `NothingToUndoError`; what `UndoRights.check`
    raises; `CannotUndoError` for a retraction and for the opening of the campaign;
    `ChangedSinceError` if another act has since changed the same thing; what the domain refuses,
    such as a name that another department now has.
    """
    views()  # before the turn, so that others do not wait for the views
    with service.turn() as turn:
        db = views()
        hidden = rights.hidden()
        known_at = service.log.position()
        found = acts.last_standing(db, service.by, known_at=known_at, hidden=hidden)
        if not found.positions:
            raise NothingToUndoError(by=service.by)
        entries = list(entries_at(service, found.positions))
        rights.check(entries, hidden, service.by)
        if expected not in {None, entries[-1].position}:
            raise OtherActError(expected=expected, found=entries[-1].position)
        work = _Reversal(service, turn, db, entries, found.passed, reason)
        made = turn.append_undo(list(work.events()), reason=reason, ended=entries[-1].position)
        return Undone(undone=entries, made=made, roster=work.roster)


class _Reversal:
    """The events that reverse one act."""

    def __init__(
        self,
        service: Service,
        turn: Turn,
        db: Views,
        entries: Sequence[Entry],
        passed: frozenset[str],
        reason: str,
    ) -> None:
        self._service, self._turn, self._db = service, turn, db
        self._entries, self._passed, self._reason = entries, passed, reason
        self._act = entries[0].event.act
        self.roster = service.roster()

    def events(self) -> Iterator[NewEvent]:
        """Yield the events, beginning with the reversal of the last one."""
        changed: list[Entry] = []
        for entry in reversed(self._entries):
            if entry.stream == ROSTER:
                changed.append(entry)
            elif entry.stream == CAMPAIGN:
                yield from self._campaign(entry)
            else:
                yield from self._activity(entry)
        if changed:
            yield from self._roster(changed)

    def _stamp(self) -> Stamp:
        return self._turn.stamp(undoing_act(self._act, self._service.act))

    def _activity(self, entry: Entry) -> Iterator[NewEvent]:
        events: list[Any] = self._service.log.stream(entry.stream)
        self._check_unchanged(entry, events)
        command = undoing(events[: entry.version], reason=self._reason)
        if command is None:
            raise _refused(
                entry,
                Message("a retraction is final"),
                Message("If it did take place, record it again."),
            )
        rules = STREAMS[ACTIVITY]
        decided = rules.decide(rules.fold(events), command, stamp=self._stamp())
        self._check_departments(decided)
        yield from _next(entry.stream, len(events), decided)

    def _campaign(self, entry: Entry) -> Iterator[NewEvent]:
        events: list[Any] = self._service.log.stream(CAMPAIGN)
        if not isinstance(entry.event, CampaignRevised):
            raise _refused(
                entry,
                Message("it is the beginning of the record"),
                Message("What was set then can be changed."),
            )
        # A correction of the clock since then changed no setting.
        self._check_unchanged(entry, events, but=ClockCorrected)
        rules = STREAMS[CAMPAIGN]
        before = rules.fold(events[: entry.version - 1])
        command = ReviseCampaign(settings=before.settings, reason=self._reason)
        decided = rules.decide(rules.fold(events), command, stamp=self._stamp())
        yield from _next(CAMPAIGN, len(events), decided)

    def _roster(self, entries: Sequence[Entry]) -> Iterator[NewEvent]:
        events: list[Any] = self._service.log.stream(ROSTER)
        # Of each department only the last event counts; the department changed last comes first.
        last: dict[str, Entry] = {}
        for entry in entries:
            last.setdefault(entry.event.code, entry)  # type: ignore[union-attr]  # of the roster
        count = len(events)
        for code, entry in last.items():
            own = [event if event.code == code else None for event in events]
            self._check_own(entry, own, code)
            before = department_before(events, self._act, code)
            if before is None:
                self._check_unnamed(code)
            command = department_reversal(code, before, self._reason)
            for event in STREAMS[ROSTER].decide(self.roster, command, stamp=self._stamp()):
                self.roster = STREAMS[ROSTER].evolve(self.roster, event)
                count += 1
                yield NewEvent(ROSTER, count, event)

    def _check_own(self, entry: Entry, own: Sequence[Any], code: str) -> None:
        """Raise if another act, not undone, has since changed this department."""
        undone = [event for event in own if event is not None]
        before = sum(1 for event in own[: entry.version] if event is not None)
        for _, event in standing_since(undone, before, passed=self._passed):
            name = known(self.roster, code).name
            version = next(n for n, other in enumerate(own, 1) if other is event)
            raise self._changed(entry, name, version, event)

    def _check_unchanged(
        self, entry: Entry, events: Sequence[Any], *, but: type | tuple[type, ...] = ()
    ) -> None:
        """Raise if another act, not undone, has since changed the same stream."""
        for version, event in standing_since(events, entry.version, passed=self._passed):
            if isinstance(event, but):
                continue
            found = activity_id(entry.stream)
            settings = self._service.campaign().settings
            name = settings.title if found is None else self._service.ref(found)
            raise self._changed(entry, name, version, event)

    def _changed(self, entry: Entry, name: str, version: int, event: Any) -> ChangedSinceError:
        return ChangedSinceError(
            what=TOPIC_WORDS[entry.event.TOPIC],
            position=entry.position,
            name=name,
            by=event.by,
            later=acts.position_of(self._db, entry.stream, version),
        )

    def _check_unnamed(self, code: str) -> None:
        """Raise if an activity that is not retracted names the department."""
        for found in acts.naming(self._db, code):
            name = known(self.roster, code).name
            raise DepartmentInUseError(name=name, by=self._service.ref(found))

    def _check_departments(self, decided: Sequence[Event]) -> None:
        """Raise if the restored details name a department whose registration has been undone."""
        for event in decided:
            details = getattr(event, "details", None)
            if details is not None:
                for department in details.departments:
                    known(self.roster, department.code)


def _next(stream: str, version: int, decided: Sequence[Event]) -> Iterator[NewEvent]:
    for number, event in enumerate(decided, version + 1):
        yield NewEvent(stream, number, event)


def _refused(entry: Entry, detail: Message, cure: Message) -> CannotUndoError:
    what = TOPIC_WORDS[entry.event.TOPIC]
    return CannotUndoError(what=what, position=entry.position, detail=detail, cure=cure)
