"""A log on PostgreSQL, against a stock application of eventsourcing on the same server.

Both are given events and keep them: an application against an application. The server is reached
by TCP, since over a socket file the stock recorder comes to a stop at a few hundred events.
"""

import os
import socket
import sys
from itertools import count, islice
from pathlib import Path

from campaign import new_events
from decode import Peer, noted, read_ours, read_peer
from figures import alternately, at_least, seconds

from kalends.log.log import Log
from kalends.log.postgres.store import PostgresBackend
from kalends.store_address import StoreAddress

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from postgres_server import Server

_BATCH = 1_000


def peer_application(server: Server) -> Peer:
    """Return the stock application on this server."""
    settings = {"DBNAME": "postgres", "HOST": "127.0.0.1", "PORT": server.port}
    login = {"USER": "postgres", "PASSWORD": "unused", "SCHEMA": "peer"}
    named = {f"POSTGRES_{key}": value for key, value in {**settings, **login}.items()}
    return Peer(env={"PERSISTENCE_MODULE": "eventsourcing.postgres", **named})


def reached_by_tcp(**environment: str) -> tuple[Server, str]:
    """Return a server that writes its commits to the disk, and its address."""
    os.environ.update(environment)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Server()
    server.create().start(fsync="on", listen_addresses="127.0.0.1", port=str(port))
    for name in environment:
        del os.environ[name]
    return server, f"postgresql://postgres@127.0.0.1:{port}/postgres"


def run(_: Path, short: bool) -> None:
    """Print the ratios: batches, a turn each, and reading and decoding."""
    server, url = reached_by_tcp()
    try:
        server.sql("CREATE SCHEMA peer")
        log = Log(PostgresBackend(StoreAddress(url, "ours")).create())
        app = peer_application(server)
        compare(log, app, 2_000 if short else 10_000)
        app.close()
        log.close()
    finally:
        server.stop()


def compare(log: Log, app: Peer, size: int) -> None:
    """Print the ratios for a log of this size."""
    events = list(new_events(size + 200))

    def ours() -> None:
        left = iter(events[:size])
        while page := list(islice(left, _BATCH)):
            with log.turn() as append:
                append(page)

    def theirs() -> None:
        left = iter(events[:size])
        while page := list(islice(left, _BATCH)):
            app.save(*(noted(new) for new in page))

    at_least(
        f"postgres, {size:,} events in batches of {_BATCH:,}", seconds(ours), seconds(theirs), 4
    )
    places = count(size), count(size)

    def our_turn() -> None:
        with log.turn() as append:
            append([events[next(places[0])]])

    def their_turn() -> None:
        app.save(noted(events[next(places[1])]))

    turns = alternately(our_turn, their_turn, 100)
    at_least("postgres, a turn with one event", *turns, 0.9)
    reading = alternately(lambda: read_ours(log), lambda: read_peer(app), 2)
    at_least(f"postgres, reading and decoding {size:,} events", *reading, 3)
