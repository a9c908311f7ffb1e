"""Several campaigns below one address, each opened when somebody first asks for it."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from urllib.parse import quote, unquote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kalends import bootstrap
from kalends.application.workspaces.campaign_folders import host_of
from kalends.domain.errors import CampaignNotFoundError, KalendsError, PageNotNowError
from kalends.web import failures
from kalends.web.campaign_app import Shared, campaign_app
from kalends.web.campaign_index import CampaignIndex
from kalends.web.freshness import Freshness
from kalends.web.http.address import AddressReader
from kalends.web.http.answer_server import AnswerServer, Messages, send_answer
from kalends.web.http.answers import Answer
from kalends.web.http.asgi import App, Header, Receive, Scope, Send
from kalends.web.live_campaign import LiveCampaign
from kalends.web.operations import fault_log
from kalends.web.operations.gate import Gate
from kalends.web.operations.operations import NOT_KEPT, application_of, figures_route
from kalends.web.operations.options import CAMPAIGNS, WebOptions
from kalends.web.operations.rate_limit import RateLimit

# So many are open in a process; each has files open, and answers in memory.
MOST_OPEN = 400
_BESIDE = {"/healthz", "/metrics"}
_MINUTE = 60
_SLASH = re.compile(rb"%2f", re.IGNORECASE)
# Marks a request for a campaign that cannot be opened, which is tried again after a pause.
_UNOPENED, _PAUSE = "kalends.unopened", 2.0


def campaign_of(options: WebOptions) -> Callable[[str], tuple[str, str]]:
    """Return what returns the campaign of a path, empty for none, and the path below it."""
    names = {name for name, _ in options.campaigns}
    below = AddressReader(options.root, None).below

    def of(path: str) -> tuple[str, str]:
        path = below(path)
        if path.startswith(CAMPAIGNS):
            name, slash, rest = path.removeprefix(CAMPAIGNS).partition("/")
            if name in names:
                return name, f"{slash}{rest}" or "/"
        return "", path

    return of


class Campaigns:
    """The application of several campaigns: which one is asked for, and a page of all of them."""

    def __init__(
        self,
        options: WebOptions,
        limit: RateLimit,
        shared: Shared,
        figures: Callable[[], bytes],
        most: int = MOST_OPEN,
    ) -> None:
        """Take what all of them share; none is opened yet. At most `most` are open at a time."""
        self._options, self._limit, self._shared, self._most = options, limit, shared, most
        self._folders = dict(options.campaigns)
        self._campaign_of = campaign_of(options)
        self._sites = dict(options.sites)
        self._hosts = {host_of(site): name for name, site in options.sites}
        self._open: OrderedDict[str, LiveCampaign] = OrderedDict()
        self._failed_until: dict[str, float] = {}
        self._opening: dict[str, asyncio.Future[LiveCampaign]] = {}
        self._closing: set[asyncio.Future[None]] = set()
        self._index = CampaignIndex(options, shared.machine)
        clock = bootstrap.clock
        addresses = AddressReader(options.root, options.public_url)
        self._pages = AnswerServer(
            addresses,
            self._index.answer,
            Freshness(lambda: clock() // _MINUTE),
            shared.machine.now,
            shared.capacity,
        )
        self._below = addresses.below
        routes = [Route("/healthz", self._health), figures_route(figures)]
        self._beside = application_of(routes, self._stop)
        # What belongs to no campaign passes a gate of its own.
        self._gate = Gate(
            self._front,
            self._pages.offer,
            self._refuse,
            has_forms=lambda scope: _UNOPENED in scope,
            limit=limit,
            log=shared.log,
            clocks=(shared.machine.now, clock),
        )

    def ready(self, scope: Scope) -> Messages | None:
        """Return the answer to a request that needs not be made: see `Gate.ready`."""
        name, path = self._asked_for(scope)
        if not name:
            return self._gate.ready(scope)
        found = self._open.get(name)
        if found is None:
            return None
        self._open.move_to_end(name)
        scope["path"] = self._whole(name, path)
        return found.ready(scope)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._beside(scope, receive, send)
            return
        name, path = self._asked_for(scope)
        if not name:
            await self._gate(scope, receive, send)
            return
        found = await self._opened_or_none(name)
        if found is None:
            await self._gate({**scope, _UNOPENED: True}, receive, send)
            return
        scope["path"] = self._whole(name, path)
        await found(scope, receive, send)

    def _asked_for(self, scope: Scope) -> tuple[str, str]:
        """Return the campaign of a request and the path below it: its host says it, or its path.

        A campaign with a host of its own is answered for there alone.
        """
        if self._hosts:
            name = self._hosts.get(_host(scope))
            if name is not None:
                return name, scope["path"]
        name, path = self._by_path(scope)
        return ("", path) if name in self._sites else (name, path)

    def _by_path(self, scope: Scope) -> tuple[str, str]:
        """Return the campaign of a path; a slash that was sent as %2F separates no name."""
        name, path = self._campaign_of(scope["path"])
        raw = scope.get("raw_path") or b""
        if name and b"%" in raw:
            sent = unquote(_SLASH.sub(b"%252F", raw))
            if self._campaign_of(sent)[0] != name:
                return "", path
        return name, path

    def _whole(self, name: str, path: str) -> str:
        """Return a path as the campaign reads it, whether or not a proxy has shortened it."""
        return f"{self._options.root}{CAMPAIGNS}{name}{path}"

    async def _opened_or_none(self, name: str) -> LiveCampaign | None:
        """Return a campaign, None if it cannot be opened; for a moment that is not tried again."""
        if bootstrap.clock() < self._failed_until.get(name, 0):
            return None
        try:
            return await self._opened(name)
        except Exception as error:  # noqa: BLE001 - it is reported, and the client is answered
            fault_log.report(f"{CAMPAIGNS}{name}", error)
            self._failed_until[name] = bootstrap.clock() + _PAUSE
            return None

    async def _opened(self, name: str) -> LiveCampaign:
        """Open a campaign unless it is open; whoever asks meanwhile waits for the same."""
        found = self._open.get(name)
        if found is not None:
            self._open.move_to_end(name)
            return found
        opening = self._opening.get(name)
        if opening is None:
            opening = asyncio.ensure_future(self._open_in_thread(name))
            self._opening[name] = opening
            opening.add_done_callback(lambda _: self._opening.pop(name, None))
        return await asyncio.shield(opening)

    async def _open_in_thread(self, name: str) -> LiveCampaign:
        options = self._options.of(name, self._folders[name])
        opened = partial(campaign_app, options, self._limit.of(name), self._shared)
        app = await to_thread.run_sync(opened)
        self._open[name] = found = LiveCampaign(app, opened, bootstrap.clock)
        self._close_some()
        return found

    def _close_some(self) -> None:
        """Close the campaigns that were asked for longest ago, but for those that answer now."""
        for name, found in [*self._open.items()][: len(self._open) - self._most]:
            if not found.is_busy:
                del self._open[name]
                closing = asyncio.ensure_future(to_thread.run_sync(_close, name, found))
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)

    def _stop(self) -> None:
        """Close all campaigns."""
        while self._open:
            _close(*self._open.popitem())
        self._shared.log.flush()

    async def _front(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what belongs to no campaign."""
        path = self._below(scope["path"])
        if _UNOPENED in scope:
            await self._refuse(scope, PageNotNowError(), ())(scope, receive, send)
        elif path in _BESIDE:
            await self._beside({**scope, "path": path}, receive, send)
        elif path.startswith(CAMPAIGNS):
            name, below = self._by_path(scope)
            refused = CampaignNotFoundError(name=path.split("/")[2])
            app = self._refuse(scope, refused, ())
            if name:
                app = _moved(f"{self._sites[name]}{quote(below)}", scope["query_string"])
            await app(scope, receive, send)
        else:
            await self._pages({**scope, "path": path}, receive, send)

    def _health(self, _: Request) -> Response:
        """Return how many campaigns there are, and which of those that are open cannot be read."""
        now = [*self._open.items()]
        unreadable = [name for name, found in now if not found.app.is_readable()]
        is_well = not unreadable or len(unreadable) < len(now)
        return JSONResponse(
            {
                "ok": is_well,
                "campaigns": len(self._folders),
                "open": len(now),
                "unreadable": unreadable,
            },
            200 if is_well else 503,
            NOT_KEPT,
        )

    def _refuse(self, scope: Scope, error: KalendsError, more: tuple[Header, ...]) -> App:
        del scope
        return send_answer(failures.as_line(error, self._index.language, more))


def _host(scope: Scope) -> str:
    """Return the host that a request names, without its port."""
    named = next((value for name, value in scope["headers"] if name == b"host"), b"")
    with suppress(ValueError):
        return host_of(f"//{named.decode('latin-1')}").rstrip(".")
    return ""


def _moved(address: str, query: bytes) -> App:
    """Return what sends a request to another address, with its words."""
    place = address.encode() + (b"?" + query if query else b"")
    headers = ((b"location", place), (b"cache-control", b"max-age=3600"))
    return send_answer(Answer(content=b"", headers=headers, status=308, keeps=False))


def _close(name: str, campaign: LiveCampaign) -> None:
    """Close a campaign; what goes wrong is reported, and no request waits for it."""
    with suppress(RuntimeError):
        try:
            campaign.close()
        except (KalendsError, OSError) as error:
            fault_log.report(f"{CAMPAIGNS}{name}", error)
