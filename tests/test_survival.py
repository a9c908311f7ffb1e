"""Two real servers, of which one is killed: what was acknowledged is there, once, and signed."""

import signal
import threading
import time
from contextlib import ExitStack, closing, suppress
from functools import partial

import psycopg
import pytest

from kalends.application.workspaces.making import create
from kalends.application.workspaces.stores import migrate
from kalends.application.workspaces.workspace import Workspace
from kalends.bootstrap import machine
from kalends.config import move_store
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from kalends.domain.errors import (
    InDoubtError,
    KalendsError,
    ReadOnlyStoreError,
)
from kalends.log.event_log import NewEvent
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash
from kalends.log.postgres.store import PostgresBackend, PostgresLog
from kalends.store_address import StoreAddress
from log_contract import HELD
from log_examples import EXAMPLES
from postgres_server import postgres_server, promote, signal_all, standby, until
from writers import check, written

__all__ = ["postgres_server", "standby"]
pytestmark = pytest.mark.campaign
REGISTERED = EXAMPLES["department.registered"]


def both(postgres_server, standby):
    """Return the address of whichever of the two can be written."""
    hosts = f"{postgres_server.folder},{standby.folder}"
    url = f"postgresql://postgres@/postgres?host={hosts}&target_session_attrs=read-write"
    return StoreAddress(url, "campaign")


def test_a_server_that_is_killed_again_and_again_loses_nothing(postgres_server):
    address = StoreAddress(postgres_server.url(), "campaign")
    PostgresBackend(address).create().close()

    def kill():
        for _ in range(5):
            postgres_server.crash()
            postgres_server.start()
            position = postgres_server.sql(
                "SELECT max(notification_id) FROM campaign.stored_events"
            )
            go_on(postgres_server, position[0][0])

    check(*written(address, kill))


def go_on(postgres_server, position, seconds=2):
    """Give the writers time to write something, unless they are done."""
    end = time.monotonic() + seconds
    query = "SELECT max(notification_id) FROM campaign.stored_events"
    while postgres_server.sql(query)[0][0] <= position and time.monotonic() < end:
        time.sleep(0.01)


def test_backends_that_are_killed_in_the_middle_lose_nothing(postgres_server):
    address = StoreAddress(postgres_server.url(), "campaign")
    PostgresBackend(address).create().close()
    query = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kalends'"
    )

    def kill():
        for _ in range(20):
            postgres_server.sql(query)
            time.sleep(0.02)

    check(*written(address, kill))


def test_a_promoted_standby_has_everything_that_was_acknowledged(postgres_server, standby):
    address = both(postgres_server, standby)
    PostgresBackend(address).create().close()

    def kill():
        postgres_server.crash()
        promote(standby)

    check(*written(address, kill))
    assert standby.sql("SELECT pg_is_in_recovery()") == [(False,)]


@pytest.fixture
def workspace(tmp_path, postgres_server, standby):
    """Return a function that opens a workspace whose log is on the two servers."""
    settings = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends")
    create(
        tmp_path / "w",
        OpenCampaign(id="0a1b2c3d4e5f", settings=settings),
        language="en", machine=machine(), by="li", settings=tmp_path / "home", unsigned=print,
    )  # fmt: skip
    move_store(tmp_path / "w", both(postgres_server, standby))
    (tmp_path / "w" / "events" / "kalends.db").unlink()
    return partial(Workspace, tmp_path / "w", machine=machine(), settings=tmp_path / "home")


def register(opened, number):
    opened.service.change_roster(RegisterDepartment(code=f"d{number}", name=f"第{number}局"))


def root_at(rows, size):
    tree = Frontier()
    for row in rows[:size]:
        tree.append(leaf_hash(compose(row)))
    return tree.root()


def check_signed(opened, standby):
    """The checkpoint covers no more than the promoted standby has, and the same."""
    address = StoreAddress(standby.url(), "campaign")
    with closing(Log(PostgresLog(opened.folder.store._replace(url=address.url)))) as log:
        rows = list(log.rows())
    checkpoint = opened.signatures.newest
    assert checkpoint.size <= len(rows)
    assert checkpoint.root == root_at(rows, checkpoint.size)
    return len(rows), checkpoint.size


