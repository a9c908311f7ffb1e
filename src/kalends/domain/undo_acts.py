"""Which acts undo others, by their ids.

The act that undoes the act `X` has the id `undo-X`, or `undo-X-Y` if the id `Y` was chosen for it.
No other act has such an id, because ids contain no hyphen.
"""

from collections.abc import Collection, Iterator, Sequence

from kalends.domain.events import Stamped

_UNDO = "undo-"


def undoing_act(act: str, chosen: str | None = None) -> str:
    """Return the id of the act that undoes an act, with the id chosen for it if there is one."""
    return f"{_UNDO}{act}" if chosen is None else f"{_UNDO}{act}-{chosen}"


def undone_act(act: str) -> str | None:
    """Return the id of the act that this one undoes, None when it undoes none."""
    return act.removeprefix(_UNDO).partition("-")[0] if act.startswith(_UNDO) else None


def standing_since(
    events: Sequence[Stamped], version: int, *, passed: Collection[str] = ()
) -> Iterator[tuple[int, Stamped]]:
    """Yield the events after a version that still stand, with their versions.

    Acts that were undone, the acts that undid them, and the acts in `passed` do not stand.
    """
    undone = {undone_act(event.act) for event in events} | set(passed)
    for number, event in enumerate(events[version:], version + 1):
        if event.act not in undone and undone_act(event.act) is None:
            yield number, event
