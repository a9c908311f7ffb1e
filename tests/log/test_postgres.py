"""The contract of the store, kept by PostgreSQL, and what only a server can do."""

import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import ClassVar

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent as StockEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from cut_connection import Cutter
from kalends.domain.errors import (
    ConflictError,
    CorruptDatabaseError,
    DamagedStoreError,
    DiskError,
    KalendsError,
    LockedError,
    MachineError,
    ReadOnlyStoreError,
    ServerRefusedError,
    ServerUnreachableError,
    StoreAddressError,
    UnconfirmedError,
)
from kalends.log.event_log import NewEvent, StoredEvent, VersionTakenError
from kalends.log.log import Log
from kalends.log.postgres import pool
from kalends.log.postgres.failures import translated
from kalends.log.postgres.statements import role_sql
from kalends.log.postgres.store import PostgresBackend, PostgresLog
from kalends.log.postgres.untrusted import UntrustedPostgresLog
from kalends.store_address import StoreAddress
from log_contract import HELD, StoreContract, write_many
from postgres_server import address, new_address, postgres_server, server

__all__ = ["address", "postgres_server"]
pytestmark = pytest.mark.campaign  # it starts a server
PATIENCE = 30


@dataclass
class Opening:
    """Opens the same schema anew, in any process."""

    address: StoreAddress
    opened: ClassVar[list[Log]] = []

    def __call__(self):
        Opening.opened.append(Log(PostgresLog(self.address)))
        return Opening.opened[-1]


@pytest.fixture
def open_log(address):
    PostgresBackend(address).create().close()
    yield Opening(address)
    while Opening.opened:
        Opening.opened.pop().close()


@pytest.fixture
def three(open_log):
    log = open_log()
    append(log, 1, 2, 3)
    return open_log


def append(log, *versions, stream="activity-a"):
    with log.turn() as appending:
        return appending([NewEvent(stream, version, HELD) for version in versions])


def sql(address, statement):
    """Run a statement as the owner of the server; `{t}` is the table."""
    return server().sql(statement.format(t=f"{address.schema}.stored_events", s=address.schema))


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


class TestPostgres(StoreContract):
    """PostgreSQL keeps the contract."""


def test_positions_stay_dense_however_many_inserts_fail(three):
    log = three()
    for _ in range(5):
        with pytest.raises(ConflictError):
            append(log, 3)

    assert append(log, 4) == 4
    assert [row.position for row in log.rows()] == [1, 2, 3, 4]


def test_who_has_lost_the_turn_gets_no_position(three):
    store = three()._store
    with store.turn(1):
        other = StoredEvent(4, "activity-z", 1, "activity.held", b"{}")
        sql(three.address, "INSERT INTO {t} VALUES ('activity-y', 1, 'activity.held', '', 4)")
        with pytest.raises(VersionTakenError):
            store.insert([other])

    assert store.position() == 4


def connections():
    """Return how many connections our program has to the server."""
    return server().sql(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kalends'"
    )[0][0]


def test_a_turn_is_one_connection(three):
    log = three()
    with log.turn() as appending:
        log.position()
        log.stream("activity-a")
        appending([NewEvent("activity-a", 4, HELD)])
        assert list(log.rows(after=3))
        until(lambda: connections() == 1)  # a backend that ends is listed for a moment


def asked(sent):
    """Return which messages of the protocol a client sent, each as a letter."""
    kinds, rest = "", b"".join(sent)
    while rest:
        kinds, rest = kinds + chr(rest[0]), rest[1 + int.from_bytes(rest[1:5]) :]
    return kinds


def test_a_turn_with_an_event_asks_three_times_and_in_four_statements(cut):
    log, cutter = cut
    cutter.cut(None)
    append(log, 4)
    kinds = asked(cutter.sent)
    assert (kinds.count("S"), kinds.count("E"), kinds.count("Q")) == (3, 4, 0)


def test_who_waited_for_the_turn_sees_what_was_recorded_meanwhile(three):
    first, second, found = three(), three(), []

    def wait():
        with second.turn() as appending:
            found.append(second.position())
            appending([NewEvent("activity-b", 1, HELD)])

    waiting = threading.Thread(target=wait)
    with first.turn() as appending:
        waiting.start()
        until(lambda: server().sql("SELECT count(*) FROM pg_locks WHERE NOT granted") == [(1,)])
        appending([NewEvent("activity-a", 4, HELD)])
    waiting.join()
    assert (found, first.position()) == ([4], 5)


