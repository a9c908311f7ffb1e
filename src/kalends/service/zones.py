"""Finds time zones by their IANA names, and checks names before they are recorded."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kalends.domain.errors import CampaignError

# A placeholder in the tz database, not a zone of any place.
_NO_ZONE = "Factory"


def zone(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name; raise `CampaignError`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CampaignError(field="zone", value=name, form="Asia/Shanghai") from None


def check_zone(name: str) -> None:
    """Raise `CampaignError` unless the tz database has this name.

    A machine may accept more: `localtime`, `right/…`, and on some disks any case of letters. Other
    machines would not.
    """
    from importlib import resources  # noqa: PLC0415 - slow to load, seldom asked for

    names = (resources.files("tzdata") / "zones").read_text("utf-8").split()
    if name in names and name != _NO_ZONE:
        return
    alike = {known.casefold(): known for known in names if known != _NO_ZONE}
    form = alike.get(name.casefold().removeprefix("posix/"), "Asia/Shanghai")
    raise CampaignError(field="zone", value=name, form=form)
