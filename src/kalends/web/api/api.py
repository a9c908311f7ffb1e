"""The API as an ASGI application: reads a request, answers it in a thread, sends the answer."""

import threading
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from anyio import CapacityLimiter, to_thread

from kalends.application.access.permissions import Caller
from kalends.application.access.tokens import Tokens
from kalends.application.recording.keyed_request import AlreadyRecorded
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import (
    ActivityNotFoundError,
    ApiMethodError,
    KalendsError,
    PageFaultError,
    TokenMissingError,
)
from kalends.domain.events import Entry, activity_id
from kalends.presentation.http_statuses import http_status
from kalends.web import failures
from kalends.web.api import openapi
from kalends.web.api.call import ApiCall, Created, Document
from kalends.web.api.problems import problem
from kalends.web.api.request import ApiRequest, headers_of
from kalends.web.api.routes import PREFIX, Route, methods_at
from kalends.web.api.standing import standing
from kalends.web.http import headers
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import App, Header, Receive, Scope, Send
from kalends.web.http.bodies import USUAL, Left, body_of
from kalends.web.http.encodings import IDENTITY, once
from kalends.web.operations.fault_log import report
from kalends.web.pages import data
from kalends.words import words

# So many requests are answered at a time. Those that record wait for one another anyway: they
# leave threads to those that read.
_READING, _RECORDING = 8, 4
# A body longer than this is read alone: no two of them are in memory as JSON at a time.
_LONG, _ALONE = 1_000_000, 1
_CLOSE: Header = (b"connection", b"close")
_DESCRIPTION = f"{PREFIX}/openapi.json"
_CREATED, _OK = 201, 200