def test_sixty_logs_share_a_pool():
    addresses = [new_address() for _ in range(60)]
    with ExitStack() as opened:
        for address in addresses:
            opened.callback(server().sql, f"DROP SCHEMA {address.schema} CASCADE")
        logs = [opened.enter_context(closing(PostgresBackend(a).create())) for a in addresses]
        with ExitStack() as turns:
            for log in logs[:5]:
                turns.enter_context(log.turn(1))
            assert all(log.position() == 0 for log in logs)
        until(lambda: connections() <= 10)  # a backend that ends is listed for a moment
    assert pool._pools == {}


def test_a_notice_is_sent_after_the_commit_in_a_statement_of_its_own(three):
    log = three()
    channel = log._store._statements.channel
    with psycopg.connect(server().url(), autocommit=True) as follower:
        follower.execute(f"LISTEN {channel}")
        with log.turn() as appending:
            appending([NewEvent("activity-a", 4, HELD)])
            assert list(follower.notifies(timeout=0)) == []
            assert follower.execute(
                f"SELECT max(notification_id) FROM {three.address.schema}.stored_events"
            ).fetchone() == (4,)
        (notice,) = follower.notifies(timeout=PATIENCE, stop_after=1)
        assert notice.payload == "4"
        with log.turn():
            pass
        assert list(follower.notifies(timeout=0.05)) == []


@pytest.fixture
def cut(three):
    """Return a log that is reached through a socket which can be cut, and the cutter."""
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        cutter = Cutter(folder, server().folder)
        url = server().url().replace(str(server().folder), folder)
        log = Log(PostgresLog(three.address._replace(url=url)))
        yield log, cutter
        log.close()
        cutter.close()


@pytest.mark.parametrize("answers", [False, True])
def test_wherever_the_connection_breaks_nothing_is_lost_and_nothing_is_there_twice(
    three, cut, answers
):
    (log, cutter), expected, number, is_whole = cut, 3, 0, False
    while not is_whole:
        number += 1
        cutter.cut(number, answers=answers)
        try:
            append(log, expected + 1)
        except ServerUnreachableError:
            assert number < 100
        else:
            expected += 1
            is_whole = not cutter.has_cut
        rows = list(three().rows())
        whole = list(range(1, expected + 1))
        assert [row.position for row in rows] == [row.version for row in rows] == whole
        assert log.position() == expected

    assert number > 3
    # Where answers are lost, at least one was that of what had been recorded, and it was found.
    # What the client sends after its commit may come together with it, or in a piece of its own.
    assert expected > 4 if answers else expected >= 4


def test_an_answer_that_was_lost_is_looked_up_and_nothing_is_sent_again(three, cut):
    log, cutter = cut
    with log.turn() as appending:
        cutter.cut(1, answers=True)
        assert appending([NewEvent("activity-a", 4, HELD)]) == 4
        assert sum(packet.count(b"INSERT INTO") for packet in cutter.sent) == 1
        assert appending([NewEvent("activity-a", 5, HELD)]) == 5

    assert three().position() == 5


def test_a_lost_answer_over_somebody_else_s_event_is_a_conflict(three, cut):
    log, cutter = cut
    with log.turn() as appending:
        cutter.cut(1)  # the server never sees it, and another writer is next
        real = log._store._turn._take

        def taken_later(seconds):
            append(three(), 4, stream="activity-other")
            real(seconds)

        log._store._turn._take = taken_later
        with pytest.raises(ConflictError):
            appending([NewEvent("activity-a", 4, HELD)])

    assert three().position() == 4


def test_while_the_server_cannot_be_asked_it_stays_in_doubt(three, cut, monkeypatch):
    log, cutter = cut
    monkeypatch.setattr("kalends.log.postgres.turn._SETTLE_SECONDS", 0.3)
    with log.turn() as appending:
        cutter.cut(1, answers=True)
        cutter._listener.close()
        (cutter.folder / ".s.PGSQL.5432").unlink()
        with pytest.raises(KalendsError) as caught:
            appending([NewEvent("activity-a", 4, HELD)])

    assert caught.value.code == "in-doubt"
    assert three().position() == 4


