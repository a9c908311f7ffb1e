"""How often one address may ask."""

from kalends.web import rate_limit
from kalends.web.rate_limit import RateLimit


def test_who_asks_too_often_waits_until_the_minute_ends():
    limit = RateLimit(3)
    assert [limit.seconds_to_wait("192.0.2.1", 100.0 + n) for n in range(5)] == [0, 0, 0, 57, 56]
    assert limit.seconds_to_wait("192.0.2.2", 110.0) == 0
    assert limit.seconds_to_wait("192.0.2.1", 159.9) == 1
    assert limit.seconds_to_wait("192.0.2.1", 160.0) == 0


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


def test_what_is_remembered_has_a_bound(monkeypatch):
    monkeypatch.setattr(rate_limit, "_MOST_CLIENTS", 10)
    limit = RateLimit(1)
    for number in range(1_000):
        limit.seconds_to_wait(f"192.0.2.{number}", 0.0)
    assert len(limit._counts) <= 10
