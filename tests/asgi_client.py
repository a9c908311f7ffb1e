"""A client of an application in the test's own thread, which waits for no other."""

import asyncio
from asyncio import events
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from urllib.parse import unquote

import httpx2


@contextmanager
def _without_a_loop():
    """Let a loop run in this thread although a browser of an earlier test has one, which waits."""
    waiting = events._get_running_loop()
    events._set_running_loop(None)
    try:
        yield
    finally:
        events._set_running_loop(waiting)


class AppClient(httpx2.Client):
    """Asks an ASGI application; what it does by itself goes on while it is asked something.

    Starlette's client hands every step of a request to another thread and back, which costs more
    than most answers. Who asks from several threads at once needs that one.
    """

    def __init__(self, app):
        self.app = app
        super().__init__(
            base_url="http://testserver",
            headers={"user-agent": "testclient"},
            transport=_Transport(self),
        )

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._asked, self._answered = asyncio.Queue(), SimpleQueue()
        self._running = self._loop.create_task(self._run())
        self._told, self._said = asyncio.Queue(), asyncio.Queue()
        self._life = self.call(self._live)
        assert self._send_life("startup") == "lifespan.startup.complete"
        return self

    def __exit__(self, *_):
        assert self._send_life("shutdown") == "lifespan.shutdown.complete"
        self._running.cancel()
        with _without_a_loop():
            self._loop.run_until_complete(asyncio.wait({self._running}))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def call(self, function, *arguments):
        """Run an asynchronous function where the application runs; return what it returns."""
        self._asked.put_nowait(function(*arguments))
        with _without_a_loop(), suppress(RuntimeError):  # it stops before it is done: it never is
            self._loop.run_until_complete(self._running)
        result, error = self._answered.get_nowait()
        if error is not None:
            raise error
        return result

    async def _run(self):
        """Run all that is asked in one task: threads that were begun in it live as long as it."""
        while True:
            asked = await self._asked.get()
            try:
                self._answered.put((await asked, None))
            except Exception as error:  # noqa: BLE001 - it is the caller's
                self._answered.put((None, error))
            self._loop.stop()

    async def _live(self):
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        return asyncio.create_task(self.app(scope, self._told.get, self._said.put))

    def _send_life(self, moment):
        async def send():
            await self._told.put({"type": f"lifespan.{moment}"})
            said = asyncio.create_task(self._said.get())
            await asyncio.wait({said, self._life}, return_when=asyncio.FIRST_COMPLETED)
            if not said.done():
                self._life.result()  # which raises why
            return said.result()["type"]

        return self.call(send)


class _Transport(httpx2.BaseTransport):
    def __init__(self, client):
        self._client = client

    def handle_request(self, request):
        url = request.url
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [
                (name.lower().encode(), value.encode())
                for name, value in request.headers.multi_items()
            ],
            "client": ("testclient", 50000),
            "server": (url.host, url.port or {"http": 80, "https": 443}[url.scheme]),
            "state": {},
            "extensions": {},
        }
        sent = []

        async def answer():
            body = iter([{"type": "http.request", "body": request.read()}])
            is_whole = asyncio.Event()

            async def receive():
                for message in body:
                    return message
                await is_whole.wait()
                return {"type": "http.disconnect"}

            async def send(message):
                sent.append(message)
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    is_whole.set()

            await self._client.app(scope, receive, send)

        self._client.call(answer)
        start, *parts = sent
        body = b"".join(part.get("body", b"") for part in parts)
        return httpx2.Response(
            start["status"],
            headers=[(name.decode(), value.decode()) for name, value in start["headers"]],
            stream=httpx2.ByteStream(b"" if request.method == "HEAD" else body),
            request=request,
        )