@pytest.fixture
def role(open_log):
    """Return the address of the log for the documented role, in a schema that its SQL made."""
    name = f"clerk_{open_log.address.schema}"
    for statement in role_sql(open_log.address.schema, name).split(";\n"):
        if statement.strip():
            server().sql(statement)
    yield StoreAddress(server().url(name), open_log.address.schema)
    server().sql(f"DROP OWNED BY {name}")
    server().sql(f"DROP ROLE {name}")


def test_select_and_insert_are_enough(role):
    with closing(Log(PostgresBackend(role).create())) as log:
        assert append(log, 1, 2) == 2
        log._store.confirm()
        assert UntrustedPostgresLog(role).strangers() == []
        assert len(list(UntrustedPostgresLog(role).raw_events(0, 2))) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {t} SET topic = 'x'",
        "DELETE FROM {t}",
        "TRUNCATE {t}",
        "DROP TABLE {t}",
        "ALTER TABLE {t} ADD x int",
        "CREATE TABLE {s}.more (x int)",
        "CREATE FUNCTION {s}.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER x BEFORE INSERT ON {t} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "LOCK TABLE {t} IN EXCLUSIVE MODE",
        "DELETE FROM {s}.moves",
    ],
)  # fmt: skip
def test_the_server_refuses_the_role_everything_else(role, statement):
    text = statement.format(t=f"{role.schema}.stored_events", s=role.schema)
    with (
        psycopg.connect(role.url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(text)


def test_a_role_without_insert_reads(three, role):
    sql(three.address, f"REVOKE INSERT ON {{t}} FROM clerk_{role.schema}")
    with closing(Log(PostgresLog(role))) as log:
        assert log.position() == 3
        with pytest.raises(DiskError), log.turn() as appending:
            appending([NewEvent("activity-a", 4, HELD)])


@contextmanager
def awaiting_a_standby():
    """Let the server wait for a standby that does not exist."""
    server().sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    server().sql("SELECT pg_reload_conf()")
    try:
        until(lambda: server().sql("SHOW synchronous_standby_names") == [("nobody",)])
        yield
    finally:
        server().sql("ALTER SYSTEM RESET synchronous_standby_names")
        server().sql("SELECT pg_reload_conf()")
        until(lambda: server().sql("SHOW synchronous_standby_names") == [("",)])


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


def cancel_waiting(stopped):
    while not stopped.is_set():
        server().sql(f"SELECT pg_cancel_backend(pid) FROM ({WAITING}) AS waiting")
        time.sleep(0.01)


def test_a_cancelled_wait_for_the_standby_is_no_acknowledgement(three):
    log, stopped = three(), threading.Event()
    with awaiting_a_standby():
        canceller = threading.Thread(target=cancel_waiting, args=(stopped,))
        canceller.start()
        try:
            with pytest.raises(UnconfirmedError), log.turn() as appending:
                appending([NewEvent("activity-a", 4, HELD)])
            assert log.position() == 4
            for again in (log, three()):
                with pytest.raises(UnconfirmedError):
                    again.confirm()
        finally:
            stopped.set()
            canceller.join()
    log.confirm()


def test_what_was_in_doubt_is_confirmed_before_it_counts(three):
    log = three()
    store = log._store
    log.confirm()
    assert store._confirmed == 3
    append(three(), 4)  # whether its answer arrived is not known here

    log.confirm()

    assert store._confirmed == 4


def test_commits_are_durable_whatever_the_role_says(three):
    server().sql("ALTER ROLE postgres SET synchronous_commit = off")
    server().sql("ALTER ROLE postgres SET default_transaction_isolation = 'serializable'")
    try:
        log = three()
        store = log._store
        found = store._asked(b"SHOW synchronous_commit") + store._asked(
            b"SHOW default_transaction_isolation"
        )
    finally:
        server().sql("ALTER ROLE postgres RESET ALL")
    assert found == [("on",), ("read committed",)]


@pytest.mark.parametrize("first", ["reading", "recording"])
def test_after_a_restart_reading_and_recording_go_on(three, first):
    log = three()
    with ExitStack() as lent:
        for _ in range(4):
            lent.enter_context(log._store._connections.lend())
    until(lambda: connections() == 4)  # a backend that ends is listed for a moment
    server().sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kalends'"
    )

    if first == "reading":
        assert log.position() == 3
    assert append(log, 4) == 4
    assert log.position() == 4


@contextmanager
def silent_host():
    """Yield a port that answers nothing, as a machine that is switched off: its queue is full."""
    with socket.socket() as listening, ExitStack() as waiting:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(4):
            client = waiting.enter_context(socket.socket())
            client.settimeout(0)
            client.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


def test_a_machine_that_answers_nothing_does_not_hide_the_next_one(three):
    with silent_host() as port:
        query = (
            f"host=127.0.0.1,{server().folder}&port={port},{server().port}&connect_timeout=2"
            "&target_session_attrs=read-write"
        )
        url = f"postgresql://postgres@/postgres?{query}"
        with closing(Log(PostgresLog(three.address._replace(url=url)))) as log:
            assert append(log, 4) == 4


@pytest.mark.parametrize(
    ("hosts", "timeout", "least"), [("a", "", 10), ("a,b,c", "", 15), ("a,b", "20", 40)]
)
def test_every_host_of_an_address_has_its_time_to_answer(hosts, timeout, least):
    url = f"postgresql://u@{hosts}/records" + (timeout and f"?connect_timeout={timeout}")
    connections = pool.Connections(url)
    try:
        assert connections._pool.seconds >= least
    finally:
        connections.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ("5", "10000", "kalends")),
        ("&connect_timeout=7&tcp_user_timeout=20&application_name=mine", ("7", "20", "mine")),
    ],
)
def test_what_the_address_says_of_timeouts_counts(three, query, found):
    address = three.address._replace(url=three.address.url + query)
    with closing(PostgresLog(address)) as log, log._connections.lend() as connection:
        used = connection.info.get_parameters()
        names = ("connect_timeout", "tcp_user_timeout", "application_name")
        assert tuple(used[name] for name in names) == found


