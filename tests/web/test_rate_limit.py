"""How often one address may ask."""

from kalends.web.operations import rate_limit
from kalends.web.operations.rate_limit import RateLimit


def test_who_asks_too_often_waits_until_the_minute_ends():
    limit = RateLimit(3)
    assert [limit.seconds_to_wait("192.0.2.1", 121.0 + n) for n in range(5)] == [0, 0, 0, 56, 55]
    assert limit.seconds_to_wait("192.0.2.2", 130.0) == 0
    assert limit.seconds_to_wait("192.0.2.1", 179.9) == 1
    assert limit.seconds_to_wait("192.0.2.1", 180.0) == 0


def test_a_network_of_ipv6_is_one_address_and_a_mapped_one_is_that_of_ipv4():
    limit = RateLimit(1)
    assert limit.seconds_to_wait("2001:db8::1", 0.0) == 0
    assert limit.seconds_to_wait("2001:db8::ffff:2", 0.0) > 0
    assert limit.seconds_to_wait("2001:db8:0:1::1", 0.0) == 0
    assert limit.seconds_to_wait("192.0.2.1", 0.0) == 0
    assert limit.seconds_to_wait("::ffff:192.0.2.1", 0.0) > 0
    assert limit.seconds_to_wait("un:ix", 0.0) == 0


def test_nobody_waits_where_any_number_is_answered():
    limit = RateLimit(0)
    assert {limit.seconds_to_wait("192.0.2.1", 0.0) for _ in range(10_000)} == {0}


def test_processes_count_together(tmp_path):
    both = RateLimit(3, tmp_path / "clients"), RateLimit(3, tmp_path / "clients")
    waits = [both[n % 2].seconds_to_wait("192.0.2.1", 10.0 + n) for n in range(5)]
    assert waits == [0, 0, 0, 47, 46]
    assert both[0].seconds_to_wait("192.0.2.2", 10.0) == 0
    assert both[1].seconds_to_wait("192.0.2.1", 60.0) == 0


def test_many_addresses_are_counted_each_for_itself():
    """Ten thousand in a minute, none of whom asks too often: none of them waits."""
    limit = RateLimit(3)
    for _ in range(3):
        assert not any(
            limit.seconds_to_wait(f"192.0.{n >> 8}.{n & 255}", 1.0) for n in range(10_000)
        )


def test_what_is_remembered_has_a_bound(monkeypatch):
    """Where there is no room for more, some are counted as one: nobody asks without end."""
    monkeypatch.setattr(rate_limit, "_SLOTS", 16)
    limit = RateLimit(5)
    waits = [limit.seconds_to_wait(f"192.0.2.{number}", 0.0) for number in range(1_000)]
    assert sum(wait == 0 for wait in waits) <= 16 * 5
    assert len(limit._table) == 16 * 12
