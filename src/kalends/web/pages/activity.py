"""An activity: what is known of it, all that happened to it, and what calendars show."""

from collections.abc import Sequence
from typing import Any, NoReturn

from kalends.domain.errors import N_, AmbiguousIdError
from kalends.feeds.shown_entry import ShownEntry
from kalends.views.activities import Revision
from kalends.web.pages import data, listing, shown
from kalends.web.pages.page import Moved, Page
from kalends.web.pages.page_reader import Reader

_GONE = {
    "cancelled": N_("This activity is cancelled."),
    "retracted": N_("This entry was retracted: it should not have been recorded."),
}


def activity(reader: Reader, prefix: str) -> Page | Moved:
    """Return the page of an activity, or where it stands if its id is not written whole."""
    try:
        found = reader.record.activity_id(prefix)
    except AmbiguousIdError as error:
        return _several(reader, prefix, error)
    if found != prefix:
        return Moved(f"/activities/{found}")
    revisions = reader.record.revisions(found)
    last = revisions[-1]
    path, entry = f"/activities/{found}", reader.record.entry(found)
    return Page(
        path=path,
        title=last.details.title,
        template="activity.html",
        facts={
            "activity": shown.activity(reader, last),
            "status": shown.status(reader, last),
            "gone": _gone(reader, revisions),
            "details": last.details,
            "text": last.details.when.text,
            "events": list(shown.events(reader, revisions))[::-1],
            "entry": _entry(reader, entry),
            "explained": [
                reader.words.say(message, **fields)
                for message, fields in reader.record.explained(found)
            ],
            "calendar": entry and reader.file(f"{path}.ics"),
            "is_signed": reader.log.covers(revisions[-1].position),
            "proof": _proof(reader, path, revisions),
        },
        data=lambda: {"activity": data.histories(reader, [revisions])[0]},
    )


def _several(reader: Reader, prefix: str, error: AmbiguousIdError) -> Page:
    """Return a page that lists the activities whose ids begin so; programs are given the error."""

    def refused() -> NoReturn:
        raise error

    choices = error.fields["choices"]
    assert isinstance(choices, tuple)  # `ids.resolved` says so
    found = [reader.record.revisions(choice)[-1] for choice in choices]
    say = reader.words.say
    return Page(
        path=f"/activities/{prefix}",
        title=say(N_("Which activity?")),
        template="list.html",
        facts={
            "summary": say(
                N_("Several activities have an id that begins with “{text}”."), text=prefix
            ),
            "sections": list(listing.months(reader, found)),
            "filters": False,
            "empty": "",
        },
        data=refused,
    )


def _gone(reader: Reader, revisions: Sequence[Revision]) -> dict[str, str | None] | None:
    """Return that an activity was cancelled or retracted, and why; None if it was not."""
    last = revisions[-1]
    said = _GONE.get(last.status)
    if said is None:
        return None
    topic = f"activity.{last.status}"
    why = next((each.reason for each in reversed(revisions) if each.topic == topic), None)
    return {"what": reader.words.say(said), "reason": why}


def _entry(reader: Reader, entry: ShownEntry | None) -> dict[str, Any] | None:
    """Return an activity as calendars show it; None where they do not."""
    if entry is None:
        return None
    return {"title": entry.title, "when": shown.entry_when(reader, entry)}


def _proof(
    reader: Reader, path: str, revisions: Sequence[Revision]
) -> dict[str, str | None] | None:
    """Return the links to an activity's proof, for our small programs and for others'."""
    if not reader.log.covers(revisions[0].position):
        return None
    is_whole = reader.log.may_prove(revisions)
    if not is_whole and not reader.log.covers(revisions[-1].position):
        return None
    return {
        "ours": reader.file(f"{path}/proof.json") if is_whole else None,
        "others": reader.file(f"{path}/proof.txt"),
    }