def test_a_login_that_is_refused_is_not_a_server_that_is_no_primary(postgres_server):
    """With a password libpq says no more of either than words."""
    postgres_server.sql("CREATE ROLE clerk LOGIN PASSWORD 'right'")
    rules = postgres_server.data / "pg_hba.conf"
    rules.write_text(f"local all clerk scram-sha-256\n{rules.read_text()}")
    postgres_server.sql("SELECT pg_reload_conf()")
    url = postgres_server.url("clerk:{login}") + "&target_session_attrs={state}"
    until(lambda: _code(url, login="wrong", state="any") == "server-refused")

    assert _code(url, login="right", state="any") == "disk"  # let in: there is no log
    assert _code(url, login="right", state="standby") == "server-unreachable"
    assert _code(url, login="wrong", state="standby") == "server-refused"
    assert _code(url.replace(":{login}", ""), login="", state="any") == "server-refused"


def _code(url, **words):
    with pytest.raises(KalendsError) as caught:
        PostgresLog(StoreAddress(url.format(**words), "nothing"))
    return caught.value.code


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://postgres@/postgres?host=/nowhere", ServerUnreachableError),
        ("postgresql://postgres@/none?host={folder}", ServerUnreachableError),
        (
            "postgresql://postgres@/postgres?host={folder}&sslmode=require&gssencmode=require",
            MachineError,
        ),
        ("postgresql://postgres@/postgres?host={folder}&nothing=known", KalendsError),
        ("postgresql://postgres@/postgres?host={folder}&connect_timeout=soon", StoreAddressError),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_at_once(url, kind):
    with pytest.raises(kind) as caught:
        PostgresLog(StoreAddress(url.format(folder=server().folder)))
    assert "couldn't get a connection" not in str(caught.value)  # the reason, not the waiting
    assert pool._pools == {}


def test_each_host_that_failed_is_named_once_with_what_it_said():
    free, folder = silent_port(), server().folder
    query = f"host=127.0.0.1,{folder}&port={free},{server().port}&target_session_attrs=standby"
    with pytest.raises(ServerUnreachableError) as caught:
        PostgresLog(StoreAddress(f"postgresql://postgres@/postgres?{query}"))
    detail = caught.value.fields["detail"]
    assert (
        detail
        == f"127.0.0.1:{free}: Connection refused; {folder}: server is not in hot standby mode"
    )


@pytest.mark.parametrize(
    ("port", "named"), [("None", "db1"), ("''", "db1"), ("'5432'", "db1"), ("'5433'", "db1:5433")]
)
def test_a_host_is_named_with_the_port_that_the_address_gives(port, named):
    """As psycopg 3.3.9 says it of an address of two hosts; without a port, it says ''."""
    said = (
        'connection failed: connection to server at "10.0.0.2", port 5432 failed: FATAL:  session is '
        "read-only\nMultiple connection attempts failed. All failures were:\n"
        f"- host: 'db1', port: {port}, hostaddr: '10.0.0.1': connection failed: connection to server "
        'at "10.0.0.1", port 5432 failed: Connection refused\n\tIs the server running on that host?\n'
        "- host: 'db2', port: '', hostaddr: '10.0.0.2': connection failed: connection to server at "
        '"10.0.0.2", port 5432 failed: session is read-only'
    )
    error = translated(psycopg.OperationalError(said), "the store", 10)
    assert error.fields["detail"] == f"{named}: Connection refused; db2: session is read-only"


