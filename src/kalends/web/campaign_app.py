"""The application of one campaign: a gate, then what is kept, then what is made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kalends import bootstrap, config
from kalends.application.access.tokens import Tokens
from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.store_watch import StoreWatch
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import FeedNotFoundError, KalendsError
from kalends.web import failures
from kalends.web.api.api import Api
from kalends.web.clerk.clerk import Clerk
from kalends.web.freshness import Freshness
from kalends.web.http.address import AddressReader
from kalends.web.http.answer_server import AnswerServer, Capacity, send_answer
from kalends.web.http.asgi import App, Header, Scope
from kalends.web.operations import fault_log
from kalends.web.operations.access_log import AccessLog
from kalends.web.operations.gate import Gate
from kalends.web.operations.operations import beside
from kalends.web.operations.options import WebOptions
from kalends.web.operations.rate_limit import RateLimit
from kalends.web.router import Router
from kalends.web.secret_feeds import SecretFeeds
from kalends.web.served import Served


@dataclass(frozen=True, slots=True)
class Shared:
    """What the campaigns of a process share; `figures` makes those of a campaign that is alone."""

    machine: Machine
    log: AccessLog
    figures: Callable[[], bytes] | None
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class CampaignApp:
    """A campaign that is open: its gate, and what is asked of it.

    `look` says whether its log is in another store now: then it is to be opened anew. It is called
    about every second.
    """

    gate: Gate
    look: Callable[[], bool]
    is_readable: Callable[[], bool]
    is_busy: Callable[[], bool]
    close: Callable[[], None]


def campaign_app(options: WebOptions, limit: RateLimit, shared: Shared) -> CampaignApp:
    """Open a campaign and return its application; raises what opening the log raises."""
    machine = shared.machine
    workspace = Workspace(
        Path(options.folder),
        machine=machine,
        settings=Path(options.settings),
        via="web",
        own_caches=True,
        unwritten=lambda error: fault_log.report("/api", error),
        unsigned=lambda error: fault_log.report("/api", error),
    )
    watch = StoreWatch(workspace, bootstrap.clock)
    served = Served(workspace, options, fault_log.report, in_force=watch.check)

    def close() -> None:
        shared.log.flush()
        served.close()
        workspace.close()

    tokens = Tokens(workspace.folder, machine.now)
    api = Api(
        workspace,
        tokens,
        lambda: served.last_language,
        options.root,
    )

    def refuse(scope: Scope, error: KalendsError, more: tuple[Header, ...]) -> App:
        if router.is_of_api(scope):
            return api.refuse(error, more)
        return send_answer(failures.as_line(error, served.last_language, more))

    workspace.log.follow(shows_last=True)
    changes, here = workspace.log.change_counter, workspace.folder
    fresh = Freshness(changes)
    # Checkpoints are written once the log has changed; a new key changes the settings alone.
    files = (here.checkpoint, here.checkpoints, here.root / config.NAME)
    fresh_pages = Freshness(lambda: (changes(), tokens.are_made()), files)

    def forget() -> None:
        fresh.expire()
        fresh_pages.expire()

    addresses = AddressReader(options.inner or options.root, options.public_url)
    capacity = shared.capacity
    feeds = AnswerServer(addresses, served.answer, fresh, machine.now, capacity, served.version)
    pages = AnswerServer(addresses, served.answer, fresh_pages, machine.now, capacity)
    # Feeds with what is withheld are kept apart from all others.
    secrets = AnswerServer(addresses, served.secret, fresh, machine.now, capacity)
    router = Router(
        addresses=addresses,
        feeds=feeds,
        pages=pages,
        secret_feeds=SecretFeeds(
            secrets,
            served.opens,
            lambda name: send_answer(
                failures.as_line(FeedNotFoundError(name=name), served.last_language)
            ),
        ),
        beside=beside(watch.is_readable, shared.figures),
        api=api,
        clerk=Clerk(workspace, served, addresses, options.root, bootstrap.clock),
        has_figures=shared.figures is not None,
    )
    gate = Gate(
        router,
        router.offer,
        refuse,
        has_forms=router.takes_bodies,
        limit=limit,
        log=shared.log,
        clocks=(machine.now, bootstrap.clock),
    )
    return CampaignApp(
        gate=gate,
        look=lambda: watch.look(forget),
        is_readable=watch.is_readable,
        is_busy=lambda: feeds.is_busy or pages.is_busy or secrets.is_busy,
        close=close,
    )
