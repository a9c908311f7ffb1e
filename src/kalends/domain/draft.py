"""A draft: an activity that was read, and is not recorded yet."""

from kalends.domain.details import Details
from kalends.domain.value import Value, value


@value
class Draft(Value):
    """An activity that was read from a sentence or a file.

    `planned` says whether it is to come; else it is recorded as something that has happened.
    """

    details: Details
    planned: bool
