"""HTTP/1.1 as uvicorn speaks it, with bounds on what a client may send, and on how slowly."""

from asyncio import AbstractEventLoop, TimerHandle, Transport
from collections.abc import Callable
from typing import Any

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# So many bytes of a request's first line and headers, within so many seconds.
_MOST, _HEAD_SECONDS = 32_768, 10
# So long a client may leave an answer unread.
_UNREAD_SECONDS = 60
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain\r\ncontent-length: 29\r\nconnection: close\r\n\r\n"
    b"Too many or too long headers\n"
)


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when a request's head is too long or comes too slowly.

    Also when the client does not read what it is sent. uvicorn itself bounds only how long a
    connection may rest between two requests.
    """

    def __init__(self, *args: Any, **how: Any) -> None:
        """Take what uvicorn hands to a protocol."""
        super().__init__(*args, **how)
        self._head: object = None
        self._head_bytes = 0
        self._head_timer, self._unread_timer = _Timer(), _Timer()

    @override
    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn
        super().connection_made(transport)
        self._head_timer.begin(self.loop, _HEAD_SECONDS, transport.abort)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._head_timer.end()
        self._unread_timer.end()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # A request whose head is complete has a cycle of its own.
        if self.scope is not None and (self.cycle is None or self.cycle.scope is not self.scope):  # type: ignore[redundant-expr]  # as uvicorn
            self._go_on_in_head(len(data))
        elif self._head_timer.runs:
            self._head_timer.end()

    def _go_on_in_head(self, received: int) -> None:
        """Count what comes of a head; what came with its first byte is bounded by one reading."""
        if self.transport.is_closing():
            return
        self._head_bytes = self._head_bytes + received if self._head is self.scope else 0
        self._head = self.scope
        if self._head_bytes > _MOST:
            self._refuse()
        elif not self._head_timer.runs:
            self._head_timer.begin(self.loop, _HEAD_SECONDS, self.transport.abort)

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread_timer.begin(self.loop, _UNREAD_SECONDS, self.transport.abort)

    @override
    def resume_writing(self) -> None:
        self._unread_timer.end()
        super().resume_writing()

    @override
    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        # Closing waits until the last answer was read.
        self._unread_timer.begin(self.loop, _UNREAD_SECONDS, self.transport.abort)

    def _refuse(self) -> None:
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]  # as uvicorn
            self.transport.write(_TOO_LONG)
        self.transport.close()


class _Timer:
    """A time-out that is begun and ended; one that runs is not begun anew."""

    def __init__(self) -> None:
        self._handle: TimerHandle | None = None

    @property
    def runs(self) -> bool:
        return self._handle is not None

    def begin(self, loop: AbstractEventLoop, seconds: float, act: Callable[[], object]) -> None:
        if self._handle is None:
            self._handle = loop.call_later(seconds, act)

    def end(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
