"""The application: a gate, then what is kept, then what is made."""

import sys
from pathlib import Path

from kalends import bootstrap, config
from kalends.application.machine import Machine
from kalends.application.tokens import Tokens
from kalends.application.workspace import Workspace
from kalends.domain.errors import FeedNotFoundError, KalendsError
from kalends.web import failures, fault_log
from kalends.web.access_log import AccessLog
from kalends.web.address import AddressReader
from kalends.web.answer_server import AnswerServer, send_answer
from kalends.web.api.api import Api
from kalends.web.asgi import App, Header, Scope
from kalends.web.clerk.clerk import Clerk
from kalends.web.freshness import Freshness
from kalends.web.gate import Gate
from kalends.web.metrics import Metrics
from kalends.web.operations import beside
from kalends.web.options import WebOptions, handed_over, shared_file
from kalends.web.rate_limit import RateLimit
from kalends.web.router import Router
from kalends.web.secret_feeds import SecretFeeds
from kalends.web.served import Served


def from_environment() -> App:
    """Return the application of a worker process."""
    return application(handed_over())


def application(options: WebOptions, machine: Machine | None = None) -> App:
    """Return the ASGI application that serves a workspace, on this machine or a given one."""
    machine = machine or bootstrap.machine()
    workspace = Workspace(
        Path(options.folder),
        machine=machine,
        settings=Path(options.settings),
        via="web",
        own_caches=True,
        unwritten=lambda error: fault_log.report("/api", error),
        unsigned=lambda error: fault_log.report("/api", error),
    )
    served = Served(workspace, options, fault_log.report)
    counts = Metrics()
    log = AccessLog(sys.stderr, counts.count)

    def figures() -> bytes:
        log.flush()
        return counts.text()

    def stopped() -> None:
        log.flush()
        served.close()
        workspace.close()

    api = Api(
        workspace,
        Tokens(workspace.folder, machine.now),
        lambda: served.last_language,
        options.root,
    )

    def refuse(scope: Scope, error: KalendsError, more: tuple[Header, ...]) -> App:
        if router.is_of_api(scope):
            return api.refuse(error, more)
        return send_answer(failures.as_line(error, served.last_language, more))

    workspace.log.follow()
    changes, here = workspace.log.change_counter, workspace.folder
    fresh = Freshness(changes)
    # Checkpoints are written once the log has changed; a new key changes the settings alone.
    files = (here.checkpoint, here.checkpoints, here.root / config.NAME)
    fresh_pages = Freshness(changes, files)
    addresses = AddressReader(options.root, options.public_url)
    router = Router(
        addresses=addresses,
        feeds=AnswerServer(addresses, served.answer, fresh, machine.now),
        pages=AnswerServer(addresses, served.answer, fresh_pages, machine.now),
        # Feeds with what is withheld are kept apart from all others.
        secret_feeds=SecretFeeds(
            AnswerServer(addresses, served.secret, fresh, machine.now),
            served.opens,
            lambda name: send_answer(
                failures.as_line(FeedNotFoundError(name=name), served.last_language)
            ),
        ),
        beside=beside(workspace, figures, stopped),
        api=api,
        clerk=Clerk(workspace, served, addresses, options.root, bootstrap.clock),
    )
    return Gate(
        router,
        router.offer,
        refuse,
        has_forms=router.takes_bodies,
        limit=RateLimit(options.rate, shared_file("clients")),
        log=log,
        clocks=(machine.now, bootstrap.clock),
    )
