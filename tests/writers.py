"""Several writers who append while a server is killed, and whether they lost anything."""

import threading
from contextlib import closing, suppress

from kalends.domain.errors import ConflictError, KalendsError, MachineError
from kalends.log.event_log import NewEvent
from kalends.log.log import Log
from kalends.log.postgres.store import PostgresLog
from log_contract import HELD

PATIENCE = 120
EVENTS = 40


class Writer(threading.Thread):
    """Appends to a stream of its own, a turn each, and notes what was acknowledged."""

    def __init__(self, address, stream, count, begun):
        super().__init__()
        self.address, self.stream, self.count, self.begun = address, stream, count, begun
        self.acknowledged, self.failures, self.fault = [], [], None
        self.given_up = threading.Event()

    def run(self):
        try:
            while len(self.acknowledged) < self.count and not self.given_up.is_set():
                # In conflict is who lost the turn with the connection, and another writer was next.
                with (
                    suppress(MachineError, ConflictError),
                    closing(Log(PostgresLog(self.address))) as log,
                ):
                    self.append_to(log)
        except BaseException as error:  # noqa: BLE001 - the test raises it
            self.fault = error

    def append_to(self, log):
        while len(self.acknowledged) < self.count:
            version = len(log.positions(self.stream)) + 1
            try:
                with log.turn() as append:
                    position = append([NewEvent(self.stream, version, HELD)])
            except KalendsError as error:
                self.failures.append(error)
                raise
            self.acknowledged.append((position, version))
            self.begun.set()


def written(address, kill, writers=3, count=EVENTS):
    """Let writers append, kill in the middle, wait for all; return them and the rows."""
    events = [threading.Event() for _ in range(writers)]
    threads = [Writer(address, f"activity-{n}", count, event) for n, event in enumerate(events)]
    for thread in threads:
        thread.start()
    try:
        for event in events:
            assert event.wait(PATIENCE)
        kill()
    except BaseException:
        for thread in threads:  # they would wait for a server that is not there
            thread.given_up.set()
        raise
    finally:
        for thread in threads:
            thread.join()
    assert [thread.fault for thread in threads] == [None] * writers
    with closing(Log(PostgresLog(address))) as log:
        return threads, list(log.rows())


def check(threads, rows):
    """Nothing acknowledged is lost, nothing is there twice, positions and versions are dense."""
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    for thread in threads:
        own = {row.version: row.position for row in rows if row.stream == thread.stream}
        assert list(own) == list(range(1, len(own) + 1))
        assert {own[version] for _, version in thread.acknowledged} == {
            position for position, _ in thread.acknowledged
        }
        assert len(thread.acknowledged) == thread.count
