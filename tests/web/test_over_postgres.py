"""Pages of a log that a postgres_server keeps: what was shown goes on being shown while it is away."""

import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from kalends import bootstrap
from kalends.application import stores
from kalends.application.tokens import Tokens
from kalends.config import move_store
from kalends.store_address import StoreAddress
from postgres_server import postgres_server
from served_campaign import Campaign
from web.serving import Process

__all__ = ["postgres_server"]
pytestmark = pytest.mark.campaign
PATIENCE = 60


@pytest.fixture
def moved(campaign, postgres_server):
    """Return the campaign with its log on the postgres_server."""
    move_store(campaign.folder, StoreAddress(postgres_server.url(), "campaign"))
    (campaign.folder / "events" / "kalends.db").unlink()
    campaign.add("7月25日 团市委 走访")
    return campaign


def shown(client, page, text):
    """Wait until a page shows something."""
    until = time.monotonic() + PATIENCE
    while text not in client.get(page).text:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_pages_follow_the_server_and_outlive_it(moved, postgres_server, serve):
    client = serve(moved)
    assert "走访" in client.get("/agenda").text
    moved.add("7月26日 团市委 慰问")
    shown(client, "/agenda", "慰问")
    before = client.get("/agenda").text, client.get("/feeds/all.ics").content

    postgres_server.crash()
    assert (client.get("/agenda").text, client.get("/feeds/all.ics").content) == before
    assert client.get("/search?q=走访").status_code == 503

    postgres_server.start()
    moved.add("7月27日 团市委 宣讲")
    shown(client, "/agenda", "宣讲")
    assert client.get("/search?q=走访").status_code == 200


def migrate(campaign, target):
    with campaign.opened() as workspace:
        return stores.migrate(workspace, target)


def test_a_server_that_runs_follows_the_log_to_another_store_and_back(
    campaign, postgres_server, serve
):
    client = serve(campaign)
    made = Tokens(campaign.opened().folder, campaign.machine.now).new(
        bootstrap.new_seed(), actor="office", role="office", by="li"
    )
    token = {"authorization": f"Bearer {made.secret}"}
    assert "走访" not in client.get("/agenda").text
    roots = set()
    for number, target in enumerate(
        (
            StoreAddress(postgres_server.url(), "first"),
            StoreAddress(postgres_server.url(), "second"),
            None,
        )
    ):
        roots.add((migrate(campaign, target).size, number))
        campaign.add(f"7月25日 团市委 走访{number}")
        shown(client, "/agenda", f"走访{number}")
        assert f"走访{number}" in client.get("/feeds/all.ics").text.replace("\r\n ", "")
        body = {"sentence": f"7月26日 团市委 慰问{number}"}
        answer = client.post("/api/v1/activities", headers=token, json=body)
        assert answer.status_code == 201, answer.text
        with campaign.opened() as workspace:
            assert workspace.folder.store == target
            newest = next(iter(workspace.log.entries(after=workspace.log.position() - 1))).event
            assert newest.details.title == f"慰问{number}"
        assert client.get("/healthz").status_code == 200


def test_a_server_whose_settings_do_not_say_where_the_log_went_answers_no_longer(
    moved, postgres_server, serve, tmp_path, capfd
):
    copy = Campaign(tmp_path / "copy" / "w")
    shutil.copytree(moved.folder, copy.folder)
    client = serve(copy)
    assert client.get("/agenda").status_code == 200
    migrate(moved, StoreAddress(postgres_server.url(), "other"))
    until = time.monotonic() + PATIENCE
    while client.get("/agenda").status_code != 503:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert client.get("/feeds/all.ics").status_code == 503
    assert client.get("/healthz").status_code == 503
    assert "#other" in capfd.readouterr().err


@pytest.mark.parametrize("way", ["two processes", "two workers"])
def test_each_request_is_recorded_once_while_servers_are_killed(moved, way):
    """Two servers of one log; one is killed in the middle, and what it was asked is asked again."""
    made = Tokens(moved.opened().folder, bootstrap.now).new(
        bootstrap.new_seed(), actor="office", role="office", by="li"
    )
    words = ("--rate", "0", *(("--workers", "2") if way == "two workers" else ()))
    running = [Process(moved, *words) for _ in range(1 if way == "two workers" else 2)]

    def kill():
        victim = running[0].process
        if way == "two workers":
            children = f"/proc/{victim.pid}/task/{victim.pid}/children"
            named = Path(children).read_text().split()
            os.kill(int(named[-1]), signal.SIGKILL)
        else:
            victim.kill()
            victim.wait()

    def record(number):
        headers = {"authorization": f"Bearer {made.secret}", "idempotency-key": f"k-{number}"}
        body = {"sentence": f"7月27日 团市委 第{number}次宣讲"}
        if number == 8:
            kill()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for each in running:
                with suppress(httpx2.HTTPError):
                    url = f"{each.url}api/v1/activities"
                    answer = httpx2.post(url, headers=headers, json=body, timeout=30)
                    if answer.status_code < 500:
                        return answer.status_code, answer.json()["activity"]["id"]
        raise AssertionError(number)

    try:
        with ThreadPoolExecutor(6) as threads:
            answers = [*threads.map(record, range(24))]
    finally:
        for each in running:
            each.close()
    assert {status for status, _ in answers} == {201}
    with moved.opened() as workspace:
        entries = [*workspace.log.entries()]
    assert [entry.position for entry in entries] == [*range(1, len(entries) + 1)]
    recorded = [e.stream.removeprefix("activity-") for e in entries if e.event.via == "api"]
    assert sorted(recorded) == sorted(made for _, made in answers)
