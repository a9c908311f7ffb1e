"""Reads and changes the campaign's settings, and corrects its clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kalends.application.recording import warnings
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.dates.reader import read
from kalends.domain.campaign import Campaign
from kalends.domain.campaign_settings import Language, Period
from kalends.domain.commands import ReviseCampaign
from kalends.domain.errors import CampaignError, NotFoundError
from kalends.domain.events import Entry
from kalends.domain.value import Value
from kalends.domain.when import PARTS, OfficeHours
from kalends.words import Message


class GivenSettings(Value):
    """Settings as typed; those that are None or empty stay unchanged.

    `first` and `last` are date phrases; each of `hours` is `PART=HH:MM-HH:MM`.
    """

    title: str | None = None
    zone: str | None = None
    language: Language | None = None
    site: str | None = None
    first: str | None = None
    last: str | None = None
    hours: tuple[str, ...] = ()
    feed_format: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """The events that were appended; none if nothing changed."""

    entries: Sequence[Entry]
    warnings: Sequence[WarningMessage]


def campaign(workspace: Workspace, *, known_at: int) -> Campaign:
    """Return the campaign as known at a position; raises `NotFoundError` before it was opened."""
    from kalends.views import roster_view  # noqa: PLC0415 - changing it needs no views

    found = roster_view.campaign(workspace.views, known_at=known_at)
    if found is None:
        raise NotFoundError(name=Message("campaign"))
    return found


def revise(workspace: Workspace, given: GivenSettings, *, reason: str | None = None) -> Revised:
    """Change the campaign's settings; raises `CampaignError`, or an error of reading a date."""
    settings = workspace.service.campaign().settings
    named: dict[str, Any] = {
        "title": given.title,
        "zone": given.zone,
        "language": given.language,
        "site": given.site,
        "period": _period(workspace, given, settings.period),
        "office_hours": _hours(settings.office_hours, given.hours),
        "feed_format": given.feed_format,
    }
    changes = {name: value for name, value in named.items() if value is not None}
    command = ReviseCampaign(settings=replace(settings, **changes), reason=reason)
    entries = workspace.service.change_campaign(command)
    warning = warnings.insecure(given.site)
    return Revised(entries=entries, warnings=[] if warning is None else [warning])


def correct_clock(workspace: Workspace, *, reason: str) -> list[Entry]:
    """Record that the clock was ahead; raises what `Service.correct_clock` raises."""
    return workspace.service.correct_clock(reason=reason)


def _period(workspace: Workspace, given: GivenSettings, old: Period | None) -> Period | None:
    """Return the period that two date phrases name; a missing one leaves that end unchanged."""
    if given.first is None and given.last is None:
        return None
    here = date_context(workspace)
    first = None if old is None else old.first_day
    last = None if old is None else old.last_day
    if given.first is not None:
        first = read(given.first, here).when.first_day
    if given.last is not None:
        last = read(given.last, here).when.last_day
    if first is None or last is None:
        form = "2020-06-01 — 2020-12-31"
        raise CampaignError(field="period", value=given.first or given.last, form=form)
    return Period(first_day=first, last_day=last)


def _hours(old: OfficeHours, given: Sequence[str]) -> OfficeHours | None:
    if not given:
        return None
    named = dict(text.partition("=")[::2] for text in given)
    unknown = next((name for name in named if name not in PARTS), None)
    if unknown is not None:
        form = " ".join(f"{part}=09:00-12:00" for part in PARTS)
        raise CampaignError(field="office hours", value=unknown, form=form)
    return replace(old, **named)
