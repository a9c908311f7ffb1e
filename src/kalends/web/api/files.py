"""Records what is in a file: activities, or a whole roster."""

from pathlib import Path

from kalends.application.recording.importing import (
    Imported,
    RowFile,
    Wanted,
    import_rows,
    row_file,
)
from kalends.application.roster.registering import RosterFile, register_all, roster_file
from kalends.domain.errors import BadAddressError, KalendsError
from kalends.domain.events import ROSTER
from kalends.presentation import json_shapes, texts
from kalends.presentation.error_answers import ErrorShape, in_words
from kalends.web.api import outcomes
from kalends.web.api.call import ApiCall, Document


def activities(call: ApiCall) -> Document[outcomes.Imported]:
    """Record every row of a file, as `kalends add --from` does; `name` says what kind it is."""
    call.caller.check_streams(())  # before anything of the file is looked at
    name = call.request.last("name")
    if name is None:
        raise BadAddressError(detail="name=")
    options = {word: call.request.asks(word) for word in Wanted.__dataclass_fields__}
    rows = row_file(Path(name), call.request.body, sheet=call.request.last("sheet"))
    done = import_rows(call.workspace, call.words, rows, Wanted(**options), sees=call.may_see)
    return Document(_imported(call, done, _unread(call, rows)))


def _unread(call: ApiCall, rows: RowFile | RosterFile) -> list[str]:
    """Return what is said of a table's columns that nothing reads, if there are any."""
    names = getattr(rows, "unread", [])
    return [texts.unread_columns(call.words, names)] if names else []


def _imported(call: ApiCall, done: Imported, notes: list[str]) -> outcomes.Imported:
    found: outcomes.Imported = {
        "recorded": done.recorded,
        "already": done.already,
        "retracted": [{"line": line, "id": each} for line, each in done.retracted],
        "duplicates": [{"line": line, "id": each or None} for line, each in done.passed],
        "position": call.workspace.log.position(),
        "dry_run": call.is_dry_run,
        "failed": [{"line": line, "error": _said(call, error)} for line, error in done.left_out],
        "notes": notes
        + [f"{line}: {text}" for line, warning in done.warnings for text in call.notes([warning])],
    }
    if call.is_dry_run:
        found["events"] = [
            {**json_shapes.event(entry), "line": line} for line, entry in done.activities
        ]
    return found


def _said(call: ApiCall, error: KalendsError) -> ErrorShape:
    return in_words(call.words, error)


def roster(call: ApiCall) -> Document[outcomes.Registered]:
    """Register every department of a file, as `kalends dept add --from` does."""
    call.caller.check_streams([ROSTER])  # before anything of the file is looked at
    rows = roster_file(call.request.body)
    done = register_all(call.workspace, rows)
    codes = {getattr(entry.event, "code", "") for entry in done.entries}
    record = call.record_now
    return Document(
        {
            "registered": done.count,
            "already": done.already,
            "departments": [
                json_shapes.department(each, record.today)
                for each in call.workspace.service.roster().listed
                if each.code in codes
            ],
            "events": [json_shapes.event(entry) for entry in done.entries],
            "position": call.workspace.log.position(),
            "dry_run": call.is_dry_run,
            "notes": _unread(call, rows),
        }
    )
