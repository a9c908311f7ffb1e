"""The application: feeds first, then pages and everything else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kalends import bootstrap
from kalends.application.machine import Machine
from kalends.application.workspace import Workspace
from kalends.domain.errors import KalendsError
from kalends.web import failures
from kalends.web.asgi import App, Receive, Scope, Send
from kalends.web.feeds import FeedServer
from kalends.web.options import WebOptions, handed_over
from kalends.web.secret_feeds import SecretFeeds, is_secret
from kalends.web.served import Served


def from_environment() -> App:
    """Return the application of a worker process."""
    return application(handed_over())


def application(options: WebOptions, machine: Machine | None = None) -> App:
    """Return the ASGI application that serves a workspace, on this machine or a given one."""
    workspace = Workspace(
        Path(options.folder),
        machine=machine or bootstrap.machine(),
        settings=Path(options.settings),
        via="web",
    )
    served = Served(workspace, options)
    feeds = FeedServer(served.calendar, workspace.log.change_counter)
    secret_feeds = SecretFeeds(served.private_calendar, workspace.log.change_counter, served.opens)

    @asynccontextmanager
    async def until_stopped(_: Starlette) -> AsyncIterator[None]:
        yield
        served.close()

    pages = Starlette(
        lifespan=until_stopped,
        routes=[
            Mount("/static", StaticFiles(packages=[("kalends.web", "static")])),
            Route("/{path:path}", served.page),
        ],
    )

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(".ics"):
            await pages(scope, receive, send)
            return
        try:
            await (secret_feeds if is_secret(scope["path"]) else feeds)(scope, receive, send)
        except KalendsError as error:
            await failures.as_line(error, served.language)(scope, receive, send)

    return answer
