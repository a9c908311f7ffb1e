"""`kalends dept add --from`: a whole roster from a file, all of it or nothing."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from kalends.application.known_at import date_context
from kalends.cli.commands.dept.change import day_of
from kalends.cli.commands.dept.codes import free_code
from kalends.cli.context import Context
from kalends.domain.commands import AbbreviateDepartment, RegisterDepartment
from kalends.domain.department import Department
from kalends.domain.errors import (
    N_,
    FileNotReadableError,
    KalendsError,
    ParentError,
    RosterDiffersError,
    RosterLineError,
)
from kalends.domain.events import DepartmentRegistered, Entry
from kalends.domain.text import clean, fold
from kalends.intake.naming import department
from kalends.intake.roster_file import RosterLine, roster_lines
from kalends.presentation import json_shapes
from kalends.service import RosterWork
from kalends.words import os_error_message


def register_all(context: Context, source: Path) -> None:
    """Register every department of a file; those that are so already are passed over.

    Raises `RosterLineError` for the first line that is wrong: then nothing is recorded.
    """
    lines: list[tuple[int, RosterLine]] = []
    for number, line in roster_lines(_bytes(source)):
        if isinstance(line, KalendsError):
            raise RosterLineError(line, line=number)
        lines.append((number, line))
    entries = context.workspace.service.change_roster_by(_Registering(context, lines))
    count = sum(isinstance(entry.event, DepartmentRegistered) for entry in entries)
    position = context.workspace.log.position()
    if context.json:
        _emit(context, entries, count, len(lines) - count)
        return
    done = N_("{count} registered, {there} were there already; position {position}.")
    if context.dry_run:
        done = N_("{count} would be registered, {there} are there already.")
    click.echo(context.say(done, count=count, there=len(lines) - count, position=position))


class _Registering:
    """Registers lines in an order in which every parent stands before its parts."""

    def __init__(self, context: Context, lines: list[tuple[int, RosterLine]]) -> None:
        self._context, self._lines = context, lines
        self._by_name = {
            fold(name): place
            for place, (_, line) in reversed(list(enumerate(lines)))
            for name in _called(line)
        }
        self._done: set[int] = set()
        self._begun: set[int] = set()

    def __call__(self, work: RosterWork) -> None:
        """Do the work, line by line."""
        for place in range(len(self._lines)):
            self._register(work, place)

    def _register(self, work: RosterWork, place: int) -> None:
        # Parents first, without recursion: a chain may be as long as the file.
        waiting = [place]
        while waiting:
            place = waiting[-1]
            number, line = self._lines[place]
            above = self._place_of(work, line)
            if place in self._done:
                waiting.pop()
            elif above is None or above in self._done:
                try:
                    self._record(work, line)
                except KalendsError as error:
                    raise RosterLineError(error, line=number) from None
                self._done.add(place)
                waiting.pop()
            elif above in waiting:
                refused = ParentError(name=line.name, parent=line.parent or "")
                raise RosterLineError(refused, line=number)
            else:
                waiting.append(above)

    def _place_of(self, work: RosterWork, line: RosterLine) -> int | None:
        """Return the place of a line's parent in the file, None when it need not be waited for."""
        if line.parent is None or work.roster.find(line.parent) is not None:
            return None
        return self._by_name.get(fold(line.parent))

    def _record(self, work: RosterWork, line: RosterLine) -> None:
        roster, name = work.roster, clean(line.name, "name")
        parent = None if line.parent is None else department(roster, line.parent).code
        on = day_of(self._context, line.on)
        there = roster.find(name) if line.code is None else roster.find(line.code)
        if there is not None and (line.code is None or there.code == line.code):
            self._check_same(work, there, line, parent, on)
            return
        code = free_code(roster, name) if line.code is None else line.code
        work.do(
            RegisterDepartment(
                code=code, name=name, aliases=line.aliases or (), parent=parent, on=on
            )
        )
        if line.short is not None:
            work.do(AbbreviateDepartment(code=code, short=line.short))

    def _check_same(
        self,
        work: RosterWork,
        there: Department,
        line: RosterLine,
        parent: str | None,
        on: date | None,
    ) -> None:
        """Raise when a department that is registered already is not what the line says."""
        find = work.roster.find
        differs = {
            N_("name"): find(line.name) != there,
            N_("alias"): any(find(alias) != there for alias in line.aliases or ()),
            N_("parent"): parent not in {None, there.parent},
            N_("short name"): line.short not in {None, there.short_on(date.max)},
            N_("first day"): on not in {None, there.since},
        }
        for field, is_other in differs.items():
            if is_other:
                raise RosterDiffersError(name=there.name, code=there.code, field=field)


def _called(line: RosterLine) -> Iterable[str]:
    return (name for name in (line.name, line.code, line.short, *(line.aliases or ())) if name)


def _emit(context: Context, entries: list[Entry], count: int, there: int) -> None:
    roster, today = context.workspace.service.roster(), date_context(context.workspace).now.date()
    codes = dict.fromkeys(getattr(entry.event, "code", "") for entry in entries)
    context.emit(
        {
            "registered": count,
            "already": there,
            "departments": [
                json_shapes.department(one, today) for one in roster.listed if one.code in codes
            ],
            "events": [json_shapes.event(entry) for entry in entries],
            "position": context.workspace.log.position(),
            "dry_run": context.dry_run,
        }
    )


def _bytes(source: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise FileNotReadableError(name=source, detail=os_error_message(error)) from None
