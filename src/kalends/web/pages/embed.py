"""The next activities as a small page that stands within another one."""

from itertools import islice

from kalends.domain.errors import N_
from kalends.web.pages import data, listing, shown
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader

# So many activities are shown.
_MOST = 12


def embedded_agenda(reader: Reader) -> Page:
    """Return the next activities; the last ones where the campaign is over."""
    wanted = reader.wanted
    if wanted.first is None and wanted.last is None and reader.is_over:
        found = listing.last_days(reader, _MOST, wanted)
    else:
        first = reader.today if wanted.first is None and wanted.last is None else wanted.first
        found = list(islice(reader.record.by_day(first, wanted.last, wanted), _MOST))
    return Page(
        path="/embed/agenda",
        title=reader.record.campaign.settings.title,
        template="embed.html",
        facts={
            "activities": shown.activities(reader, found),
            "empty": reader.words.say(N_("Nothing more is planned.")),
            "all_link": reader.link("/agenda"),
            "subscribe_link": reader.link("/subscribe"),
        },
        data=lambda: {"activities": data.activities(reader, found)},
    )


def embed_address(reader: Reader) -> str | None:
    """Return the whole address of the small page with this choice; None if it is not known."""
    words = [pair for pair in reader.query.kept if pair[0] not in {"known_at", "cancelled"}]
    return reader.links.whole_page("/embed/agenda", reader.language, words)
