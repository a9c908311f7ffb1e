"""The peers of `web.py`, as uvicorn runs them: what the same answers take without Kalends.

`bare` is an ASGI function that sends bytes kept from Kalends' own server; `page` a Starlette route
that renders the template of a department's page from a dictionary; `empty` a Starlette program.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kalends.web.http.asgi import App, Receive, Scope, Send

ANSWERS = "KALENDS_BENCH_ANSWERS"


def bare() -> App:
    """Answer with the bytes of a file: the whole, or 304 to whoever has its tag."""
    kept = json.loads(Path(os.environ[ANSWERS]).read_text("utf-8"))
    body = bytes.fromhex(kept["body"])
    headers = [(name.encode(), value.encode()) for name, value in kept["headers"]]
    tag = kept["tag"].encode()
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    unsent = {"content-length", "content-encoding", "content-type"}
    others = [pair for pair in headers if pair[0].decode() not in unsent]
    unchanged = {"type": "http.response.start", "status": 304, "headers": others}
    whole, nothing = ({"type": "http.response.body", "body": octets} for octets in (body, b""))

    async def app(scope: Scope, _: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        for name, value in scope["headers"]:
            if name == b"if-none-match" and value == tag:
                await send(unchanged)
                await send(nothing)
                return
        await send(start)
        await send(whole)

    return app


def page() -> Starlette:
    """Render a department's page from its dictionary at each request."""
    from unittest.mock import patch

    from web_workspace import DEPARTMENT, served

    from kalends.web.http.address import Address
    from kalends.web.pages import rendering

    found = {}

    def noted(template: str, facts: Mapping[str, Any]) -> bytes:
        found.update(template=template, facts=facts)
        return rendering.render(template, facts)

    with patch("kalends.web.pages.page.render", noted):
        served().answer(Address(DEPARTMENT, b""))

    async def route(_: Request) -> Response:
        return Response(rendering.render(**found), media_type="text/html")

    return Starlette(routes=[Route("/", route)])


def empty() -> Starlette:
    """Return a program that does nothing."""
    return Starlette(routes=[Route("/", lambda _: PlainTextResponse("ok"))])
