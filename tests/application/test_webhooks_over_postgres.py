"""Webhooks of a log that a server keeps: nothing is missed while it is away, or when it moves."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from kalends.application.subscriptions import sending, webhooks
from kalends.application.workspaces import stores
from kalends.config import move_store
from kalends.store_address import StoreAddress
from postgres_server import address, postgres_server, promote, standby, until
from receiver import started
from served_campaign import Campaign, campaign_at

__all__ = ["address", "postgres_server", "standby"]
PATIENCE = 60
pytestmark = pytest.mark.campaign


def test_what_is_recorded_is_sent_once_though_the_server_was_away(tmp_path, postgres_server):
    receiver, stop = started()
    campaign = campaign_at(tmp_path / "w")
    move_store(campaign.folder, StoreAddress(postgres_server.url(), "hooked"))
    (campaign.folder / "events" / "kalends.db").unlink()
    expected, until = [], time.monotonic() + PATIENCE

    def pause(_):
        """Record; once that was sent, crash the server and record again."""
        assert time.monotonic() < until
        if len(receiver.received) == len(expected) < 2:
            if expected:
                postgres_server.crash()
                postgres_server.start()
            expected.append(campaign.add(f"7月25日 团市委 走访{'甲乙'[len(expected)]}户"))
        time.sleep(0.02)
        return len(receiver.received) == 2

    try:
        with campaign.opened(own_caches=True) as workspace:
            webhooks.new(workspace, receiver.url)
            sending.follow(workspace, pause, lambda _: None, time.monotonic)
    finally:
        stop()
    assert [each.message["data"]["activity"]["id"] for each in receiver.received] == expected


@pytest.fixture
def receiver():
    """Return a receiver that takes its time, so that a log moves while something is sent."""
    made, stop = started()

    def answer(handler):
        time.sleep(0.05)
        handler.send_response(204)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    made.always = answer
    yield made
    stop()


@pytest.fixture
def follow(tmp_path):
    """Return a function that lets a process send for a campaign, until the test ends."""
    running = []

    def follow(campaign):
        said = tmp_path / "said"
        with said.open("wb") as errors:
            running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "kalends", "-C", campaign.folder, "--lang", "en",
                     "webhook", "follow"],
                    env={**os.environ, "XDG_CONFIG_HOME": str(campaign.settings)}, stderr=errors,
                )
            )  # fmt: skip
        until(lambda: "Sending" in said.read_text())
        return running[-1], said

    yield follow
    for each in running:
        each.kill()
        each.wait()


def test_who_sends_follows_a_log_that_moves_and_nothing_is_missed_or_sent_twice(
    tmp_path, address, postgres_server, receiver, follow
):
    campaign, expected = campaign_at(tmp_path / "w"), []
    with campaign.opened() as workspace:
        webhooks.new(workspace, receiver.url)
    sender, said = follow(campaign)
    places = [address, StoreAddress(postgres_server.url(), "second"), None, address]
    for number, place in enumerate(places):
        expected += campaign.add_all(*(f"7月{day}日 团市委 走访{number}" for day in range(1, 6)))
        with campaign.opened() as workspace:
            assert stores.migrate(workspace, place).is_new
        expected.append(campaign.add(f"7月25日 团市委 慰问{number}"))
    check_sent(receiver, expected, sender, said)


def check_sent(receiver, expected, sender, said):
    """Each was sent once, in order, and whoever sent it stops when told to."""
    until(lambda: len(receiver.received) >= len(expected) or sender.poll() is not None)
    time.sleep(2)  # what is sent twice comes within that time
    sender.send_signal(signal.SIGTERM)
    assert (sender.wait(PATIENCE), said.read_text().splitlines()[-1]) == (0, "Stopped.")
    assert [each.message["data"]["activity"]["id"] for each in receiver.received] == expected


def test_who_sends_goes_on_with_the_standby_that_was_promoted(
    tmp_path, postgres_server, standby, receiver, follow
):
    campaign, expected = campaign_at(tmp_path / "w"), []
    hosts = f"{postgres_server.folder},{standby.folder}"
    url = f"postgresql://postgres@/postgres?host={hosts}&target_session_attrs=read-write"
    with campaign.opened() as workspace:
        webhooks.new(workspace, receiver.url)
        stores.migrate(workspace, StoreAddress(url, "campaign"))
    sender, said = follow(campaign)
    expected += campaign.add_all(*(f"7月{day}日 团市委 走访" for day in range(1, 6)))
    until(lambda: receiver.received)
    postgres_server.crash()
    promote(standby)
    expected += campaign.add_all(*(f"7月{day}日 团市委 慰问" for day in range(1, 6)))
    check_sent(receiver, expected, sender, said)


def test_a_sender_whose_settings_do_not_say_where_the_log_went_says_so_and_ends(
    tmp_path, address, receiver, follow
):
    campaign = campaign_at(tmp_path / "w")
    with campaign.opened() as workspace:
        stores.migrate(workspace, address)
        webhooks.new(workspace, receiver.url)
    other = Campaign(tmp_path / "other" / "w")
    shutil.copytree(campaign.folder, other.folder)
    sender, said = follow(other)
    with campaign.opened() as workspace:
        stores.migrate(workspace, None)
    assert sender.wait(PATIENCE) == 10
    assert "the log was moved to sqlite" in said.read_text()
