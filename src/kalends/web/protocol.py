"""HTTP/1.1 as uvicorn speaks it, with bounds on what a client may send, and on how slowly.

What is ready is answered at once: a task for each request would cost twice as much as the rest.
"""

from asyncio import AbstractEventLoop, TimerHandle, Transport
from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import unquote

from httptools import parse_url
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kalends.domain.overriding import override
from kalends.web.campaigns import Campaigns
from kalends.web.http.answer_server import Messages
from kalends.web.http.answers import LINES
from kalends.web.http.asgi import Header
from kalends.web.live_campaign import LiveCampaign

# So many bytes of a request's first line and headers, within so many seconds.
_MOST, _HEAD_SECONDS = 32_768, 10
# In so many seconds a client that is slow reads at least so many bytes.
_UNREAD_SECONDS, _LEAST_READ = 60, 16_384
_ANY_NUMBER = 1 << 62
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain\r\ncontent-length: 29\r\nconnection: close\r\n\r\n"
    b"Too many or too long headers\n"
)


class _HostError(Exception):
    """A request names no host, or several (RFC 9112, section 3.2)."""


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when a request's head is too long or comes too slowly.

    Also when the client does not read what it is sent. uvicorn itself bounds only how long a
    connection may rest between two requests.
    """

    # The headers that every answer has, the date among them: uvicorn makes a new list each second.
    _common: ClassVar[tuple[list[Header], bytes]] = ([], b"")

    def __init__(self, *args: Any, **how: Any) -> None:
        """Take what uvicorn hands to a protocol."""
        super().__init__(*args, **how)
        self._live = self.app if isinstance(self.app, LiveCampaign | Campaigns) else None
        self._is_answered = False
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

    @override
    def on_headers_complete(self) -> None:
        hosts = [name for name, _ in self.headers].count(b"host")
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            raise _HostError  # what is raised here is answered with 400, and ends the connection
        if self._live is None or not self._is_plain():
            super().on_headers_complete()
            return
        url = parse_url(self.url)
        path = url.path.decode("ascii")
        scope = self.scope
        scope["method"] = self.parser.get_method().decode("ascii")
        scope["path"] = unquote(path) if "%" in path else path
        scope["raw_path"] = url.path
        scope["query_string"] = url.query or b""
        messages = self._live.ready(scope)  # type: ignore[arg-type]  # a dictionary with more keys
        if messages is None:
            super().on_headers_complete()
        else:
            self._answer(messages)

    def _is_plain(self) -> bool:
        """Return whether a request may be answered at once, and others after it."""
        most = self.limit_concurrency or _ANY_NUMBER
        return (
            (self.cycle is None or self.cycle.response_complete)  # type: ignore[redundant-expr]  # as uvicorn
            and not self.flow.write_paused
            and not self.transport.is_closing()
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
            and self.parser.get_http_version() == "1.1"
            and len(self.connections) < most
            and len(self.tasks) < most
        )

    def _answer(self, messages: Messages) -> None:
        """Send an answer; what uvicorn does when one is complete."""
        start, body = messages
        headers, common = BoundedProtocol._common
        if headers is not self.server_state.default_headers:
            headers = self.server_state.default_headers
            common = b"".join(b"%s: %s\r\n" % header for header in headers)
            BoundedProtocol._common = (headers, common)
        head = b"%s%s%s\r\n" % (STATUS_LINE[start["status"]], common, start[LINES])
        if body["body"]:
            self.transport.writelines((head, body["body"]))
        else:
            self.transport.write(head)
        self.server_state.total_requests += 1
        self._is_answered = True
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    @override
    def on_message_complete(self) -> None:
        if self._is_answered:
            self._is_answered, self.scope = False, None  # type: ignore[assignment]  # until the next
        else:
            super().on_message_complete()

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
        self._wait_for_reader()

    @override
    def resume_writing(self) -> None:
        self._unread_timer.end()
        super().resume_writing()

    @override
    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        # Closing waits until the last answer was read.
        self._wait_for_reader()

    def _wait_for_reader(self) -> None:
        """Close the connection if the client has read too little of what waits in a while."""
        waiting = self.transport.get_write_buffer_size()

        def look() -> None:
            self._unread_timer.end()
            if waiting - self.transport.get_write_buffer_size() < _LEAST_READ:
                self.transport.abort()
            else:
                self._wait_for_reader()

        self._unread_timer.begin(self.loop, _UNREAD_SECONDS, look)

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
