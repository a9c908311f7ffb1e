"""`kalends add`: one sentence, or options, or a file of many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kalends.application.known_at import context
from kalends.cli import notes
from kalends.cli.alike import check_of
from kalends.cli.call import Call, pass_call
from kalends.cli.naming import with_role
from kalends.cli.verbs import option, verb
from kalends.dates.reader import Context, read
from kalends.domain.details import Details, Participation
from kalends.domain.errors import (
    N_,
    DepartmentNotFoundError,
    NothingSaidError,
    NoTitleError,
    UnclearError,
    UsageError,
)
from kalends.domain.roster import Roster
from kalends.domain.value import Value, value
from kalends.domain.when import When
from kalends.intake.asked import Asked, Nobody
from kalends.intake.marks import as_text
from kalends.intake.naming import department
from kalends.intake.sentence import Sentence, read_sentence
from kalends.presentation import texts
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
        "kalends add July 14 2pm Youth League meeting '#youth' '@Town Hall'\n\n"
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
    "--allow-duplicates", is_flag=True,
    help=N_("Record it even if an activity like it is on record: same days, departments, title."),
)  # fmt: skip
@option(
    "--skip-duplicates", is_flag=True,
    help=N_("With --from: pass over lines like activities on record."),
)  # fmt: skip
@option(
    "--again", is_flag=True,
    help=N_("With --from: record anew the lines that were recorded before and retracted."),
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
    wanted = {name: given.pop(name) for name in ("allow_duplicates", "skip_duplicates", "again")}
    if source is not None:
        if sentence or any(given.values()) or planned or held:
            raise UsageError(
                detail=Message("--from takes everything from its file; give nothing else")
            )
        from kalends.cli.batch import Wanted, add_all  # noqa: PLC0415 - a sentence needs none

        add_all(call, source, Wanted(keep_going=keep_going, **wanted))
        return
    allowed = wanted.pop("allow_duplicates")
    if keep_going or any(wanted.values()):
        raise UsageError(
            detail=Message("--keep-going, --skip-duplicates and --again go with --from")
        )
    if not sentence and not any(given.values()):
        raise NothingSaidError
    service = call.desk.service
    roster, here = service.roster(), context(call.desk)
    details = _details(call, sentence, Given(**given), roster, here)
    is_planned = planned or (not held and details.when.first_day > here.now.date())
    check = check_of(call, details, allowed=allowed)
    _record(call, details, roster, is_planned=is_planned, check=check)
    notes.outside(call, details.when, here)
    notes.twice(call, details.when, here)
    if held:
        notes.to_come(call, details.when, here)


def _record(
    call: Call, details: Details, roster: Roster, *, is_planned: bool, check: Callable[[], None]
) -> None:
    activity_id, entries = call.desk.service.put_down(details, planned=is_planned, check=check)
    if call.json:
        from kalends.cli.outcome import tell_json  # noqa: PLC0415 - only for programs

        tell_json(call, activity_id, entries)
        return
    done = N_("√ planned {ref}: {what}") if is_planned else N_("√ recorded {ref}: {what}")
    if call.dry_run:
        done = N_("Would be planned: {what}") if is_planned else N_("Would be recorded: {what}")
    ref = call.desk.service.ref(activity_id)
    details = getattr(entries[-1].event, "details", details)  # as it was cleaned and kept
    click.echo(call.say(done, ref=ref, what=texts.one_line(call.words, details, roster)))


def _details(
    call: Call, words: tuple[str, ...], given: Given, roster: Roster, here: Context
) -> Details:
    asked = _asked(call, roster, here)
    given_whole = given.when and given.dept and given.title  # then one word is no sentence
    text = as_text(words, whole=len(words) == 1 and not given_whole) if words else ""
    wanted = [
        part
        for part, told in (
            ("when", given.when),
            ("departments", given.dept),
            ("title", given.title),
        )
        if not told
    ]
    found = read_sentence(text, roster=roster, context=here, asked=asked, wanted=wanted)
    if found.had_unseen:
        notes.unseen(call)
    if found.headcount is not None and given.headcount is None:
        notes.headcount(call, found.headcount)
    return Details(
        title=given.title or found.title or asked.title(NoTitleError(text=text)),
        when=_when(asked, given, found, here),
        departments=_departments(asked, given, found, roster),
        place=given.place or found.place,
        tags=(*found.tags, *given.tag),
        description=given.description or found.description,
        headcount=found.headcount if given.headcount is None else given.headcount,
        links=given.link,
    )


def _asked(call: Call, roster: Roster, here: Context) -> Asked:
    if not call.can_ask:
        return Nobody()
    from kalends.cli.asking import Asking  # noqa: PLC0415 - only where somebody is

    return Asking(call, roster, here)


def _when(asked: Asked, given: Given, found: Sentence, here: Context) -> When:
    if given.when is None:
        assert found.when is not None
        return found.when.when
    try:
        return read(given.when, here).when
    except UnclearError as error:
        return asked.date(error).when


def _departments(
    asked: Asked, given: Given, found: Sentence, roster: Roster
) -> tuple[Participation, ...]:
    told = []
    for n, text in enumerate(given.dept):
        name, role = with_role(roster, text, "joint" if n else "lead")
        try:
            one = department(roster, name)
        except (UnclearError, DepartmentNotFoundError) as error:
            one = asked.department(error)
        told.append(Participation(code=one.code, role=role))
    return tuple(told or found.departments)
