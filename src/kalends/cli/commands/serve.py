"""`kalends serve`: answer over HTTP from the log as it is now."""

from typing import Any

from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, pass_context, settings_folder
from kalends.cli.help import WholeRange
from kalends.cli.web_options import checked
from kalends.domain.errors import N_, NoWebError


@command(kind="asks", help=N_("Serve pages, feeds and proofs over HTTP until you stop it."))
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
def serve(context: Context, /, host: str, port: int, workers: int, **given: Any) -> None:
    """Serve the workspace until somebody stops it."""
    try:
        from kalends.web import server  # noqa: PLC0415 - slow to load, and an extra
        from kalends.web.options import WebOptions  # noqa: PLC0415
    except ImportError as error:
        if (error.name or "kalends").startswith("kalends"):
            raise
        raise NoWebError from None
    workspace = context.workspace
    fields = checked(context, given)
    settings = workspace.service.campaign().settings
    options = WebOptions(
        folder=str(workspace.folder.root), settings=str(settings_folder()), **fields
    )
    workspace.close()
    listener = server.listen(host, port)
    if context.json:
        context.emit(
            {"url": listener.url, "host": host, "port": listener.port, "workers": workers}
        )
    else:
        template = N_("{title}: {url} — Ctrl+C stops it.")
        context.talk(template, title=settings.title, url=listener.url)
    server.run(options, listener, workers)
    if not context.json:
        context.talk(N_("Stopped."))
