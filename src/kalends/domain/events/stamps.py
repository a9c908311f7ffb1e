"""Who recorded an event, when, how, and by which command."""

from datetime import datetime
from typing import Literal, TypedDict

from kalends.domain.value import Value

Via = Literal["cli", "web", "api", "import"]


class Stamp(TypedDict):
    """Who recorded an event, when, how, and by which command; `at` in whole UTC seconds."""

    at: datetime
    by: str
    via: Via
    act: str


class Stamped(Value):
    """What every event carries; see `Stamp`."""

    at: datetime
    by: str
    via: Via
    act: str
