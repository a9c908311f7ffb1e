"""Sends each request to the part of the server that answers it."""

from dataclasses import dataclass
from datetime import datetime

from kalends.web.api.api import Api
from kalends.web.clerk.clerk import Clerk
from kalends.web.http.address import CALENDAR, Address, AddressReader
from kalends.web.http.answer_server import AnswerServer, Messages
from kalends.web.http.asgi import App, Receive, Scope, Send
from kalends.web.secret_feeds import SecretFeeds, is_secret

_HEALTH, _FIGURES = "/healthz", "/metrics"


@dataclass(frozen=True, slots=True)
class Router:
    """What answers feeds, what answers pages, and `beside` them what is only for operators.

    `has_figures` says whether this campaign has figures of its own for them.
    """

    addresses: AddressReader
    feeds: AnswerServer[Address]
    pages: AnswerServer[Address]
    secret_feeds: SecretFeeds
    beside: App
    api: Api
    clerk: Clerk
    has_figures: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = self.addresses.below(scope["path"])
        below = {**scope, "path": path}
        # What answers pages reads the whole path: below the root it might begin like the root.
        app: App = self._of(path)
        asked = scope
        if path == _HEALTH or (path == _FIGURES and self.has_figures):
            app, asked = self.beside, below
        elif self.api.serves(path):
            app, asked = self.api, below
        elif self.clerk.serves(path):
            app = self.clerk
        elif is_secret(path):
            app, asked = self.secret_feeds, below
        await app(asked, receive, send)

    def is_of_api(self, scope: Scope) -> bool:
        """Return whether a request is for the API."""
        return self.api.serves(self.addresses.below(scope["path"]))

    def takes_bodies(self, scope: Scope) -> bool:
        """Return whether a request is for what has methods and bodies of its own."""
        path = self.addresses.below(scope["path"])
        return self.api.serves(path) or self.clerk.serves(path)

    def offer(self, scope: Scope, now: datetime) -> Messages | None:
        """Return the answer to a request if it is ready."""
        return self._of(scope["path"]).offer(scope, now)

    def _of(self, path: str) -> AnswerServer[Address]:
        return self.feeds if path.endswith(CALENDAR) else self.pages
