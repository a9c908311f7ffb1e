"""Health and figures, for the people who run the server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kalends.web.operations.metrics import MEDIA_TYPE

NOT_KEPT = {"cache-control": "no-store"}


def beside(is_readable: Callable[[], bool], figures: Callable[[], bytes] | None) -> Starlette:
    """Return the application of health, and of figures where there are any."""

    def health(_: Request) -> Response:
        is_well = is_readable()
        return JSONResponse({"ok": is_well}, 200 if is_well else 503, NOT_KEPT)

    routes = [Route("/healthz", health)]
    if figures is not None:
        routes.append(figures_route(figures))
    return Starlette(routes=routes)


def application_of(routes: list[Route], stopped: Callable[[], object]) -> Starlette:
    """Return an application; `stopped` is called when the server stops."""

    @asynccontextmanager
    async def until_stopped(_: Starlette) -> AsyncIterator[None]:
        yield
        stopped()

    return Starlette(lifespan=until_stopped, routes=routes)


def figures_route(figures: Callable[[], bytes]) -> Route:
    """Return what answers with the figures."""

    async def metrics(_: Request) -> Response:
        return Response(figures(), media_type=MEDIA_TYPE)

    return Route("/metrics", metrics)
