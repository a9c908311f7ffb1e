"""The events of the campaign itself: its settings, and its clock."""

from typing import ClassVar

from kalends.domain.campaign_settings import Settings
from kalends.domain.events.stamps import Stamped


class CampaignOpened(Stamped):
    """The record of the campaign was started."""

    TOPIC: ClassVar[str] = "campaign.opened"
    id: str
    settings: Settings


class CampaignRevised(Stamped):
    """The campaign's settings were changed."""

    TOPIC: ClassVar[str] = "campaign.revised"
    settings: Settings
    reason: str | None = None


class ClockCorrected(Stamped):
    """The clock was ahead and has been set right.

    Only this event may have an earlier time than the event before it. Every earlier event counts
    as recorded no later than this one.
    """

    TOPIC: ClassVar[str] = "clock.corrected"
    reason: str


CampaignEvent = CampaignOpened | CampaignRevised | ClockCorrected
