"""One campaign: its title, place and period, and how its feeds are made."""

from typing import assert_never

from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import (
    CampaignCommand,
    CorrectClock,
    OpenCampaign,
    ReviseCampaign,
)
from kalends.domain.errors import (
    N_,
    CampaignError,
    NotFoundError,
    RefusedError,
    SpanError,
)
from kalends.domain.events import (
    CampaignEvent,
    CampaignOpened,
    CampaignRevised,
    ClockCorrected,
    Stamp,
)
from kalends.domain.patterns import Pattern
from kalends.domain.text import clean, clean_or_none, required_reason
from kalends.domain.value import Value, replace
from kalends.domain.when import PARTS, OfficeHours

FEED_FORMATS = (1, 2)
# For new campaigns. The default of stored settings stays 1 for ever.
NEWEST_FEED_FORMAT = FEED_FORMATS[-1]

_HOURS = Pattern(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)")
_HOST = Pattern(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HIGH_PORT = r"6(?:[0-4][0-9]{3}|5(?:[0-4][0-9]{2}|5(?:[0-2][0-9]|3[0-5])))"
_PORT = rf"[1-9][0-9]{{0,3}}|[1-5][0-9]{{4}}|{_HIGH_PORT}"
# A host, optionally a port and a path (RFC 3986); no user, password, query or fragment.
_SITE = Pattern(
    rf"https?://{_LABEL}(?:\.{_LABEL})*(?::(?:{_PORT}))?"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
)
# A feed's file name adds up to 158 characters, and many programs stop at 256.
_SITE_LIMIT = 98


class Campaign(Value):
    """The campaign in its current state."""

    id: str
    settings: Settings


def decide(
    campaign: Campaign | None, command: CampaignCommand, *, stamp: Stamp
) -> tuple[CampaignEvent, ...]:
    """Return the events that a command causes; none when it would change nothing.

    Raises `RefusedError` when the campaign is open already or a setting is not allowed.
    """
    match command:
        case OpenCampaign(id=campaign_id, settings=settings):
            if campaign is not None:
                form = N_("a campaign is opened once")
                raise CampaignError(field=N_("id"), value=campaign.id, form=form)
            return (CampaignOpened(**stamp, id=campaign_id, settings=_accepted(settings, None)),)
        case ReviseCampaign(settings=settings, reason=reason):
            return _revised(campaign, settings, reason, stamp)
        case CorrectClock(reason=reason):
            return _clock_corrected(campaign, reason, stamp)
        case _:
            assert_never(command)


def _revised(
    campaign: Campaign | None, settings: Settings, reason: str | None, stamp: Stamp
) -> tuple[CampaignEvent, ...]:
    if campaign is None:
        raise NotFoundError(name="campaign")
    accepted = _accepted(settings, campaign.settings)
    if accepted.uid_domain != campaign.settings.uid_domain:
        form = N_("it never changes")
        raise CampaignError(field=N_("UID domain"), value=accepted.uid_domain, form=form)
    if accepted == campaign.settings:
        return ()
    return (CampaignRevised(**stamp, settings=accepted, reason=clean_or_none(reason, "reason")),)


def _clock_corrected(
    campaign: Campaign | None, reason: str, stamp: Stamp
) -> tuple[CampaignEvent, ...]:
    if campaign is None:
        raise NotFoundError(name="campaign")
    return (ClockCorrected(**stamp, reason=required_reason(reason)),)


def evolve(campaign: Campaign | None, event: CampaignEvent) -> Campaign:
    """Return the campaign after an event."""
    match event:
        case CampaignOpened(id=campaign_id, settings=settings):
            return Campaign(id=campaign_id, settings=settings)
        case CampaignRevised(settings=settings):
            if campaign is None:
                raise RefusedError(detail=event.TOPIC)
            return replace(campaign, settings=settings)
        case ClockCorrected():
            if campaign is None:
                raise RefusedError(detail=event.TOPIC)
            return campaign
        case _:
            assert_never(event)


def _accepted(settings: Settings, before: Settings | None) -> Settings:
    """Return the settings cleaned; an address recorded earlier may exceed today's limits."""
    period = settings.period
    if period is not None and period.last_day < period.first_day:
        raise SpanError(detail=f"{period.first_day} → {period.last_day}")
    if settings.language not in {"en", "zh"}:
        raise CampaignError(field=N_("language"), value=settings.language, form="en, zh")
    if settings.feed_format not in FEED_FORMATS:
        form = ", ".join(map(str, FEED_FORMATS))
        raise CampaignError(field=N_("feed format"), value=settings.feed_format, form=form)
    if not _HOST.fullmatch(settings.uid_domain):
        form = "a04sdbxp8he9.kalends"
        raise CampaignError(field=N_("UID domain"), value=settings.uid_domain, form=form)
    if before is None or settings.site != before.site:
        _check_site(settings.site)
    _check_hours(settings.office_hours)
    return replace(
        settings, title=clean(settings.title, "title"), zone=clean(settings.zone, "zone")
    )


def is_site(text: str) -> bool:
    """Return whether a text is an address under which feeds can be published."""
    return len(text) <= _SITE_LIMIT and _SITE.fullmatch(text) is not None


def _check_site(site: str | None) -> None:
    if site is not None and not is_site(site):
        form = N_("https://example.org/feeds, at most 98 characters, no password, no ? and no #")
        raise CampaignError(field=N_("site"), value=site, form=form)


def _check_hours(hours: OfficeHours) -> None:
    for part in PARTS:
        text = getattr(hours, part)
        if not _HOURS.fullmatch(text):
            form = f"{part}=09:00-12:00"
            raise CampaignError(field=N_("office hours"), value=text, form=form)
        first, last = hours.of(part)
        if last <= first and part != "night":
            raise SpanError(detail=text)
