"""The campaign's settings, as the campaign office changes them: at `/record/settings`."""

from collections.abc import Mapping, Sequence
from typing import get_args

from kalends.application.recording.campaigns import GivenSettings, revise
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.campaign import FEED_FORMATS
from kalends.domain.campaign_settings import Language, Settings
from kalends.domain.errors import N_, ConflictError, FormRefusedError, KalendsError
from kalends.domain.events import CAMPAIGN, Entry
from kalends.domain.when import PARTS
from kalends.web.clerk.office_form import Refused, facts, for_office, sent
from kalends.web.clerk.visit import Visit
from kalends.web.http.answers import Answer

PATH = "/record/settings"
_SEEN, _ACTION = "seen_", "settings"
_LABELS = {
    "title": N_("Title"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "language": N_("Language of its calendars"),
    "zone": N_("Time zone"),
    "site": N_("Address of the site"),
    "feed_format": N_("Format of its calendars"),
    "night": N_("Night"),
    "morning": N_("Morning"),
    "noon": N_("Noon"),
    "afternoon": N_("Afternoon"),
    "evening": N_("Evening"),
}
_HOURS = N_("Hours that a calendar shows for {part}, as in 08:30-11:30")


@for_office
def settings(visit: Visit) -> Answer:
    """Show the settings, or change what a form of this page changed."""
    if visit.asked.method != "POST":
        return _page(visit)
    entries = sent(visit, _revised)
    if isinstance(entries, Refused):
        return _page(visit, entries)
    return visit.sent_to(PATH, words=[("done" if entries else "same", "1")])


def resumed(visit: Visit, fields: Mapping[str, str], error: KalendsError) -> Answer:
    """Return the page with what the office had written when its session ended."""
    return _page(visit, Refused(_ACTION, fields, error))


def _revised(workspace: Workspace, form: Mapping[str, str]) -> Sequence[Entry]:
    """Change what differs from what the page showed; raises `ConflictError`, and as `revise`.

    What somebody else has changed meanwhile is not put back.
    """
    stands = _standing(workspace.service.campaign().settings)
    wanted = {
        name: form[name].strip()
        for name in stands
        if name in form and form[name].strip() != form.get(_SEEN + name, stands[name])
    }
    if any(stands[name] != form.get(_SEEN + name, stands[name]) for name in wanted):
        version = len(workspace.log.stream(CAMPAIGN))
        raise ConflictError(expected=version - 1, found=version)
    number, language = wanted.pop("feed_format", None), wanted.get("language", "en")
    if number not in {None, *map(str, FEED_FORMATS)} or language not in get_args(Language):
        raise FormRefusedError
    hours = tuple(f"{part}={wanted.pop(part)}" for part in PARTS if part in wanted)
    given = GivenSettings(
        hours=hours,
        feed_format=None if number is None else int(number),
        **wanted,  # type: ignore[arg-type]  # of this form, checked by the domain
    )
    return revise(workspace, given, reason=form.get("reason", "").strip() or None).entries


def _page(visit: Visit, refused: Refused | None = None) -> Answer:
    say = visit.reader.words.say
    stands = _standing(visit.workspace.service.campaign().settings)
    since = []
    if refused is not None and isinstance(refused.error, ConflictError):
        since = [
            (say(_LABELS[name]), text or "–")
            for name, text in stands.items()
            if refused.fields.get(_SEEN + name, text) != text
        ]
        refused = Refused(_ACTION, _renewed(refused.fields, stands), refused.error)
    typed = {} if refused is None or since else refused.fields
    shown = {
        **facts(visit, refused),
        "standing": stands,
        # What somebody saw who has not sent it yet; after a conflict, what they see now.
        "seen": [(name, typed.get(_SEEN + name, text)) for name, text in stands.items()],
        "since": since,
        "parts": [(part, say(_HOURS, part=say(_LABELS[part]))) for part in PARTS],
        "formats": [(str(number), str(number)) for number in FEED_FORMATS],
    }
    title = say(N_("Settings of the campaign"))
    error = None if refused is None else refused.error
    return visit.page("office_settings.html", title, shown, error=error, path=PATH)


def _renewed(fields: Mapping[str, str], stands: Mapping[str, str]) -> Mapping[str, str]:
    """Return what somebody has typed; what they left as it was is as it stands now."""
    return {
        name: text
        for name, text in fields.items()
        if name not in stands or text.strip() != fields.get(_SEEN + name)
    }


def _standing(found: Settings) -> dict[str, str]:
    """Return what the fields hold before anything is typed."""
    period = found.period
    return {
        "title": found.title,
        "first": "" if period is None else period.first_day.isoformat(),
        "last": "" if period is None else period.last_day.isoformat(),
        "language": found.language,
        "zone": found.zone,
        "site": found.site or "",
        "feed_format": str(found.feed_format),
        **{part: getattr(found.office_hours, part) for part in PARTS},
    }
