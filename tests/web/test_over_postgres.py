"""Pages of a log that a server keeps: what was shown goes on being shown while it is away."""

import time

import pytest

from kalends.config import move_store
from kalends.store_address import StoreAddress
from postgres_server import Server

pytestmark = pytest.mark.campaign
PATIENCE = 60


@pytest.fixture
def server():
    made = Server()
    try:
        yield made.create().start()
    finally:
        made.stop()


@pytest.fixture
def moved(campaign, server):
    """Return the campaign with its log on the server."""
    move_store(campaign.folder, StoreAddress(server.url(), "campaign"))
    (campaign.folder / "events" / "kalends.db").unlink()
    campaign.add("7月25日 团市委 走访")
    return campaign


def shown(client, page, text):
    """Wait until a page shows something."""
    until = time.monotonic() + PATIENCE
    while text not in client.get(page).text:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_pages_follow_the_server_and_outlive_it(moved, server, serve):
    client = serve(moved)
    assert "走访" in client.get("/agenda").text
    moved.add("7月26日 团市委 慰问")
    shown(client, "/agenda", "慰问")
    before = client.get("/agenda").text, client.get("/feeds/all.ics").content

    server.crash()
    assert (client.get("/agenda").text, client.get("/feeds/all.ics").content) == before
    assert client.get("/search?q=走访").status_code == 503

    server.start()
    moved.add("7月27日 团市委 宣讲")
    shown(client, "/agenda", "宣讲")
    assert client.get("/search?q=走访").status_code == 200
