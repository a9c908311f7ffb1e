"""Sends webhooks what they have not received yet: in order, at least once, each by itself."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from threading import Event
from typing import Literal

from kalends.application.access.secrets_folder import moment_text
from kalends.application.readers import change_shapes
from kalends.application.subscriptions import deliveries, subscriptions
from kalends.application.subscriptions.deliveries import Attempt
from kalends.application.subscriptions.http_post import GONE, PostAnswer, post
from kalends.application.subscriptions.subscribed import check_reached, record_of, words_of
from kalends.application.subscriptions.subscriptions import Subscription
from kalends.application.subscriptions.webhook_messages import request
from kalends.application.workspaces import store_watch
from kalends.application.workspaces.store_watch import StoreWatch
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import HookNotFoundError, KalendsError, MachineError
from kalends.presentation.json_types import HappenedShape

# So many messages are read at once.
_BLOCK = 50
# The waits after failures, in seconds: each four times as long as the last, up to an hour.
_FIRST_WAIT, _FACTOR, _LONGEST_WAIT, _LONGEST_ASKED = 5, 4, 3_600, 86_400
# A receiver that has failed for so long gets nothing more until somebody resumes it.
PAUSED_AFTER = timedelta(days=5)
# So many receivers at a time may be slow before others wait for them.
_THREADS = 16
_PAUSE = 1.0
# After so many rounds even those that were sent everything have a turn.
_LOOKED_AGAIN = 20
# A log that has moved is opened within so many rounds.
_REOPENED = 60

Outcome = Literal["done", "failed", "waiting", "paused", "busy", "stopped", "ended"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one turn of a webhook: how many messages were taken, and why it stopped.

    `error` is why the record or the files here could not be used.
    """

    mark: str
    outcome: Outcome
    messages: int = 0
    error: KalendsError | None = None


def send_all(workspace: Workspace) -> list[Sent]:
    """Send all webhooks what they have not received yet, and return what came of each.

    Raises `DiskError`, `SubscriptionsError`.
    """
    hooks = subscriptions.subscriptions(workspace.folder, "webhook")
    workspace.log.position()  # opened once, before several threads use it
    over = Event()
    with ThreadPoolExecutor(_THREADS) as pool:
        try:
            return list(pool.map(lambda hook: send(workspace, hook, over.is_set), hooks))
        finally:
            over.set()


def follow(
    workspace: Workspace,
    pause: Callable[[float], bool],
    report: Callable[[Sent], None],
    clock: Callable[[], float],
) -> None:
    """Send what is recorded as soon as it is, until `pause` returns true.

    A log that moves to another store or server is followed there. `pause` waits for some seconds;
    `report` is called with what came of each turn; `clock` returns seconds that only grow.

    Raises `StoreMovedError` if the log was moved and the settings here do not say where.
    """
    while _follow_store(workspace, pause, report, StoreWatch(workspace, clock)):
        if not _reopen(workspace, pause):
            return


def _follow_store(
    workspace: Workspace,
    pause: Callable[[float], bool],
    report: Callable[[Sent], None],
    watch: StoreWatch,
) -> bool:
    """Send until `pause` returns true; return True, with nothing under way, if the log moved."""
    log = workspace.log
    log.follow()
    turns: dict[str, tuple[object, Future[Sent]]] = {}
    over = Event()

    def reported(hook: Subscription) -> Sent:
        sent = send(workspace, hook, over.is_set)
        report(sent)
        return sent

    with ThreadPoolExecutor(_THREADS) as pool:
        try:
            for rounds in count():
                if watch.is_moved():
                    return True
                watch.check()
                # Somebody may also have resumed a webhook from an earlier position.
                counter = log.change_counter(), rounds // _LOOKED_AGAIN
                for hook in subscriptions.subscriptions(workspace.folder, "webhook"):
                    seen, turn = turns.get(hook.mark, (None, None))
                    if turn is None or _is_due(turn, is_same=seen == counter):
                        turns[hook.mark] = counter, pool.submit(reported, hook)
                if pause(_PAUSE):
                    break
        finally:
            over.set()
    return False


def _reopen(workspace: Workspace, pause: Callable[[float], bool]) -> bool:
    """Open the log where it is now; return whether to go on.

    Somebody may just be moving it, or its server starts: it is tried for a minute.
    """
    for left in reversed(range(_REOPENED)):
        try:
            store_watch.reopen(workspace)
        except MachineError:
            if not left:
                raise
        else:
            return True
        if pause(_PAUSE):
            break
    return False


def _is_due(turn: Future[Sent], *, is_same: bool) -> bool:
    """Return whether a webhook needs another turn, if nothing was recorded since or something."""
    return turn.done() and not (is_same and turn.result().outcome == "done")


