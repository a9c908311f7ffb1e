"""The streams of a log: what each begins as, what may be decided in it, what follows an event.

Everything outside `domain` that folds or decides uses this table.
"""

from collections.abc import Callable, Iterable
from typing import Any

from kalends.domain import activity, campaign, roster
from kalends.domain.events import ACTIVITY, CAMPAIGN, ROSTER
from kalends.domain.value import Value


class Stream(Value):
    """A kind of stream; `initial` is its state before the first event.

    `decide(state, command, stamp=…)` returns the events that a command causes, `evolve(state,
    event)` the state after one of them.
    """

    initial: Any
    decide: Callable[..., tuple[Any, ...]]
    evolve: Callable[[Any, Any], Any]

    def fold(self, events: Iterable[Any]) -> Any:
        """Return the state after all these events."""
        state = self.initial
        for event in events:
            state = self.evolve(state, event)
        return state


def _decide_roster(*state_and_command: Any, **stamp: Any) -> tuple[Any, ...]:
    from kalends.domain import roster_decider  # noqa: PLC0415 - few commands change the roster

    return roster_decider.decide(*state_and_command, **stamp)


# By name, or by prefix where there are many of a kind.
STREAMS: dict[str, Stream] = {
    CAMPAIGN: Stream(initial=None, decide=campaign.decide, evolve=campaign.evolve),
    ROSTER: Stream(initial=roster.Roster(), decide=_decide_roster, evolve=roster.evolve),
    ACTIVITY: Stream(initial=None, decide=activity.decide, evolve=activity.evolve),
}
