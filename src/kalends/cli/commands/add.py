"""`kalends add`: record an activity from a sentence or options, or many from a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kalends.application.recording.given import Given
from kalends.application.recording.recording import Recorded, as_text, read_activity, record
from kalends.application.recording.warnings import WarningMessage
from kalends.cli.command_classes import PATH, command, option
from kalends.cli.context import Context, lines, pass_context
from kalends.domain.errors import N_, NothingSaidError, UsageError
from kalends.presentation import change_text
from kalends.words import Message


@command(
    kind="writes",
    help=N_(
        "Record an activity in one sentence: date, departments, #tags, @place, what happened.\n\n"
        "kalends add July 14 2pm Youth League meeting '#youth' '@Town Hall'\n\n"
        "Give what is not in the sentence with options. Anything that begins later than now "
        "is recorded as planned."
    ),
)
@click.argument("sentence", nargs=-1)
@option("--when", metavar="PHRASE", help=N_("The date, as words: 7月14日上午, 2020-07-14 14:30."))
@option(
    "--dept", multiple=True, metavar="NAME[:ROLE]",
    help=N_("A department by name, alias or code; after a colon lead, joint or participant. "
"Repeatable."),
)  # fmt: skip
@option("--title", metavar="TEXT", help=N_("What happened."))
@option("--place", metavar="TEXT", help=N_("Where."))
@option("--tag", multiple=True, metavar="WORD", help=N_("A tag. Repeatable."))
@option("--description", metavar="TEXT", help=N_("More about it."))
@option("--headcount", type=int, metavar="N", help=N_("How many people took part."))
@option("--link", multiple=True, metavar="URL", help=N_("A link about it. Repeatable."))
@option("--planned", is_flag=True, help=N_("It is still to come, whatever its date."))
@option("--held", is_flag=True, help=N_("It has happened, whatever its date."))
@option(
    "--from", "source", type=PATH, metavar="FILE",
    help=N_(
        "Record every row of a table (.csv, .xlsx), every sentence of a .txt file, or every "
"line of JSON Lines; - reads JSON Lines from standard input."
    ),
)  # fmt: skip
@option(
    "--sheet", metavar="NAME",
    help=N_("With --from: read this sheet of the workbook instead of the first that is a table."),
)  # fmt: skip
@option(
    "--allow-duplicates", is_flag=True,
    help=N_("Record it even if a similar activity exists: same days, departments, title."),
)  # fmt: skip
@option(
    "--skip-duplicates", is_flag=True,
    help=N_("With --from: skip lines that look like recorded activities."),
)  # fmt: skip
@option(
    "--again", is_flag=True,
    help=N_("With --from: record again the lines that were recorded and then retracted."),
)  # fmt: skip
@option(
    "--keep-going",
    is_flag=True,
    help=N_("With --from: record the valid lines and list the others."),
)
@pass_context
def add(  # noqa: PLR0913 - an option each
    context: Context,
    /,
    sentence: tuple[str, ...],
    *,
    planned: bool,
    held: bool,
    source: Path | None,
    sheet: str | None,
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
        from kalends.application.recording.importing import Wanted  # noqa: PLC0415
        from kalends.cli.commands.batch import add_all  # noqa: PLC0415 - a sentence needs none

        add_all(context, source, Wanted(keep_going=keep_going, **wanted), sheet=sheet)
        return
    allowed = wanted.pop("allow_duplicates")
    if keep_going or any(wanted.values()) or sheet is not None:
        raise UsageError(
            detail=Message("--keep-going, --skip-duplicates, --again and --sheet go with --from")
        )
    if not any(map(str.strip, sentence)) and not any(given.values()):
        raise NothingSaidError
    beside = Given(**given)
    whole = len(sentence) == 1 and not beside.is_whole  # one word alone is not a sentence
    text = as_text(sentence, whole=whole) if sentence else ""
    prompter = context.asking()
    is_planned = planned if planned or held else None
    found = read_activity(context.workspace, text, beside, planned=is_planned, prompter=prompter)
    context.warn(found.warnings)
    recorded = record(
        context.workspace, context.words, found, allow_duplicate=allowed, prompter=prompter
    )
    _tell(context, recorded, [*found.warnings, *recorded.warnings])
    context.warn(recorded.warnings)


def _tell(context: Context, recorded: Recorded, beside: Sequence[WarningMessage]) -> None:
    if context.json:
        from kalends.cli.commands.activity import tell_json  # noqa: PLC0415 - only for programs

        tell_json(context, recorded.id, recorded.entries, beside)
        return
    said = change_text.changed(
        context.words, recorded.entries, context.workspace.service.ref(recorded.id),
        recorded.details, recorded.roster, dry_run=context.dry_run,
    )  # fmt: skip
    lines([said])
