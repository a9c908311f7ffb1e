"""A draft: an activity that was read but is not recorded yet."""

from kalends.domain.details import Details
from kalends.domain.value import Value


class Draft(Value):
    """An activity read from a sentence or a file.

    `planned` says whether it is still to come; otherwise it is recorded as something that
    happened.
    """

    details: Details
    planned: bool
