"""What a campaign is, in one line: when, how many activities, how many departments."""

from kalends.web.pages import shown
from kalends.web.pages.page_reader import Reader
from kalends.words.plain_dates import plain_months


def summary(reader: Reader) -> str:
    """Return the line below the campaign's title."""
    record, words = reader.record, reader.words
    parts = []
    period = record.campaign.settings.period
    if period is not None:
        parts.append(plain_months(words, period.first_day, period.last_day))
    activities, departments = record.totals().activities, len(record.by_department())
    parts.append(shown.count(reader, activities))
    parts.append(words.plural("{count} department", "{count} departments", departments))
    return " · ".join(parts)
