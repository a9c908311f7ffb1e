"""Records activities, changes them, and undoes; each answer is that of the command line."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kalends.application.queries import change_documents
from kalends.application.recording import changing
from kalends.application.recording.changing import Changed
from kalends.application.recording.given import Correction, Given
from kalends.application.recording.last_acts import undone_by
from kalends.application.recording.recording import ReadActivity, read_activity, record
from kalends.application.recording.row_drafts import draft_of
from kalends.application.recording.undo import undo as undo_act
from kalends.domain.commands import (
    ActivityCommand,
    CancelActivity,
    ReinstateActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.errors import EmptyTextError, OnRecordError
from kalends.domain.events import Entry, activity_id
from kalends.presentation.json_types import ChangedShape, TriedShape, UndoneShape
from kalends.web.api.call import ApiCall, Created, Document
from kalends.web.api.inputs import (
    LastAct,
    MaybeReason,
    NewActivity,
    NewDate,
    NewDetails,
    NewSentence,
    Nothing,
    Reason,
)


def add(call: ApiCall) -> Document[TriedShape] | Created[ChangedShape]:
    """Record an activity, from a sentence or from its details."""
    fields = call.request.decoded(dict[str, object])
    if "sentence" in fields:
        given = call.request.decoded(NewSentence)
        found = read_activity(call.workspace, given.sentence, Given(), planned=given.planned)
    else:
        row = call.request.decoded(NewActivity)
        found = ReadActivity(draft=draft_of(call.workspace, row), warnings=())
    allows = call.request.asks("allow_duplicates")
    try:
        recorded = record(call.workspace, call.words, found, allow_duplicate=allows)
    except OnRecordError as error:
        if call.may_see(str(error.fields["id"])):
            raise
        # What they may not see does not stand in their way: else they would learn of it.
        recorded = record(call.workspace, call.words, found, allow_duplicate=True)
    notes = call.notes([*found.warnings, *recorded.warnings])
    made = _fields(call, recorded.id, recorded.entries, notes)
    if "activity" not in made:
        return Document(made)
    return _created(recorded.id, made)


def held(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Mark a planned activity as held."""
    call.request.decoded(Nothing)
    return _change(
        call,
        prefix,
        lambda target, expected: changing.hold(call.workspace, target, expected=expected),
    )


def move(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Move a planned activity to another date."""
    given = call.request.decoded(NewDate)

    def moved(target: str, expected: int | None) -> Changed:
        return changing.move(
            call.workspace, target, to=given.to, reason=given.reason, expected=expected
        )

    return _change(call, prefix, moved)


def correct(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Correct a wrong record."""
    given = call.request.decoded(NewDetails)
    emptied = [name for name in ("departments", "tags", "links") if getattr(given, name) == []]
    if emptied:
        raise EmptyTextError(field=emptied[0])
    correction = Correction(
        title=given.title,
        when=given.when,
        dept=tuple(given.departments or ()),
        place=given.place,
        tag=tuple(given.tags or ()),
        description=given.description,
        headcount=given.headcount,
        link=tuple(given.links or ()),
        status=given.status,
        clear=tuple(given.clear),
    )

    def corrected(target: str, expected: int | None) -> Changed:
        return changing.correct(
            call.workspace, target, correction, reason=given.reason, expected=expected
        )

    return _change(call, prefix, corrected)


def cancel(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Cancel a planned activity."""
    return _command(call, prefix, CancelActivity(reason=call.request.decoded(Reason).reason))


def reinstate(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Put a cancelled activity back on the plan."""
    return _command(call, prefix, ReinstateActivity(reason=call.request.decoded(Reason).reason))


def retract(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Retract an activity that should never have been recorded."""
    return _command(call, prefix, RetractActivity(reason=call.request.decoded(Reason).reason))


def withhold(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Keep an activity out of what is public."""
    return _command(call, prefix, WithholdActivity(reason=call.request.decoded(Reason).reason))


def release(call: ApiCall, prefix: str) -> Document[ChangedShape | TriedShape]:
    """Make a withheld activity public again."""
    reason = call.request.decoded(MaybeReason).reason or None
    return _command(call, prefix, ReleaseActivity(reason=reason))


def undo(call: ApiCall) -> Document[UndoneShape]:
    """Undo the last act of whoever asks."""
    given = call.request.decoded(LastAct)
    undone = undo_act(call.workspace, reason=given.reason or None, expected=given.position)
    known_at = None if call.is_dry_run else undone.made[-1].position
    fields = change_documents.undone(call.workspace, undone.undone, undone.made, known_at=known_at)
    return Document(fields)


def repeated(call: ApiCall, entries: list[Entry]) -> Document[UndoneShape | ChangedShape]:
    """Return what was answered, or would have been, when the same request was recorded."""
    last = entries[-1]
    undone = undone_by(call.workspace, entries)
    if undone:
        fields = change_documents.undone(call.workspace, undone, entries, known_at=last.position)
        return Document(fields, is_repeated=True)
    target = activity_id(last.stream) or ""
    stood = change_documents.stood(call.workspace, target, entries, (), known_at=last.position)
    if last.version == 1:
        return replace(_created(target, stood), is_repeated=True)
    return Document(stood, version=last.version, is_repeated=True)


def _command(
    call: ApiCall, prefix: str, command: ActivityCommand
) -> Document[ChangedShape | TriedShape]:
    return _change(
        call,
        prefix,
        lambda target, expected: changing.change(
            call.workspace, target, command, expected=expected
        ),
    )


def _change(
    call: ApiCall, prefix: str, act: Callable[[str, int | None], Changed]
) -> Document[ChangedShape | TriedShape]:
    """Change an activity that the caller may see."""
    target = call.record_now.activity_id(prefix)
    changed = act(target, call.request.expected)
    fields = _fields(call, changed.id, changed.entries, call.notes(changed.warnings))
    version = fields["activity"]["version"] if "activity" in fields else None
    return Document(fields, version=version)


def _created(target: str, fields: ChangedShape) -> Created[ChangedShape]:
    return Created(fields, version=fields["activity"]["version"], place=f"/activities/{target}")


def _fields(
    call: ApiCall, target: str, entries: Sequence[Entry], notes: Sequence[str]
) -> ChangedShape | TriedShape:
    known_at = entries[-1].position if entries and not call.is_dry_run else None
    return change_documents.changed(call.workspace, target, entries, notes, known_at=known_at)