def test_a_checkpoint_is_never_ahead_of_the_standby(workspace, postgres_server, standby):
    with workspace() as opened:
        for number in range(3):
            register(opened, number)
        opened.log.position()
    signal_all(standby, signal.SIGSTOP)
    waits = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    stopped = threading.Event()

    def cancel():
        while not stopped.wait(0.02):
            with suppress(psycopg.Error):
                postgres_server.sql(waits)

    canceller = threading.Thread(target=cancel)
    canceller.start()
    try:
        with workspace() as opened, pytest.raises(KalendsError) as caught:
            register(opened, 4)
        assert caught.value.code == "unconfirmed"
        with workspace() as opened:  # it reads, and mends, but signs nothing
            assert opened.log.position() == 5
            assert opened.signatures.newest.size == 4
    finally:
        stopped.set()
        canceller.join()
    postgres_server.crash()
    signal_all(standby, signal.SIGCONT)
    until(lambda: standby.sql("SELECT 1"))
    promote(standby)

    with workspace() as opened:
        rows, size = check_signed(opened, standby)
        assert rows in {4, 5}
        register(opened, 5)
        rows, size = check_signed(opened, standby)
        assert size == rows
        codes = opened.service.roster().departments
        assert sorted(code for code in codes if code != "city") == ["d0", "d1", "d2", "d4", "d5"]


def test_a_standby_is_read_and_followed_and_takes_nothing_until_it_is_promoted(
    workspace, postgres_server, standby
):
    with workspace() as opened:
        register(opened, 1)
        there = StoreAddress(standby.url(), opened.folder.store.schema)
        until(lambda: standby.sql("SELECT count(*) FROM campaign.stored_events") == [(2,)])
        move_store(opened.folder.root, there)
    with workspace() as reader, closing(Log(PostgresLog(both(postgres_server, standby)))) as log:
        assert len(list(reader.log.entries())) == 2
        with pytest.raises(ReadOnlyStoreError):
            register(reader, 2)
        reader.log.follow()
        with log.turn() as append:
            append([NewEvent("department-x", 1, REGISTERED)])
        until(lambda: reader.log.change_counter() == 3)
        assert reader.log.position() == 3
        postgres_server.crash()
        with pytest.raises(ReadOnlyStoreError):
            reader.log.check_appending()
        promote(standby)
        register(reader, 3)  # without being opened anew
        reader.log.check_appending()
        assert reader.log.position() == 4


def test_the_address_of_a_standby_is_not_taken_and_given_up_for_one_of_a_primary(
    workspace, postgres_server, standby
):
    there = StoreAddress(standby.url(), "campaign")
    with workspace() as opened:
        register(opened, 1)
        before = opened.folder.store
        until(lambda: standby.sql("SELECT count(*) FROM campaign.stored_events") == [(2,)])
        for is_dry in (True, False):
            opened.dry_run = is_dry
            with pytest.raises(ReadOnlyStoreError):
                migrate(opened, there)
    with workspace() as opened:
        assert opened.folder.store == before
        move_store(opened.folder.root, there)  # by hand, to read
    with workspace() as opened:
        with pytest.raises(ReadOnlyStoreError):
            migrate(opened, None)
        assert migrate(opened, both(postgres_server, standby)).is_readdressed
    with workspace() as opened:
        register(opened, 2)


def test_a_standby_does_not_say_what_became_of_a_commit(postgres_server, standby, monkeypatch):
    """Without target_session_attrs an address leads to a standby that may lack what it will get."""
    monkeypatch.setattr("kalends.log.postgres.turn._SETTLE_SECONDS", 1)
    address = both(postgres_server, standby)
    address = address._replace(url=address.url.replace("read-write", "any"))
    with closing(Log(PostgresBackend(address).create())) as log, log.turn() as append:
        append([NewEvent("activity-a", 1, HELD)])
        postgres_server.crash()
        with pytest.raises(InDoubtError):
            append([NewEvent("activity-a", 2, HELD)])


def test_a_campaign_goes_on_after_a_failover(workspace, postgres_server, standby):
    acknowledged = []
    with ExitStack() as closing_all:
        opened = closing_all.enter_context(workspace())
        for number in range(20):
            if number == 8:
                postgres_server.crash()
            try:
                register(opened, number)
            except KalendsError:
                if number == 8:
                    promote(standby)
                opened.close()
            else:
                acknowledged.append(f"d{number}")
        codes = opened.service.roster().departments
        assert set(acknowledged) <= set(codes)
        assert len(acknowledged) >= 18
        rows, size = check_signed(opened, standby)
        assert rows == size == len(codes) + 1
        journal = opened.folder.journal.read_bytes()
        assert len(journal.splitlines()) == rows
