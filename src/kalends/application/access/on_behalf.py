"""The caller in whose name a workspace is used, and what they may do there."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kalends.domain.value import Value
from kalends.log.event_log import NewEvent
from kalends.service import Service, Standing

if TYPE_CHECKING:
    from kalends.application.access.permissions import Caller


class OnBehalf(Value):
    """Somebody with a token, or the machine's own user, who may do everything.

    `act` is the id of the only act, if it was chosen; `before_turn` is called in every turn, and
    raises why nothing is to be recorded; `known` are the campaign and the roster as last read.
    A workspace that acts for somebody shares log and views with the one from which it was made,
    and ends with it.
    """

    caller: "Caller | None" = None
    act: str | None = None
    before_turn: Callable[[], None] = lambda: None
    known: Standing | None = None

    def permit(self, service: Service, new: Sequence[NewEvent]) -> None:
        """Raise `NotAllowedError` if they may not append these events."""
        if self.caller is not None:
            self.caller.check(service, new)
