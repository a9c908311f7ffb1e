"""`kalends add --from`: record many activities from a file."""

import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import cast

import click

from kalends.application.recording.importing import (
    Imported,
    RowFile,
    Rows,
    Wanted,
    import_rows,
    row_file,
    unreadable,
)
from kalends.cli.commands.rejected import rejected_file
from kalends.cli.commands.unread import say_unread
from kalends.cli.context import Context, lines
from kalends.cli.hints import in_words
from kalends.cli.options.input import content_of
from kalends.cli.terminal.output import beneath
from kalends.domain.errors import N_, KalendsError, LineError, PartlyDoneError
from kalends.domain.events import ActivityPlanned, ActivityRecorded
from kalends.presentation import change_text, json_shapes
from kalends.presentation.error_answers import exit_code

_MANY = 1_000
# So many warnings are printed; with --json all of them are.
_LISTED = 100
_PLAIN = re.compile(r"[\w./\\:+@-]+")
_CORRECT_THERE = N_("Correct them in that file, then record it: `kalends add --from {path}`.")
_BAD_LINES = N_("Lines that cannot be recorded: {count}.")
_CORRECT_ALL = N_("Correct them. Nothing was recorded; --keep-going records the other lines.")
_Advance = Callable[[Rows], Rows]


def add_all(context: Context, source: Path, wanted: Wanted, *, sheet: str | None = None) -> None:
    """Record every line of a file, all or none; with `keep_going`, all that can be recorded.

    Of a workbook, read `sheet`, by default the first that holds a table. Raises `LineError` for
    the first bad line, once all are listed, or `PartlyDoneError` if some lines were left out.
    """
    context.repeats_safely = True
    rows = row_file(source, content_of(source), sheet=sheet)
    notes = say_unread(context, rows)
    with ExitStack() as until_done:
        try:
            done = import_rows(
                context.workspace, context.words, rows, wanted,
                prompter=context.asking(),
                advance=lambda total: until_done.enter_context(_progress(context, total)),
            )  # fmt: skip
        except LineError as error:
            if not context.json:
                _say_all(context, rows, error)
            raise
    rejected = None
    if done.left_out and not context.dry_run:
        rejected = rejected_file(context, source, rows, done)
    _tell(context, done, notes, rejected)


def _say_all(context: Context, rows: RowFile, error: LineError) -> None:
    """If more lines than the first are bad, list them all: they can be corrected in one go."""
    found = unreadable(context.workspace, context.words, rows)
    if len(found) < 2:  # noqa: PLR2004 - the first alone
        return
    for number, bad in found[:_LISTED]:
        context.talk(N_("Line {line}: {detail}"), line=number, detail=_message(context, bad))
    if len(found) > _LISTED:
        context.talk(N_("… and {count} more."), count=len(found) - _LISTED)
    error.fields["count"] = len(found)
    error.message = _BAD_LINES  # type: ignore[misc]  # of this case alone
    error.hint = _CORRECT_ALL  # type: ignore[misc]  # of this case alone


def _tell(context: Context, done: Imported, notes: list[str], rejected: Path | None) -> None:
    """Print what was recorded and what was left out; raise if anything was left out."""
    position = context.workspace.log.position()
    warnings = [
        context.say(
            N_("Line {line}: {detail}"),
            line=line,
            # Without its hint: an undo would take back all lines.
            detail=context.say(warning.template, **warning.fields).removeprefix("! "),
        )
        for line, warning in done.warnings
    ]
    if context.json:
        _emit(context, done, position, [*notes, *warnings], rejected)
    else:
        _say(context, done, position)
        if rejected is not None:
            context.talk(N_("The rows that were not recorded are in {path}."), path=rejected)
    for text in warnings[:_LISTED]:
        click.echo(f"! {text}", err=True)
    if len(warnings) > _LISTED:
        context.talk(N_("… and {count} more."), count=len(warnings) - _LISTED)
    if done.left_out:
        error = PartlyDoneError(
            done=done.recorded, failed=len(done.left_out), path=_quoted(rejected or "")
        )
        if rejected is not None:
            error.hint = _CORRECT_THERE  # type: ignore[misc]  # a hint of this case alone
        if context.json:
            raise click.exceptions.Exit(exit_code(error))
        raise error


