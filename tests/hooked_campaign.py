"""Fixtures that tests of webhooks and of digests share: a campaign, and who receives."""

import shutil

import pytest

import receiver as http
from served_campaign import Campaign, campaign_at


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    made = campaign_at(tmp_path_factory.mktemp("hooked") / "w")
    made.ids = {"first": made.add("7月30日上午 团市委 推进会 #推进会 @市政府")}
    return made


@pytest.fixture
def campaign(template, tmp_path):
    """Return a copy of a campaign with one activity."""
    shutil.copytree(template.folder.parent, tmp_path / "c")
    copied = Campaign(tmp_path / "c" / "w")
    copied.ids = template.ids
    return copied


@pytest.fixture
def workspace(campaign):
    with campaign.opened() as opened:
        yield opened


@pytest.fixture(scope="module")
def receiving():
    """Return one receiver for the tests of a module."""
    found, stop = http.started()
    yield found
    stop()


def emptied(receiver, status):
    """Return a receiver that got nothing so far, and that answers with this status."""
    receiver.received, receiver.answers, receiver.always = [], [], status
    return receiver


@pytest.fixture
def receiver(receiving):
    return emptied(receiving, 204)


@pytest.fixture
def chat(receiving):
    """Return a chat, which answers with 200."""
    return emptied(receiving, 200)
