"""What a campaign is, in one line: when, how many activities, how many departments."""

from kalends.web.reader import Reader
from kalends.words.plain_dates import plain_month


def summary(reader: Reader) -> str:
    """Return the line below the campaign's title."""
    record, words = reader.record, reader.words
    parts = []
    period = record.campaign.settings.period
    if period is not None:
        year = None if period.first_day.year != period.last_day.year else period.last_day.year
        first = plain_month(words, period.first_day, this_year=year)
        parts.append(f"{first} — {plain_month(words, period.last_day)}")
    activities, departments = record.extent().activities, len(record.by_department())
    parts.append(words.plural("{count} activity", "{count} activities", activities))
    parts.append(words.plural("{count} department", "{count} departments", departments))
    return " · ".join(parts)
