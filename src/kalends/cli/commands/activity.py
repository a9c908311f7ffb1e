"""The acts on one activity: held, move, cancel, reinstate, correct, retract, withhold, release."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from kalends.application import notes
from kalends.application.known_at import date_context
from kalends.application.notes import Note
from kalends.cli.command_classes import option, verb
from kalends.cli.context import Call, pass_call
from kalends.dates.reader import Context, read
from kalends.domain import activity
from kalends.domain.commands import (
    ActivityCommand,
    CancelActivity,
    CorrectActivity,
    HoldActivity,
    MoveActivity,
    ReinstateActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Details
from kalends.domain.errors import N_, UsageError
from kalends.domain.events import Entry, activity_stream
from kalends.domain.when import When
from kalends.intake.roles import participations
from kalends.presentation import json_shapes, texts

_reason = option("--reason", metavar="TEXT", default="", help=N_("Why; it is kept for ever."))
_id = click.argument("activity", metavar="ID")
_OPTIONS = {"tags": "tag", "links": "link"}  # of what can be cleared, where they differ
_NOTHING = N_("Nothing to do: {ref} already is so.")


@verb(kind="writes", help=N_("Say that a planned activity took place."))
@_id
@pass_call
def held(call: Call, activity: str) -> None:
    """Planned -> held."""
    done = N_("√ held {ref}: {what}")
    _change(call, activity, HoldActivity(), done, lambda *date: [notes.to_come(*date)])


@verb(kind="writes", help=N_("Give a planned activity another time: the plan changed."))
@_id
@option("--to", "phrase", metavar="PHRASE", required=True, help=N_("The new date, as words."))
@_reason
@pass_call
def move(call: Call, activity: str, phrase: str, reason: str) -> None:
    """Planned -> planned, at another time."""
    command = MoveActivity(when=read(phrase, date_context(call.desk)).when, reason=reason)
    _change(call, activity, command, N_("√ moved {ref}: {what}"), notes.of_date)


@verb(kind="writes", help=N_("Say that a planned activity will not take place."))
@_id
@_reason
@pass_call
def cancel(call: Call, activity: str, reason: str) -> None:
    """Planned -> cancelled."""
    _change(call, activity, CancelActivity(reason=reason), N_("√ cancelled {ref}: {what}"))


@verb(kind="writes", help=N_("Say that a cancelled activity will take place after all."))
@_id
@_reason
@pass_call
def reinstate(call: Call, activity: str, reason: str) -> None:
    """Cancelled -> planned."""
    _change(call, activity, ReinstateActivity(reason=reason), N_("√ reinstated {ref}: {what}"))


@verb(
    kind="writes",
    help=N_(
        "Say that an activity should never have been recorded. It is final; the record stays, "
        "with the reason."
    ),
)
@_id
@_reason
@pass_call
def retract(call: Call, activity: str, reason: str) -> None:
    """Any -> retracted."""
    _change(call, activity, RetractActivity(reason=reason), N_("√ retracted {ref}: {what}"))


@verb(
    kind="writes",
    help=N_("Keep an activity out of public feeds. It is not secret: the journal holds it still."),
)
@_id
@_reason
@pass_call
def withhold(call: Call, activity: str, reason: str) -> None:
    """Out of public feeds."""
    _change(call, activity, WithholdActivity(reason=reason), N_("√ withheld {ref}: {what}"))


@verb(kind="writes", help=N_("Let a withheld activity be public again."))
@_id
@_reason
@pass_call
def release(call: Call, activity: str, reason: str) -> None:
    """Back in public feeds."""
    command = ReleaseActivity(reason=reason or None)
    _change(call, activity, command, N_("√ released {ref}: {what}"))


@verb(
    kind="writes",
    help=N_(
        "Put a wrong record right. What is not given stays as it is; the old values stay in the "
        "history, with the reason. For a changed plan use `kalends move`."
    ),
)
@_id
@option("--title", metavar="TEXT", help=N_("What happened."))
@option("--when", metavar="PHRASE", help=N_("The date, as words."))
@option(
    "--dept", multiple=True, metavar="NAME[:ROLE]", help=N_("All departments, anew. Repeatable.")
)
@option("--place", metavar="TEXT", help=N_("Where."))
@option("--tag", multiple=True, metavar="WORD", help=N_("All tags, anew. Repeatable."))
@option("--description", metavar="TEXT", help=N_("More about it."))
@option("--headcount", type=int, metavar="N", help=N_("How many people took part."))
@option("--link", multiple=True, metavar="URL", help=N_("All addresses, anew. Repeatable."))
@option(
    "--status",
    type=click.Choice(["planned", "held", "recorded", "cancelled"]),
    help=N_("What it is, where that was recorded wrongly."),
)
@option(
    "--clear",
    multiple=True,
    type=click.Choice(activity.CLEARABLE),
    help=N_("Empty a field. Repeatable."),
)
@_reason
@pass_call
def correct(call: Call, /, activity: str, reason: str, **given: Any) -> None:
    """Any -> the same, with other details."""
    for field in given["clear"]:
        option = _OPTIONS.get(field, field)
        if given.get(option) not in {None, ()}:
            raise UsageError(detail=f"--clear {field} --{option}")
    phrase, names, here = given.pop("when"), given.pop("dept"), date_context(call.desk)
    command = CorrectActivity(
        reason=reason,
        when=read(phrase, here).when if phrase is not None else None,
        departments=participations(call.desk.service.roster(), names) if names else None,
        tags=given.pop("tag") or None,
        links=given.pop("link") or None,
        clear=frozenset(given.pop("clear")),
        **given,
    )
    noted = notes.of_date if command.when else _nothing
    _change(call, activity, command, N_("√ corrected {ref}: {what}"), noted)


def _nothing(*_: object) -> list[Note]:
    return []


def _change(
    call: Call,
    text: str,
    command: ActivityCommand,
    done: str,
    noted: Callable[[When, Context], Sequence[Note | None]] = _nothing,
) -> None:
    """Change an activity and say so; `noted` is what is odd about its date if it changed."""
    service = call.desk.service
    target = service.find(text)
    entries = service.change(target, command)
    beside: Sequence[Note | None] = []
    if entries:
        beside = noted(_details(call, target, entries).when, date_context(call.desk))
    if call.json:
        tell_json(call, target, entries, beside)
    elif not entries:
        click.echo(call.say(_NOTHING, ref=service.ref(target)))
    else:
        wanted = N_("Would be recorded ({topic}): {what}")
        _tell(call, target, entries, wanted if call.dry_run else done)
    call.note(beside)


def _tell(call: Call, target: str, made: Sequence[Entry], done: str) -> None:
    """Tell the activity as it stands after these entries, were they appended or only decided."""
    service = call.desk.service
    what = texts.one_line(call.words, _details(call, target, made), service.roster())
    topic = call.say(made[-1].event.TOPIC.removeprefix("activity."))
    click.echo(call.say(done, ref=service.ref(target), what=what, topic=topic))


def _details(call: Call, target: str, made: Sequence[Entry] = ()) -> Details:
    """Return an activity as it stands, in a dry run after what was only decided."""
    stream = activity_stream(target)
    events: list[Any] = call.desk.log.stream(stream)
    if call.dry_run:
        events += [one.event for one in made if one.stream == stream]
    state = activity.fold(events)
    assert state is not None
    return state.details


def tell_json(
    call: Call, activity_id: str, entries: Sequence[Entry], beside: Iterable[Note | None]
) -> None:
    """Answer with the activity as it now stands; in a dry run with what would be appended.

    `beside` is what should be looked at.
    """
    from kalends.views import activities  # noqa: PLC0415 - only for programs
    from kalends.views import roster as rosters  # noqa: PLC0415

    if call.dry_run:
        events = [json_shapes.event(one) for one in entries]
        call.emit({"dry_run": True, "events": events, "notes": call.noted(beside)})
        return
    db, position = call.views, call.desk.log.position()
    revision = activities.current(db, activity_id, known_at=position)
    roster = rosters.roster(db, known_at=position)
    ref = call.desk.service.ref(activity_id)
    call.emit(
        {
            "activity": json_shapes.activity(revision, ref=ref, roster=roster),
            "position": revision.position,
            "changed": bool(entries),
            "notes": call.noted(beside),
        }
    )
