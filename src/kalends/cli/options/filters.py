"""The options of several list commands: the filters (`--dept`, `--from` …), and `--days`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from kalends.application.queries.filter_text import FilterText
from kalends.cli.command_classes import option
from kalends.cli.help import WholeRange
from kalends.cli.options.status import StatusChoice
from kalends.domain.details import LATE_AFTER_DAYS, STATUSES
from kalends.domain.errors import N_

_OPTIONS = (
    option(
        "--dept", metavar="NAME", multiple=True,
        help=N_("Only activities of this department, its children included."),
    ),
    option(
        "--tag", metavar="WORD", multiple=True, help=N_("Only activities with this tag.")
    ),
    option(
        "--place", metavar="TEXT", multiple=True,
        help=N_("Only activities at a place with this text."),
    ),
    option(
        "--status", type=StatusChoice(STATUSES), multiple=True,
        help=N_("Only activities with this status."),
    ),
    option("--from", "first", metavar="DAY", help=N_("Only activities on or after this day.")),
    option("--to", "last", metavar="DAY", help=N_("Only activities on or before this day.")),
    option(
        "--by", metavar="NAME", multiple=True,
        help=N_("Only activities that this handle recorded or changed."),
    ),
)  # fmt: skip
_NAMES = ("dept", "tag", "place", "status", "first", "last", "by")

late_days = option(
    "--days",
    type=WholeRange(0),
    metavar="N",
    default=LATE_AFTER_DAYS,
    show_default=True,
    help=N_(
        "Count an activity as late if it was recorded more than this many days after it happened."
    ),
)


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filter options to a command, which receives them as `filter_text`."""

    @wraps(function)
    def with_filter(*arguments: Any, **given: Any) -> Any:
        asked = FilterText(**{name: given.pop(name) for name in _NAMES})
        return function(*arguments, filter_text=asked, **given)

    found: Callable[..., Any] = with_filter
    for add in reversed(_OPTIONS):
        found = add(found)
    return found
