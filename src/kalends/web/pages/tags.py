"""All tags, and the activities that bear one."""

from collections.abc import Iterator

from kalends.domain.errors import N_, PageNotFoundError
from kalends.domain.text import fold
from kalends.domain.value import replace
from kalends.views.activities import Revision
from kalends.web.pages import listing, shown
from kalends.web.pages.page import Moved, Page
from kalends.web.pages.page_reader import Reader


def tags(reader: Reader) -> Page:
    """Return the page of all tags, the one that most activities bear first."""
    found = reader.record.tags(reader.wanted)
    say = reader.words.say
    return Page(
        path="/tags",
        title=say(N_("Tags")),
        template="tags.html",
        facts={
            "summary": reader.words.plural("{count} tag", "{count} tags", len(found)),
            "tags": [{**shown.tag(reader, each.tag), "count": each.activities} for each in found],
            "filters": True,
        },
        data=lambda: {"tags": [each._asdict() for each in found]},
    )


def odd_tag(reader: Reader, tag: str) -> Page | Moved:
    """Return the page of a tag at its longer path."""
    return _tag(reader, tag, is_long=True)


def tag(reader: Reader, tag: str) -> Page | Moved:
    """Return the page of a tag, or where it stands if it is written in another way."""
    return _tag(reader, tag, is_long=False)


def _tag(reader: Reader, tag: str, *, is_long: bool) -> Page | Moved:
    key = fold(tag).removeprefix("#")
    found = next((each.tag for each in reader.record.tags() if fold(each.tag) == key), None)
    if found is None:
        raise PageNotFoundError(name=f"#{tag.removeprefix('#')}")
    path = shown.tag_path(found)
    if found != tag or is_long != (path != f"/tags/{found}"):
        return Moved(path)
    wanted = replace(reader.wanted, tags=frozenset({key}))

    def source(skip: int) -> Iterator[Revision]:
        return reader.record.by_day(wanted.first, wanted.last, wanted, skip=skip)

    count = reader.record.totals(wanted).activities
    return Page(
        path=path,
        title=f"#{found}",
        template="tag.html",
        facts={
            **listing.listed(reader, path, source),
            "summary": reader.words.plural("{count} activity", "{count} activities", count),
            "months": listing.month_links(reader, path, reader.record.by_month(wanted)),
            "empty": listing.empty(reader),
            "subscribe": reader.links.page("/subscribe", reader.language, [("tag", found)]),
        },
        data=lambda: listing.document(reader, path, source),
    )
