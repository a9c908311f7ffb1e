"""The activities by day."""

from collections.abc import Iterator
from datetime import date

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.web.pages import listing
from kalends.web.pages.embed import embed_address
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader


def agenda(reader: Reader) -> Page:
    """Return the agenda: from today on unless days are asked for, or the campaign is over."""
    wanted = reader.wanted
    first = _first(reader)

    def source(skip: int) -> Iterator[Revision]:
        return reader.record.by_day(first, wanted.last, wanted, skip=skip)

    say = reader.words.say
    from_today = first is not None and wanted.first is None
    return Page(
        path="/agenda",
        title=say(N_("Agenda")),
        template="list.html",
        facts={
            **listing.listed(reader, "/agenda", source),
            "summary": say(
                N_("From today on.") if from_today else N_("By day, the first day first.")
            ),
            "months": listing.month_links(reader, "/agenda", reader.record.by_month(wanted)),
            "empty": say(N_("Nothing more is planned.")) if from_today else listing.empty(reader),
            "embed": embed_address(reader),
        },
        data=lambda: listing.document(reader, "/agenda", source),
    )


def _first(reader: Reader) -> date | None:
    """Return the day with which the agenda begins; None for the first of the campaign."""
    wanted = reader.wanted
    if wanted.first is not None or wanted.last is not None:
        return wanted.first
    # Nobody can ask a file for earlier days.
    return None if reader.is_over or not reader.links.has_server else reader.today
