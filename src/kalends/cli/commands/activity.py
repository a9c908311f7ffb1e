"""The commands that change one activity: held, move, cancel, reinstate, correct and others."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

import click

from kalends.application.recording import changing
from kalends.application.recording.changing import Changed
from kalends.application.recording.given import Correction
from kalends.application.recording.warnings import WarningMessage
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.options.reasons import with_reason
from kalends.cli.options.status import StatusChoice
from kalends.domain import activity
from kalends.domain.commands import (
    ActivityCommand,
    CancelActivity,
    ReinstateActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import CorrectedStatus
from kalends.domain.errors import N_, UsageError
from kalends.domain.events import Entry
from kalends.presentation import change_text

_reason = option(
    "--reason", metavar="TEXT", default="", help=N_("The reason; it is kept for ever.")
)
_id = click.argument("activity", metavar="ID")
_OPTIONS = {"tags": "tag", "links": "link"}  # the option's word for a field, where the two differ


@command(kind="writes", help=N_("Mark a planned activity as held."))
@_id
@pass_context
def held(context: Context, activity: str) -> None:
    """Planned -> held."""
    _tell(context, changing.hold(context.workspace, activity))


@command(
    kind="writes", help=N_("Move a planned activity to another date or time: the plan changed.")
)
@_id
@option("--to", "phrase", metavar="PHRASE", required=True, help=N_("The new date, as words."))
@_reason
@pass_context
def move(context: Context, activity: str, phrase: str, reason: str) -> None:
    """Planned -> planned, at another time."""
    _tell_with_reason(
        context,
        reason,
        lambda reason: changing.move(context.workspace, activity, to=phrase, reason=reason),
    )


@command(kind="writes", help=N_("Cancel a planned activity."))
@_id
@_reason
@pass_context
def cancel(context: Context, activity: str, reason: str) -> None:
    """Planned -> cancelled."""
    _change(context, activity, CancelActivity, reason)


@command(kind="writes", help=N_("Put a cancelled activity back on the plan."))
@_id
@_reason
@pass_context
def reinstate(context: Context, activity: str, reason: str) -> None:
    """Cancelled -> planned."""
    _change(context, activity, ReinstateActivity, reason)


@command(
    kind="writes",
    help=N_(
        "Retract an activity that should never have been recorded. This is final; the record "
        "stays, with the reason."
    ),
)
@_id
@_reason
@pass_context
def retract(context: Context, activity: str, reason: str) -> None:
    """Any -> retracted."""
    _change(context, activity, RetractActivity, reason)


@command(
    kind="writes",
    help=N_(
        "Keep an activity out of public feeds. It is not secret: the journal still contains it."
    ),
)
@_id
@_reason
@pass_context
def withhold(context: Context, activity: str, reason: str) -> None:
    """Out of public feeds."""
    _change(context, activity, WithholdActivity, reason)


@command(kind="writes", help=N_("Make a withheld activity public again."))
@_id
@_reason
@pass_context
def release(context: Context, activity: str, reason: str) -> None:
    """Back in public feeds."""
    command = ReleaseActivity(reason=reason or None)
    _tell(context, changing.change(context.workspace, activity, command))


@command(
    kind="writes",
    help=N_(
        "Correct a wrong record. Everything you do not give stays; the old values stay in the "
        "history, with the reason. For a changed plan use `kalends move`."
    ),
)
@_id
@option("--title", metavar="TEXT", help=N_("What happened."))
@option("--when", metavar="PHRASE", help=N_("The date, as words."))
@option(
    "--dept",
    multiple=True,
    metavar="NAME[:ROLE]",
    help=N_("The new list of departments. Repeatable."),
)
@option("--place", metavar="TEXT", help=N_("Where."))
@option("--tag", multiple=True, metavar="WORD", help=N_("The new list of tags. Repeatable."))
@option("--description", metavar="TEXT", help=N_("More about it."))
@option("--headcount", type=int, metavar="N", help=N_("How many people took part."))
@option("--link", multiple=True, metavar="URL", help=N_("The new list of links. Repeatable."))
@option(
    "--status",
    type=StatusChoice(get_args(CorrectedStatus)),
    help=N_("The status, if it was recorded wrongly."),
)
@option(
    "--clear",
    multiple=True,
    type=click.Choice(activity.CLEARABLE),
    help=N_("Empty a field. Repeatable."),
)
@_reason
@pass_context
def correct(context: Context, /, activity: str, reason: str, **given: Any) -> None:
    """Any -> the same, with other details."""
    for field in given["clear"]:
        option = _OPTIONS.get(field, field)
        if given.get(option) not in {None, ()}:
            raise UsageError(detail=f"--clear {field} --{option}")
    correction = Correction(**given)
    _tell_with_reason(
        context,
        reason,
        lambda reason: changing.correct(context.workspace, activity, correction, reason=reason),
    )


def _change(
    context: Context, text: str, command: Callable[..., ActivityCommand], reason: str
) -> None:
    """Change an activity and print what was done."""
    _tell_with_reason(
        context,
        reason,
        lambda reason: changing.change(context.workspace, text, command(reason=reason)),
    )


def _tell_with_reason(context: Context, reason: str, change: Callable[[str], Changed]) -> None:
    _tell(context, with_reason(context, reason, change))


def _tell(context: Context, changed: Changed) -> None:
    """Print what was changed, or that there was nothing to do."""
    if context.json:
        tell_json(context, changed.id, changed.entries, changed.warnings)
    else:
        said = change_text.changed(
            context.words, changed.entries, changed.ref, changed.details, changed.roster,
            dry_run=context.dry_run,
        )  # fmt: skip
        lines([said])
    context.warn(changed.warnings)


def tell_json(
    context: Context,
    activity_id: str,
    entries: Sequence[Entry],
    beside: Iterable[WarningMessage | None],
) -> None:
    """Print the activity as it now stands as JSON; in a dry run, the events it would append.

    `beside` are warnings.
    """
    from kalends.application.queries import change_documents  # noqa: PLC0415 - for programs

    notes = context.warning_texts(beside)
    context.emit(change_documents.changed(context.workspace, activity_id, entries, notes))
