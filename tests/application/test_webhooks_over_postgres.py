"""Webhooks of a log that a server keeps: nothing is missed while it is away."""

import time

import pytest

from kalends.application import sending, webhooks
from kalends.config import move_store
from kalends.store_address import StoreAddress
from postgres_server import postgres_server
from receiver import started
from served_campaign import campaign_at

__all__ = ["postgres_server"]
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
            sending.follow(workspace, pause, lambda _: None)
    finally:
        stop()
    assert [each.message["data"]["activity"]["id"] for each in receiver.received] == expected
