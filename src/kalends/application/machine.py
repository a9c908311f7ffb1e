"""What the machine lends to the use cases: its clock, its dice, its user. `bootstrap` has it."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Machine(NamedTuple):
    """A clock that gives aware instants, ids, the 32 random bytes of a key, a pause, a handle.

    `pause` takes seconds; `user` returns the handle of whoever is at the machine.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    new_seed: Callable[[], bytes]
    pause: Callable[[float], object]
    user: Callable[[], str]
