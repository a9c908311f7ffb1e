"""`kalends log`: list the log, event by event."""

from collections.abc import Sequence

from kalends.application.queries.event_list import events, with_subjects
from kalends.application.queries.filter_text import FilterText
from kalends.cli.command_classes import command
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.lists import listing
from kalends.cli.options.filters import filters
from kalends.cli.options.tables import TableOutput, tables
from kalends.cli.terminal import printing
from kalends.domain.errors import N_
from kalends.domain.events import Entry, activity_id
from kalends.presentation import json_shapes
from kalends.words.topics import TOPIC_WORDS


@command(help=N_("List the whole log, oldest first: every event, never changed."))
@filters
@pass_context
@tables
def log(context: Context, filter_text: FilterText, table: TableOutput) -> None:
    """List the log, one event on each line; JSON is written as the events are read."""
    known_at = context.as_known
    found = events(context.workspace, filter_text, known_at=known_at)
    if context.json:
        context.emit({"known_at": known_at, "events": map(json_shapes.event, found)})
        return
    described = with_subjects(context.workspace, found)
    if table.is_wanted:
        from kalends.cli.lists.table_files import write_table  # noqa: PLC0415 - only for tables
        from kalends.presentation.tables import event_table  # noqa: PLC0415

        write_table(context, table, event_table(context.words, context.zone, described))
        return
    context.talk(N_("Times are those of {zone}."), zone=context.zone.key)
    if printing.width() is None:
        lines(_line(context, *each) for each in described)
        return
    digits = len(str(known_at))

    def show(some: Sequence[tuple[Entry, str]]) -> None:
        listing.write_rows([_row(context, digits, *each) for each in some])

    listing.write(context, described, show)


def _line(context: Context, entry: Entry, what: str) -> str:
    """Return an event as a line for programs and files, with its topic as it is stored."""
    event = entry.event
    target = activity_id(entry.stream)
    reason = getattr(event, "reason", None)
    at, word = event.at.astimezone(context.zone), context.say(TOPIC_WORDS[event.TOPIC])
    topic = f"{event.TOPIC} {word}" if context.language == "zh" else event.TOPIC
    parts = [f"{entry.position:>6}", f"{at:%Y-%m-%d %H:%M}", event.by, topic]
    parts.append(f"{target[:4]}… v{entry.version}" if target else entry.stream)
    parts += [
        text
        for text in (what, reason and context.say(N_("reason: {reason}"), reason=reason))
        if text
    ]
    return "  ".join(parts)


def _row(context: Context, digits: int, entry: Entry, what: str) -> list[str]:
    """Return an event as a row for a terminal: what it is about has the last column."""
    event = entry.event
    at, target = event.at.astimezone(context.zone), activity_id(entry.stream)
    if (reason := getattr(event, "reason", None)) is not None:
        what += context.say(N_(" — reason: {reason}"), reason=reason)
    return [
        f"{entry.position:>{digits}}",
        f"{at:%Y-%m-%d %H:%M}",
        event.by,
        context.say(TOPIC_WORDS[event.TOPIC]),
        f"{target[:4]}…" if target else "",
        "",  # no departments
        what,
    ]
