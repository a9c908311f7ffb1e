"""One turn of the ledger: load what stands, decide, append."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kalends.domain import activity, campaign, clock, roster, roster_decider
from kalends.domain.campaign import Campaign
from kalends.domain.commands import (
    ActivityCommand,
    CorrectActivity,
    CorrectClock,
    MoveActivity,
    OpenCampaign,
    PlanActivity,
    RecordActivity,
    ReviseCampaign,
    RosterCommand,
)
from kalends.domain.draft import Draft
from kalends.domain.errors import (
    CampaignError,
    ClockAheadError,
    ClockBeforeError,
    ConflictError,
    KalendsError,
    NotFoundError,
)
from kalends.domain.events import (
    ACTIVITY,
    CAMPAIGN,
    ROSTER,
    Entry,
    Event,
    RosterEvent,
    Stamp,
    Via,
    activity_stream,
)
from kalends.domain.ids import SHORTEST
from kalends.domain.ids import resolved as resolved_id
from kalends.domain.streams import STREAMS
from kalends.domain.text import clean_actor
from kalends.domain.when import When, resolved
from kalends.log.log import Log, NewEvent

# In the database only so that nobody is without a zone.
_NO_ZONE = "Factory"


class Turn:
    """The writer's turn: what stands cannot change while it lasts."""

    def __init__(
        self,
        service: "Service",
        append: Callable[[Sequence[NewEvent]], int],
        *,
        at: datetime | None = None,
    ) -> None:
        self._service = service
        self._append = append
        self._last = service.log.last_at()
        self.at = at or service.stamped_at()

    def stamp(self, act: str) -> Stamp:
        """Return what every fact of an act carries."""
        return Stamp(at=self.at, by=self._service.by, via=self._service.via, act=act)

    def append(self, new_events: Sequence[NewEvent]) -> list[Entry]:
        """Append in one transaction, or only say what would be when it is a dry run."""
        position = self._service.log.position()
        new_events = list(self._stamped(new_events))
        if new_events and not self._service.dry_run:
            self._service.wait_for(new_events[-1].event.at, first=self.at)
            self._append(new_events)
            self._service.appended()
        return [
            Entry(position + n, one.originator_id, one.originator_version, one.event)
            for n, one in enumerate(new_events, 1)
        ]

    def _stamped(self, new_events: Sequence[NewEvent]) -> Iterator[NewEvent]:
        """Yield facts, each at least a second after the one before it of the same activity.

        Calendars tell two revisions of an entry apart by their stamps.
        """
        at = self.at
        lasts: dict[str, datetime | None] = {}
        for new_event in new_events:
            stream = new_event.originator_id
            if stream not in {CAMPAIGN, ROSTER}:
                if stream not in lasts and new_event.originator_version > 1:
                    lasts[stream] = self._service.log.last_at_of(stream)
                before = lasts.get(stream)
                if before is not None:
                    at = clock.next_of_stream(at, before, self._last)
                lasts[stream] = self._last = at
            yield new_event._replace(event=replace(new_event.event, at=at))


class RosterWork:
    """Several changes of the roster within one turn: each is decided after those before."""

    def __init__(self, names: roster.Roster, stamp: Stamp) -> None:
        """Begin with the roster as it stands."""
        self.roster = names
        self.events: list[RosterEvent] = []
        self._stamp = stamp

    def do(self, command: RosterCommand) -> None:
        """Decide the next one."""
        for event in roster_decider.decide(self.roster, command, stamp=self._stamp):
            self.events.append(event)
            self.roster = roster.evolve(self.roster, event)


class _Standing(NamedTuple):
    """What everything is decided against, as of a position."""

    position: int
    campaign: Campaign | None
    roster: roster.Roster


