"""The contract of the store, kept in memory."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kalends.domain.errors import DiskError
from kalends.log.event_log import StoredEvent, VersionTakenError
from kalends.log.log import Log
from kalends.log.memory_log import MemoryBackend, MemoryLog
from log_contract import StoreContract


class TestMemory(StoreContract):
    """Memory keeps the contract."""

    writers = ThreadPoolExecutor


@pytest.fixture
def open_log():
    place = MemoryBackend()
    place.create()
    return lambda: Log(place.open())


def test_a_place_without_a_log_cannot_be_opened():
    place = MemoryBackend("nowhere")

    assert not place.exists()
    assert place.untrusted() is None
    assert place.changed() is None
    with pytest.raises(DiskError):
        place.open()


def test_a_restored_log_is_there_whole_or_not_at_all():
    place = MemoryBackend()
    row = StoredEvent(1, "activity-a", 1, "activity.held", b"{}")

    def fails(log):
        log.insert([row])
        raise KeyError(row)

    with pytest.raises(KeyError):
        place.restore(fails)
    assert not place.exists()
    place.restore(lambda log: log.insert([row]))
    place.restore(lambda log: log.insert([row._replace(position=2, version=2)]))

    assert place.open().page(0, 9) == [row]


@pytest.mark.parametrize(("position", "version"), [(2, 1), (3, 2), (1, 2)])
def test_only_the_next_position_and_a_new_version_are_taken(position, version):
    log = MemoryLog()
    log.insert([StoredEvent(1, "activity-a", 1, "activity.held", b"{}")])

    with pytest.raises(VersionTakenError):
        log.insert([StoredEvent(position, "activity-a", version, "activity.held", b"{}")])
    assert log.position() == 1
