"""A campaign that is served, and a client of the server."""

import json
import shutil

import pytest
from starlette.testclient import TestClient

from asgi_client import AppClient
from kalends.cli.app import main
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from served_campaign import SECRET, Campaign, campaign_at
from web.api.described_answers import DESCRIBED
from web.browser import browser, page, served

# One browser and one server for all modules: a second one in a process would not start.
__all__ = ["browser", "page", "served"]


@pytest.fixture(scope="session")
def _recorded(tmp_path_factory):
    """Return a campaign with a held, a moved, a cancelled and a withheld activity."""
    made = campaign_at(tmp_path_factory.mktemp("served") / "w")
    made.add("7月14日上午 团市委 推进会 #推进会 @市政府")
    moved = made.add("7月21日上午9点 龙山区 志愿服务日 #志愿服务")
    made.move(moved, "7月22日上午9点", "场地冲突")
    cancelled = made.add("7月24日下午 市教育局 座谈会")
    made.cancel(cancelled, "下雨")
    made.ids = {"moved": moved, "cancelled": cancelled}
    made.withhold(made.add(f"7月23日 龙山区 {SECRET} #保密"))
    return made


@pytest.fixture
def campaign(_recorded, tmp_path):
    """Return a copy of that campaign."""
    folder = tmp_path / "served"
    shutil.copytree(_recorded.folder.parent, folder)
    copied = Campaign(folder / "w")
    copied.ids = _recorded.ids
    return copied


@pytest.fixture
def serve():
    """Return a function that serves a campaign to a client, until the test ends."""
    clients = []

    def serve(campaign: Campaign, by=AppClient, **options) -> AppClient:
        app = application(
            WebOptions(
                folder=str(campaign.folder),
                settings=str(campaign.settings),
                **{"rate": 0, **options},
            ),
            machine=campaign.machine,
        )
        client = by(app)
        client.event_hooks["response"].append(DESCRIBED.check)
        client.__enter__()
        clients.append(client)
        return client

    yield serve
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(campaign, serve):
    return serve(campaign)


@pytest.fixture
def many_hands(campaign, serve):
    """Return a client that several threads may use at once."""
    return serve(campaign, TestClient)


@pytest.fixture
def run_json(capfd, monkeypatch):
    """Return a function that asks the command line, and returns its document."""

    def run(campaign: Campaign, arguments):
        monkeypatch.chdir(campaign.folder)
        capfd.readouterr()
        with pytest.raises(SystemExit):
            main(["--json", *arguments], machine=campaign.machine)
        return json.loads(capfd.readouterr().out)

    return run
