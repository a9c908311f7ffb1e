"""`kalends add`: one sentence, or options, or a file of many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kalends.cli import printing
from kalends.cli.call import Call, pass_call
from kalends.cli.moment import context
from kalends.cli.naming import with_role
from kalends.cli.verbs import option, verb
from kalends.dates.reader import Context, read
from kalends.domain.details import Details, Participation
from kalends.domain.errors import (
    N_,
    DepartmentNotFoundError,
    KalendsError,
    NearDepartmentError,
    NoDateError,
    NoDepartmentError,
    NoTitleError,
    UnclearError,
    UsageError,
)
from kalends.domain.roster import Roster
from kalends.domain.value import Value, value
from kalends.domain.when import When
from kalends.intake.naming import department, listed, near
from kalends.intake.sentence import Sentence, read_sentence
from kalends.words import Message


@value
class Given(Value):
    """What was given by options; empty where nothing was."""

    when: str | None
    dept: tuple[str, ...]
    title: str | None
    place: str | None
    tag: tuple[str, ...]
    description: str | None
    headcount: int | None
    link: tuple[str, ...]


@verb(
    kind="writes",
    help=N_(
        "Record an activity in one sentence: date, departments, #tags, @place, what happened.\n\n"
        "kalends add 7月14日上午 团市委 召开推进会 #推进会 @会议室\n\n"
        "What is not in the sentence can be given by options. A first day after today is planned."
    ),
)
@click.argument("sentence", nargs=-1)
@option("--when", metavar="PHRASE", help=N_("The date, as words: 7月14日上午, 2020-07-14 14:30."))
@option(
    "--dept", multiple=True, metavar="NAME[:ROLE]",
    help=N_("A department: name, alias or code, and lead, joint or participant. Repeatable."),
)  # fmt: skip
@option("--title", metavar="TEXT", help=N_("What happened."))
@option("--place", metavar="TEXT", help=N_("Where."))
@option("--tag", multiple=True, metavar="WORD", help=N_("What it is about. Repeatable."))
@option("--description", metavar="TEXT", help=N_("More about it."))
@option("--headcount", type=int, metavar="N", help=N_("How many people took part."))
@option("--link", multiple=True, metavar="URL", help=N_("An address about it. Repeatable."))
@option("--planned", is_flag=True, help=N_("It is to come, whatever its date."))
@option("--held", is_flag=True, help=N_("It has happened, whatever its date."))
@option(
    "--from", "source", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
    help=N_("Record every line of a JSON Lines file; - reads standard input."),
)  # fmt: skip
@option(
    "--keep-going", is_flag=True, help=N_("With --from: record the good lines, list the others.")
)
@pass_call
def add(
    call: Call,
    /,
    sentence: tuple[str, ...],
    *,
    planned: bool,
    held: bool,
    source: Path | None,
    keep_going: bool,
    **given: Any,
) -> None:
    """Record or plan an activity."""
    if planned and held:
        raise UsageError(detail=Message("--planned and --held exclude each other"))
    if source is not None:
        if sentence or any(given.values()) or planned or held:
            raise UsageError(
                detail=Message("--from takes everything from its file; give nothing else")
            )
        from kalends.cli.batch import add_all  # noqa: PLC0415 - a sentence needs none of it

        add_all(call, source, keep_going=keep_going)
        return
    if not sentence and not any(given.values()):
        raise UsageError(detail=call.say(N_("nothing was said of the activity")))
    service = call.desk.service
    roster, here = service.roster(), context(call.desk)
    details = _details(call, " ".join(sentence), Given(**given), roster, here)
    is_planned = planned or (not held and details.when.first_day > here.now.date())
    _record(call, details, roster, is_planned=is_planned)


def _record(call: Call, details: Details, roster: Roster, *, is_planned: bool) -> None:
    activity_id, entries = call.desk.service.put_down(details, planned=is_planned)
    if call.json:
        from kalends.cli.outcome import tell_json  # noqa: PLC0415 - only for programs

        tell_json(call, activity_id, entries)
        return
    done = N_("√ planned {ref}: {what}") if is_planned else N_("√ recorded {ref}: {what}")
    if call.dry_run:
        done = N_("Would be planned: {what}") if is_planned else N_("Would be recorded: {what}")
    ref = call.desk.service.ref(activity_id)
    details = getattr(entries[-1].event, "details", details)  # as it was cleaned and kept
    click.echo(call.say(done, ref=ref, what=printing.one_line(call, details, roster)))


def _details(call: Call, text: str, given: Given, roster: Roster, here: Context) -> Details:
    asked = _Asking(call)
    found = asked.until(read_sentence, text, roster, here) if text.strip() else Sentence()
    when = _when(asked, text, given, found, here)
    departments = tuple(found.departments)
    if given.dept:
        departments = tuple(
            asked.department(roster, name, is_first=n == 0) for n, name in enumerate(given.dept)
        )
    elif not departments:
        departments = (asked.first_department(roster, text, found.title),)
    title = given.title or found.title
    if not title:
        title = asked.text(NoTitleError(text=text))
    return Details(
        title=title,
        when=when,
        departments=departments,
        place=given.place or found.place,
        tags=(*found.tags, *given.tag),
        description=given.description,
        headcount=given.headcount,
        links=given.link,
    )


def _when(asked: "_Asking", text: str, given: Given, found: Sentence, here: Context) -> When:
    if given.when is not None:
        return asked.date(given.when, here)
    if found.when is not None:
        return found.when.when
    return asked.date(asked.text(NoDateError(text=text)), here)


class _Asking:
    """Asks whoever is there when something is unclear; with nobody there it raises."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def text(self, error: KalendsError) -> str:
        """Tell the error and return what is answered."""
        from kalends.cli.failure import in_words  # noqa: PLC0415 - only when unclear

        if not self._call.can_ask:
            raise error
        told = in_words(self._call, error)
        click.echo(told["message"], err=True)
        answer: str = click.prompt(f"→ {told['hint']}\n", prompt_suffix="> ", err=True)
        return answer

    def until(
        self, reading: Callable[..., Sentence], text: str, roster: Roster, here: Context
    ) -> Sentence:
        """Read a sentence; where its date cannot be, ask for the sentence again."""
        while True:
            try:
                return reading(text, roster=roster, context=here)
            except UnclearError as error:
                text = self.text(error)

    def date(self, phrase: str, here: Context) -> When:
        """Read a date phrase, asking for another until one can be read."""
        while True:
            try:
                return read(phrase, here).when
            except UnclearError as error:
                phrase = self.text(error)

    def department(self, roster: Roster, text: str, *, is_first: bool) -> Participation:
        """Read `NAME[:ROLE]`; the first named leads, the others join."""
        name, role = with_role(text, "lead" if is_first else "joint")
        while True:
            try:
                return Participation(code=department(roster, name).code, role=role)
            except (UnclearError, DepartmentNotFoundError) as error:
                name = self.text(error)

    def first_department(self, roster: Roster, text: str, title: str) -> Participation:
        """Ask which department is meant where a sentence named none."""
        guess = title.split(" ", maxsplit=1)[0][:12]
        alike = near(roster, guess)
        error = NoDepartmentError(text=text)
        if alike:
            error = NearDepartmentError(text=text, near=listed(alike))
        answer = self.text(error)
        return self.department(roster, answer, is_first=True)
