"""A client of the API, and tokens for it."""

import pytest

from kalends import bootstrap
from kalends.application.access.tokens import Tokens
from kalends.application.access.tokens import lifetime as days


@pytest.fixture
def tokens(campaign):
    return Tokens(campaign.opened().folder, campaign.machine.now)


@pytest.fixture
def headers_of(tokens):
    """Return a function that makes a token and returns the headers that carry it."""

    def make(actor="zhang", role="clerk", departments=("tsw",), lifetime=None):
        given = departments if role == "clerk" else ()
        new = tokens.new(
            bootstrap.new_seed(), actor=actor, role=role, departments=given, by="li",
            lifetime=None if lifetime is None else days(lifetime),
        )  # fmt: skip
        return {"authorization": f"Bearer {new.secret}", "accept-language": "en"}

    return make


@pytest.fixture
def clerk(headers_of):
    """Return the headers of a clerk of 团市委."""
    return headers_of()


@pytest.fixture
def office(headers_of):
    return headers_of("office", "office")


@pytest.fixture
def auditor(headers_of):
    return headers_of("audit", "auditor")