def test_a_host_that_is_alone_is_not_named_again():
    with pytest.raises(ServerUnreachableError) as caught:
        PostgresLog(StoreAddress(server().url(database="none")))
    assert caught.value.fields["detail"] == 'database "none" does not exist'
    with pytest.raises(ServerUnreachableError) as caught:
        PostgresLog(StoreAddress(f"postgresql://u@127.0.0.1:{silent_port()}/none"))
    assert caught.value.fields["detail"] == "Connection refused"


def silent_port():
    """Return a port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_schema_without_a_log_is_not_made_by_reading(address):
    assert not PostgresBackend(address).exists()
    assert PostgresBackend(address).untrusted() is None
    with pytest.raises(DiskError):
        PostgresLog(address)
    assert sql(address, "SELECT 1 FROM pg_namespace WHERE nspname = '{s}'") == []


STATES = [
    ("40P01", LockedError),
    ("55P03", LockedError),
    ("57014", LockedError),
    ("25006", ReadOnlyStoreError),
    ("53100", DiskError),
    ("58030", DiskError),
    ("42501", ServerRefusedError),
    ("28P01", ServerRefusedError),
    ("57P01", ServerUnreachableError),
    ("08006", ServerUnreachableError),
    ("42P01", DamagedStoreError),
    ("23505", VersionTakenError),
]


@pytest.mark.parametrize(("state", "kind"), STATES)
def test_errors_are_told_apart_by_their_state_not_their_words(state, kind):
    error = psycopg.errors.lookup(state)("im Deutschen heißt es anders")

    assert type(translated(error, "n", 10)) is kind


SPOILED = [
    "ALTER TABLE {t} ALTER topic DROP NOT NULL",
    'ALTER TABLE {t} ALTER originator_id TYPE text COLLATE "POSIX"',
    "ALTER TABLE {t} ALTER state TYPE text USING encode(state, 'escape')",
    "ALTER TABLE {t} DROP CONSTRAINT stored_events_position",
    "ALTER TABLE {t} RENAME topic TO subject",
    "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
    "CREATE RULE r AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "CREATE VIEW {s}.v AS SELECT 1",
    "CREATE TABLE {s}.child () INHERITS ({t})",
    "CREATE FUNCTION {s}.es_insert_events_stored_events() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TRIGGER t BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
]  # fmt: skip


@pytest.mark.parametrize("statement", SPOILED)
def test_somebody_s_sql_in_the_schema_is_never_run(three, statement):
    sql(three.address, statement)

    with pytest.raises(CorruptDatabaseError):
        three()
    assert UntrustedPostgresLog(three.address).strangers()


def test_the_environment_has_no_say(open_log, monkeypatch):
    monkeypatch.setenv("PERSISTENCE_MODULE", "os")
    monkeypatch.setenv("POSTGRES_DBNAME", "nothing")
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")

    assert append(open_log(), 1) == 1
    assert UntrustedPostgresLog(open_log.address).strangers() == []


def test_the_stock_library_reads_our_table(three):
    store = PostgresDatastore(
        dbname="postgres", host=str(server().folder), port=5432, user="postgres", password="",
        schema=three.address.schema, originator_id_type="text",
    )  # fmt: skip
    try:
        recorder = PostgresApplicationRecorder(store)
        found = recorder.select_notifications(start=None, limit=10)
        assert [notification.id for notification in found] == [1, 2, 3]
        assert isinstance(recorder.select_events("activity-a")[0], StockEvent)
    finally:
        store.close()


def test_a_restored_log_is_there_whole_or_not_at_all(address):
    backend = PostgresBackend(address)
    rows = [StoredEvent(n, f"activity-{n}", 1, "activity.held", b"{}") for n in range(1, 700)]

    def fails(log):
        log.insert(rows)
        raise KeyError(1)

    with pytest.raises(KeyError):
        backend.restore(fails)
    assert not backend.exists()
    backend.restore(lambda log: log.insert(rows))
    backend.restore(lambda log: log.insert([rows[0]]))

    with closing(Log(backend.open())) as log:
        assert list(log.rows()) == rows


def test_an_auditor_reads_what_is_there(three):
    untrusted = UntrustedPostgresLog(three.address)
    rows = list(three().rows())

    assert untrusted.extent() == (3, 3)
    assert [raw.row for _, raw in untrusted.raw_events(0, 3)] == rows
    assert untrusted.whole(0, 3).states == tuple(row.state for row in rows)

    sql(three.address, "DELETE FROM {t} WHERE notification_id = 2")
    assert untrusted.extent() == (3, 2)
    assert [position for position, _ in untrusted.raw_events(0, 3)] == [1, 3]


def test_psycopg_is_loaded_only_where_a_server_is_configured(tmp_path):
    program = (
        "import sys; from kalends.cli.app import main\n"
        "try: main(['-C', sys.argv[1], '--json', 'init', sys.argv[1], '--title', 'T'])\n"
        "except SystemExit as left: assert not left.code, left.code\n"
        "assert not any(name.startswith(('psycopg', 'eventsourcing.postgres')) for name in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "w"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("loses_notices", [False, True])
def test_a_follower_hears_of_what_others_record(three, monkeypatch, loses_notices):
    if loses_notices:
        monkeypatch.setattr("kalends.log.postgres.follower._listen", lambda *_: True)
    log = three()
    log.follow()
    log.follow()
    assert log.change_counter() == 3

    write_many(three, "activity-b", 2)  # this log has no follower, as in another process

    until(lambda: log.change_counter() == 5)
    append(log, 4)
    assert log.change_counter() == 6


def test_what_a_standby_that_lags_did_not_show_yet_is_looked_for_again(three, monkeypatch):
    """Else what is made of fewer events would be kept as if it were made of all."""
    log = three()
    log.follow()
    append(three(), 4)
    until(lambda: log.change_counter() == 4)
    real, follower, known = log._store._asked, log._store._follower, []
    saw = follower.saw

    def noting(statements, position):
        saw(statements, position)
        known.append(position)

    monkeypatch.setattr(follower, "saw", noting)
    assert len(list(log.rows())) == len(list(log.rows(after=2))) + 2 == 4
    assert known == []
    with monkeypatch.context() as lagging:
        lagging.setattr(log._store, "_asked", lambda *asked: real(*asked)[:3])
        assert len(list(log.rows())) == 3
    assert known == [3]
    until(lambda: log.change_counter() == 4)


def test_a_hundred_followed_logs_share_a_thread_and_a_connection(three):
    logs = [three() for _ in range(100)]
    for log in logs:
        log.follow()
    assert sum(thread.name == "kalends-follower" for thread in threading.enumerate()) == 1
    append(three(), 4)
    until(lambda: all(log.change_counter() == 4 for log in logs))
    until(lambda: connections() <= 10)  # a backend that ends is listed for a moment
    for log in logs:
        log.close()
        Opening.opened.remove(log)
    until(lambda: all(thread.name != "kalends-follower" for thread in threading.enumerate()))


@pytest.mark.parametrize("shows_last", [True, False])
def test_who_only_shows_goes_on_with_the_last_position_while_the_server_is_away(
    postgres_server, shows_last
):
    address = StoreAddress(postgres_server.url(), "campaign")
    with closing(Log(PostgresBackend(address).create())) as log:
        append(log, 1)
        log.follow(shows_last=shows_last)
        assert log.position() == 1
        postgres_server.crash()
        for _ in range(2):  # at first nobody knows that it is away
            if shows_last:
                assert log.position() == 1
                until(lambda: log._store._follower._is_away)
            else:
                with pytest.raises(ServerUnreachableError):
                    log.position()
        with pytest.raises(ServerUnreachableError), log.turn() as appending:
            appending([NewEvent("activity-a", 2, HELD)])
        postgres_server.start()
        with closing(Log(PostgresLog(address))) as other:
            append(other, 2)
        until(lambda: not log._store._follower._is_away)
        assert log.position() == 2


def test_a_follower_outlives_its_connection(three):
    log = three()
    log.follow()
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kalends'"
    )
    until(lambda: connections() > 0)
    server().sql(ended)
    assert log.change_counter() == 3

    append(three(), 4)

    until(lambda: log.change_counter() == 4)
