"""`kalends when`: what a date phrase is read as, and nothing is recorded."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from kalends.application import notes
from kalends.application.settings import against, settings_of
from kalends.cli.command_classes import option, verb
from kalends.cli.context import Call, pass_call
from kalends.dates.reader import Context, read
from kalends.domain.errors import N_, KalendsError, UnreadableDateError, WorkspaceNotFoundError
from kalends.domain.settings import Settings
from kalends.presentation import json_shapes, texts
from kalends.presentation.errors import exit_code, in_words
from kalends.words.visible import visible


@verb(
    kind="asks",
    help=N_(
        "Show what a date phrase is read as, with its weekday. Nothing is recorded.\n\n"
        "kalends when 下周三下午三点半\n\n"
        "With - alone, one phrase is read from each line of standard input."
    ),
)
@click.argument("phrase", nargs=-1, required=True)
@option("--today", metavar="DAY", help=N_("Read it as on this day, YYYY-MM-DD or with a time."))
@pass_call
def when(call: Call, phrase: tuple[str, ...], today: str | None) -> None:
    """Read one phrase, or one a line."""
    here = _context(call, today)
    if phrase != ("-",):
        _tell(call, " ".join(phrase), here)
        return
    worst = 0
    for raw in sys.stdin.buffer:
        text = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        worst = max(worst, _tell_line(call, text, here))
    if worst:
        raise click.exceptions.Exit(worst)


def _here(call: Call) -> Context:
    """Return what phrases are read against: the campaign's settings, UTC without any."""
    now = call.machine.now()
    try:
        settings = settings_of(call.directory)
    except WorkspaceNotFoundError:
        return Context(now=now, zone="UTC")
    settings = settings or _in_log(call)
    if settings is None:
        call.talk(
            N_(
                "! The campaign's settings cannot be read: phrases are read in UTC, and a date "
                "without a year is this year's."
            )
        )
        return Context(now=now, zone="UTC")
    return against(settings, now)


def _in_log(call: Call) -> Settings | None:
    """Return the settings that the database holds, where the journal tells none."""
    try:
        is_there = call.desk.keeping.backend.exists()
        return call.desk.service.campaign().settings if is_there else None
    except KalendsError:
        return None


def _context(call: Call, today: str | None) -> Context:
    here = _here(call)
    if today is None:
        return here
    try:
        now = datetime.fromisoformat(today)
    except ValueError:
        raise UnreadableDateError(text=today, part=today) from None
    if len(today) <= len("2020-07-20"):
        now = now.replace(hour=12)
    place = here.now.tzinfo
    return replace(here, now=now.astimezone(place) if now.tzinfo else now.replace(tzinfo=place))


def _shape(call: Call, phrase: str, here: Context) -> tuple[dict[str, Any], Any]:
    """Return what is answered about a phrase; which of two moments was taken is said beside it."""
    reading = read(phrase, here)
    beside = [notes.twice(reading.when, here)]
    call.note(beside)
    shaped = {
        "ok": True,
        "phrase": phrase,
        "when": json_shapes.when(reading.when),
        "rule": reading.rule,
        "notes": call.noted(beside),
    }
    return shaped, reading


def _tell(call: Call, phrase: str, here: Context) -> None:
    shaped, reading = _shape(call, phrase, here)
    if call.json:
        call.emit(shaped)
        return
    click.echo(
        call.say("{when}  ({rule})", when=texts.when(call.words, reading.when), rule=reading.rule)
    )


def _tell_line(call: Call, phrase: str, here: Context) -> int:
    shown = phrase.encode("utf-8", "backslashreplace").decode()
    try:
        shaped, reading = _shape(call, phrase, here)
    except KalendsError as error:
        told = in_words(call.words, error)
        if call.json:
            refused = {"ok": False, "phrase": shown, "error": told}
            click.echo(json.dumps(refused, ensure_ascii=False))
        else:
            click.echo(f"{visible(phrase)}\t× {told['message']}")
        return exit_code(error)
    if call.json:
        click.echo(json.dumps(shaped, ensure_ascii=False))
    else:
        click.echo(f"{visible(phrase)}\t{texts.when(call.words, reading.when)}")
    return 0
