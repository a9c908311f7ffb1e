"""Tokens, and a browser that is logged in with one."""

import re

import pytest

from kalends import bootstrap
from kalends.application.tokens import Tokens

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
        return self.send_fields(path, {**dict(hidden), **fields})

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
