"""`kalends publish`: journal, checkpoint and feeds brought up to date."""

from contextlib import closing, suppress
from typing import TYPE_CHECKING

import click

from kalends.cli.command_classes import command
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import N_, KalendsError
from kalends.feeds.manifest import read_manifest, strays

if TYPE_CHECKING:
    from kalends.audit.signer import Signer


from kalends.presentation.texts import STRAY_FILE


@command(
    kind="writes",
    help=N_("Bring the journal and the feeds up to date; nothing when nothing changed."),
)
@pass_context
def publish(context: Context) -> None:
    """Publish what is new."""
    from kalends.application.publish import publish as publish_all  # noqa: PLC0415 - the name is this one's

    workspace = context.workspace
    if context.dry_run:
        stands = workspace.published()
        if context.json:
            context.emit(
                {"dry_run": True, "published": stands, "position": workspace.log.position()}
            )
            return
        told = N_("The feeds stand at position {published}, the log at {position}.")
        click.echo(context.say(told, published=stands, position=workspace.log.position()))
        return
    with closing(workspace.components()) as components:
        done = publish_all(
            workspace.log,
            workspace.journal_sync,
            lambda: workspace.views,
            components,
            workspace.folder.feeds,
            signer=_signer(context),
        )
    stray = strays(workspace.folder.feeds, read_manifest(workspace.folder.feeds)[1])
    if context.json:
        context.emit(
            {
                "position": done.position,
                "journal": done.journal,
                "checkpoint": done.checkpoint,
                "feeds": list(done.feeds),
                "stray": stray,
            }
        )
        return
    for name in stray:
        click.echo(f"! {context.say(STRAY_FILE, name=f'feeds/{name}')}", err=True)
    if not done.journal and not done.checkpoint and not done.feeds:
        told = N_("Nothing to do: everything is published up to position {position}.")
        click.echo(context.say(told, position=done.position))
        return
    told = N_("√ published up to position {position} — files changed: {count}")
    changed = [
        *(["events/journal.jsonl"] if done.journal else []),
        *([f"events/checkpoints/{done.position}.txt"] if done.checkpoint else []),
        *(f"feeds/{one}" for one in done.feeds),
    ]
    click.echo(context.say(told, position=done.position, count=len(changed)))
    lines(f"  {one}" for one in changed)


def _signer(context: Context) -> "Signer | None":
    """Return who signs, or say that nobody does, unless all is signed already."""
    if context.workspace.folder.signs == "never":
        return None
    try:
        return context.workspace.signer
    except KalendsError as error:
        with suppress(KalendsError):
            if context.workspace.newest_checkpoint.size == context.workspace.log.position():
                return None
        context.unsigned(error)
        return None
