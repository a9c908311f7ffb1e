"""What use cases need of the machine: clock, ids, random bytes, user. `bootstrap` makes it."""

from collections.abc import Callable
from datetime import datetime

from kalends.domain.value import Value


class Machine(Value):
    """The clock returns aware datetimes, `new_seed` 32 random bytes for a key or a secret address.

    `pause` takes seconds; `user` returns the handle of the person at the machine. `installed`
    returns when this program was installed, None where nothing shows it.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    new_seed: Callable[[], bytes]
    pause: Callable[[float], object]
    user: Callable[[], str]
    installed: Callable[[], datetime | None] = lambda: None
