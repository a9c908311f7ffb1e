"""A campaign that is served; when its log moves to another store, it is opened anew."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from anyio import to_thread

from kalends.web.campaign_app import CampaignApp
from kalends.web.http.answer_server import Messages
from kalends.web.http.asgi import Receive, Scope, Send
from kalends.web.operations import fault_log
from kalends.web.operations.operations import application_of

# So often it is asked whether the log was moved.
_SECONDS = 1.0
_GLANCE, _GLANCES = 0.1, 300


class LiveCampaign:
    """The application of one campaign, whatever store keeps its log."""

    def __init__(
        self, app: CampaignApp, reopen: Callable[[], CampaignApp], clock: Callable[[], float]
    ) -> None:
        """Take the open campaign, what opens it again, and seconds that only grow."""
        self.app = app
        self._reopen, self._clock = reopen, clock
        self._look_at = clock() + _SECONDS
        self._reopening: asyncio.Task[None] | None = None
        self._requests: dict[int, int] = {}
        self._lifespan = application_of([], self.close)

    @property
    def is_busy(self) -> bool:
        """Return whether requests are being answered."""
        return bool(self._requests) or self._reopening is not None or self.app.is_busy()

    def ready(self, scope: Scope) -> Messages | None:
        """Return the answer to a request that needs not be made: see `Gate.ready`."""
        if self._clock() >= self._look_at:
            self._look()
        return self.app.gate.ready(scope)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._lifespan(scope, receive, send)
            return
        if self._clock() >= self._look_at:
            self._look()
        if self._reopening is not None:
            await asyncio.shield(self._reopening)
        app = self.app
        self._requests[id(app)] = self._requests.get(id(app), 0) + 1
        try:
            await app.gate(scope, receive, send)
        finally:
            self._requests[id(app)] -= 1
            if not self._requests[id(app)]:
                del self._requests[id(app)]

    def close(self) -> None:
        """Close the campaign."""
        self.app.close()

    def _look(self) -> None:
        self._look_at = self._clock() + _SECONDS
        if self._reopening is None and self.app.look():
            self._reopening = asyncio.ensure_future(self._open_again())

    async def _open_again(self) -> None:
        """Open the campaign where its log is now; until that succeeds, the old one answers."""
        before = self.app
        try:
            self.app = await to_thread.run_sync(self._reopen)
        except Exception as error:  # noqa: BLE001 - it is reported, and tried again
            fault_log.report("/", error)
            return
        finally:
            self._reopening = None
        self._leaving = asyncio.ensure_future(self._leave(before))

    async def _leave(self, app: CampaignApp) -> None:
        """Close what was replaced once it answers no request any more."""
        for _ in range(_GLANCES):
            if id(app) not in self._requests and not app.is_busy():
                break
            await asyncio.sleep(_GLANCE)
        with suppress(RuntimeError):  # the server stops
            await to_thread.run_sync(app.close)
