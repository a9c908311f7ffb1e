"""One run of the program: its global options, its workspace, and how it prints answers."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kalends.cli.environment import chosen_language, environment_language, settings_folder
from kalends.cli.terminal import printing
from kalends.cli.terminal.output import json_pieces, together
from kalends.domain.errors import N_, KalendsError, MachineError, ShortenedError, UsageError
from kalends.domain.value import replace
from kalends.words import Message, Words, words
from kalends.words.visible import visible

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kalends.application.recording.prompting import Prompter
    from kalends.application.recording.warnings import WarningMessage
    from kalends.application.workspaces.machine import Machine
    from kalends.application.workspaces.remote_workspace import RemoteWorkspace
    from kalends.application.workspaces.workspace import Workspace
    from kalends.presentation.error_answers import ErrorShape

_TAB = "\t"


class Context:
    """The global options of one run, and the workspace opened for it.

    `unwritten` is called with the reason when an event was recorded but the journal could not be
    written, `unsigned` when no checkpoint could be signed. `confirmed` asks the user whether to go
    on in spite of a doubt; `asking` returns who asks what a sentence means. `has_recorded` is set
    at the end of a run that recorded something; a command that can be repeated without recording
    twice sets `repeats_safely`.
    """

    def __init__(self, machine: "Machine | None" = None) -> None:
        """Set the defaults of all options; `machine` is this machine by default."""
        self._machine = machine
        self.directory = Path()
        self.server: str | None = None
        self.json = False
        self.actor: str | None = None
        self.lang: str | None = None
        self.known_at: str | None = None
        self.dry_run = False
        self._closed: Workspace | None = None
        self.yes = False
        self.confirmed: Callable[[KalendsError], bool] = lambda _: False
        self._is_shortened = False
        self.has_recorded = False
        self.repeats_safely = False
        self.asking: Callable[[], Prompter]
        self.unwritten: Callable[[KalendsError], None] = lambda _: None
        self.unsigned: Callable[[KalendsError], None] = lambda _: None
        self.warnings: list[ErrorShape] = []  # what was not done beside recording

    @cached_property
    def machine(self) -> "Machine":
        """Return the machine whose clock, ids and user are used."""
        if self._machine is not None:
            return self._machine
        from kalends import bootstrap  # noqa: PLC0415 - help needs none of it

        return bootstrap.machine()

    @cached_property
    def language(self) -> str:
        """Return `en` or `zh`: by `--lang`, the user, the workspace, or else the machine."""
        return (
            self.lang or chosen_language() or self._workspace_language() or environment_language()
        )

    @cached_property
    def words(self) -> Words:
        """Return the words of the user's language."""
        return words(self.language)

    @property
    def must_not_repeat(self) -> bool:
        """Return whether running the same command again would record the same thing twice."""
        return self.has_recorded and not self.repeats_safely

    def say(self, template: str, **fields: object) -> str:
        """Return a message in the user's language, with its fields filled in."""
        return self.words.say(template, **fields)

    def in_words(self, error: KalendsError) -> "ErrorShape":
        """Return an error's code, message and hint in the user's language."""
        from kalends.cli.hints import in_words  # noqa: PLC0415 - only where something goes wrong

        return in_words(self.words, error)

    def talk(self, template: str, **fields: object) -> None:
        """Print a message on stderr."""
        click.echo(self.say(template, **fields), err=True, color=True)

    def warn(self, beside: "Iterable[WarningMessage | None]") -> None:
        """Print warnings on stderr."""
        for found in beside:
            if found is not None:
                self.talk(_with_command(found.template), **found.fields)

    def warning_texts(self, beside: "Iterable[WarningMessage | None]") -> list[str]:
        """Return the texts of warnings for JSON, without the leading "! "."""
        found = [warning for warning in beside if warning is not None]
        said = (self.say(_with_command(warning.template), **warning.fields) for warning in found)
        return [text.removeprefix("! ") for text in said]

    def emit(self, document: Mapping[str, Any]) -> None:
        """Write the JSON document of this run to stdout.

        A value that is an iterator becomes a list, written as it is read.
        """
        warnings = {"warnings": self.warnings} if self.warnings else {}
        _write(json_pieces({"ok": True, **document, **warnings}))

    @cached_property
    def on_server(self) -> str | None:
        """Return the address of the server that keeps the campaign; None for a folder."""
        if self.server is not None and self.directory != Path():
            raise UsageError(detail=Message("-C names a folder and --server a server: give one"))
        if self.directory != Path():
            return None
        return self.server or os.environ.get("KALENDS_SERVER") or None

    @cached_property
    def workspace(self) -> "Workspace":
        """Return the workspace, opened."""
        if self.on_server is not None:
            return self._remote(self.machine, lambda: self.language)
        from kalends.application.workspaces.workspace import Workspace  # noqa: PLC0415 - help needs none of it

        return Workspace(
            self.directory,
            machine=self.machine,
            settings=settings_folder(),
            actor=self.actor,
            dry_run=self.dry_run,
            restored=self._tell_restored,
            unwritten=self.unwritten,
            unsigned=self.unsigned,
            sure=self.is_sure,
            noticed=self._tell_odd_clock,
        )

    def _remote(self, machine: "Machine", language: Callable[[], str]) -> "RemoteWorkspace":
        from kalends.cli.server import remote_workspace  # noqa: PLC0415 - only for a server

        assert self.on_server is not None
        return remote_workspace(
            self.on_server,
            settings=settings_folder(),
            machine=machine,
            language=language,
            actor=self.actor,
            dry_run=self.dry_run,
        )

    def close(self) -> None:
        """Close the workspace, if it was opened."""
        self._closed = vars(self).pop("workspace", None)
        if self._closed is not None:
            self.has_recorded = self.has_recorded or self._closed.has_recorded
            self._closed.close()

    def forget_views(self) -> bool:
        """Delete the views, if this run read them; call it after `close`.

        Return whether there were any.
        """
        return self._closed is not None and self._closed.forget_views()

    @cached_property
    def as_known(self) -> int:
        """Return the position that `--known-at` means; the newest without the option.

        Raises `PositionNotFoundError` beyond the log, or an `UnclearError`.
        """
        if self.known_at is None:
            return self.workspace.log.position()
        from kalends.application.queries.known_at import position_of  # noqa: PLC0415 - few runs need it

        return position_of(self.workspace, self.known_at)

    @cached_property
    def zone(self) -> "ZoneInfo":
        """Return the campaign's time zone, in which times are shown."""
        from kalends.application.workspaces.settings import zone  # noqa: PLC0415 - help needs none of it

        return zone(self.workspace.service.campaign().settings.zone)

    @property
    def can_ask(self) -> bool:
        """Return whether questions can be asked: a terminal, and no `--json`."""
        return not self.json and self.is_at_terminal

    @property
    def is_at_terminal(self) -> bool:
        """Return whether somebody sits at the terminal."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def is_sure(self, doubt: KalendsError) -> bool:
        """Return whether the user confirms a doubtful clock; `--yes` confirms without asking."""
        return self.confirmed(doubt) if self.can_ask and not self.yes else self.yes

    def _tell_restored(self, events: int) -> None:
        self.talk(N_("Restored {events} events from events/journal.jsonl."), events=events)
        self.tell_if_shortened(events)

    def _tell_odd_clock(self, error: KalendsError) -> None:
        message = self.in_words(error)["message"]
        hint = self.say(
            N_(
                "If it is wrong, correct it now: events keep the time with which they are "
                "recorded."
            )
        )
        click.echo(f"! {message}\n→ {hint}", err=True, color=True)

    def caution(self, error: KalendsError) -> None:
        """Print an error and its hint on stderr as a warning; the command goes on."""
        said = self.in_words(error)
        click.echo(f"! {said['message']}\n→ {said['hint']}", err=True, color=True)

    def tell_if_shortened(self, position: int) -> bool:
        """Warn once if more events were signed than the log has; return whether so."""
        if self._is_shortened:
            return True
        from kalends.application.workspaces.signing import check_length  # noqa: PLC0415 - help needs none of it

        try:
            check_length(self.workspace.folder, position)
        except ShortenedError as error:
            self.caution(error)
            self._is_shortened = True
        except KalendsError:  # the keys cannot be read: `audit verify` reports that
            return False
        return self._is_shortened

    def _workspace_language(self) -> str | None:
        try:
            if self.on_server is not None:
                hasty = replace(self.machine, pause=_give_up)
                with self._remote(hasty, environment_language) as remote:
                    return remote.language
        except KalendsError:
            return None
        from kalends import config  # noqa: PLC0415 - not needed with --lang

        try:
            return config.find(self.directory).language
        except KalendsError:
            return None


def _with_command(warning: str) -> str:
    """Return the template of a warning, naming the command that helps if there is one."""
    from kalends.cli.hints import HINTS  # noqa: PLC0415 - most runs warn of nothing

    return HINTS.get(warning, warning)


def _give_up(_: float) -> None:
    """Do not wait for a server that does not answer: help must not."""
    raise MachineError(detail="")


def lines(texts: Iterable[str]) -> None:
    """Write lines of data to stdout, one by one as `texts` yields them.

    On a terminal, long lines are wrapped between words; elsewhere they stay whole.
    """
    limit = printing.width()
    if limit is not None:
        texts = (part for text in texts for part in printing.fitted(text, limit))
    _write(f"{visible(text, but=_TAB)}\n" for text in texts)


def _write(pieces: Iterable[str]) -> None:
    """Write pieces of text to stdout, many at a time, because each write is flushed."""
    for text in together(pieces):
        click.echo(text, nl=False)


pass_context = click.make_pass_decorator(Context, ensure=True)
