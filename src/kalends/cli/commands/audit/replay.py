"""`kalends audit replay`: rebuild views and feeds from the events and compare."""

from typing import TYPE_CHECKING

import click

from kalends.application.proof import proofs
from kalends.cli.command_classes import command, option
from kalends.cli.commands.audit import verify_report
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import (
    N_,
    DepartsError,
    KalendsError,
    StrayFilesError,
    UnfinishedError,
)
from kalends.presentation.error_answers import exit_code
from kalends.presentation.texts import STRAY_FILE

if TYPE_CHECKING:
    from kalends.application.proof.proofs import Replayed


@command(
    "replay",
    in_folder=True,
    kind="asks",
    help=N_(
        "Rebuild every view and feed from the events alone and compare them with the current ones."
    ),
)
@option(
    "--deep",
    is_flag=True,
    help=N_("Also compare the tree's nodes, and rebuild each feed separately."),
)
@pass_context
def replay(context: Context, *, deep: bool) -> None:
    """Replay the log."""
    workspace = context.workspace
    done = proofs.replay(workspace, deep=deep)
    error: KalendsError | None = None
    if done.wrong:
        error = DepartsError(count=done.wrong)
        if all(map(proofs.is_stray, done.differences)):
            error.hint = StrayFilesError.hint  # type: ignore[misc]  # a hint of this case alone
    elif not done.finished:
        error = UnfinishedError(position=workspace.published())
    if context.json:
        differences = [difference._asdict() for difference in done.differences]
        context.emit({**done._asdict(), "ok": error is None, "differences": differences})
        if error is not None:
            raise click.exceptions.Exit(exit_code(error))
        return
    _tell_replayed(context, done)
    if error is not None:
        raise error


def _tell_replayed(context: Context, done: "Replayed") -> None:
    said = N_("{position} events replayed; rows compared: {rows}, files: {files}")
    fields = {"position": done.position, "rows": done.rows, "files": done.files}
    lines([context.say(said, **fields)])
    for difference in done.differences:
        if proofs.is_stray(difference):
            lines([f"× {context.say(STRAY_FILE, name=difference.place)}"])
            continue
        where = difference.where
        if difference.place.startswith("feeds/"):
            where = context.say(N_("line {line}"), line=where)
        lines([f"× {difference.place}  {where}"])
        lines(verify_report.compared(context, difference.expected, difference.found))
    if not done.wrong:
        lines([context.say(N_("√ everything matches the events"))])
