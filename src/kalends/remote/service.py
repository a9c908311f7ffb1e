"""Records on a server: decides here, to say at once what is wrong, and then asks the server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec

from kalends.domain.commands import (
    ActivityCommand,
    OpenCampaign,
    PlanActivity,
    RecordActivity,
    ReviseCampaign,
)
from kalends.domain.draft import Draft
from kalends.domain.errors import (
    FolderOnlyError,
    KalendsError,
    OtherServerError,
    RecordedUnreadError,
)
from kalends.domain.events import Entry, activity_id
from kalends.domain.overriding import override
from kalends.log.event_log import NewEvent
from kalends.remote.client import Client
from kalends.remote.log import RemoteLog
from kalends.service import Service, Turn, WatchedClock
from kalends.service.command_json import Order, to_json
from kalends.service.roster_work import RosterWork
from kalends.words import Message


class _Event(msgspec.Struct):
    position: int


class _Answer(msgspec.Struct):
    """What the server has recorded: the events, with their positions."""

    events: list[_Event]


_decoder = msgspec.json.Decoder(_Answer)
_SAYS_NOTHING = Message("it does not say what it recorded")


class _RemoteTurn(Turn):
    """A turn that only decides; `undo` asks the server to undo, None in a dry run."""

    def __init__(
        self, undo: Callable[[str, int], list[Entry]] | None, *args: Any, **how: Any
    ) -> None:
        super().__init__(*args, **how)
        self._undo = undo

    @override
    def append_undo(self, events: Sequence[NewEvent], *, reason: str, ended: int) -> list[Entry]:
        decided = super().append_undo(events, reason=reason, ended=ended)
        return decided if self._undo is None else self._undo(reason, ended)


class RemoteService(Service):
    """The service of a workspace whose log a server keeps.

    Everything is decided here first, against the copy of the log, so that what is wrong is said
    as it is beside the log, and nothing is sent in a dry run. Then the server decides again, in
    its own turn, and records.
    """

    def __init__(  # noqa: PLR0913 - all that one turn depends on
        self,
        log: RemoteLog,
        client: Client,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        by: str,
        dry_run: bool,
        permit: Callable[[Service, Sequence[NewEvent]], object],
        appended: Callable[[], object],
    ) -> None:
        """Take the log and its server; `appended` is called after something was recorded.

        `permit` raises why the user of the token may not append some events.
        """
        super().__init__(
            log, clock=WatchedClock(now), new_id=new_id, by=by, via="api", dry_run=True,
            permit=permit,
        )  # fmt: skip
        self._remote, self._client, self._now = log, client, now
        self._sends, self._note_recorded = not dry_run, appended
        self._key, self._sent = "", 0

    @override
    def new_act(self) -> str:
        self._key, self._sent = super().new_act(), 0
        return self._key

    @override
    def record(
        self, draft: Draft, *, check: Callable[[], None] | None = None
    ) -> tuple[str, list[Entry]]:
        new_id, act = self._new_id(), self.new_act()
        found = super().record_all([(new_id, draft)], act=act, check=check)
        # What is recorded between this position and the server's turn, the server looks at.
        looked_until = None if check is None else self.log.position()
        return new_id, self._record([(new_id, draft)], found, looked_until)

    @override
    def record_all(
        self,
        drafts: Sequence[tuple[str, Draft]],
        *,
        act: str,
        refused: Callable[[str, KalendsError], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> list[Entry]:
        found = super().record_all(drafts, act=act, refused=refused, check=check)
        return self._record(drafts, found, None)

    def _record(
        self,
        drafts: Sequence[tuple[str, Draft]],
        decided: list[Entry],
        looked_until: int | None,
    ) -> list[Entry]:
        by_id = dict(drafts)
        orders = []
        for entry in decided:
            new_id = activity_id(entry.stream) or ""
            draft = by_id[new_id]
            kind = PlanActivity if draft.planned else RecordActivity
            orders.append(Order(command=kind(details=draft.details), id=new_id))
        return self._ordered(orders, decided, looked_until=looked_until)

    @override
    def change(
        self, activity_id: str, command: ActivityCommand, *, expected: int | None = None
    ) -> list[Entry]:
        decided = super().change(activity_id, command, expected=expected)
        order = Order(command=command, id=activity_id, version=expected)
        return self._ordered([order], decided)

    @override
    def change_roster_by(self, steps: Callable[[RosterWork], None]) -> list[Entry]:
        works: list[RosterWork] = []

        def kept(work: RosterWork) -> None:
            works.append(work)
            steps(work)

        decided = super().change_roster_by(kept)
        commands = [command for work in works[-1:] for command in work.commands]
        return self._ordered([Order(command=command) for command in commands], decided)

    @override
    def change_campaign(self, command: OpenCampaign | ReviseCampaign) -> list[Entry]:
        return self._ordered([Order(command=command)], super().change_campaign(command))

    def _undo(self, reason: str, ended: int) -> list[Entry]:
        # An act is undone once: so this needs no other key.
        return self._posted("/undo", {"reason": reason, "position": ended}, key=f"undo-{ended}")

    @override
    def correct_clock(self, *, reason: str) -> list[Entry]:
        raise FolderOnlyError(name="campaign clock")

    @override
    def check_clock(self) -> None:
        """Do nothing: it is the server's clock that counts."""

    @contextmanager
    @override
    def turn(self) -> Iterator[Turn]:
        # What was recorded since the copy was brought up to date, the server looks at in its turn.
        last = self.log.last_at()
        now = self._now().replace(microsecond=0)
        yield _RemoteTurn(
            self._undo if self._sends else None,
            self.log, lambda _: None, permit=lambda new: self._permit(self, new),
            by=self.by, via=self.via,
            at=now if last is None else max(now, last), last=last,
        )  # fmt: skip

    def _ordered(
        self,
        orders: Sequence[Order],
        decided: list[Entry],
        *,
        looked_until: int | None = None,
    ) -> list[Entry]:
        """Send orders if there is something to do; return the events that the server recorded."""
        if not decided or not self._sends:
            return decided
        body: dict[str, Any] = {"commands": [to_json(order) for order in orders]}
        if looked_until is not None:
            body["looked_until"] = looked_until
        self._sent += 1
        return self._posted("/commands", body, key=f"{self._key}-{self._sent}")

    def _posted(self, path: str, body: dict[str, Any], *, key: str) -> list[Entry]:
        answer, name = self._client.post(path, body, key=key), self._client.address.name
        self._note_recorded()
        try:
            made = _decoder.decode(answer).events
        except (msgspec.DecodeError, RecursionError):
            raise OtherServerError(name=name, detail=_SAYS_NOTHING) from None
        try:
            self._remote.catch_up()
        except KalendsError as error:
            detail = error.fields.get("detail", error.code)
            raise RecordedUnreadError(name=name, detail=detail) from None
        positions = {event.position for event in made}
        if not positions:
            return []
        first, last = min(positions), max(positions)
        found = self.log.entries(after=first - 1, until=last)
        return [entry for entry in found if entry.position in positions]