def _say(context: Context, done: Imported, position: int) -> None:
    for number, error in done.left_out:
        context.talk(N_("Line {line}: {detail}"), line=number, detail=_message(context, error))
    template = N_("{recorded} recorded, {there} were there already; position {position}.")
    if context.dry_run:
        lines(_would_be(context, done))
        template = N_("{recorded} would be recorded, {there} are there already.")
    said = context.say(template, recorded=done.recorded, there=done.already, position=position)
    lines([said])
    if done.passed:
        template = N_(
            "{count} were skipped because they look like recorded activities: lines {lines}."
        )
        context.talk(template, count=len(done.passed), lines=_numbers(done.passed))
    if done.retracted:
        template = N_(
            "{count} were recorded before and retracted since: lines {lines}. "
            "--again records them anew."
        )
        context.talk(template, count=len(done.retracted), lines=_numbers(done.retracted))


def _would_be(context: Context, done: Imported) -> Iterator[str]:
    """Yield a line for each activity that a dry run would record."""
    roster = context.workspace.service.roster()
    for number, entry in done.activities:
        event = cast("ActivityRecorded | ActivityPlanned", entry.event)
        said = change_text.changed(
            context.words, [entry], "", event.details, roster, dry_run=True
        )  # fmt: skip
        yield context.say(N_("Line {line}: {detail}"), line=number, detail=said)


def _emit(
    context: Context, done: Imported, position: int, warnings: list[str], rejected: Path | None
) -> None:
    context.emit(
        {
            "recorded": done.recorded,
            "already": done.already,
            "retracted": [{"line": line, "id": found} for line, found in done.retracted],
            "duplicates": [{"line": line, "id": found or None} for line, found in done.passed],
            "position": position,
            "dry_run": context.dry_run,
            "failed": [
                {"line": number, "error": in_words(context.words, error)}
                for number, error in done.left_out
            ],
            "rejected": None if rejected is None else str(rejected),
            "notes": warnings,
            "ok": not done.left_out,
            **_events(context, done),
        }
    )


def _events(context: Context, done: Imported) -> dict[str, object]:
    """Return the events of a dry run, each with its line."""
    if not context.dry_run:
        return {}
    shapes = ({**json_shapes.event(entry), "line": line} for line, entry in done.activities)
    return {"events": list(shapes)}


def _numbers(found: list[tuple[int, str]]) -> str:
    """Return line numbers as ranges: `1-3, 7`."""
    spans: list[list[int]] = []
    for number, _ in sorted(found):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def _message(context: Context, error: KalendsError) -> str:
    said = in_words(context.words, error)
    return f"{said['message']} → {said['hint']}"


def _quoted(path: Path | str) -> str:
    """Return a path as a shell takes it; Chinese characters need no quotation marks."""
    text = str(path)
    return text if _PLAIN.fullmatch(text) else shlex.quote(text)


@contextmanager
def _progress(context: Context, total: int) -> Iterator[_Advance]:
    """Show a progress bar on a terminal; elsewhere nothing."""
    if context.json or not sys.stderr.isatty() or total < _MANY:
        yield iter
        return
    from rich.console import Console  # noqa: PLC0415 - only for a visible bar
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(file=beneath(sys.stderr)), transient=True) as bar:
        task = bar.add_task(context.say(N_("Reading")), total=total)

        def advance(rows: Rows) -> Rows:
            for count, row in enumerate(rows, 1):
                yield row
                if count % 100 == 0:
                    bar.advance(task, 100)

        yield advance
