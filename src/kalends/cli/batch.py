"""`kalends add --from`: many activities from a JSON Lines file."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kalends.cli.call import Call
from kalends.cli.failure import exit_code, in_words
from kalends.cli.moment import context
from kalends.cli.output import beneath
from kalends.domain.errors import (
    N_,
    FileNotReadableError,
    KalendsError,
    LineError,
    PartlyDoneError,
)
from kalends.intake.lines import Reader
from kalends.service import Draft
from kalends.words import complaint

_CHUNK = 1_000
_Lines = Iterable[tuple[int, bytes]]
_Advance = Callable[[_Lines], _Lines]


def add_all(call: Call, source: Path, *, keep_going: bool) -> None:
    """Record every line of a file: all of them or none; with `keep_going` all that can be.

    Raises `LineError` for the first bad line, or `PartlyDoneError` when some were left out.
    """
    reader = Reader(_bytes(source), call.desk.service.roster(), context(call.desk))
    lines = list(reader.lines())
    work = _Work(call, reader, keep_going=keep_going)
    with _progress(call, len(lines)) as advance:
        size = _CHUNK if keep_going else max(len(lines), 1)
        for start in range(0, len(lines), size):
            drafts = list(work.drafts(advance(lines[start : start + size])))
            work.record(drafts)
    work.tell()


class _Work:
    """What is done so far, and which lines were left out."""

    def __init__(self, call: Call, reader: Reader, *, keep_going: bool) -> None:
        self._call = call
        self._reader = reader
        self._keep_going = keep_going
        self._numbers: dict[str, int] = {}
        self._left_out: list[tuple[int, KalendsError]] = []
        self._recorded = 0
        self._there = 0

    def drafts(self, lines: _Lines) -> Iterator[Draft]:
        """Yield the drafts of lines that can be read."""
        for number, line in lines:
            try:
                details, planned = self._reader.details(line)
            except KalendsError as error:
                self._refuse(number, error)
                continue
            activity_id, act = self._reader.ids(number)
            self._numbers[activity_id] = number
            yield Draft(id=activity_id, act=act, details=details, planned=planned)

    def record(self, drafts: list[Draft]) -> None:
        """Append the drafts in one transaction."""
        before = len(self._left_out)
        entries = self._call.desk.service.put_down_all(
            drafts, refused=lambda draft, error: self._refuse(self._numbers[draft.id], error)
        )
        self._recorded += len(entries)
        self._there += len(drafts) - len(entries) - (len(self._left_out) - before)

    def tell(self) -> None:
        """Say what was recorded and what was left out; raise when something was."""
        call, failed = self._call, len(self._left_out)
        position = call.desk.log.position()
        if call.json:
            self._emit(position)
        else:
            for number, error in self._left_out:
                call.talk(N_("Line {line}: {detail}"), line=number, detail=_message(call, error))
            done = N_("{recorded} recorded, {there} were there already; position {position}.")
            if call.dry_run:
                done = N_("{recorded} would be recorded, {there} are there already.")
            click.echo(
                call.say(done, recorded=self._recorded, there=self._there, position=position)
            )
        if failed:
            error = PartlyDoneError(done=self._recorded, failed=failed)
            if call.json:
                raise click.exceptions.Exit(exit_code(error))
            raise error

    def _emit(self, position: int) -> None:
        call = self._call
        document = {
            "recorded": self._recorded,
            "already": self._there,
            "position": position,
            "dry_run": call.dry_run,
            "failed": [
                {"line": number, "error": in_words(call, error)}
                for number, error in self._left_out
            ],
        }
        call.emit({**document, "ok": not self._left_out})

    def _refuse(self, number: int, error: KalendsError) -> None:
        if not self._keep_going:
            told = in_words(self._call, error)
            raise LineError(error, line=number, detail=told["message"], cure=told["hint"])
        self._left_out.append((number, error))


def _message(call: Call, error: KalendsError) -> str:
    told = in_words(call, error)
    return f"{told['message']} → {told['hint']}"


def _bytes(source: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise FileNotReadableError(name=source, detail=complaint(error)) from None


@contextmanager
def _progress(call: Call, total: int) -> Iterator[_Advance]:
    """Show a bar on a terminal, nothing elsewhere."""
    if call.json or not sys.stderr.isatty() or total < _CHUNK:
        yield iter
        return
    from rich.console import Console  # noqa: PLC0415 - only for a bar that somebody sees
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(file=beneath(sys.stderr)), transient=True) as bar:
        task = bar.add_task(call.say(N_("Reading")), total=total)

        def advance(lines: _Lines) -> _Lines:
            for count, line in enumerate(lines, 1):
                yield line
                if count % 100 == 0:
                    bar.advance(task, 100)

        yield advance
