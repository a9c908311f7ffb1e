"""Requests that are recorded at most once, however often they are sent.

The log itself remembers them. Who sends a key and the key make the first half of the id of the
act, what is asked for makes the second half: so the same key finds the act again, and tells
whether it was for the same request.
"""

from dataclasses import dataclass

from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import KalendsError, KeyReusedError
from kalends.domain.events import Entry
from kalends.domain.ids import derived
from kalends.views import acts


class AlreadyRecorded(Exception):  # noqa: N818 - no error: it is the answer
    """The request was recorded before; `entries` are its events."""

    def __init__(self, entries: list[Entry]) -> None:
        """Take the events."""
        super().__init__()
        self.entries = entries


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request with a key: `actor` sends it, `request` is all that it asks for.

    `reused` is the error if the key came with another request before.
    """

    actor: str
    key: str
    request: bytes
    reused: type[KalendsError] = KeyReusedError

    @property
    def act(self) -> str:
        """Return the id of the act that it causes."""
        return self._mark + derived(f"request:{self.request.hex()}")

    @property
    def _mark(self) -> str:
        return derived(f"key:{self.actor}\n{self.key}")

    def check(self, workspace: Workspace) -> None:
        """Raise `AlreadyRecorded`, or the error `reused`.

        Raises `UnconfirmedError` while that it is recorded may not be said: a failover could still
        lose it.
        """
        found = acts.marked(workspace.views, self.actor, self._mark)
        if found is None:
            return
        act, positions = found
        if not act.endswith(self.act):
            raise self.reused(position=positions[0])
        log = workspace.log
        log.confirm()
        entries = [next(log.entries(after=at - 1, until=at)) for at in positions]
        raise AlreadyRecorded(entries)
