"""Checks and logs every request first: its method, its length, how often it comes."""

from collections.abc import Callable
from datetime import datetime

from kalends.domain.errors import (
    AddressTooLongError,
    BadAddressError,
    BodyNotAllowedError,
    KalendsError,
    MethodNotAllowedError,
    PageFaultError,
    TooManyRequestsError,
)
from kalends.web.http.answer_server import Messages
from kalends.web.http.asgi import App, Header, Message, Receive, Scope, Send
from kalends.web.operations.access_log import AccessLog
from kalends.web.operations.fault_log import report
from kalends.web.operations.rate_limit import RateLimit

_READS = {"GET", "HEAD"}
_ALLOWED = (b"allow", b"GET, HEAD, OPTIONS")
_MOST_CHARACTERS = 4_000
# Where a request notes when it came, from whom, and how long it is to wait.
_ARRIVED = "kalends.arrived"
# Answers a browser that asks whether a page of another site may read.
_PREFLIGHT: tuple[Header, ...] = (
    _ALLOWED,
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"accept, if-modified-since, if-none-match"),
    (b"access-control-max-age", b"86400"),
)

# Returns what answers a request with an error, and with further headers.
Refuse = Callable[[Scope, KalendsError, tuple[Header, ...]], App]
# What time it is, and seconds that only grow.
Clocks = tuple[Callable[[], datetime], Callable[[], float]]


class Gate:
    """Lets requests through to the application, or refuses them; each is logged."""

    def __init__(  # noqa: PLR0913 - all that a request passes
        self,
        app: App,
        offer: Callable[[Scope, datetime], Messages | None],
        refuse: Refuse,
        *,
        has_forms: Callable[[Scope], bool],
        limit: RateLimit,
        log: AccessLog,
        clocks: Clocks,
    ) -> None:
        """Take the application, what it has ready, what refuses, and what the log needs.

        `has_forms` says of a request whether its address takes methods and bodies of its own.
        """
        self._app = app
        self._offer = offer
        self._refuse = refuse
        self._has_forms = has_forms
        self._limit = limit
        self._log = log
        self._now, self._clock = clocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; one that `ready` had no answer for is not counted again."""
        messages = None if _ARRIVED in scope else self.ready(scope)
        if messages is not None:
            for message in messages:
                await send(message)
            return
        begun, at, host, wait = scope[_ARRIVED]
        status, sent = await self._pass(self._admitted(wait, scope), scope, receive, send)
        took = self._clock() - begun
        self._log.add((at, host, scope["method"], scope["path"], status, sent, took))

    def ready(self, scope: Scope) -> Messages | None:
        """Count a request; return its answer, which counts as given, if it needs not be made.

        That is so for most requests: it takes as few steps as can be.
        """
        begun, at = self._clock(), self._now()
        client = scope["client"]
        host = client[0] if client else "-"
        wait = self._limit.seconds_to_wait(host, begun)
        messages = self._offered(scope, at) if not wait and scope["method"] in _READS else None
        if messages is None:
            scope[_ARRIVED] = (begun, at, host, wait)
            return None
        start, body = messages
        took, sent = self._clock() - begun, len(body["body"])
        self._log.add((at, host, scope["method"], scope["path"], start["status"], sent, took))
        return messages

    def _offered(self, scope: Scope, at: datetime) -> Messages | None:
        try:
            return self._offer(scope, at)
        except Exception as error:  # noqa: BLE001 - it is reported; making the answer may succeed
            report(scope["path"], error)
            return None

    async def _pass(self, app: App, scope: Scope, receive: Receive, send: Send) -> tuple[int, int]:
        """Let an application answer; return the status, and how many bytes were sent."""
        status, sent = 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            else:
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, counted)
        except Exception as error:  # noqa: BLE001 - it is reported, and the client is answered
            report(scope["path"], error)
            if not status:
                await self._refuse(scope, PageFaultError(), ())(scope, receive, counted)
        return status, sent

    def _admitted(self, wait: int, scope: Scope) -> App:
        """Return what answers a request: the application, or a refusal."""
        if wait:
            error: KalendsError = TooManyRequestsError(rate=self._limit.rate, seconds=wait)
            return self._refuse(scope, error, ((b"retry-after", b"%d" % wait),))
        if not scope["path"].startswith("/"):  # `OPTIONS *` asks of no page either
            error = BadAddressError(detail=scope["path"][:80])
            return self._refuse(scope, error, (_CLOSE,))
        if self._has_forms(scope):
            return self._taking_bodies(scope)
        return self._reading(scope)

    def _reading(self, scope: Scope) -> App:
        if scope["method"] == "OPTIONS":
            return _preflight
        if scope["method"] not in _READS:
            return self._refuse(
                scope, MethodNotAllowedError(name=scope["method"]), (_ALLOWED, _CLOSE)
            )
        if _is_long(scope):
            return self._refuse(scope, AddressTooLongError(most=_MOST_CHARACTERS), ())
        if any(_announces_body(header) for header in scope["headers"]):
            return self._refuse(scope, BodyNotAllowedError(), (_CLOSE,))
        return self._app

    def _taking_bodies(self, scope: Scope) -> App:
        if _is_long(scope):
            return self._refuse(scope, AddressTooLongError(most=_MOST_CHARACTERS), (_CLOSE,))
        return self._app


# What follows on the connection may be the body that was refused.
_CLOSE: Header = (b"connection", b"close")


def _is_long(scope: Scope) -> bool:
    return len(scope["path"]) + len(scope["query_string"]) > _MOST_CHARACTERS


def _announces_body(header: Header) -> bool:
    name, value = header
    if name == b"content-length":
        return value.strip() != b"0"
    return name == b"transfer-encoding"


async def _preflight(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the signature of ASGI
    await send({"type": "http.response.start", "status": 204, "headers": [*_PREFLIGHT]})
    await send({"type": "http.response.body", "body": b""})
