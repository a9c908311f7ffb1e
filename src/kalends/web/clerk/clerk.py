"""The pages for recording, as an ASGI application; their answers are never cached."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread

from kalends.application.access.oidc import Oidc
from kalends.application.access.sessions import Sessions
from kalends.application.access.tokens import Tokens
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import (
    KalendsError,
    PageFaultError,
    PageNotFoundError,
    TooManyReadingsError,
)
from kalends.presentation.http_statuses import http_status
from kalends.web import failures
from kalends.web.api.request import headers_of
from kalends.web.clerk import (
    actions,
    login,
    provider_login,
    reading,
    record,
    roster,
    roster_file,
    settings,
)
from kalends.web.clerk.form import COOKIE, FormRequest, cookie_of
from kalends.web.clerk.forms import bounds_of, takes_form
from kalends.web.clerk.visit import Visit
from kalends.web.http import headers
from kalends.web.http.address import Address, AddressReader
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import Header, Receive, Scope, Send
from kalends.web.http.bodies import Left, body_of
from kalends.web.http.query import Query
from kalends.web.operations.fault_log import report
from kalends.web.operations.rate_limit import RateLimit
from kalends.web.served import Served, split

_THREADS = 4
# So often in a minute the words of one session are read while they are typed, in a process.
_READINGS = 150
_READING = "/record/reading"
_READS, _ALLOWED = {"GET", "HEAD"}, (b"allow", b"GET, HEAD, POST")
_CLOSE: Header = (b"connection", b"close")
_NOT_ALLOWED = 405


class Clerk:
    """Answers requests for the pages of those who are logged in, and for logging in."""

    def __init__(
        self,
        workspace: Workspace,
        served: Served,
        addresses: AddressReader,
        root: str,
        clock: Callable[[], float],
    ) -> None:
        """Take the open workspace, what makes pages, what reads addresses, the site's path.

        `clock` tells seconds that only grow.
        """
        self._workspace = workspace
        self._served = served
        self._addresses = addresses
        self._root = root
        self._sessions = Sessions(Tokens(workspace.folder, workspace.now))
        self._lock = threading.Lock()  # sessions are for one thread at a time
        named = workspace.folder.provider
        self._oidc = None if named is None else Oidc(workspace.folder, named, workspace.now)
        self._threads: CapacityLimiter | None = None
        self._readings: RateLimit | None = None  # campaigns without clerks need no table
        self._clock = clock

    @staticmethod
    def serves(path: str) -> bool:
        """Return whether a path below the site's root is one of these pages."""
        first = split(path)[1].split("/")[1]
        return first in {"login", "logout", "record"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        client, address = scope["client"], self._addresses(scope)
        named = headers_of(scope["headers"])
        if self._threads is None:
            self._threads = CapacityLimiter(_THREADS)
        try:
            body = b"" if scope["method"] in _READS else await self._body(address, named, receive)
        except Left:
            return
        except KalendsError as error:
            refused = await to_thread.run_sync(self._failed, address, error, limiter=self._threads)
            await _send(replace(refused, headers=(*refused.headers, _CLOSE)), scope, send)
            return
        host = client[0] if client else "-"
        answer = await to_thread.run_sync(
            self._made, scope["method"], address, named, host, body, limiter=self._threads
        )
        await _send(answer, scope, send)

    async def _body(self, address: Address, named: Mapping[str, str], receive: Receive) -> bytes:
        """Return the body of a request; only the office, logged in, may send a long one."""
        bounds = bounds_of(split(address.path)[1])
        if bounds is not None and await to_thread.run_sync(
            self._is_office, cookie_of(named, COOKIE), limiter=self._threads
        ):
            return await body_of(named, receive, bounds)
        return await body_of(named, receive)

    def _is_office(self, secret: str) -> bool:
        with self._lock:
            caller = self._sessions.caller(secret)
        return caller is not None and caller.role == "office"

    def _made(
        self, method: str, address: Address, named: Mapping[str, str], host: str, body: bytes
    ) -> Answer:
        """Answer a request, in a thread; whatever goes wrong is an answer too."""
        try:
            language, path = split(address.path)
            asked = FormRequest(
                method="GET" if method == "HEAD" else method,
                path=path,
                language=language or self._served.language,
                headers=named,
                host=host,
                base=address.base,
                query=dict(parse_qsl(address.query.decode("latin-1"))),
                body=body,
            )
            return self._answered(address, asked)
        except KalendsError as error:
            return self._failed(address, error)
        except Exception as error:  # noqa: BLE001 - it is reported, and the visitor is answered
            report(address.path, error)
            return self._failed(address, PageFaultError())

    def _answered(self, address: Address, asked: FormRequest) -> Answer:
        if asked.method not in {"GET", "POST"}:
            line = failures.as_line(PageNotFoundError(name=asked.path), asked.language)
            return Answer(
                content=line.content, headers=(*line.headers, _ALLOWED), status=_NOT_ALLOWED
            )
        if asked.method == "POST":
            asked.check_origin()
            if not takes_form(asked.path):
                raise PageNotFoundError(name=asked.path)
        reader = self._served.reader(address, Query(), asked.language)
        provider = None if self._oidc is None else self._oidc.provider
        with self._lock:
            caller = self._sessions.caller(asked.session) if asked.session else None
            visit = Visit(
                asked, reader, self._sessions, self._workspace, self._root, caller, provider
            )
            if asked.path != provider_login.PATH and asked.path.startswith("/log"):
                return _page_of(asked.path)(visit)
        if asked.path == provider_login.PATH:
            return self._at_provider(visit)
        if asked.path == _READING:
            self._count_reading(asked)
        return _page_of(asked.path)(visit)

    def _at_provider(self, visit: Visit) -> Answer:
        """Log in at the provider, while others go on."""
        if self._oidc is None or visit.asked.method != "GET":
            raise PageNotFoundError(name=visit.asked.path)
        found = provider_login.visited(visit, self._oidc)
        if isinstance(found, Answer):
            return found
        with self._lock:
            return provider_login.logged_in(visit, self._oidc, found)

    def _count_reading(self, asked: FormRequest) -> None:
        """Raise `TooManyReadingsError` if a session asks too often what its words mean."""
        self._readings = self._readings or RateLimit(_READINGS)
        wait = self._readings.seconds_to_wait(asked.session.replace(":", ""), self._clock())
        if wait:
            raise TooManyReadingsError(rate=_READINGS, seconds=wait)

    def _failed(self, address: Address, error: KalendsError) -> Answer:
        """Return the page of an error, which no cache keeps."""
        if failures.is_fault(error):
            report(address.path, error)
            error = failures.for_visitors(error)
        made = self._served.failed(address, error)
        return Answer(
            content=made.content,
            headers=headers.of_own_page(),
            status=http_status(error),
            keeps=False,
        )


_PAGES: Mapping[str, Callable[[Visit], Answer]] = {
    **login.PAGES,
    "/record": record.record,
    _READING: reading.part,
    settings.PATH: settings.settings,
    roster_file.PATH: roster_file.page,
}


def _page_of(path: str) -> Callable[[Visit], Answer]:
    found = _PAGES.get(path)
    if found is not None:
        return found
    if f"{path}/".startswith(f"{roster.ROOT}/"):
        return roster.roster
    if path.startswith("/record/"):
        return actions.act
    if path.startswith("/login/"):
        return login.link
    raise PageNotFoundError(name=path)


async def _send(answer: Answer, scope: Scope, send: Send) -> None:
    length = (b"content-length", b"%d" % len(answer.content))
    start = {"type": "http.response.start", "status": answer.status}
    await send({**start, "headers": [*answer.headers, length]})
    body = b"" if scope["method"] == "HEAD" else answer.content
    await send({"type": "http.response.body", "body": body})
