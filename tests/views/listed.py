"""Lists of what the views yield, as tests compare them."""

from itertools import islice

from kalends.views import activities


def agenda(db, first=None, last=None, *, limit=None, **how):
    """Return the activities of some days."""
    return list(islice(activities.by_day(db, first, last, **how), limit))


def late(db, days, *, known_at):
    """Return what was recorded late."""
    return list(activities.recorded_late(db, days, known_at=known_at))
