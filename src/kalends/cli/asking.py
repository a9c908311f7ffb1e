"""Questions at the terminal when something is unclear; an empty answer gives up."""

from collections.abc import Sequence
from functools import cached_property
from typing import NoReturn

import click

from kalends.application.queries.departments import department
from kalends.application.workspaces.date_context import date_context
from kalends.cli.context import Context
from kalends.cli.hints import in_words
from kalends.dates.reader import DateContext, Reading
from kalends.dates.times_alone import read_answer, readings_of
from kalends.domain.department import Department
from kalends.domain.errors import (
    N_,
    DepartmentNotFoundError,
    KalendsError,
    SpanError,
    TwoReadingsError,
    UnclearError,
)
from kalends.domain.roster import Roster
from kalends.presentation.error_answers import exit_code
from kalends.presentation.texts import when
from kalends.words.visible import visible

_YES = {"y", "yes", "是", "对"}
_LISTED = 10


def reason_for(context: Context, error: KalendsError) -> str:
    """Ask for the reason of a change."""
    prompt = N_("Reason, for those who read the history later (Enter to give up)")
    return _answered(context, prompt) or _give_up(context, error)


def ask_to_go_on(context: Context, unread: str) -> None:
    """Ask whether to record a table without the columns that are not read; else give up."""
    prompt = N_("Record the rest: y (Enter to give up)")
    if _answered(context, prompt).lower() not in _YES:
        _give_up(context, UnclearError(text=unread))


class Asking:
    """Asks at the terminal, and repeats the question until the answer can be read.

    If you give up, the exit code is that of the first error that was asked about.
    """

    def __init__(self, context: Context) -> None:
        """Set the context, whose roster and campaign the answers are read against."""
        self._context = context

    @cached_property
    def _roster(self) -> Roster:
        return self._context.workspace.service.roster()

    @cached_property
    def _here(self) -> DateContext:
        return date_context(self._context.workspace)

    def date(self, error: KalendsError) -> Reading:
        """Ask for the date, which replaces the one in the sentence; all else stays.

        Where it may be either of two, they are numbered.
        """
        asked = error
        doubt: TwoReadingsError | None = None
        choices: dict[str, Reading] = {}
        while True:
            shown: dict[str, str] = {}
            if isinstance(asked, TwoReadingsError):
                doubt = asked
                choices = {
                    str(n): each for n, each in enumerate(readings_of(asked, self._here), 1)
                }
                words = self._context.words
                shown = {number: when(words, each.when) for number, each in choices.items()}
            prompt = N_("Date (Enter to give up)")
            answer = self._answer(asked, prompt, shown) or self._give_up(error)
            if answer in choices:
                return choices[answer]
            try:
                return read_answer(answer, doubt, self._here)
            except (UnclearError, SpanError) as again:
                asked = again

    def department(self, error: KalendsError) -> Department:
        """Ask for a department: a name, alias or code, or a number from the list shown."""
        asked = error
        choices: dict[str, Department] = {}
        while True:
            choices = self._listed(asked) or choices
            prompt = N_("Department (Enter to give up)")
            shown = {n: f"{visible(each.name)} ({each.code})" for n, each in choices.items()}
            answer = self._answer(asked, prompt, shown) or self._give_up(error)
            if answer in choices:
                return choices[answer]
            try:
                return department(self._roster, answer)
            except (UnclearError, DepartmentNotFoundError) as again:
                asked = again

    def title(self, error: KalendsError) -> str:
        """Ask what happened."""
        return self._answer(error, N_("Title (Enter to give up)")) or self._give_up(error)

    def repeat(self, error: KalendsError) -> None:
        """Ask whether to record an activity that looks like a recorded one; else give up."""
        answer = self._answer(error, N_("y: record it anyway (Enter to give up)"))
        if answer.lower() not in _YES:
            self._give_up(error)

    def pass_lines(self, errors: Sequence[tuple[int, KalendsError]]) -> bool:
        """Ask about lines that look like recorded activities: skip them, or record them?"""
        context = self._context
        for number, error in errors[:_LISTED]:
            detail = in_words(context.words, error)["message"]
            context.talk(N_("Line {line}: {detail}"), line=number, detail=detail)
        if len(errors) > _LISTED:
            context.talk(N_("… and {count} more."), count=len(errors) - _LISTED)
        while True:
            answer = _answered(
                context, N_("p: pass over these lines; r: record them too (Enter to give up)")
            )
            if answer.lower() in {"p", "r"}:
                return answer.lower() == "p"
            if not answer:
                self._give_up(errors[0][1])

    def _listed(self, error: KalendsError) -> dict[str, Department]:
        """Return the departments that an error suggests, by their numbers in the list."""
        codes = error.fields.get("choices", ())
        assert isinstance(codes, tuple)
        return {str(n): self._roster.departments[code] for n, code in enumerate(codes, 1)}

    def _answer(
        self, error: KalendsError, prompt: str, choices: dict[str, str] | None = None
    ) -> str:
        """Print an error and return the answer; "" at the end of input."""
        _tell(self._context, error)
        for number, choice in (choices or {}).items():
            click.echo(f"  {number}  {choice}", err=True)
        return _answered(self._context, prompt)

    def _give_up(self, error: KalendsError) -> NoReturn:
        _give_up(self._context, error)


def _tell(context: Context, error: KalendsError) -> None:
    said = in_words(context.words, error)
    click.echo(said["message"], err=True)
    click.echo(f"→ {said['hint']}", err=True)


def _answered(context: Context, prompt: str) -> str:
    """Return the answer; "" at the end of input."""
    try:
        answer: str = click.prompt(
            context.say(prompt), default="", show_default=False, prompt_suffix="> ", err=True
        )
    except click.Abort as left:
        if not isinstance(left.__context__, EOFError):
            raise
        click.echo(err=True)
        return ""
    return answer.strip()


def _give_up(context: Context, error: KalendsError) -> NoReturn:
    context.talk(N_("Given up; nothing was recorded."))
    raise click.exceptions.Exit(exit_code(error))
