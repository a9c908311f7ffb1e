"""Activities that contain every word that is looked for."""

from collections.abc import Iterator

from kalends.domain.errors import N_
from kalends.views.activities import Revision
from kalends.web.pages import listing
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader


def search(reader: Reader) -> Page:
    """Return the form, and what was found."""
    asked = reader.query.search.strip()

    def source(skip: int) -> Iterator[Revision]:
        return reader.record.matching(asked, reader.wanted, skip=skip)

    facts = listing.listed(reader, "/search", source, q=asked)
    near = [] if not asked or facts["sections"] else reader.record.near_words(asked)
    say = reader.words.say
    return Page(
        path="/search",
        title=say(N_("Search")),
        template="search.html",
        facts={
            **facts,
            "asked": asked,
            "empty": say(N_("No activity contains “{words}”."), words=asked) if asked else "",
            "near": [{"text": text, "link": reader.link("/search", q=text)} for text in near],
            "beside": [("q", asked)],
            "kept": [pair for pair in reader.query.kept if pair[0] not in {"q", "skip"}],
        },
        data=lambda: listing.document(reader, "/search", source),
    )
