"""Changing the record: load the current state, decide, append."""

from kalends.service.service import Service
from kalends.service.standing import Standing
from kalends.service.turn import Turn
from kalends.service.watched_clock import WatchedClock
from kalends.service.zones import check_zone, zone

__all__ = ["Service", "Standing", "Turn", "WatchedClock", "check_zone", "zone"]
