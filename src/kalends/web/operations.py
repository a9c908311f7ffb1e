"""Health and figures, for the people who run the server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kalends.application.workspace import Workspace
from kalends.domain.errors import KalendsError
from kalends.web.metrics import MEDIA_TYPE


def beside(
    workspace: Workspace, figures: Callable[[], bytes], stopped: Callable[[], object]
) -> Starlette:
    """Return the application of health and figures; `stopped` is called when the server stops."""

    @asynccontextmanager
    async def until_stopped(_: Starlette) -> AsyncIterator[None]:
        yield
        stopped()

    async def metrics(_: Request) -> Response:
        return Response(figures(), media_type=MEDIA_TYPE)

    def health(_: Request) -> Response:
        return _health(workspace)

    return Starlette(
        lifespan=until_stopped, routes=[Route("/healthz", health), Route("/metrics", metrics)]
    )


def _health(workspace: Workspace) -> Response:
    """Return whether the log can be read."""
    headers = {"cache-control": "no-store"}
    try:
        workspace.log.position()
    except KalendsError:
        return JSONResponse({"ok": False}, 503, headers)
    return JSONResponse({"ok": True}, headers=headers)
