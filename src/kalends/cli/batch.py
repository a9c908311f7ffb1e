"""`kalends add --from`: many activities from a JSON Lines file."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

import click

from kalends.application.known_at import context
from kalends.cli.call import Call
from kalends.cli.output import beneath
from kalends.domain.details import Details, Likeness, likeness
from kalends.domain.errors import (
    N_,
    FileNotReadableError,
    KalendsError,
    LikeLineError,
    LineError,
    OnRecordError,
    PartlyDoneError,
)
from kalends.domain.events import ActivityRetracted, activity_stream
from kalends.domain.value import Value, value
from kalends.intake.lines import Reader
from kalends.presentation.errors import exit_code, in_words
from kalends.service import Draft
from kalends.words import complaint

_CHUNK = 1_000
_Lines = Iterable[tuple[int, bytes]]
_Advance = Callable[[_Lines], _Lines]


@value
class Wanted(Value):
    """How a file is to be recorded, as its options say."""

    keep_going: bool = False
    allow_duplicates: bool = False
    skip_duplicates: bool = False
    again: bool = False


def add_all(call: Call, source: Path, wanted: Wanted) -> None:
    """Record every line of a file: all of them or none; with `keep_going` all that can be.

    Raises `LineError` for the first bad line, or `PartlyDoneError` when some were left out.
    """
    call.repeats_safely = True
    reader = Reader(_bytes(source), call.desk.service.roster(), context(call.desk))
    lines = list(reader.lines())
    work = _Work(call, reader, wanted)
    with _progress(call, len(lines)) as advance:
        size = _CHUNK if wanted.keep_going else max(len(lines), 1)
        for start in range(0, len(lines), size):
            work.record(list(work.read(advance(lines[start : start + size]))))
    work.tell()


class _Line(NamedTuple):
    """A line that could be read: a draft of an activity."""

    number: int
    details: Details
    planned: bool


class _Work:
    """What is done so far, and which lines were left out."""

    def __init__(self, call: Call, reader: Reader, wanted: Wanted) -> None:
        self._call = call
        self._reader = reader
        self._wanted = wanted
        self._roster = call.desk.service.roster()
        self._act = call.desk.service.new_act()
        self._first: dict[Likeness, int] = {}
        self._numbers: dict[str, int] = {}
        self._left_out: list[tuple[int, KalendsError]] = []
        self._retracted: list[tuple[int, str]] = []
        self._passed: list[tuple[int, str]] = []
        self._recorded = 0
        self._there = 0

    def read(self, lines: _Lines) -> Iterator[_Line]:
        """Yield the lines that can be read."""
        for number, line in lines:
            try:
                details, planned = self._reader.details(line)
            except KalendsError as error:
                self._refuse(number, error)
                continue
            yield _Line(number, details, planned)

    def record(self, lines: list[_Line]) -> None:
        """Append the lines that are new in one transaction."""
        fresh = self._fresh(lines)
        if not self._wanted.allow_duplicates:
            fresh = self._unlike(fresh)
        drafts = [
            Draft(id=one, act=self._act, details=line.details, planned=line.planned)
            for line, one in fresh
        ]
        self._numbers.update((one, line.number) for line, one in fresh)
        entries = self._call.desk.service.put_down_all(
            drafts, refused=lambda draft, error: self._refuse(self._numbers[draft.id], error)
        )
        self._recorded += len(entries)

    def _fresh(self, lines: list[_Line]) -> list[tuple[_Line, str]]:
        """Return the lines that were not recorded yet, each with the id it will have.

        A line that was recorded and retracted is recorded again only when that is wanted.
        """
        log, fresh, waiting = self._call.desk.log, [], lines
        for attempt in count():
            ids = {line.number: self._reader.id(line.number, attempt) for line in waiting}
            streams = [activity_stream(one) for one in ids.values()]
            known = log.existing(streams)
            gone = log.existing(sorted(known), topic=ActivityRetracted.TOPIC)
            following = []
            for line in waiting:
                stream = activity_stream(ids[line.number])
                if stream in gone:
                    following.append(line)
                elif stream in known:
                    self._there += 1
                elif attempt == 0 or self._wanted.again:
                    fresh.append((line, ids[line.number]))
                else:
                    before = self._reader.id(line.number, attempt - 1)
                    self._retracted.append((line.number, before))
            if not following:
                return fresh
            waiting = following
        raise AssertionError  # pragma: no cover - there is no end of attempts

    def _unlike(self, fresh: list[tuple[_Line, str]]) -> list[tuple[_Line, str]]:
        """Return the lines that are to be recorded, after asking about those like what stands."""
        likenesses = {line.number: likeness(line.details) for line, _ in fresh}
        standing = self._call.desk.alike(set(likenesses.values()))
        kept, alike = [], []
        for line, one in fresh:
            found = likenesses[line.number]
            first = self._first.setdefault(found, line.number)
            if found in standing or first != line.number:
                alike.append((line, one, standing.get(found), first))
            else:
                kept.append((line, one))
        if alike and self._records(alike):
            return fresh
        return kept

    def _records(self, alike: list[tuple[_Line, str, str | None, int]]) -> bool:
        """Tell whether lines like what stands are to be recorded all the same; else pass them."""
        if not self._wanted.skip_duplicates:
            errors = [
                (line.number, LikeLineError(first=first) if found is None else self._known(found))
                for line, _, found, first in alike
            ]
            if self._wanted.keep_going or not self._call.can_ask:
                for number, error in errors:
                    self._refuse(number, error)
                return False
            from kalends.cli.asking import ask_about_lines  # noqa: PLC0415 - where somebody is

            if ask_about_lines(self._call, errors):
                self._wanted = replace(self._wanted, allow_duplicates=True)
                return True
            self._wanted = replace(self._wanted, skip_duplicates=True)
        self._passed += [(line.number, found or "") for line, _, found, _ in alike]
        return False

    def _known(self, found: str) -> OnRecordError:
        from kalends.cli.alike import on_record  # noqa: PLC0415 - only where one is found

        return on_record(self._call, found, self._roster)

    def tell(self) -> None:
        """Say what was recorded and what was left out; raise when something was."""
        call, failed = self._call, len(self._left_out)
        position = call.desk.log.position()
        if call.json:
            self._emit(position)
        else:
            self._say(position)
        if failed:
            error = PartlyDoneError(done=self._recorded, failed=failed)
            if call.json:
                raise click.exceptions.Exit(exit_code(error))
            raise error

    def _say(self, position: int) -> None:
        call = self._call
        for number, error in self._left_out:
            call.talk(N_("Line {line}: {detail}"), line=number, detail=_message(call, error))
        done = N_("{recorded} recorded, {there} were there already; position {position}.")
        if call.dry_run:
            done = N_("{recorded} would be recorded, {there} are there already.")
        click.echo(call.say(done, recorded=self._recorded, there=self._there, position=position))
        if self._passed:
            told = N_("{count} were passed over, like activities on record: lines {lines}.")
            call.talk(told, count=len(self._passed), lines=_numbers(self._passed))
        if self._retracted:
            told = N_(
                "{count} were recorded before and retracted since: lines {lines}. "
                "--again records them anew."
            )
            call.talk(told, count=len(self._retracted), lines=_numbers(self._retracted))

    def _emit(self, position: int) -> None:
        call = self._call
        document = {
            "recorded": self._recorded,
            "already": self._there,
            "retracted": [{"line": line, "id": one} for line, one in self._retracted],
            "duplicates": [{"line": line, "id": one or None} for line, one in self._passed],
            "position": position,
            "dry_run": call.dry_run,
            "failed": [
                {"line": number, "error": in_words(call.words, error)}
                for number, error in self._left_out
            ],
        }
        call.emit({**document, "ok": not self._left_out})

    def _refuse(self, number: int, error: KalendsError) -> None:
        if not self._wanted.keep_going:
            told = in_words(self._call.words, error)
            raise LineError(error, line=number, detail=told["message"], cure=told["hint"])
        self._left_out.append((number, error))


def _numbers(lines: list[tuple[int, str]]) -> str:
    """Return the numbers of lines as `1-3, 7`."""
    spans: list[list[int]] = []
    for number, _ in sorted(lines):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def _message(call: Call, error: KalendsError) -> str:
    told = in_words(call.words, error)
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
