"""Finds time zones by their IANA names, and checks names before they are recorded."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kalends.domain.errors import CampaignError

# A placeholder in the tz database, not a zone of any place.
_NO_ZONE = "Factory"
# In the tz database these are no zones of the places whose people write them: EST has no summer
# time, Etc/GMT+8 lies west of Greenwich. Logs that have them are read as ever.
_ABBREVIATIONS = {
    "EST": "America/New_York", "EST5EDT": "America/New_York", "CST6CDT": "America/Chicago",
    "MST": "America/Denver", "MST7MDT": "America/Denver", "PST8PDT": "America/Los_Angeles",
    "HST": "Pacific/Honolulu", "WET": "Europe/Lisbon", "CET": "Europe/Paris",
    "MET": "Europe/Paris", "EET": "Europe/Athens",
}  # fmt: skip
_REVERSED = ("Etc/GMT+", "Etc/GMT-")


def zone(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name; raise `CampaignError`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CampaignError(field="zone", value=name, form="Asia/Shanghai") from None


def check_zone(name: str) -> None:
    """Raise `CampaignError` unless the tz database has this name.

    A machine may accept more: `localtime`, `right/…`, and on some disks any case of letters. Other
    machines would not. Abbreviations and `Etc/GMT+8` are refused, too: people expect another time.
    """
    from importlib import resources  # noqa: PLC0415 - slow to load, seldom asked for

    names = (resources.files("tzdata") / "zones").read_text("utf-8").split()
    refused = {_NO_ZONE, *_ABBREVIATIONS}
    names = [known for known in names if known not in refused and known[:8] not in _REVERSED]
    if name in names:
        return
    alike = {known.casefold(): known for known in names}
    alike |= {known.casefold(): place for known, place in _ABBREVIATIONS.items()}
    form = alike.get(name.casefold().removeprefix("posix/"), "Asia/Shanghai")
    raise CampaignError(field="zone", value=name, form=form)
