"""What happened, what is asked, what follows: the rules told as given, when, then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from kalends.domain.commands import ActivityCommand, Command, RegisterDepartment, RosterCommand
from kalends.domain.details import Details, Participation
from kalends.domain.errors import KalendsError
from kalends.domain.events import ACTIVITY, CAMPAIGN, ROSTER, Event, Stamp
from kalends.domain.roster import Roster
from kalends.domain.streams import STREAMS
from kalends.domain.when import When

STAMP = Stamp(at=datetime(2020, 7, 14, 8, tzinfo=UTC), by="liu", via="cli", act="3v8k2m9q4x7t")


def a_day(iso: str = "2020-07-14", /, **also: Any) -> When:
    """Return a whole day, or what else `also` says of it."""
    day = date.fromisoformat(iso)
    fields: dict[str, Any] = {
        "first_day": day,
        "last_day": day,
        "precision": "day",
        "zone": "Asia/Shanghai",
        "text": iso,
    }
    return When(**fields | also)


MEETING = Details(
    title="创城工作推进会",
    when=a_day("2020-07-14", precision="part", part="morning", text="7月14日上午"),
    departments=(Participation(code="tuanshiwei", role="lead"),),
    place="会议室",
    tags=("推进会",),
)


def decided(events: Sequence[Event], command: Command) -> tuple[Event, ...]:
    """Return what the decider of this command makes of it after these events."""
    stream = STREAMS[kind(command)]
    return stream.decide(stream.fold(events), command, stamp=STAMP)


def kind(command: Command) -> str:
    """Return which kind of stream a command is for."""
    if isinstance(command, get_args(ActivityCommand)):
        return ACTIVITY
    return ROSTER if isinstance(command, get_args(RosterCommand)) else CAMPAIGN


@dataclass(frozen=True)
class CommandCase:
    """A command after some events; `then…` says what must follow."""

    events: tuple[Event, ...]
    command: Command

    def then(self, *expected: Event) -> None:
        """Say that exactly these events follow."""
        assert decided(self.events, self.command) == expected

    def then_nothing(self) -> None:
        """Say that there is nothing to do."""
        self.then()

    def then_refused(self, error: type[KalendsError], **fields: object) -> None:
        """Say that it is refused with this very error, and with at least these fields."""
        with pytest.raises(KalendsError) as refused:
            decided(self.events, self.command)
        assert type(refused.value) is error, repr(refused.value)
        assert fields.items() <= refused.value.fields.items(), refused.value.fields


@dataclass(frozen=True)
class Given:
    """Facts, as they were recorded."""

    events: tuple[Event, ...]

    def when(self, command: Command) -> CommandCase:
        """Say what is asked now."""
        return CommandCase(self.events, command)


def given(*events: Event) -> Given:
    """Say what has happened; nothing, when nothing is named."""
    return Given(events)


def changed(details: Details, **changes: Any) -> Details:
    """Return the details with these changes."""
    return replace(details, **changes)


def registered(names: Mapping[str, Sequence[str]]) -> Roster:
    """Return a roster of these departments: by code, each its name and its aliases."""
    stream = STREAMS[ROSTER]
    made: Roster = stream.initial
    for code, (name, *aliases) in names.items():
        command = RegisterDepartment(code=code, name=name, aliases=tuple(aliases))
        for event in stream.decide(made, command, stamp=STAMP):
            made = stream.evolve(made, event)
    return made
