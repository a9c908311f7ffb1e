"""`kalends campaign`: show and change the campaign's settings, and correct its clock."""

from collections.abc import Sequence
from typing import Any

import click

from kalends.application.recording import campaigns
from kalends.application.recording.campaigns import GivenSettings, revise
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.options.reasons import with_reason
from kalends.domain.campaign import FEED_FORMATS, Campaign
from kalends.domain.errors import N_, UsageError
from kalends.domain.events import Entry
from kalends.presentation import json_shapes
from kalends.words import Message

# The parts of the day, called as `--hours` calls them.
_PARTS = (N_("night"), N_("morning"), N_("noon"), N_("afternoon"), N_("evening"))


@command("show", kind="reads", help=N_("Show the campaign's settings."))
@pass_context
def show(context: Context) -> None:
    """Show the settings as known at `--known-at`."""
    known_at = context.as_known
    _tell(context, campaigns.campaign(context.workspace, known_at=known_at), known_at=known_at)


@command("set", kind="writes", help=N_("Change the campaign's settings; everything else stays."))
@option("--title", metavar="TEXT", help=N_("The campaign's title."))
@option("--timezone", metavar="ZONE", help=N_("Its time zone, like Asia/Shanghai."))
@option("--language", type=click.Choice(["zh", "en"]), help=N_("The language of its feeds."))
@option("--from", "first", metavar="DAY", help=N_("Its first day."))
@option("--to", "last", metavar="DAY", help=N_("Its last day."))
@option("--site", metavar="URL", help=N_("Where its feeds are published."))
@option(
    "--feed-format", type=click.Choice([str(number) for number in FEED_FORMATS]),
    help=N_("The format of its feeds; every entry is written again."),
)  # fmt: skip
@option(
    "--hours", multiple=True, metavar="PART=HH:MM-HH:MM",
    help=N_("Office hours of a part of the day: morning=08:30-11:30. Repeatable."),
)  # fmt: skip
@option("--reason", metavar="TEXT", help=N_("The reason; it is kept for ever."))
@pass_context
def set_(context: Context, /, *, reason: str | None, **given: Any) -> None:
    """Change settings."""
    service = context.workspace.service
    number, period = given.pop("feed_format"), service.campaign().settings.period
    settings = GivenSettings(
        zone=given.pop("timezone"), feed_format=None if number is None else int(number), **given
    )
    if period is None and (settings.first is None) != (settings.last is None):
        raise UsageError(detail=Message("--from and --to go together"))
    revised = revise(context.workspace, settings, reason=reason)
    entries = revised.entries
    context.warn(revised.warnings)
    if context.dry_run:
        _tell_dry(context, entries)
        return
    if not entries and not context.json:
        context.talk(N_("Nothing to do: it is already like this."))
    _tell(context, service.campaign(), known_at=service.log.position())


@command(
    "clock",
    in_folder=True,
    kind="writes",
    help=N_(
        "Record that the clock was ahead and is right now; earlier events then count as "
        "recorded no later than now."
    ),
)
@option("--reason", metavar="TEXT", default="", help=N_("The reason; it is kept for ever."))
@pass_context
def clock(context: Context, *, reason: str) -> None:
    """Record that the clock is right again."""
    entries = with_reason(
        context, reason, lambda reason: campaigns.correct_clock(context.workspace, reason=reason)
    )
    if context.dry_run:
        _tell_dry(context, entries)
        return
    if context.json:
        context.emit({"events": [json_shapes.event(entry) for entry in entries]})
        return
    if not entries:
        lines([context.say(N_("Nothing to do: the clock is not behind the record."))])
        return
    at = entries[0].event.at.astimezone(context.zone)
    said = N_(
        "√ the clock is right from {at} on; earlier events count as recorded no later than that."
    )
    lines([context.say(said, at=f"{at:%Y-%m-%d %H:%M}")])


LAZY = {
    "show": ("campaign:show", N_("Show the settings.")),
    "set": ("campaign:set_", N_("Change the settings.")),
    "clock": ("campaign:clock", N_("Record that the clock is right again after it was wrong.")),
}
campaign = Group("campaign", lazy=LAZY, help=N_("Show the campaign's settings, or change them."))


def _tell_dry(context: Context, entries: Sequence[Entry]) -> None:
    if context.json:
        context.emit({"dry_run": True, "events": [json_shapes.event(entry) for entry in entries]})
    else:
        said = (
            N_("It would be recorded.")
            if entries
            else N_("Nothing to do: it is already like this.")
        )
        lines([context.say(said)])


_NIGHT = N_("night")  # the words of the other parts are said elsewhere, too


def _tell(context: Context, campaign: Campaign, *, known_at: int) -> None:
    settings = campaign.settings
    span = settings.period
    if context.json:
        shaped = json_shapes.campaign(campaign)
        context.emit({"known_at": known_at, "campaign": shaped})
        return
    from kalends.cli.terminal.printing import fields, width  # noqa: PLC0415 - only for people

    hours = [f"{context.say(part)} {getattr(settings.office_hours, part)}" for part in _PARTS]
    # On a terminal each part of the day has a line.
    said = ["  ".join(hours)] if width() is None else hours
    rows = [
        (N_("title"), settings.title),
        (N_("zone"), settings.zone),
        (N_("language"), settings.language),
        (N_("period"), f"{span.first_day} — {span.last_day}" if span else "—"),
        (N_("site"), settings.site or "—"),
        *zip([N_("office hours"), *[""] * (len(said) - 1)], said, strict=True),
        (N_("UID domain"), settings.uid_domain),
        (N_("feed format"), str(settings.feed_format)),
        (N_("id"), campaign.id),
    ]
    lines(fields([[name and context.say(name), value] for name, value in rows], width()))
