"""`kalends log`: list the log, event by event."""

from kalends.application.event_list import events
from kalends.application.filter_text import FilterText
from kalends.cli.command_classes import command
from kalends.cli.context import Context, lines, pass_context
from kalends.cli.options.filters import filters
from kalends.cli.options.tables import TableOutput, tables
from kalends.domain.errors import N_
from kalends.domain.events import Entry, activity_id
from kalends.presentation import json_shapes
from kalends.presentation.history_text import subject
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
    if table.is_wanted:
        from kalends.cli.lists.table_files import write_table  # noqa: PLC0415 - only for tables
        from kalends.presentation.tables import event_table  # noqa: PLC0415

        write_table(context, table, event_table(context.words, context.zone, found))
        return
    context.talk(N_("Times are those of {zone}."), zone=context.zone.key)
    lines(_line(context, entry) for entry in found)


def _line(context: Context, entry: Entry) -> str:
    event = entry.event
    target = activity_id(entry.stream)
    what = subject(entry)
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
