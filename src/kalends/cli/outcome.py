"""What a command that writes answers with."""

from collections.abc import Iterable, Sequence

from kalends.application.notes import Note
from kalends.cli.context import Call
from kalends.domain.events import Entry
from kalends.presentation import json_shapes


def tell_json(
    call: Call, activity_id: str, entries: Sequence[Entry], beside: Iterable[Note | None]
) -> None:
    """Answer with the activity as it now stands; in a dry run with what would be appended.

    `beside` is what should be looked at.
    """
    from kalends.views import activities  # noqa: PLC0415 - only for programs
    from kalends.views import roster as rosters  # noqa: PLC0415

    if call.dry_run:
        events = [json_shapes.event(one) for one in entries]
        call.emit({"dry_run": True, "events": events, "notes": call.noted(beside)})
        return
    db, position = call.views, call.desk.log.position()
    revision = activities.current(db, activity_id, known_at=position)
    roster = rosters.roster(db, known_at=position)
    ref = call.desk.service.ref(activity_id)
    call.emit(
        {
            "activity": json_shapes.activity(revision, ref=ref, roster=roster),
            "position": revision.position,
            "changed": bool(entries),
            "notes": call.noted(beside),
        }
    )
