"""The service: every change of the record goes through it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kalends.domain.activity import Activity
from kalends.domain.campaign import Campaign
from kalends.domain.commands import (
    ActivityCommand,
    CorrectActivity,
    CorrectClock,
    MoveActivity,
    OpenCampaign,
    ReviseCampaign,
    RosterCommand,
)
from kalends.domain.draft import Draft
from kalends.domain.errors import ActivityNotFoundError, ConflictError, KalendsError
from kalends.domain.events import ACTIVITY, CAMPAIGN, ROSTER, Entry, Event, Via, activity_stream
from kalends.domain.ids import SHORTEST
from kalends.domain.ids import resolved as resolved_id
from kalends.domain.roster import Roster
from kalends.domain.streams import STREAMS
from kalends.domain.text import clean_actor
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.service.standing import Standing, standing
from kalends.service.turn import Turn
from kalends.service.watched_clock import WatchedClock
from kalends.service.zones import check_zone

if TYPE_CHECKING:
    from kalends.service.roster_work import RosterWork

_Append = Callable[[Sequence[NewEvent]], int]


class Service:
    """The only way for events into the log.

    `new_id` makes an id. With `dry_run` everything is decided and nothing is appended. `appended`
    is called after each append, within the turn. `check` is called in every turn before anything
    is decided, and raises why nothing may be recorded; `permit` is called with what was decided,
    and raises why this person may not record it. `act` is the id of the act, if the caller chose
    one: such a service is used for that act alone. `known` are the campaign and the roster if they
    were read before, as of any position. The methods return the events with their positions, none
    when there was nothing to do.
    """

    def __init__(  # noqa: PLR0913 - all that one turn depends on
        self,
        log: Log,
        *,
        clock: WatchedClock,
        new_id: Callable[[], str],
        by: str,
        via: Via = "cli",
        dry_run: bool = False,
        appended: Callable[[], object] = lambda: None,
        check: Callable[[], object] = lambda: None,
        permit: Callable[["Service", Sequence[NewEvent]], object] = lambda *_: None,
        act: str | None = None,
        known: Standing | None = None,
    ) -> None:
        """Take the log and what events are stamped with; raise `TextError` for a bad handle."""
        self.log = log
        self.by = clean_actor(by)
        self.via: Via = via
        self.dry_run = dry_run
        self._appended = appended
        self._check = check
        self._permit = permit
        self._new_id = new_id
        self.act = act
        self._clock = clock
        self._known = known

    def campaign(self) -> Campaign:
        """Return the current campaign; `NotFoundError` when none was opened."""
        return self.standing.campaign

    @property
    def campaign_id(self) -> str:
        """Return the campaign's id, which never changes; `NotFoundError` when none was opened."""
        known = self._known
        return known.found.id if known and known.found else self.campaign().id

    def roster(self) -> Roster:
        """Return the current roster."""
        return self.standing.roster

    @property
    def standing(self) -> Standing:
        """Return campaign and roster as of the newest position; they are read when they change."""
        self._known = standing(self.log, self._known)
        return self._known

    def change_campaign(self, command: OpenCampaign | ReviseCampaign) -> list[Entry]:
        """Open the campaign or change its settings."""
        with self.turn() as turn:
            known = self.standing.found
            if known is None or command.settings.zone != known.settings.zone:
                check_zone(command.settings.zone)
            return self._decide(turn, CAMPAIGN, command)

    def change_roster(self, *commands: RosterCommand) -> list[Entry]:
        """Register, alias, rename, merge or close departments, as one act: all or none."""

        def steps(work: "RosterWork") -> None:
            for command in commands:
                work.do(command)

        return self.change_roster_by(steps)

    def change_roster_by(self, steps: "Callable[[RosterWork], None]") -> list[Entry]:
        """Change the roster in several steps that are a single act: all or none."""
        from kalends.service.roster_work import RosterWork  # noqa: PLC0415 - few change the roster

        with self.turn() as turn:
            work = RosterWork(self.roster(), turn.stamp(self.new_act()))
            steps(work)
            return turn.append(_next(ROSTER, self.log.stream(ROSTER), work.events))

    def activity(self, activity_id: str, decided: Sequence[Entry] = ()) -> Activity:
        """Return an activity in its current state, or as it would be after `decided`."""
        stream = activity_stream(activity_id)
        events: list[Any] = self.log.stream(stream)
        events += [
            new.event for new in decided if new.stream == stream and new.version > len(events)
        ]
        state: Activity | None = STREAMS[ACTIVITY].fold(events)
        if state is None:
            raise ActivityNotFoundError(name=activity_id)
        return state

    def find(self, text: str) -> str:
        """Return the id of the only activity whose id starts with a text; see `ids.resolved`."""
        start = len(ACTIVITY)

        def beginning(prefix: str, most: int) -> list[str]:
            return [
                stream[start:] for stream in self.log.beginning(activity_stream(prefix), most=most)
            ]

        return resolved_id(text, beginning)

    def ref(self, activity_id: str) -> str:
        """Return an id's shortest prefix, at least four characters, that no other id shares."""
        length = SHORTEST
        while len(self.log.beginning(activity_stream(activity_id[:length]), most=2)) > 1:
            length += 1
        return activity_id[:length]

    def record(
        self, draft: Draft, *, check: Callable[[], None] | None = None
    ) -> tuple[str, list[Entry]]:
        """Plan or record an activity; return its id too."""
        new_id = self._new_id()
        return new_id, self.record_all([(new_id, draft)], act=self.new_act(), check=check)

    def new_act(self) -> str:
        """Return the id of a new act, which all its events carry."""
        return self.act or self._new_id()

    def record_all(
        self,
        drafts: Sequence[tuple[str, Draft]],
        *,
        act: str,
        refused: Callable[[str, KalendsError], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> list[Entry]:
        """Plan or record many activities in one transaction; skip those recorded already.

        Each draft comes with the id of its activity; `act` is the id of the act. `refused` is
        called for each id that a rule forbids, and the others continue; without it the first
        refusal is raised and nothing is appended. `check` is called within the turn, when nobody
        else can record anything; if it raises an error, nothing is appended.
        """
        with self.turn() as turn:
            if check is not None:
                check()
            known = self.log.existing([activity_stream(new_id) for new_id, _ in drafts])
            here = self.standing
            events: list[NewEvent] = []
            rules = STREAMS[ACTIVITY]
            for new_id, draft in drafts:
                stream = activity_stream(new_id)
                if stream in known:
                    continue
                try:
                    command = here.first_command(draft)
                    (event,) = rules.decide(None, command, stamp=turn.stamp(act))
                except KalendsError as error:
                    if refused is None:
                        raise
                    refused(new_id, error)
                else:
                    events.append(NewEvent(stream, 1, event))
                    known.add(stream)
            return turn.append(events)

    def change(
        self, activity_id: str, command: ActivityCommand, *, expected: int | None = None
    ) -> list[Entry]:
        """Change an activity.

        Raises `ConflictError` if it is no longer at `expected`, the version that the caller saw.
        """
        stream = activity_stream(activity_id)
        with self.turn() as turn:
            events: list[Any] = self.log.stream(stream)
            if expected is not None and expected != len(events):
                raise ConflictError(expected=expected, found=len(events))
            state: Activity | None = STREAMS[ACTIVITY].fold(events)
            if isinstance(command, MoveActivity | CorrectActivity):
                command = self.standing.checked(command, state)
            new = STREAMS[ACTIVITY].decide(state, command, stamp=turn.stamp(self.new_act()))
            return turn.append(_next(stream, events, new))

    def correct_clock(self, *, reason: str) -> list[Entry]:
        """Record that the clock was ahead; do nothing if it is not behind the record.

        The event gets the time that the clock shows now. Raises `ClockBeforeError` when that is
        earlier than everything recorded, unless somebody is sure.
        """
        now, last = self._clock.now(), self.log.last_at()
        if last is None or last <= now:
            return []
        self._clock.confirm_not_before(now, next(self.log.entries(until=1)).event.at)
        with self._turn_of_log() as append:
            turn = self._turn(append, now, self.log.last_at())
            return self._decide(turn, CAMPAIGN, CorrectClock(reason=reason))

    def check_clock(self) -> None:
        """Raise `ClockError`, or `ClockAheadError` for a doubtful clock."""
        now, last = self._clock.now(), self.log.last_at()
        self._clock.stamp(now, last)
        doubt = self._clock.doubt(now, last)
        if doubt is not None:
            raise doubt

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Take the writer's turn: nobody else can append while it lasts.

        Raises `ClockError` when this machine's clock is more than two minutes behind the record.
        If the clock is doubtful, the turn is given up while somebody is asked.
        """
        with self._turn_of_log() as append:
            now, last = self._clock.now(), self.log.last_at()
            doubt = self._clock.doubt(now, last)
            if doubt is None:
                oddity = self._clock.oddity(now, last)
                yield self._turn(append, self._clock.stamp(now, last), last)
                if oddity is not None:
                    self._clock.noticed(oddity)
                return
        self._clock.confirm(doubt)
        with self.log.turn() as append:
            last = self.log.last_at()
            yield self._turn(append, self._clock.stamp(self._clock.now(), last), last)

    def _turn_of_log(self) -> AbstractContextManager[_Append]:
        """Take the log's turn; what is only tried out takes none, so nobody waits for it."""
        return nullcontext(_nothing) if self.dry_run else self.log.turn()

    def _turn(self, append: _Append, at: datetime, last: datetime | None) -> Turn:
        """Return a turn whose events are recorded now; raise what `check` raises."""
        self._check()

        def wait_and_append(events: Sequence[NewEvent]) -> None:
            if self.dry_run:
                return
            self._clock.wait(at, events[-1].event.at)
            append(events)
            self._appended()

        return Turn(
            self.log, wait_and_append, permit=lambda new: self._permit(self, new),
            by=self.by, via=self.via, at=at, last=last,
        )  # fmt: skip

    def _decide(self, turn: Turn, stream: str, command: object) -> list[Entry]:
        """Append what a command causes in the stream of the campaign or the roster."""
        events: list[Any] = self.log.stream(stream)
        rules = STREAMS[stream]
        new = rules.decide(rules.fold(events), command, stamp=turn.stamp(self.new_act()))
        return turn.append(_next(stream, events, new))


def _nothing(events: Sequence[NewEvent]) -> int:
    raise AssertionError(events)  # nothing is appended where it is only tried out


def _next(stream: str, events: Sequence[Event], new: Sequence[Event]) -> list[NewEvent]:
    return [NewEvent(stream, len(events) + n, event) for n, event in enumerate(new, 1)]
