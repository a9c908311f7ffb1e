"""The campaign's settings as the journal tells them, and what dates are read against."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kalends import config, own_files
from kalends.dates.date_resolution import DateContext
from kalends.domain.campaign import Campaign
from kalends.domain.campaign_settings import Settings
from kalends.domain.errors import KalendsError, UnreadableDateError, WorkspaceNotFoundError
from kalends.domain.events import CAMPAIGN
from kalends.domain.streams import STREAMS
from kalends.log import codec, journal
from kalends.service import zone

_OF_CAMPAIGN = b'\n{"stream":"campaign",'
_BLOCK = 1 << 20
# A line about the campaign is shorter; a longer line is none.
_LONGEST = 1 << 18


def settings_of(folder: Path) -> Settings | None:
    """Return the settings of the workspace around a folder; None where nothing tells them.

    What is damaged is passed over: a line that cannot be read, a journal that is not there.
    Raises `WorkspaceNotFoundError`, and what `config.find` raises of `kalends.toml`.
    """
    here = config.find(folder)
    state: Campaign | None = None
    try:
        own_files.check(here.root)
        for line in _lines(here.journal):
            state = _after(state, line)
    except (KalendsError, OSError):
        pass
    return None if state is None else state.settings


def against(settings: Settings, now: datetime) -> DateContext:
    """Return what a date phrase is read against: now, the campaign's zone and its period."""
    return DateContext(
        now=now.astimezone(zone(settings.zone)),
        zone=settings.zone,
        period=settings.period,
        language=settings.language,
    )


def context_around(
    folder: Path, now: datetime, in_log: Callable[[], Settings | None]
) -> tuple[DateContext, bool]:
    """Return what date phrases are read against around a folder, and whether that is sure.

    Outside a workspace it is UTC. It is UTC too, and not sure, where neither the journal nor the
    log, which `in_log` asks, tells the settings.
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
    """Return the same as on a day, at noon, or at a moment; raises `UnreadableDateError`."""
    try:
        now = datetime.fromisoformat(day)
    except ValueError:
        raise UnreadableDateError(text=day, part=day) from None
    if len(day) <= len("2020-07-20"):
        now = now.replace(hour=12)
    place = here.now.tzinfo
    return replace(here, now=now.astimezone(place) if now.tzinfo else now.replace(tzinfo=place))


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the whole lines about the campaign, sought in large blocks: there are few of them."""
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
    """Return the campaign after a line, or as it was where the line cannot be read."""
    row = journal.parse(line, 0)
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
