"""What every store must keep; one class of tests, run for each backend."""

from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from kalends.domain.errors import ConflictError, LockedError
from kalends.log.event_log import NewEvent, StoredEvent
from log_examples import EXAMPLES, STAMP

HELD = EXAMPLES["activity.held"]
PLANNED = EXAMPLES["activity.planned"]


def write_many(open_log, name, count):
    """Append so many events to a stream of its own, a turn each; the work of one process."""
    log = open_log()
    for version in range(1, count + 1):
        with log.turn() as append:
            last = log.last_at() or STAMP["at"]
            append([NewEvent(name, version, replace(HELD, at=last + timedelta(seconds=1)))])
    log.close()


class StoreContract:
    """Subclass it with a fixture `open_log`: a callable that opens the same log anew.

    It can be pickled, unless `writers` are threads.
    """

    writers: type[Executor] = ProcessPoolExecutor

    def test_an_empty_log_stands_at_position_0(self, open_log):
        log = open_log()

        assert log.position() == 0
        assert log.last_at() is None
        assert list(log.entries()) == []
        assert log.stream("campaign") == []

    def test_events_come_back_in_the_order_of_their_positions(self, open_log):
        log = open_log()
        with log.turn() as append:
            assert (
                append([NewEvent("activity-a", 1, PLANNED), NewEvent("activity-b", 1, PLANNED)])
                == 2
            )
            assert append([NewEvent("activity-a", 2, HELD)]) == 3

        found = [
            (entry.position, entry.stream, entry.version, entry.event) for entry in log.entries()
        ]

        assert found == [
            (1, "activity-a", 1, PLANNED),
            (2, "activity-b", 1, PLANNED),
            (3, "activity-a", 2, HELD),
        ]
        assert log.stream("activity-a") == [PLANNED, HELD]

    def test_the_change_counter_differs_as_soon_as_an_append_has_returned(self, open_log):
        log, other = open_log(), open_log()
        seen = [log.change_counter()]
        for version in range(1, 4):
            with other.turn() as append:
                append([NewEvent("activity-a", version, HELD)])
                seen.append(log.change_counter())

        assert len(set(seen)) == 4
        assert log.change_counter() == other.change_counter() == seen[-1]

    def test_reading_can_begin_and_end_anywhere(self, open_log):
        log = open_log()
        with log.turn() as append:
            append([NewEvent(f"activity-{n}", 1, HELD) for n in range(10)])

        assert [row.position for row in log.rows(after=3, until=6)] == [4, 5, 6]
        assert [row.position for row in log.rows(after=8)] == [9, 10]
        assert list(log.rows(after=10)) == []

    def test_what_is_kept_are_the_event_s_own_bytes(self, open_log):
        log = open_log()
        with log.turn() as append:
            append([NewEvent("activity-a", 1, HELD)])

        state = b'{"act":"0a1b2c3d4e5f","at":"2020-07-15T01:02:03Z","by":"li","via":"cli"}'
        assert list(log.rows()) == [StoredEvent(1, "activity-a", 1, "activity.held", state)]

    def test_a_version_that_is_there_is_a_conflict_and_nothing_is_kept(self, open_log):
        log = open_log()
        with log.turn() as append:
            append([NewEvent("activity-a", 1, HELD)])
        with log.turn() as append, pytest.raises(ConflictError):
            append([NewEvent("activity-b", 1, HELD), NewEvent("activity-a", 1, HELD)])

        assert log.position() == 1
        assert log.stream("activity-b") == []

    def test_streams_are_found_by_their_beginning(self, open_log):
        log = open_log()
        with log.turn() as append:
            append([NewEvent(f"activity-{name}", 1, HELD) for name in ("abc", "abd", "xyz")])

        assert log.beginning("activity-ab") == ["activity-abc", "activity-abd"]
        assert log.beginning("activity-ab", most=1) == ["activity-abc"]
        assert log.existing(["activity-xyz", "activity-none"]) == {"activity-xyz"}
        streams = ["activity-xyz", "roster"]
        assert log.existing(streams, topic="activity.retracted") == set()
        assert log.existing(streams, topic="activity.held") == {"activity-xyz"}

    def test_one_writer_waits_for_another_and_does_not_wait_for_ever(self, open_log):
        first, second = open_log(), open_log()
        with first.turn(), pytest.raises(LockedError), second.turn(wait=0.05):
            pass

    def test_a_stream_s_newest_event_is_the_one_of_its_highest_version(self, open_log):
        log = open_log()
        later = replace(HELD, at=HELD.at + timedelta(seconds=5))
        with log.turn() as append:
            append([NewEvent("activity-a", 1, HELD), NewEvent("activity-a", 2, later)])
            append([NewEvent("activity-b", 1, HELD)])

        assert log.last_at_of("activity-a") == later.at
        assert log.last_at_of("activity-none") is None
        assert log.positions("activity-a") == [1, 2]
        assert log.positions("activity-none") == []

    def test_what_is_loaded_is_kept_byte_for_byte(self, open_log):
        log = open_log()
        rows = [
            StoredEvent(n, f"activity-{n}", 1, "activity.held", b'{"x":%d}' % n)
            for n in range(1, 9)
        ]

        log.load(rows)

        assert list(log.rows()) == rows

    def test_in_a_turn_nothing_need_be_appended(self, open_log):
        log = open_log()
        with log.turn() as append:
            assert append([]) == 0

        assert log.position() == 0

    def test_six_writers_at_once_lose_nothing_and_never_turn_time_back(self, open_log):
        with self.writers(6) as pool:
            waiting = [
                pool.submit(write_many, open_log, f"activity-{name}", 20) for name in "abcdef"
            ]
            for future in waiting:
                future.result()

        entries = list(open_log().entries())
        times = [entry.event.at for entry in entries]
        assert [entry.position for entry in entries] == list(range(1, 121))
        assert times == sorted(times)
