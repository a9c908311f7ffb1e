"""`kalends feed`: list, show, explain and check the feeds that people subscribe to."""

import click

from kalends.application.readers import feed_contents
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.terminal import printing
from kalends.cli.terminal.output import exact
from kalends.domain.errors import N_, IntegrityError, UnfinishedError, UsageError
from kalends.presentation.error_answers import exit_code
from kalends.presentation.texts import STRAY_FILE
from kalends.words import Message


@command("ls", help=N_("List the feeds, with how many activities each holds."))
@pass_context
def ls(context: Context) -> None:
    """List the feeds as known at `--known-at`."""
    known_at = context.as_known
    found = feed_contents.listed(context.workspace, known_at=known_at)
    if context.json:
        context.emit({"known_at": known_at, "feeds": [feed._asdict() for feed in found]})
        return
    rows = [[feed.name, f"{feed.activities:>5}", feed.title] for feed in found]
    if all(feed.url is None for feed in found):
        shown = printing.listed([[*row[:-1], "", row[-1]] for row in rows], printing.width())
        lines(line for block in shown for line in block)
        return
    # You copy addresses, so they are never cut off.
    urls = [feed.url or "" for feed in found]
    lines(printing.aligned([[*row, url] for row, url in zip(rows, urls, strict=True)], None))


@command("show", help=N_("Print a feed's bytes, as they are or as they were with --known-at."))
@click.argument("name", required=False)
@option("--only", metavar="ID", help=N_("A single activity, for calendars that import only one."))
@pass_context
def show(context: Context, name: str | None, only: str | None) -> None:
    """Print the bytes of a feed, or of one activity alone."""
    if (name is None) == (only is None):
        raise UsageError(detail=Message("either a feed's name or --only ID"))
    known_at = context.as_known
    name = None if name is None else name.removesuffix(".ics")
    if only is not None:
        only, found = feed_contents.only_entry(context.workspace, only, known_at=known_at)
    else:
        found = feed_contents.feed(context.workspace, name or "", known_at=known_at)
    if context.json:
        context.emit(
            {"known_at": known_at, "feed": name, "id": only, "ics": found.decode("utf-8")}
        )
        return
    exact(found)


@command(
    "explain",
    help=N_("Explain what each subscriber's calendar shows of an activity, and why."),
)
@click.argument("activity", metavar="ID")
@pass_context
def explain(context: Context, activity: str) -> None:
    """Explain what the feeds show of an activity."""
    known_at = context.as_known
    found = feed_contents.explanation(context.workspace, activity, known_at=known_at)
    said = [context.say(template, **fields) for template, fields in found.statements]
    if context.json:
        context.emit({"known_at": known_at, "id": found.id, "explanation": said})
        return
    lines(said)


@command(
    "check",
    in_folder=True,
    kind="asks",
    help=N_("Compare the published files with what the log says they are."),
)
@pass_context
def check(context: Context) -> None:
    """Compare the published files with the log, and read them as a calendar program would."""
    from kalends.application.proof.signed_log import check_signed  # noqa: PLC0415
    from kalends.application.publish import check_feeds  # noqa: PLC0415 - only to check

    check_signed(context.workspace)
    found = check_feeds(context.workspace)
    wrong = found.wrong + found.stray
    if context.json:
        context.emit(
            {
                "ok": found.is_right,
                "finished": found.finished,
                "position": found.position,
                "files": found.files,
                "missing": list(found.missing),
                "differ": list(found.differ),
                "unreadable": list(found.unreadable),
                "stray": list(found.stray),
            }
        )
    else:
        template = N_("{count} feeds checked at position {position}.")
        lines([context.say(template, count=found.files, position=found.position)])
        lines(context.say(N_("× {name} is missing"), name=name) for name in found.missing)
        lines(
            context.say(N_("× {name} differs from what the log says"), name=name)
            for name in found.differ
        )
        lines(
            context.say(N_("× {name} cannot be read as a calendar"), name=name)
            for name in found.unreadable
        )
        lines(f"× {context.say(STRAY_FILE, name=name)}" for name in found.stray)
    if wrong:
        raise click.exceptions.Exit(exit_code(IntegrityError(detail=wrong)))
    if not found.finished:
        error = UnfinishedError(position=found.position)
        if context.json:
            raise click.exceptions.Exit(exit_code(error))
        raise error


LAZY = {
    "ls": ("feeds:ls", N_("List the feeds.")),
    "show": ("feeds:show", N_("Print a feed's bytes.")),
    "explain": ("feeds:explain", N_("Explain what subscribers see of an activity, and why.")),
    "secret": (
        "feed_secrets:secret",
        N_("Make and end addresses of feeds that hold withheld activities."),
    ),
    "check": ("feeds:check", N_("Compare the published files with the log.")),
}
feed = Group("feed", lazy=LAZY, help=N_("List, show, explain and check feeds."))
