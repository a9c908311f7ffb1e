"""`kalends undo`: undo your last act, and print what stands now."""

from collections.abc import Iterator
from itertools import islice

from kalends.application.recording.undo import Undone
from kalends.application.recording.undo import undo as undo_act
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import N_
from kalends.domain.events import (
    CAMPAIGN,
    ROSTER,
    ActivityCancelled,
    ActivityCorrected,
    ActivityHeld,
    ActivityMoved,
    ActivityPlanned,
    ActivityRecorded,
    ActivityReinstated,
    ActivityReleased,
    ActivityWithheld,
    activity_id,
)
from kalends.presentation import texts
from kalends.words.topics import TOPIC_WORDS

_FINAL = N_("It is retracted, and that is final: undo does not bring it back.")
_ALL_FINAL = N_(
    "They are retracted, and that is final. "
    "`kalends add --from FILE --again` records the same lines anew."
)
_STANDS: dict[type, str] = {
    ActivityPlanned: _FINAL,
    ActivityRecorded: _FINAL,
    ActivityHeld: N_("It is planned again."),
    ActivityMoved: N_("It is planned for that time again."),
    ActivityCancelled: N_("It is planned again."),
    ActivityReinstated: N_("It is cancelled again."),
    ActivityCorrected: N_("It is as before the correction."),
    ActivityWithheld: N_("It is public again."),
    ActivityReleased: N_("It is withheld again."),
}
_LISTED = 10


@command(
    kind="writes",
    help=N_(
        "Undo your own last act with new events; repeat it to undo the act before. What was "
        "recorded or planned is retracted, everything else goes back to what it was. An import "
        "is a single act. An undo cannot be undone: repeat the act instead."
    ),
)
@option("--reason", metavar="TEXT", help=N_("The reason; it is kept for ever."))
@pass_context
def undo(context: Context, reason: str | None) -> None:
    """Append the events that reverse the last act of the same handle."""
    undone = undo_act(context.workspace, reason=reason or None)
    if context.json:
        _emit(context, undone)
    else:
        lines(_said(context, undone))


def _said(context: Context, undone: Undone) -> Iterator[str]:
    """Yield the lines that say what was undone and what stands now."""
    entries, first = undone.undone, undone.undone[0]
    done = N_("√ undone: {what}, position {position}")
    many = N_("√ undone: {what}, {count} events from position {first} to {position}")
    if context.dry_run:
        done = N_("Would be undone: {what}, position {position}")
        many = N_("Would be undone: {what}, {count} events from position {first} to {position}")
    yield context.say(
        done if len(entries) == 1 else many,
        what=context.say(TOPIC_WORDS[first.event.TOPIC]),
        first=first.position,
        position=entries[-1].position,
        count=len(entries),
    )
    if first.stream == CAMPAIGN:
        yield from _settings(context, undone)
    elif first.stream == ROSTER:
        yield from _departments(context, undone)
    else:
        yield from _activities(context, undone)


def _activities(context: Context, undone: Undone) -> Iterator[str]:
    for entry in islice(undone.undone, _LISTED):
        found = activity_id(entry.stream) or ""
        details = context.workspace.service.activity(found, undone.made).details
        ref = context.workspace.service.ref(found)
        yield f"  {ref}  {texts.one_line(context.words, details, undone.roster)}"
    yield from _more(context, undone)
    stands = _STANDS[type(undone.undone[-1].event)]
    if stands == _FINAL and len(undone.undone) > 1:
        stands = _ALL_FINAL
    yield "  " + context.say(stands)


def _departments(context: Context, undone: Undone) -> Iterator[str]:
    for code in undone.codes[:_LISTED]:
        stands = N_("{name} ({code}) is not on the roster any more.")
        if code not in undone.withdrawn:
            stands = N_("{name} ({code}) is as before: `kalends dept show {code}`.")
        yield "  " + context.say(stands, name=undone.roster.departments[code].name, code=code)
    yield from _more(context, undone)


def _settings(context: Context, undone: Undone) -> Iterator[str]:
    for field, now, before in undone.settings:
        template = N_("{field}: {now} again, not {before}")
        name = field.replace("_", " ")
        yield "  " + context.say(template, field=name, now=_value(now), before=_value(before))


def _value(value: object) -> str:
    """Return a setting as text; one with several parts, such as the period, as all of them."""
    parts = getattr(value, "__dataclass_fields__", None)
    if parts is None:
        return "–" if value is None else str(value)
    return " ".join(str(getattr(value, name)) for name in parts)


def _more(context: Context, undone: Undone) -> Iterator[str]:
    if len(undone.undone) > _LISTED:
        yield context.say(N_("  … and {count} more."), count=len(undone.undone) - _LISTED)


def _emit(context: Context, undone: Undone) -> None:
    from kalends.application.queries import change_documents  # noqa: PLC0415 - for programs

    context.emit(change_documents.undone(context.workspace, undone.undone, undone.made))
