"""`kalends publish`, and `kalends feed`: what subscribers get."""

from contextlib import closing, suppress
from typing import TYPE_CHECKING

import click

from kalends.cli import printing
from kalends.cli.call import Call, lines, pass_call
from kalends.cli.output import exact
from kalends.cli.verbs import Verbs, option, verb
from kalends.domain.errors import N_, IntegrityError, KalendsError, UnfinishedError, UsageError
from kalends.feeds.calendar import address
from kalends.feeds.feed import entry_bytes, feed_bytes, made
from kalends.feeds.manifest import read_manifest, strays
from kalends.feeds.selection import feeds
from kalends.presentation.errors import exit_code
from kalends.views import activities
from kalends.views.roster import campaign
from kalends.words import Message

if TYPE_CHECKING:
    from kalends.audit.signer import Signer


@verb(
    kind="writes",
    help=N_("Bring the journal and the feeds up to date; nothing when nothing changed."),
)
@pass_call
def publish(call: Call) -> None:
    """Publish what is new."""
    from kalends.application.publish import publish as publish_all  # noqa: PLC0415 - the name is this one's

    desk = call.desk
    if call.dry_run:
        stands = desk.published()
        if call.json:
            call.emit({"dry_run": True, "published": stands, "position": desk.log.position()})
            return
        told = N_("The feeds stand at position {published}, the log at {position}.")
        click.echo(call.say(told, published=stands, position=desk.log.position()))
        return
    with closing(desk.components()) as components:
        done = publish_all(
            desk.log,
            desk.keeping,
            lambda: desk.views,
            components,
            desk.workspace.feeds,
            signer=_signer(call),
        )
    stray = strays(desk.workspace.feeds, read_manifest(desk.workspace.feeds)[1])
    if call.json:
        call.emit(
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
        click.echo(f"! {call.say(STRAY, name=f'feeds/{name}')}", err=True)
    if not done.journal and not done.checkpoint and not done.feeds:
        told = N_("Nothing to do: everything is published up to position {position}.")
        click.echo(call.say(told, position=done.position))
        return
    told = N_("√ published up to position {position} — files changed: {count}")
    changed = [
        *(["events/journal.jsonl"] if done.journal else []),
        *([f"events/checkpoints/{done.position}.txt"] if done.checkpoint else []),
        *(f"feeds/{one}" for one in done.feeds),
    ]
    click.echo(call.say(told, position=done.position, count=len(changed)))
    lines(f"  {one}" for one in changed)


def _signer(call: Call) -> "Signer | None":
    """Return who signs, or say that nobody does, unless all is signed already."""
    from kalends.application.saved_files import newest  # noqa: PLC0415 - only to publish

    if call.desk.workspace.signs == "never":
        return None
    try:
        return call.desk.signer
    except KalendsError as error:
        with suppress(KalendsError):
            if newest(call.desk).size == call.desk.log.position():
                return None
        call.unsigned(error)
        return None


@verb("ls", help=N_("List the feeds, with how many activities each holds."))
@pass_call
def ls(call: Call) -> None:
    """List the feeds as known."""
    db, known_at = call.views, call.as_known
    opened = campaign(db, known_at=known_at)
    site = None if opened is None else opened.settings.site
    with closing(call.desk.components()) as components:
        found = [  # not the octets, a megabyte a feed
            (one.feed, one.activities, None if site is None else address(site, one.feed.name))
            for feed in feeds(db, known_at=known_at)
            for one in made(db, components, feed, known_at=known_at)
        ]
    if call.json:
        listed = [
            {"name": feed.name, "title": feed.title, "activities": activities, "url": url}
            for feed, activities, url in found
        ]
        call.emit({"known_at": known_at, "feeds": listed})
        return
    rows = [[feed.name, f"{activities:>5}", feed.title] for feed, activities, _ in found]
    if site is None:
        shown = printing.listed([[*row[:-1], "", row[-1]] for row in rows], printing.width())
        lines(line for block in shown for line in block)
        return
    # An address is to be copied: it is never cut.
    urls = [url or "" for *_, url in found]
    lines(printing.aligned([[*row, url] for row, url in zip(rows, urls, strict=True)], None))


@verb("show", help=N_("Print a feed's bytes, as they are or as they were with --known-at."))
@click.argument("name", required=False)
@option("--only", metavar="ID", help=N_("One activity alone, for calendars that take no more."))
@pass_call
def show(call: Call, name: str | None, only: str | None) -> None:
    """Print the bytes of a feed, or of one activity alone."""
    if (name is None) == (only is None):
        raise UsageError(detail=Message("either a feed's name or --only ID"))
    db, known_at = call.views, call.as_known
    name = None if name is None else name.removesuffix(".ics")
    if only is not None:
        only = activities.resolve(db, only, known_at=known_at)
        found = entry_bytes(db, only, known_at=known_at)
    else:
        with closing(call.desk.components()) as components:
            found = feed_bytes(db, components, name or "", known_at=known_at)
    if call.json:
        call.emit({"known_at": known_at, "feed": name, "id": only, "ics": found.decode("utf-8")})
        return
    exact(found)


@verb(
    "explain",
    help=N_("Say in words what each subscriber's calendar shows of an activity, and why."),
)
@click.argument("activity", metavar="ID")
@pass_call
def explain(call: Call, activity: str) -> None:
    """Explain an activity's place in the feeds."""
    from kalends.feeds.explain import explain as explained  # noqa: PLC0415 - the name is this one's

    db, known_at = call.views, call.as_known
    target = activities.resolve(db, activity, known_at=known_at)
    with closing(call.desk.components()) as components:
        told = explained(db, components, target, known_at=known_at)
    said = [call.say(template, **facts) for template, facts in told]
    if call.json:
        call.emit({"known_at": known_at, "id": target, "explanation": said})
        return
    lines(said)


@verb(
    "check", kind="asks", help=N_("Compare the published files with what the log says they are.")
)
@pass_call
def check(call: Call) -> None:
    """Compare what is published with the log, and read it as a calendar would."""
    from kalends.application.publish import alone, lock_of  # noqa: PLC0415 - only to check
    from kalends.feeds.check import check as checked  # noqa: PLC0415 - the name is this one's

    desk = call.desk
    desk.check_signed()
    found = checked(lambda: desk.views, desk.workspace.feeds, lambda: alone(lock_of(desk.keeping)))
    wrong = found.wrong + found.stray
    if call.json:
        call.emit(
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
        told = N_("{count} feeds checked at position {position}.")
        click.echo(call.say(told, count=found.files, position=found.position))
        lines(call.say(N_("× {name} is missing"), name=one) for one in found.missing)
        lines(
            call.say(N_("× {name} differs from what the log says"), name=one)
            for one in found.differ
        )
        lines(
            call.say(N_("× {name} cannot be read as a calendar"), name=one)
            for one in found.unreadable
        )
        lines(f"× {call.say(STRAY, name=one)}" for one in found.stray)
    if wrong:
        raise click.exceptions.Exit(exit_code(IntegrityError(detail=wrong)))
    if not found.finished:
        error = UnfinishedError(position=found.position)
        if call.json:
            raise click.exceptions.Exit(exit_code(error))
        raise error


# Of a file among the published ones that no feed has written.
STRAY = N_("{name}: no feed of this campaign has written it; move it to another folder")

LAZY = {
    "ls": ("feeds:ls", N_("List the feeds.")),
    "show": ("feeds:show", N_("Print a feed's bytes.")),
    "explain": ("feeds:explain", N_("Say what subscribers see of an activity, and why.")),
    "check": ("feeds:check", N_("Compare the published files with the log.")),
}
feed = Verbs("feed", lazy=LAZY, help=N_("List, show, explain and check feeds."))