def send(
    workspace: Workspace, hook: Subscription, is_over: Callable[[], bool] = lambda: False
) -> Sent:
    """Send a webhook what it has not been told, until nothing is left or its receiver fails.

    After each message `is_over` is asked whether to stop.
    """
    try:
        with deliveries.sending(workspace.folder, hook):
            return _Turn(workspace, hook, is_over).run()
    except TimeoutError:
        return Sent(hook.mark, "busy")
    except KalendsError as error:
        return Sent(hook.mark, "failed", error=error)


class _Turn:
    """One webhook while nobody else sends for it."""

    def __init__(
        self, workspace: Workspace, hook: Subscription, is_over: Callable[[], bool]
    ) -> None:
        self._workspace, self._hook, self._is_over = workspace, hook, is_over
        self._messages = 0

    def run(self) -> Sent:
        """Send until nothing is left, or until it cannot go on."""
        if not self._is_there():
            return self._sent("ended")
        stands = self._stands = deliveries.read(self._workspace.folder, self._hook)
        if stands.paused is not None:
            return self._sent("paused")
        if stands.next_try is not None and moment_text(self._workspace.now()) < stands.next_try:
            return self._sent("waiting")
        while True:
            is_last = self._block()
            if is_last is not None:
                return self._sent(is_last)

    def _block(self) -> Outcome | None:
        """Send some messages; return why it stopped, None if there may be more.

        What was read is sent only as long as nothing has been recorded since: somebody may have
        withheld it.
        """
        record = record_of(self._workspace, self._hook)
        stands, known = self._stands, record.known_at
        check_reached(self._hook, stands.position, known)
        wanted = record.filtered(words_of(self._hook))
        seen = max(stands.position, stands.tried)
        found = record.following(stands.position, _BLOCK, wanted, seen=seen)
        self._try_up_to(found[-1].after.position if found else 0)
        for number, shape in enumerate(change_shapes.happened(record, found)):
            if number and self._workspace.log.position() != known:
                return None
            if self._is_over():
                return "stopped"
            if not self._is_there():
                return "ended"
            # What was passed over is done with: told after this one, it would come out of order.
            self._move_to(shape["position"] - 1)
            if not self._deliver(record.campaign.id, shape):
                return "failed"
        if len(found) == _BLOCK:
            return None
        self._move_to(known)
        return "done" if self._workspace.log.position() == known else None

    def _try_up_to(self, position: int) -> None:
        """Keep up to where something may have been received, before any of it is sent.

        If an activity is undone before its receiver has answered, it is then still told of it.
        """
        if position > self._stands.tried:
            self._stands.tried = position
            self._keep(forced=True)

    def _move_to(self, position: int) -> None:
        if position != self._stands.position:
            self._stands.position = position
            self._keep()

    def _deliver(self, campaign: str, shape: HappenedShape) -> bool:
        """Send one message, and keep what came of it; return whether it was taken."""
        now = self._workspace.now()
        networks = self._workspace.folder.networks if self._hook.distant else None
        message = request(self._hook, campaign, shape, now)
        answer = post(self._hook.address, *message, networks=networks)
        stands, at = self._stands, moment_text(now)
        stands.last = Attempt(at, answer.status, answer.problem, answer.text)
        if not answer.is_success:
            self._fail(answer, now)
            return False
        stands.position, stands.sent = shape["position"], at
        stands.failures, stands.failing, stands.next_try = 0, None, None
        self._messages += 1
        self._keep()
        return True

    def _fail(self, answer: PostAnswer, now: datetime) -> None:
        """Keep when to try again; pause what has failed for days, or is gone (RFC 9110)."""
        stands = self._stands
        stands.failures += 1
        stands.failing = stands.failing or moment_text(now)
        stands.next_try = moment_text(now + _wait(self._hook, stands.failures, answer.wait))
        is_over = moment_text(now - PAUSED_AFTER) >= stands.failing
        if is_over or answer.status == GONE:
            stands.paused = moment_text(now)
        self._keep()
        if stands.paused is not None:
            with subscriptions.access_record(self._workspace).turn():
                subscriptions.log(self._workspace, self._hook, "paused")

    def _keep(self, *, forced: bool = False) -> None:
        deliveries.write(self._workspace.folder, self._hook, self._stands, forced=forced)

    def _is_there(self) -> bool:
        with suppress(HookNotFoundError):
            subscriptions.find(self._workspace.folder, "webhook", self._hook.mark)
            return True
        return False

    def _sent(self, outcome: Outcome) -> Sent:
        return Sent(self._hook.mark, outcome, self._messages)


def _wait(hook: Subscription, failures: int, asked: int) -> timedelta:
    """Return how long to wait, a little differently for each webhook and each failure."""
    seconds = min(_FIRST_WAIT * _FACTOR ** min(failures - 1, 9), _LONGEST_WAIT)
    spread = hashlib.sha256(f"{hook.mark}{failures}".encode()).digest()[0] / 1_280  # up to a fifth
    return timedelta(seconds=max(seconds * (1 + spread), min(asked, _LONGEST_ASKED)))
