"""`kalends when`: show what a date phrase is read as, without recording anything."""

import json
import sys
from functools import partial
from typing import Any

import click

from kalends.application.recording import warnings
from kalends.application.workspaces.settings import as_on, context_around
from kalends.cli.command_classes import command, option
from kalends.cli.context import Context, pass_context
from kalends.cli.hints import in_words
from kalends.dates.reader import DateContext, read
from kalends.domain.campaign_settings import Settings
from kalends.domain.errors import N_, KalendsError
from kalends.presentation import json_shapes, texts
from kalends.presentation.error_answers import exit_code
from kalends.words.visible import visible


@command(
    kind="asks",
    help=N_(
        "Show what a date phrase is read as, with its weekday. Nothing is recorded.\n\n"
        "kalends when next Wednesday 3:30pm\n\n"
        "With - alone, one phrase is read from each line of standard input."
    ),
)
@click.argument("phrase", nargs=-1, required=True)
@option(
    "--today",
    metavar="DAY",
    help=N_("Read it as if today were this day: YYYY-MM-DD, or with a time."),
)
@pass_context
def when(context: Context, phrase: tuple[str, ...], today: str | None) -> None:
    """Read one phrase, or one from each line of standard input."""
    here = _date_context(context, today)
    if phrase != ("-",):
        _tell(context, " ".join(phrase), here)
        return
    worst = 0
    for raw in sys.stdin.buffer:
        text = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        worst = max(worst, _tell_line(context, text, here))
    if worst:
        raise click.exceptions.Exit(worst)


def _in_log(context: Context) -> Settings | None:
    """Return the settings in the log, for when the journal has none."""
    from kalends.application.workspaces.date_context import settings_in_log  # noqa: PLC0415 - it seldom is

    try:
        return settings_in_log(context.workspace)
    except KalendsError:
        return None


def _date_context(context: Context, today: str | None) -> DateContext:
    """Return what phrases are read against: the campaign's settings, or UTC without any."""
    if context.on_server is not None:
        from kalends.application.workspaces.date_context import date_context  # noqa: PLC0415 - few are on one

        here, is_sure = date_context(context.workspace), True
    else:
        in_log = partial(_in_log, context)
        here, is_sure = context_around(context.directory, context.machine.now(), in_log)
    if not is_sure:
        context.talk(
            N_(
                "! The campaign's settings cannot be read: phrases are read in UTC, and a date "
                "without a year is this year's."
            )
        )
    return here if today is None else as_on(here, today)


def _shape(context: Context, phrase: str, here: DateContext) -> tuple[dict[str, Any], Any]:
    """Return the answer for a phrase, with warnings about how it is read."""
    reading = read(phrase, here)
    beside = [warnings.twice(reading.when, here), *warnings.of_phrase(reading.when, here)]
    context.warn(beside)
    shaped = {
        "ok": True,
        "phrase": phrase,
        "when": json_shapes.when(reading.when),
        "rule": reading.rule,
        "notes": context.warning_texts(beside),
    }
    return shaped, reading


def _tell(context: Context, phrase: str, here: DateContext) -> None:
    shaped, reading = _shape(context, phrase, here)
    if context.json:
        context.emit(shaped)
        return
    click.echo(
        context.say(
            "{when}  ({rule})", when=texts.when(context.words, reading.when), rule=reading.rule
        )
    )


def _tell_line(context: Context, phrase: str, here: DateContext) -> int:
    shown = phrase.encode("utf-8", "backslashreplace").decode()
    try:
        shaped, reading = _shape(context, phrase, here)
    except KalendsError as error:
        said = in_words(context.words, error)
        if context.json:
            refused = {"ok": False, "phrase": shown, "error": said}
            click.echo(json.dumps(refused, ensure_ascii=False))
        else:
            click.echo(f"{visible(phrase)}\t× {said['message']}")
        return exit_code(error)
    if context.json:
        click.echo(json.dumps(shaped, ensure_ascii=False))
    else:
        click.echo(f"{visible(phrase)}\t{texts.when(context.words, reading.when)}")
    return 0