class Api:
    """Answers requests below `/api/`."""

    def __init__(
        self,
        workspace: Workspace,
        tokens: Tokens,
        language: Callable[[], str],
        root: str,
    ) -> None:
        """Take the open workspace, its tokens, the campaign's language and the site's path."""
        self._workspace = workspace
        self._tokens, self._tokens_lock = tokens, threading.Lock()
        self._language = language
        self._root = root
        self._threads: dict[int, CapacityLimiter] = {}

    @staticmethod
    def serves(path: str) -> bool:
        """Return whether a path below the site's root belongs to the API."""
        return path == "/api" or path.startswith("/api/")

    def refuse(self, error: KalendsError, more: tuple[Header, ...]) -> App:
        """Return what answers with an error before anything is known of who asks."""
        answer = problem(error, self._language(), more)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the signature of ASGI
            await _send(answer, scope, send)

        return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            answer = await self._answer(scope, receive)
        except Left:
            return
        await _send(answer, scope, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        client = scope["client"]
        asked = ApiRequest(
            method="GET" if scope["method"] == "HEAD" else scope["method"],
            path=scope["path"],
            query_string=scope["query_string"],
            headers=headers_of(scope["headers"]),
            host=client[0] if client else "-",
        )
        language = asked.language or self._language()
        if asked.path == _DESCRIPTION and asked.method == "GET":
            return Answer(content=openapi.document(self._root), headers=headers.API, keeps=False)
        try:
            methods, names = methods_at(asked.path)
        except KalendsError as error:
            return problem(error, language, (_CLOSE,))
        route = methods.get(asked.method)
        if route is None:
            allowed = ", ".join([*(["HEAD"] if "GET" in methods else []), *methods])
            refused = ApiMethodError(name=scope["method"])
            return problem(refused, language, ((b"allow", allowed.encode()), _CLOSE))
        if asked.token is None:
            return problem(TokenMissingError(), language, (_CLOSE,))
        try:
            if route.bounds is not USUAL:  # only somebody whose token is good may send so much
                await to_thread.run_sync(self._caller, asked, limiter=self._limiter(route))
            asked = asked.with_body(await body_of(asked.headers, receive, route.bounds))
        except KalendsError as error:
            return problem(error, language, (_CLOSE,))
        limiter = self._limiter(route, len(asked.body))
        return await to_thread.run_sync(self._made, asked, route, names, language, limiter=limiter)

    def _limiter(self, route: Route, length: int = 0) -> CapacityLimiter:
        """Return what bounds the threads; it belongs to the running loop."""
        most = _ALONE if length > _LONG else _RECORDING if route.records else _READING
        return self._threads.setdefault(most, CapacityLimiter(most))

    def _caller(self, asked: ApiRequest) -> Caller:
        """Return who asks; raises what `Tokens.caller` raises."""
        with self._tokens_lock:
            return self._tokens.caller(asked.token or "", asked.host)

    def _made(
        self, asked: ApiRequest, route: Route, names: tuple[str, ...], language: str
    ) -> Answer:
        """Answer a request, in a thread; whatever goes wrong is an answer too."""
        call = None
        try:
            call = ApiCall(
                asked, self._caller(asked), words(language), self._workspace, route.is_keyed
            )
            if route.records and not names:
                asked.check_unconditional()
            if route.shape is not None and len(asked.body) > _LONG:
                asked.decoded(route.shape)
            document = _once(call, route, names) if route.records else route.handler(call, *names)
        except KalendsError as error:
            return self._failed(asked, call, error, language)
        except Exception as error:  # noqa: BLE001 - it is reported, and the client is answered
            report(asked.path, error)
            return problem(PageFaultError(), language)
        return self._answered(document, asked.headers.get("accept-encoding", ""))

    def _answered(self, document: Document[Any], accept: str) -> Answer:
        encoding, content = once(data.document(document.fields), accept.encode("latin-1"))
        more: list[Header] = [(b"vary", b"accept-encoding")]
        if encoding != IDENTITY:
            more.append((b"content-encoding", encoding.encode()))
        if document.version is not None:
            more.append((b"etag", b'"%d"' % document.version))
        if isinstance(document, Created):
            place = f"{self._root}{PREFIX}{document.place}"
            more.append((b"location", place.encode()))
        if document.is_repeated:
            more.append((b"idempotency-replayed", b"true"))
        return Answer(
            content=content,
            headers=(*headers.API, *more),
            status=_CREATED if isinstance(document, Created) else _OK,
            keeps=False,
        )

    def _failed(
        self,
        asked: ApiRequest,
        call: ApiCall | None,
        error: KalendsError,
        language: str,
    ) -> Answer:
        if failures.is_fault(error):
            report(asked.path, error)
            error = failures.for_visitors(error)
        beside: Mapping[str, Any] = {}
        if call is not None and http_status(error) == HTTPStatus.CONFLICT:
            beside = standing(call, error)
        return problem(error, language, beside=beside)


def _once(call: ApiCall, route: Route, names: tuple[str, ...]) -> Document[Any]:
    """Record what is asked for, or return what was answered when it was recorded before."""
    keyed = call.keyed
    if keyed is None:
        return route.handler(call, *names)
    try:
        keyed.check(call.workspace)
        try:
            return route.handler(call, *names)
        except KalendsError:
            keyed.check(call.workspace)  # the same request may just have been recorded
            raise
    except AlreadyRecorded as done:
        _check_readable(call, done.entries, names)
        return route.repeated(call, done.entries)


def _check_readable(call: ApiCall, entries: Sequence[Entry], names: tuple[str, ...]) -> None:
    """Raise `ActivityNotFoundError` if a repeated answer holds what they may not read by now.

    Several tokens may have the same handle, and so the same keys.
    """
    for entry in entries:
        found = activity_id(entry.stream)
        if found is not None and not call.may_see(found):
            assert call.keyed is not None
            raise ActivityNotFoundError(name=names[0] if names else call.keyed.key)


async def _send(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer as it is: it is kept nowhere, and its tag is a version."""
    length = (b"content-length", b"%d" % len(answer.content))
    start = {"type": "http.response.start", "status": answer.status}
    await send({**start, "headers": [*answer.headers, length]})
    body = b"" if scope["method"] == "HEAD" else answer.content
    await send({"type": "http.response.body", "body": body})
