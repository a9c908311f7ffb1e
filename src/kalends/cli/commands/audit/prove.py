"""`kalends audit prove` and `check`: prove that one activity's events are in the log."""

from pathlib import Path

import click

from kalends.application.proof import proofs
from kalends.application.proof.verification import check_proof, encoded, recorded_words
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.commands.audit.keys import key_option, keys_of
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.terminal.output import exact
from kalends.domain.errors import (
    N_,
)


@command(
    "prove",
    help=N_("Write a proof that an activity's events are in the log, for anyone to check."),
)
@click.argument("activity", metavar="ID")
@option(
    "-o",
    "--output",
    type=PATH,
    metavar="FILE",
    help=N_("The file to write; by default the screen."),
)
@pass_context
def prove(context: Context, activity: str, *, output: Path | None) -> None:
    """Write a proof."""
    proof = proofs.prove(context.workspace, activity, known_at=context.as_known)
    if output is None:
        exact(proof.text.encode())
    else:
        proofs.save(proof, output)
        done = N_("√ {name}: events proved: {count}, in the log of {size}")
        said = context.say(done, name=output, count=proof.covered, size=proof.size)
        click.echo(said, err=context.json)
    if proof.newer:
        left = N_("! No checkpoint covers the newer events yet: {count}.")
        context.talk(left, count=proof.newer)


@command(
    "check",
    kind="asks",
    help=N_("Check a proof; you only need the file and the public key."),
)
@click.argument("file", metavar="FILE", type=PATH)
@key_option
@pass_context
def check(context: Context, file: Path, *, keys: tuple[str, ...]) -> None:
    """Check a proof."""
    shown = check_proof(file, keys_of(context, keys))
    checkpoint = shown.checkpoint
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
        document = {
            "activity": shown.activity,
            "size": checkpoint.size,
            "root": encoded(checkpoint.root),
        }
        context.emit({**document, "origin": checkpoint.origin, "events": events})
        return
    told_words = N_("√ proved: {activity}, events: {count}, in the log of {size}, {origin}")
    lines(
        [
            context.say(
                told_words,
                count=len(shown.events),
                activity=shown.activity,
                size=checkpoint.size,
                origin=checkpoint.origin,
            ),
            *(
                "  ".join([f"  {row.position:>6}", row.topic, *recorded_words(row)])
                for row in shown.events
            ),
            context.say(N_("This file does not prove that there were no later events.")),
        ]
    )
