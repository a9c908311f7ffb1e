"""Pages of a log that a postgres_server keeps: what was shown goes on being shown while it is away."""

import os
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from kalends import bootstrap
from kalends.application.access.tokens import Tokens
from kalends.application.workspaces import stores
from kalends.config import move_store
from kalends.store_address import StoreAddress
from postgres_server import postgres_server, promote, second_server, signal_all, standby, until
from served_campaign import Campaign
from web.serving import Process

__all__ = ["postgres_server", "standby"]
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
    made = Tokens(moved.opened().folder, moved.machine.now).new(
        bootstrap.new_seed(), actor="office", role="office", by="li"
    )
    token = {"authorization": f"Bearer {made.secret}"}
    client = serve(moved)
    assert "走访" in client.get("/agenda").text
    moved.add("7月26日 团市委 慰问")
    shown(client, "/agenda", "慰问")
    before = client.get("/agenda").text, client.get("/feeds/all.ics").content

    postgres_server.crash()
    assert (client.get("/agenda").text, client.get("/feeds/all.ics").content) == before
    moved.now += timedelta(minutes=20)  # nothing that was made before counts as new any more
    (first,) = {each["id"] for each in client.get("/search.json?q=走访").json()["activities"]}
    for page in (
        "/", "/agenda", "/en/agenda", "/search?q=走访", "/departments/tsw", "/month/2020-07", "/timeline",
        "/departments", "/changes", f"/activities/{first}", "/feeds/tsw.ics", "/feeds/all.ics",
        "/agenda.json?known_at=4", "/changes.json?after=0", "/tags", "/subscribe",
    ):  # fmt: skip
        assert (page, client.get(page).status_code) == (page, 200)
    assert "慰问" in client.get("/agenda").text
    assert client.get("/healthz").status_code == 503
    answer = client.post(
        "/api/v1/activities", headers=token, json={"sentence": "7月28日 团市委 走访"}
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "page-not-now")

    postgres_server.start()
    moved.add("7月27日 团市委 宣讲")
    shown(client, "/agenda", "宣讲")
    assert client.get("/healthz").status_code == 200
    assert client.post(
        "/api/v1/activities", headers=token, json={"sentence": "7月28日 团市委 走访"}
    ).is_success


def test_a_thread_that_begins_while_the_server_is_away_shows_what_others_show(
    moved, postgres_server
):
    with moved.opened(own_caches=True) as workspace:
        workspace.log.follow(shows_last=True)
        assert workspace.withheld() == 1
        postgres_server.crash()
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(workspace.withheld).result() == 1


def test_a_server_that_reads_from_a_standby_follows_it_and_records_once_it_is_promoted(
    moved, postgres_server, standby, serve, tmp_path
):
    """NOTIFY does not reach a standby: there it is asked each second."""
    reading = Campaign(tmp_path / "replica" / "w")
    shutil.copytree(moved.folder, reading.folder)
    move_store(reading.folder, StoreAddress(standby.url(), "campaign"))
    made = Tokens(reading.opened().folder, reading.machine.now).new(
        bootstrap.new_seed(), actor="office", role="office", by="li"
    )
    token = {"authorization": f"Bearer {made.secret}"}
    client = serve(reading)
    assert "走访" in client.get("/agenda").text
    moved.add("7月26日 团市委 慰问")
    shown(client, "/agenda", "慰问")

    def record(number):
        body = {"sentence": f"7月27日 团市委 第{number}次宣讲"}
        return client.post("/api/v1/activities", headers=token, json=body)

    refused = record(1)
    assert (refused.status_code, refused.json()["code"]) == (403, "shows-only")
    assert str(standby.folder) not in refused.text
    assert client.get("/healthz").status_code == 200
    postgres_server.crash()
    assert client.get("/agenda").status_code == 200
    promote(standby)
    assert until(lambda: record(2)).status_code == 201
    shown(client, "/agenda", "第2次宣讲")


def test_who_records_is_told_when_the_standby_did_not_confirm_it(
    moved, postgres_server, standby, serve
):
    """What they are told holds also when that is sent again: with its key it is recorded once."""
    made = Tokens(moved.opened().folder, moved.machine.now).new(
        bootstrap.new_seed(), actor="office", role="office", by="li"
    )
    headers = {"authorization": f"Bearer {made.secret}", "idempotency-key": "k-1"}
    client = serve(moved)

    def record():
        body = {"sentence": "7月27日 团市委 宣讲"}
        return client.post("/api/v1/activities", headers=headers, json=body)

    signal_all(standby, signal.SIGSTOP)
    with ended_waits(postgres_server):
        for _ in range(2):
            answer = record()
            assert (answer.status_code, answer.json()["code"]) == (503, "perhaps-recorded")
    signal_all(standby, signal.SIGCONT)
    assert record().status_code == 201
    with moved.opened() as workspace:
        titles = [getattr(e.event, "details", None) for e in workspace.log.entries()]
    assert sum(details is not None and details.title == "宣讲" for details in titles) == 1


def test_a_server_forgets_what_a_failover_lost(moved, postgres_server, standby, serve, tmp_path):
    """Not every standby is waited for: then the newest events are lost, and others take their place."""
    both = f"{postgres_server.folder},{standby.folder}"
    url = f"postgresql://postgres@/postgres?host={both}&target_session_attrs=read-write"
    move_store(moved.folder, StoreAddress(url, "campaign"))
    other = Campaign(tmp_path / "other" / "w")
    shutil.copytree(moved.folder, other.folder)
    client = serve(moved)
    assert "走访" in client.get("/agenda").text
    long_open = moved.opened(own_caches=True)
    assert "走访" in titles(long_open)
    set_to(postgres_server, "synchronous_standby_names", "")
    until(
        lambda: (
            standby.sql("SELECT count(*) FROM campaign.stored_events")
            == postgres_server.sql("SELECT count(*) FROM campaign.stored_events")
        )
    )
    set_to(standby, "primary_conninfo", "")
    until(lambda: not postgres_server.sql("SELECT 1 FROM pg_stat_replication"))
    other.add("7月26日 团市委 慰问")
    shown(client, "/agenda", "慰问")
    assert "慰问" in titles(long_open)
    postgres_server.crash()
    promote(standby)
    moved.add("7月26日 团市委 宣讲")
    assert "宣讲" in titles(long_open)
    assert "慰问" not in titles(long_open)
    long_open.close()
    shown(client, "/agenda", "宣讲")
    assert "慰问" not in client.get("/agenda").text
    assert "慰问" not in client.get("/feeds/all.ics").text
    assert client.get("/healthz").status_code == 200


def titles(workspace):
    return "".join(str(row[0]) for row in workspace.views.execute("SELECT title FROM revision"))


def set_to(server, name, value):
    server.sql(f"ALTER SYSTEM SET {name} = '{value}'")
    server.sql("SELECT pg_reload_conf()")
    until(lambda: server.sql(f"SHOW {name}") == [(value,)])


@contextmanager
def ended_waits(server):
    """Cancel every wait for the standby, again and again."""
    waits = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    stopped = threading.Event()

    def cancel():
        while not stopped.wait(0.02):
            server.sql(waits)

    thread = threading.Thread(target=cancel)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


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
            StoreAddress(second_server().url(), f"second_{os.getpid()}"),
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
