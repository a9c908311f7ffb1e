"""`kalends serve`: answer over HTTP from the log as it is now."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kalends.cli.command_classes import PATH, command, option
from kalends.cli.context import Context, pass_context
from kalends.cli.environment import settings_folder
from kalends.cli.help import WholeRange
from kalends.cli.options.web import checked, checked_options
from kalends.domain.errors import N_, NoWebError
from kalends.domain.errors.base import needs_extra

if TYPE_CHECKING:
    from kalends.application.workspaces.campaign_folders import NamedCampaign
    from kalends.web.operations.options import WebOptions
    from kalends.web.server import Listener


@command(
    in_folder=True,
    kind="asks",
    help=N_("Serve pages, feeds and proofs over HTTP until you stop it."),
)
@click.argument("folders", metavar="[DIR]…", nargs=-1)
@option(
    "--campaigns",
    "listing",
    metavar="FILE",
    type=PATH,
    help=N_("Serve the campaigns of this list too, which PostgreSQL servers keep."),
)
@option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    help=N_("Where to listen: 127.0.0.1 is this machine alone, 0.0.0.0 all its addresses."),
)
@option(
    "--port",
    metavar="NUMBER",
    type=WholeRange(0, 65_535),
    default=8_000,
    help=N_("The port; 0 takes one that is free."),
)
@option(
    "--workers",
    metavar="NUMBER",
    type=WholeRange(1, 64),
    default=1,
    help=N_("How many processes answer."),
)
@option(
    "--public-url",
    metavar="URL",
    help=N_("The address that people use. Without it the campaign's site."),
)
@option(
    "--public-log",
    count=True,
    help=N_("Publish the journal's lines too; twice, even while activities are withheld."),
)
@option(
    "--trust-proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    help=N_("Believe what this proxy says about who asks. Repeatable."),
)
@option(
    "--rate",
    metavar="NUMBER",
    type=WholeRange(0),
    default=600,
    help=N_("How many requests a minute one address may make; 0 is any number."),
)
@pass_context
def serve(
    context: Context,
    /,
    folders: Sequence[str],
    listing: Path | None,
    host: str,
    port: int,
    workers: int,
    **given: Any,
) -> None:
    """Serve the workspace, or several, until somebody stops it."""
    with needs_extra(NoWebError):
        from kalends.web import server  # noqa: PLC0415 - slow to load, and an extra
        from kalends.web.operations.options import WebOptions  # noqa: PLC0415
    from kalends.application.workspaces import campaign_folders  # noqa: PLC0415 - help needs none of it

    alone = None if listing else campaign_folders.alone(context.directory, folders)
    if alone is not None:
        context.directory = alone
    campaigns: list[NamedCampaign] = []
    if listing or (folders and alone is None):
        campaigns = campaign_folders.named(context.directory, folders)
        if listing:
            from kalends.application.workspaces.campaign_list import listed  # noqa: PLC0415 - see above

            campaigns += listed(context.directory / listing)
            campaign_folders.check_names(campaigns)
        options, title = _several(WebOptions, campaigns, checked_options(given)), ""
    else:
        options, title = _options_of_one_folder(context, WebOptions, given)
    listener = server.listen(host, port)
    _say(context, listener, workers, title, campaigns)
    server.run(options, listener, workers)
    if not context.json:
        context.talk(N_("Stopped."))


def _options_of_one_folder(
    context: Context, made: "type[WebOptions]", given: dict[str, Any]
) -> "tuple[WebOptions, str]":
    """Return the options for the workspace alone, and its title."""
    workspace = context.workspace
    fields = checked(context, given)
    settings = workspace.service.campaign().settings
    folder = str(workspace.folder.root)
    workspace.close()
    return made(folder=folder, settings=str(settings_folder()), **fields), settings.title


def _several(
    made: "type[WebOptions]", campaigns: "Sequence[NamedCampaign]", fields: dict[str, Any]
) -> "WebOptions":
    """Return the options for several campaigns, which are opened when somebody asks for them."""
    folders = tuple((each.name, str(each.folder)) for each in campaigns)
    sites = tuple((each.name, each.site) for each in campaigns if each.site)
    settings = str(settings_folder())
    return made(folder="", settings=settings, campaigns=folders, sites=sites, **fields)


def _say(
    context: Context,
    listener: "Listener",
    workers: int,
    title: str,
    campaigns: "Sequence[NamedCampaign]",
) -> None:
    """Say at which address it is."""
    if context.json:
        several = [
            {
                "name": each.name,
                "folder": str(each.folder),
                "url": f"{each.site or f'{listener.url}c/{each.name}'}/",
            }
            for each in campaigns
        ]
        answer = {"url": listener.url, "host": listener.host, "port": listener.port}
        more = {"campaigns": several} if campaigns else {}
        context.emit({**answer, "workers": workers, **more})
        return
    stops = N_("{title}: {url} — Ctrl+C stops it.")
    if campaigns:
        count = len(campaigns)
        title = context.words.plural("{count} campaign", "{count} campaigns", count)
    context.talk(stops, title=title, url=listener.url)
