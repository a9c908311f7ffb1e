"""`kalends publish`: bring journal, checkpoint and feeds up to date."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kalends.application import publish as publishing
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.environment import settings_folder
from kalends.cli.options.web import checked, public_log, public_url
from kalends.domain.errors import N_, NoWebError, UsageError
from kalends.domain.errors.base import needs_extra
from kalends.presentation.texts import STRAY_FILE
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.web.site.site_folder import SiteWrite


@command(
    in_folder=True,
    kind="writes",
    help=N_("Bring the journal and the feeds up to date; do nothing if nothing changed."),
)
@option(
    "--site",
    "folder",
    metavar="DIR",
    type=PATH,
    help=N_("Write the public pages too, as files in this folder, for any web server."),
)
@public_url
@public_log
@pass_context
def publish(context: Context, /, folder: Path | None, **given: Any) -> None:
    """Publish what is new."""
    workspace = context.workspace
    if folder is None and any(given.values()):
        raise UsageError(detail=Message("--public-url and --public-log need --site"))
    fields = {} if folder is None else checked(context, given)
    if context.dry_run:
        _say_what_would_be(context, None if folder is None else _site(context, folder, fields))
        return
    done = publishing.publish(workspace)
    site = None if folder is None else _site(context, folder, fields)
    if context.json:
        context.emit(
            {
                "position": done.position,
                "journal": done.journal,
                "checkpoint": done.checkpoint,
                "feeds": list(done.feeds),
                "stray": list(done.stray),
                **({} if site is None else {"site": site._asdict()}),
            }
        )
        return
    for name in done.stray:
        click.echo(f"! {context.say(STRAY_FILE, name=f'feeds/{name}')}", err=True)
    if not done.journal and not done.checkpoint and not done.feeds:
        template = N_("Nothing to do: everything is published up to position {position}.")
        lines([context.say(template, position=done.position)])
        _tell_site(context, site)
        return
    template = N_("√ published up to position {position} — files changed: {count}")
    changed = [
        *(["events/journal.jsonl"] if done.journal else []),
        *([f"events/checkpoints/{done.position}.txt"] if done.checkpoint else []),
        *(f"feeds/{name}" for name in done.feeds),
    ]
    lines([context.say(template, position=done.position, count=len(changed))])
    lines(f"  {name}" for name in changed)
    _tell_site(context, site)


def _say_what_would_be(context: Context, site: "SiteWrite | None") -> None:
    stands, position = context.workspace.published(), context.workspace.log.position()
    if context.json:
        found = {} if site is None else {"site": site._asdict()}
        context.emit({"dry_run": True, "published": stands, "position": position, **found})
        return
    template = N_("The feeds stand at position {published}, the log at {position}.")
    lines([context.say(template, published=stands, position=position)])
    if site is not None:
        template = N_(
            "The site would have {files} files — to write: {written}, to remove: {removed}"
        )
        lines([_counted(context, template, site)])


def _site(context: Context, folder: Path, fields: dict[str, Any]) -> "SiteWrite":
    """Write the pages as files, or say what would be written.

    Raises `NoWebError` and what `write_site` raises.
    """
    with needs_extra(NoWebError):
        from kalends.web.operations import fault_log  # noqa: PLC0415 - slow to load, and an extra
        from kalends.web.operations.options import WebOptions  # noqa: PLC0415
        from kalends.web.site.site import Site  # noqa: PLC0415
        from kalends.web.site.site_folder import planned, write_site  # noqa: PLC0415
    root, settings = context.workspace.folder.root, settings_folder()
    options = WebOptions(folder=str(root), settings=str(settings), **fields)
    site = Site(context.workspace, options, fault_log.report)
    return planned(folder, site) if context.dry_run else write_site(folder, site)


def _counted(context: Context, template: str, site: "SiteWrite") -> str:
    counts = {name: len(getattr(site, name)) for name in ("written", "removed")}
    return context.say(template, files=site.files, **counts)


def _tell_site(context: Context, site: "SiteWrite | None") -> None:
    if site is not None:
        template = N_("√ site: {files} files — written: {written}, removed: {removed}")
        lines([_counted(context, template, site)])
