"""Finds the department that a new one may be: only the place before their names differs."""

from collections.abc import Iterable, Iterator

from kalends.domain.department import Department
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.domain.text import fold

_PLACE = Pattern("(?:[\u4e00-\u9fff]{2,5}?)?[市州盟县区旗]")
# What is left of a name is an office's own: 民政局 of 市民政局.
_SHORTEST = 3


class SameOffices:
    """The departments of a roster by their names without the place before them.

    市民政局, 民政局 and 辽源市民政局 may be the same; 辽源市民政局 and 长春市民政局 are not.
    """

    def __init__(self, roster: Roster) -> None:
        """Read every name."""
        self._by_rest: dict[str, list[tuple[str, Department]]] = {}
        self._places: dict[str, set[str]] = {}
        for department in roster.listed:
            self._places[department.code] = set()
            for place, rest in _all_readings(department.called):
                self._by_rest.setdefault(rest, []).append((place, department))
                self._places[department.code] |= _named(place)

    def other(self, code: str, names: Iterable[str]) -> Department | None:
        """Return another department that may be the same office as one with these names."""
        readings = list(_all_readings(names))
        places = set[str]().union(*(_named(place) for place, _ in readings))
        for place, rest in readings:
            for their_place, department in self._by_rest.get(rest, ()):
                theirs = self._places[department.code]
                is_elsewhere = places and theirs and places.isdisjoint(theirs)
                is_other = department.code != code and not is_elsewhere
                if is_other and _may_be_left_out(place, their_place):
                    return department
        return None


def _all_readings(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield how names may be read: the place before each, which may be empty, and the rest."""
    for name in map(fold, names):
        place = _PLACE.match(name)
        for end in {0, place.end() if place else 0}:
            if len(name) - end >= _SHORTEST:
                yield name[:end], name[end:]


def _named(place: str) -> set[str]:
    """Return the place if it has a name: 辽源市, not 市."""
    return {place} if len(place) > 1 else set()


def _may_be_left_out(place: str, other: str) -> bool:
    """Return whether the same place may be meant, though one of the two does not say which."""
    if not place or not other:
        return bool(place or other)
    return place[-1] == other[-1]
