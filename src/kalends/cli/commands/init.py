"""`kalends init`: make a workspace and open its campaign."""

import re
from pathlib import Path

import click

from kalends.application.recording import warnings
from kalends.application.workspaces import making
from kalends.application.workspaces.settings import zone
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.environment import chosen_language, says_no_language, settings_folder
from kalends.config import WorkspaceFolder
from kalends.dates.reader import DateContext, read
from kalends.domain.campaign import NEWEST_FEED_FORMAT
from kalends.domain.campaign_settings import Language, Period, Settings
from kalends.domain.commands import OpenCampaign
from kalends.domain.errors import N_, UsageError
from kalends.words import Message

_CHINESE = re.compile("[\u4e00-\u9fff]")
_IN_ENGLISH = N_(
    "! Its messages and feeds are in English: this machine names no language. For Chinese feeds: "
    '`kalends campaign set --language zh`; for Chinese messages: language = "zh" in kalends.toml.'
)


@command(
    in_folder=True,
    kind="writes",
    help=N_("Make a workspace in a folder, and open its campaign."),
)
@click.argument("folder", metavar="DIR", type=PATH)
@option("--title", metavar="TEXT", required=True, help=N_("The campaign's title."))
@option("--timezone", default="Asia/Shanghai", show_default=True, help=N_("Its time zone."))
@option("--language", type=click.Choice(["zh", "en"]), help=N_("The language of its feeds."))
@option("--from", "first", metavar="DAY", help=N_("Its first day."))
@option("--to", "last", metavar="DAY", help=N_("Its last day."))
@option("--site", metavar="URL", help=N_("Where its feeds will be published."))
@pass_context
def init(  # noqa: PLR0913 - one parameter for each option
    context: Context,
    folder: Path,
    *,
    title: str,
    timezone: str,
    language: Language | None,
    first: str | None,
    last: str | None,
    site: str | None,
) -> None:
    """Make a workspace."""
    if (first is None) != (last is None):
        raise UsageError(detail=Message("--from and --to go together"))
    spoken: Language = language or ("zh" if context.language == "zh" else "en")
    campaign_id = context.machine.new_id()
    settings = Settings(
        title=title,
        zone=timezone,
        language=spoken,
        uid_domain=f"{campaign_id}.kalends",
        period=_period(context, timezone, first, last),
        site=site,
        feed_format=NEWEST_FEED_FORMAT,
    )
    command = OpenCampaign(id=campaign_id, settings=settings)
    by = context.actor or context.machine.user()
    if context.dry_run:
        here = WorkspaceFolder(root=folder)
        making.check(here, command, machine=context.machine, by=by, sure=context.is_sure)
        context.warn([warnings.insecure(site)])
        if context.json:
            context.emit({"dry_run": True, "workspace": str(folder)})
            return
        lines([context.say(N_("A workspace would be made in {folder}"), folder=folder)])
        return
    making.create(
        folder,
        command,
        language=spoken,
        machine=context.machine,
        by=by,
        settings=settings_folder(),
        unsigned=context.unsigned,
        sure=context.is_sure,
    )
    context.has_recorded = True
    context.warn([warnings.insecure(site)])
    if context.json:
        context.emit({"workspace": str(folder), "campaign": campaign_id, "position": 1})
        return
    lines([context.say(N_("√ {title}: a workspace in {folder}"), title=title, folder=folder)])
    is_asked = language or context.lang or chosen_language() or not says_no_language()
    if not is_asked and _CHINESE.search(title):
        context.talk(_IN_ENGLISH)
    context.talk(
        N_("Next: `kalends -C {folder} dept add NAME`, then `kalends add`."), folder=folder
    )


def _period(context: Context, timezone: str, first: str | None, last: str | None) -> Period | None:
    if first is None or last is None:
        return None
    here = DateContext(now=context.machine.now().astimezone(zone(timezone)), zone=timezone)
    return Period(
        first_day=read(first, here).when.first_day, last_day=read(last, here).when.last_day
    )
