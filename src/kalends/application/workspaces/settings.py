"""Reads the campaign's settings from the journal alone, fast, for reading dates."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from kalends import config, own_files
from kalends.dates.date_resolution import DateContext
from kalends.domain.campaign import Campaign
from kalends.domain.campaign_settings import Settings
from kalends.domain.errors import KalendsError, UnreadableDateError, WorkspaceNotFoundError
from kalends.domain.events import CAMPAIGN
from kalends.domain.streams import STREAMS
from kalends.domain.value import replace
from kalends.log import codec, journal_line
from kalends.log.store_files import STORE_FILES
from kalends.service import zone

__all__ = ["against", "as_on", "context_around", "settings_of", "zone", "zone_of"]

_OF_CAMPAIGN = b'\n{"stream":"campaign",'
_BLOCK = 1 << 20
# Longer lines are skipped: lines about the campaign are shorter.
_LONGEST = 1 << 18


def settings_of(folder: Path) -> Settings | None:
    """Return the campaign's settings in the workspace that a folder is in; None if not found.

    Damaged lines and a missing journal are ignored. Raises `WorkspaceNotFoundError`, and what
    `config.find` raises.
    """
    here = config.find(folder)
    try:
        own_files.check(here.root, STORE_FILES)
    except (KalendsError, OSError):
        return None
    return _in_journal(here.journal)


def zone_of(journal: Path) -> tzinfo:
    """Return the campaign's zone in an unverified journal; UTC if it has none."""
    settings = _in_journal(journal)
    try:
        return UTC if settings is None else zone(settings.zone)
    except KalendsError:
        return UTC


def against(settings: Settings, now: datetime) -> DateContext:
    """Return what date phrases are read against: now, the campaign's zone and its period."""
    return DateContext(
        now=now.astimezone(zone(settings.zone)),
        zone=settings.zone,
        period=settings.period,
        language=settings.language,
        office_hours=settings.office_hours,
    )


def context_around(
    folder: Path, now: datetime, in_log: Callable[[], Settings | None]
) -> tuple[DateContext, bool]:
    """Return what date phrases are read against in a folder, and whether that is certain.

    Outside a workspace this is UTC, and certain. If neither the journal nor the log (`in_log`) has
    the settings, it is UTC, and not certain.
    """
    try:
        settings = settings_of(folder)
    except WorkspaceNotFoundError:
        return DateContext(now=now, zone="UTC"), True
    settings = settings or in_log()
    if settings is None:
        return DateContext(now=now, zone="UTC"), False
    return against(settings, now), True


def as_on(here: DateContext, day: str) -> DateContext:
    """Return the context as of another day (at noon) or moment; raises `UnreadableDateError`."""
    try:
        now = datetime.fromisoformat(day)
    except ValueError:
        raise UnreadableDateError(text=day, part=day) from None
    if len(day) <= len("2020-07-20"):
        now = now.replace(hour=12)
    place = here.now.tzinfo
    return replace(here, now=now.astimezone(place) if now.tzinfo else now.replace(tzinfo=place))


def _in_journal(journal: Path) -> Settings | None:
    """Return the settings after the lines that can be read; None if there are none."""
    state: Campaign | None = None
    with suppress(OSError):
        for line in _lines(journal):
            state = _after(state, line)
    return None if state is None else state.settings


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the complete lines about the campaign; searched in blocks, since they are few."""
    with path.open("rb") as file:
        left = b"\n"
        while block := file.read(_BLOCK):
            text = left + block
            end = text.rfind(b"\n")
            place = text.find(_OF_CAMPAIGN, 0, max(end, 0))
            while place >= 0:
                after = text.index(b"\n", place + 1)
                yield text[place + 1 : after]
                place = text.find(_OF_CAMPAIGN, after, end)
            left = text[end:] if 0 <= len(text) - end <= _LONGEST else b""


def _after(state: Campaign | None, line: bytes) -> Campaign | None:
    """Return the campaign's state after a line; unchanged if the line cannot be read."""
    row = journal_line.parse(line, 0)
    if row is None or row.stream != CAMPAIGN:
        return state
    try:
        after: Campaign | None = STREAMS[CAMPAIGN].evolve(
            state, codec.decode(row.topic, row.state)
        )
    except (
        KalendsError,
        AssertionError,
        codec.UnregisteredTopicError,
        codec.UnreadableStateError,
    ):
        return state
    return after
