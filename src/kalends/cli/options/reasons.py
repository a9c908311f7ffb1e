"""Changes that need a reason: at a terminal a missing one is asked for."""

from collections.abc import Callable
from typing import TypeVar

from kalends.cli.context import Context
from kalends.domain.errors import ReasonRequiredError

_Done = TypeVar("_Done")


def with_reason(context: Context, reason: str, change: Callable[[str], _Done]) -> _Done:
    """Make a change; ask for its reason if it needs one, none was given and somebody is there."""
    try:
        return change(reason)
    except ReasonRequiredError as error:
        if not context.can_ask:
            raise
        from kalends.cli.asking import reason_for  # noqa: PLC0415 - most runs ask nothing

        return change(reason_for(context, error))
