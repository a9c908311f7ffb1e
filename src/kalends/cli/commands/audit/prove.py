"""`kalends audit prove` and `check`: one activity's events, shown to be in the log."""

from pathlib import Path

import click

from kalends.application.saved_files import octets_of
from kalends.audit.note import encoded
from kalends.audit.proof import check as proved_by
from kalends.audit.proof import prove as proof_of
from kalends.audit.signer import replace
from kalends.cli.command_classes import command, option
from kalends.cli.commands.audit.keys import key_option, keys_of
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.output import exact
from kalends.domain.errors import (
    N_,
    UnsignedError,
)
from kalends.domain.events import activity_stream
from kalends.views import activities
from kalends.words import Message

_PATH = click.Path(path_type=Path)


@command(
    "prove",
    help=N_(
        "Write the proof that the events of one activity are in the log, for anyone to check."
    ),
)
@click.argument("activity", metavar="ID")
@option("-o", "--output", type=_PATH, metavar="FILE", help=N_("Where to; else to the screen."))
@pass_context
def prove(context: Context, activity: str, *, output: Path | None) -> None:
    """Write a proof."""
    db, known_at = context.views, context.as_known
    target = activities.resolve(db, activity, known_at=known_at)
    one = context.workspace.newest_checkpoint
    # Of the log itself: what is kept beside it could leave an event out.
    story = [p for p in context.workspace.log.positions(activity_stream(target)) if p <= known_at]
    positions = [position for position in story if position <= one.size]
    if not positions:
        raise UnsignedError(detail=Message("no checkpoint covers this activity yet"))
    text = proof_of(db, context.workspace.log, one, target, positions)
    proved_by(
        text.encode(), context.workspace.trusted, one.origin
    )  # nothing is given away unchecked
    if output is None:
        exact(text.encode())
    else:
        replace(output, text.encode())
        told = N_("√ {name}: events proved: {count}, in the log of {size}")
        click.echo(
            context.say(told, name=output, count=len(positions), size=one.size), err=context.json
        )
    if len(positions) < len(story):
        told = N_("! No checkpoint covers yet what is newer; its further events: {count}.")
        context.talk(told, count=len(story) - len(positions))


@command(
    "check",
    kind="asks",
    help=N_("Check a proof; nothing is needed but the file and the public key."),
)
@click.argument("file", metavar="FILE", type=_PATH)
@key_option
@pass_context
def check(context: Context, file: Path, *, keys: tuple[str, ...]) -> None:
    """Check a proof."""
    shown = proved_by(octets_of(file), keys_of(context, keys), file.name)
    one = shown.checkpoint
    if context.json:
        events = [
            {
                "position": row.position,
                "stream": row.stream,
                "version": row.version,
                "topic": row.topic,
            }
            for row in shown.events
        ]
        told = {"activity": shown.activity, "size": one.size, "root": encoded(one.root)}
        context.emit({**told, "origin": one.origin, "events": events})
        return
    told_words = N_("√ proved: {activity}, events: {count}, in the log of {size}, {origin}")
    lines(
        [
            context.say(
                told_words,
                count=len(shown.events),
                activity=shown.activity,
                size=one.size,
                origin=one.origin,
            ),
            *(f"  {row.position:>6}  {row.topic}" for row in shown.events),
            context.say(N_("Not proved by this file: that there were no later ones.")),
        ]
    )
