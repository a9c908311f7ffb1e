"""Entries held in memory while all feeds are made: most entries are in several of them."""

from collections.abc import Mapping, Sequence


class NearEntries:
    """Entries by the position of the revision that each shows, all of one feed format.

    Those that came first, up to a number of bytes: memory stays flat.
    """

    def __init__(self, room: int) -> None:
        """Hold none yet, and at most about so many bytes."""
        self._room = self._left = room
        self._since = 0
        self._bodies: dict[int, bytes] = {}

    def of(self, since: int, positions: Sequence[int]) -> dict[int, bytes]:
        """Return those of these positions; the feed format is used since a position."""
        if since != self._since:
            self.clear()
            self._since = since
        bodies = self._bodies
        return {position: bodies[position] for position in positions if position in bodies}

    def keep(self, bodies: Mapping[int, bytes]) -> None:
        """Hold more, of the format last asked for, if there is room."""
        if self._left > 0:
            self._bodies.update(bodies)
            self._left -= sum(map(len, bodies.values()))

    def clear(self) -> None:
        """Hold none."""
        self._bodies.clear()
        self._left = self._room
