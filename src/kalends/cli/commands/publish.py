"""`kalends publish`: bring journal, checkpoint and feeds up to date."""

import click

from kalends.application import publish as publishing
from kalends.cli.command_classes import command
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import N_
from kalends.presentation.texts import STRAY_FILE


@command(
    kind="writes",
    help=N_("Bring the journal and the feeds up to date; do nothing if nothing changed."),
)
@pass_context
def publish(context: Context) -> None:
    """Publish what is new."""
    workspace = context.workspace
    if context.dry_run:
        stands = workspace.published()
        if context.json:
            context.emit(
                {"dry_run": True, "published": stands, "position": workspace.log.position()}
            )
            return
        template = N_("The feeds stand at position {published}, the log at {position}.")
        lines([context.say(template, published=stands, position=workspace.log.position())])
        return
    done = publishing.publish(workspace)
    if context.json:
        context.emit(
            {
                "position": done.position,
                "journal": done.journal,
                "checkpoint": done.checkpoint,
                "feeds": list(done.feeds),
                "stray": list(done.stray),
            }
        )
        return
    for name in done.stray:
        click.echo(f"! {context.say(STRAY_FILE, name=f'feeds/{name}')}", err=True)
    if not done.journal and not done.checkpoint and not done.feeds:
        template = N_("Nothing to do: everything is published up to position {position}.")
        lines([context.say(template, position=done.position)])
        return
    template = N_("√ published up to position {position} — files changed: {count}")
    changed = [
        *(["events/journal.jsonl"] if done.journal else []),
        *([f"events/checkpoints/{done.position}.txt"] if done.checkpoint else []),
        *(f"feeds/{name}" for name in done.feeds),
    ]
    lines([context.say(template, position=done.position, count=len(changed))])
    lines(f"  {name}" for name in changed)
