"""Tokens, and a browser that is logged in with one."""

import html
import re
import socket
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn

from kalends import bootstrap
from kalends.application.access.tokens import Tokens
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from web.browser import WINDOWS

HERE = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


@pytest.fixture
def tokens(campaign):
    return Tokens(campaign.opened().folder, campaign.machine.now)


@pytest.fixture
def token(tokens):
    seed = bootstrap.new_seed()
    return tokens.new(seed, actor="zhang", role="clerk", departments=("tsw",), by="li")


class Browser:
    """A browser that sends the hidden fields of the form that it was shown."""

    def __init__(self, client, token):
        self.client = client
        client.post("/login", data={"token": token.secret}, headers=HERE)
        self.page = client.get("/en/record").text

    def send(self, path, **fields):
        """Send a form of the last page to an address, and keep the page that answers."""
        form = re.search(
            rf'<form method="post" action="/en{path}".*?</form>', self.page, re.DOTALL
        )
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])
        hidden = {name: html.unescape(value) for name, value in hidden}
        return self.send_fields(path, {**hidden, **fields})

    def look_at(self, activity):
        """Open the page of an activity."""
        self.page = self.client.get(f"/en/record/{activity}").text

    def change(self, activity, action, **fields):
        """Open the page of an activity, and send a form of it."""
        self.look_at(activity)
        return self.send(f"/record/{activity}/{action}", **fields)

    def send_fields(self, path, fields):
        self.sent = fields
        answer = self.client.post(f"/en{path}", data=fields, headers=HERE)
        self.page = (
            self.client.get(answer.headers["location"]).text
            if answer.status_code == 303
            else answer.text
        )
        return answer


@pytest.fixture
def visitor(client, token):
    return Browser(client, token)


@contextmanager
def served_at(app):
    """Serve an application to real browsers; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def site(campaign):
    """Serve the campaign to real browsers; return its address."""
    options = WebOptions(folder=str(campaign.folder), settings=str(campaign.settings), rate=0)
    with served_at(application(options, machine=campaign.machine)) as address:
        yield address


@pytest.fixture
def window(browser, site, request):
    """Return a page in a window as small as a phone; its parameter is how it differs."""
    width, height = WINDOWS["phone"]
    how = {"java_script_enabled": True, **getattr(request, "param", {})}
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=site, **how
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(window, token):
    """Return such a page, logged in."""
    window.goto("/login")
    window.get_by_label("令牌").fill(token.secret)
    window.get_by_role("button", name="登录").click()
    window.wait_for_url("**/record")
    return window