class Service:
    """The one door through which facts enter the log.

    `now` reads the clock, aware; `new_id` makes an id; with `dry_run` everything is decided and
    nothing is appended; `appended` is called after each append, within the turn. `pause` waits
    some seconds. `newest` tells when the machine's newest trace of work here is from; `sure` asks
    whether a clock that is hard to believe is right, given the error that is raised if not. What
    a method returns are the facts in their places, none when there was nothing to do.
    """

    def __init__(  # noqa: PLR0913 - all that one turn depends on
        self,
        log: Log,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        by: str,
        via: Via = "cli",
        dry_run: bool = False,
        appended: Callable[[], object] = lambda: None,
        pause: Callable[[float], object] = lambda _: None,
        newest: Callable[[], datetime | None] = lambda: None,
        sure: Callable[[KalendsError], bool] = lambda _: True,
    ) -> None:
        """Take the log and what facts are stamped with; `TextError` for a bad handle."""
        self.log = log
        self.by = clean_actor(by)
        self.via: Via = via
        self.dry_run = dry_run
        self.appended = appended
        self._now = now
        self._new_id = new_id
        self._pause = pause
        self._newest = newest
        self._sure = sure
        self._known: _Standing | None = None

    def campaign(self) -> Campaign:
        """Return the campaign as it stands; `NotFoundError` when none was opened."""
        state = self._standing().campaign
        if state is None:
            raise NotFoundError(name="campaign")
        return state

    @property
    def campaign_id(self) -> str:
        """Return the campaign's id, which never changes; `NotFoundError` when none was opened."""
        known = self._known
        return known.campaign.id if known and known.campaign else self.campaign().id

    def roster(self) -> roster.Roster:
        """Return the roster as it stands."""
        return self._standing().roster

    def _standing(self) -> "_Standing":
        """Return campaign and roster as of the newest position; they are read once for each."""
        position = self.log.position()
        if self._known is None or self._known.position != position:
            self._known = _Standing(
                position,
                STREAMS[CAMPAIGN].fold(self.log.stream(CAMPAIGN)),
                STREAMS[ROSTER].fold(self.log.stream(ROSTER)),
            )
        return self._known

    def change_campaign(self, command: OpenCampaign | ReviseCampaign) -> list[Entry]:
        """Open the campaign or change its settings."""
        with self.turn() as turn:
            state = self._standing().campaign
            if state is None or command.settings.zone != state.settings.zone:
                check_zone(command.settings.zone)
            decided = campaign.decide(state, command, stamp=turn.stamp(self._new_id()))
            return turn.append(_next(CAMPAIGN, self._stream(CAMPAIGN), decided))

    def change_roster(self, command: RosterCommand) -> list[Entry]:
        """Register, alias, rename, merge or close a department."""
        with self.turn() as turn:
            decided = roster_decider.decide(
                self.roster(), command, stamp=turn.stamp(self._new_id())
            )
            return turn.append(_next(ROSTER, self._stream(ROSTER), decided))

    def change_roster_by(self, steps: Callable[["RosterWork"], None]) -> list[Entry]:
        """Change the roster in several steps that are one act: all of them or none."""
        with self.turn() as turn:
            work = RosterWork(self.roster(), turn.stamp(self.new_act()))
            steps(work)
            return turn.append(_next(ROSTER, self._stream(ROSTER), work.events))

    def find(self, text: str) -> str:
        """Return the id of the one activity in the log that begins so; see `ids.resolved`."""
        start = len(ACTIVITY)

        def beginning(prefix: str, most: int) -> list[str]:
            return [one[start:] for one in self.log.beginning(activity_stream(prefix), most=most)]

        return resolved_id(text, beginning)

    def ref(self, activity_id: str) -> str:
        """Return an id's shortest prefix, at least four characters, that no other id shares."""
        length = SHORTEST
        while len(self.log.beginning(activity_stream(activity_id[:length]), most=2)) > 1:
            length += 1
        return activity_id[:length]

    def record(
        self, draft: Draft, *, check: Callable[[], None] = lambda: None
    ) -> tuple[str, list[Entry]]:
        """Plan or record one activity; return its id too."""
        new_id = self._new_id()
        return new_id, self.record_all([(new_id, draft)], act=self.new_act(), check=check)

    def new_act(self) -> str:
        """Return the id of a new act, which all its facts will bear."""
        return self._new_id()

    def record_all(
        self,
        drafts: Sequence[tuple[str, Draft]],
        *,
        act: str,
        refused: Callable[[str, KalendsError], None] | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> list[Entry]:
        """Plan or record many activities in one transaction; those already there are passed over.

        Each draft comes with the id that its activity will have; `act` is the id of the act.
        `refused` is called for each id that a rule forbids, and the others go on; without it the
        first refusal is raised and nothing is appended. `check` is called within the turn, when
        nobody else can record anything any more; what it raises stops it all.
        """
        with self.turn() as turn:
            check()
            known = self.log.existing([activity_stream(new_id) for new_id, _ in drafts])
            names, when = self.roster(), self._resolver()
            new_events: list[NewEvent] = []
            for new_id, draft in drafts:
                stream = activity_stream(new_id)
                if stream in known:
                    continue
                try:
                    event = _first_event(draft, names, when, turn.stamp(act))
                except KalendsError as error:
                    if refused is None:
                        raise
                    refused(new_id, error)
                else:
                    new_events.append(NewEvent(stream, 1, event))
                    known.add(stream)
            return turn.append(new_events)

    def change(
        self, activity_id: str, command: ActivityCommand, *, expected: int | None = None
    ) -> list[Entry]:
        """Change an activity. `expected`: the version the caller saw, else `ConflictError`."""
        stream = activity_stream(activity_id)
        with self.turn() as turn:
            events = self._stream(stream)
            if expected is not None and expected != len(events):
                raise ConflictError(expected=expected, found=len(events))
            state = activity.fold(events)
            if isinstance(command, MoveActivity | CorrectActivity):
                command = self._checked(command, state)
            decided = activity.decide(state, command, stamp=turn.stamp(self._new_id()))
            return turn.append(_next(stream, events, decided))

    def correct_clock(self, *, reason: str) -> list[Entry]:
        """Record that the clock had been ahead; none when it is not behind the record.

        The event is stamped with what the clock says now. Raises `ClockBeforeError` when that is
        earlier than everything recorded, unless somebody is sure.
        """
        now, last = self._clock(), self.log.last_at()
        if last is None or last <= now:
            return []
        try:
            clock.check_before(now, next(self.log.entries(until=1)).event.at, self._zone)
        except ClockBeforeError as doubt:
            if not self._sure(doubt):
                raise
        with self.log.turn() as append:
            turn = Turn(self, append, at=now)
            command = CorrectClock(reason=reason)
            decided = campaign.decide(
                self._standing().campaign, command, stamp=turn.stamp(self._new_id())
            )
            return turn.append(_next(CAMPAIGN, self._stream(CAMPAIGN), decided))

    def stamped_at(self) -> datetime:
        """Return when a fact appended now is recorded: never before the newest one, whole seconds.

        Raises `ClockError` when this machine's clock is more than two minutes behind the record.
        """
        return clock.stamped_at(self._clock(), self.log.last_at(), self._zone)

    def check_clock(self) -> None:
        """Raise `ClockError`, or `ClockAheadError` for a clock that is hard to believe."""
        now, last = self._clock(), self.log.last_at()
        clock.stamped_at(now, last, self._zone)
        if last is not None and clock.is_far_ahead(now, last):
            clock.check_ahead(now, last, self._newest(), self._zone)

    def wait_for(self, last: datetime, *, first: datetime) -> None:
        """Wait where stamps ran from `first` on to `last`; see `clock.seconds_to_wait`."""
        seconds = clock.seconds_to_wait(self._now(), first=first, last=last)
        if seconds:
            self._pause(seconds)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Take the writer's turn: nobody else can append while it lasts."""
        try:
            self.check_clock()
        except ClockAheadError as doubt:
            if not self._sure(doubt):
                raise
        with self.log.turn() as append:
            yield Turn(self, append)

    def _zone(self) -> ZoneInfo:
        """Return the campaign's zone, in which people are told the time."""
        return zone(self.campaign().settings.zone)

    def _clock(self) -> datetime:
        return self._now().astimezone(UTC).replace(microsecond=0)

    def _stream(self, name: str) -> list[Any]:
        return self.log.stream(name)

    def _resolver(self) -> Callable[[When], When]:
        settings = self.campaign().settings
        place = zone(settings.zone)
        return lambda when: resolved(when, place, settings.office_hours)

    def _checked(
        self, command: MoveActivity | CorrectActivity, state: activity.Activity | None
    ) -> MoveActivity | CorrectActivity:
        if command.when is not None:
            command = replace(command, when=self._resolver()(command.when))
        if state is None:
            return command
        when = command.when or state.details.when
        named = command.departments if isinstance(command, CorrectActivity) else None
        if command.when is not None or named is not None:
            acting = named or state.details.departments
            roster.check_acting(self.roster(), acting, when.first_day, when.last_day)
        return command


def zone(name: str) -> ZoneInfo:
    """Return the time zone of this IANA name, or raise `CampaignError`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CampaignError(field="zone", value=name, form="Asia/Shanghai") from None


def check_zone(name: str) -> None:
    """Raise `CampaignError` unless this name is of the tz database, and so the same everywhere.

    A machine has others: `localtime`, `right/…`, and on some disks any case of letters.
    """
    from importlib import resources  # noqa: PLC0415 - slow to load, seldom asked for

    names = (resources.files("tzdata") / "zones").read_text("utf-8").split()
    if name in names and name != _NO_ZONE:
        return
    alike = {known.casefold(): known for known in names if known != _NO_ZONE}
    form = alike.get(name.casefold().removeprefix("posix/"), "Asia/Shanghai")
    raise CampaignError(field="zone", value=name, form=form)


def _next(stream: str, events: Sequence[Event], decided: Sequence[Event]) -> list[NewEvent]:
    return [NewEvent(stream, len(events) + n, event) for n, event in enumerate(decided, 1)]


def _first_event(
    draft: Draft, names: roster.Roster, when: Callable[[When], When], stamp: Stamp
) -> Event:
    details = replace(draft.details, when=when(draft.details.when))
    roster.check_acting(names, details.departments, details.when.first_day, details.when.last_day)
    command = PlanActivity if draft.planned else RecordActivity
    (event,) = activity.decide(None, command(details=details), stamp=stamp)
    return event
