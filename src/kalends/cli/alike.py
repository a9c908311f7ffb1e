"""What is said of an activity on record that is like one to be recorded."""

from collections.abc import Callable
from typing import Any

from kalends.cli.call import Call
from kalends.domain import activity
from kalends.domain.details import Details, likeness
from kalends.domain.errors import OnRecordError
from kalends.domain.events import activity_stream
from kalends.domain.roster import Roster
from kalends.presentation import texts


def on_record(call: Call, activity_id: str, roster: Roster) -> OnRecordError:
    """Return the refusal to record again what stands as this activity."""
    service = call.desk.service
    events: list[Any] = call.desk.log.stream(activity_stream(activity_id))
    state = activity.fold(events)
    assert state is not None
    what = texts.one_line(call.words, state.details, roster)
    return OnRecordError(ref=service.ref(activity_id), what=what)


def check_of(call: Call, details: Details, *, allowed: bool) -> Callable[[], None]:
    """Ask when an activity like this one is on record; return what the turn checks once more.

    Raises `OnRecordError` where nobody is there to ask. What somebody else records between the
    question and the turn is seen within the turn.
    """
    if allowed:
        return lambda: None
    log, wanted = call.desk.log, likeness(details)
    known_at = log.position()
    standing = call.desk.alike({wanted})
    if wanted in standing:
        error = on_record(call, standing[wanted], call.desk.service.roster())
        if not call.can_ask:
            raise error
        from kalends.cli.asking import ask_to_repeat  # noqa: PLC0415 - only where somebody is

        ask_to_repeat(call, error)

    def check() -> None:
        if log.position() == known_at:
            return
        now = call.desk.alike({wanted})
        if wanted in now.keys() - standing.keys():
            raise on_record(call, now[wanted], call.desk.service.roster())

    return check
