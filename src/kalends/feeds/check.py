"""Looking whether what is published is what the log says, and whether calendars can read it."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from kalends.feeds.cache import Components
from kalends.feeds.feed import feed_bytes
from kalends.feeds.manifest import Published, read_manifest
from kalends.feeds.selection import FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """At which position the folder stands, how many files it has, and which are wrong.

    `missing` are not there; `differ` are not the octets that the log gives; `unreadable` hold
    other entries than the manifest says, or none that another reader of RFC 5545 understands.
    """

    position: int
    files: int
    missing: tuple[str, ...]
    differ: tuple[str, ...]
    unreadable: tuple[str, ...]

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return every file that is wrong, in whatever way."""
        return (*self.missing, *self.differ, *self.unreadable)


def check(db: sqlite3.Connection, folder: Path) -> Checked:
    """Make every feed again as of the manifest's position, with nothing kept, and compare.

    Raises `ManifestError`.
    """
    position, files = read_manifest(folder)
    components = Components(None)
    missing, differ, unreadable = [], [], []
    for name, told in files.items():
        path = folder / name
        if not path.exists():
            if not name.startswith(FULL):  # a clone has none of these: git does not keep them
                missing.append(name)
            continue
        octets = path.read_bytes()
        if octets != feed_bytes(db, components, name.removesuffix(".ics"), known_at=position):
            differ.append(name)
        elif not _is_read(octets, told):
            unreadable.append(name)
    components.close()
    return Checked(
        position=position,
        files=len(files),
        missing=tuple(missing),
        differ=tuple(differ),
        unreadable=tuple(unreadable),
    )


def _is_read(octets: bytes, told: Published) -> bool:
    """Tell whether icalendar finds as many entries as were told of, each with a UID of its own."""
    import icalendar  # noqa: PLC0415 - only to check

    try:
        found = icalendar.Calendar.from_ical(octets).walk("VEVENT")
    except ValueError:
        return False
    return len({str(one["UID"]) for one in found}) == len(found) == told.activities
