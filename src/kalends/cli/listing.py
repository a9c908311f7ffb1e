"""Lists of activities of any length, read and written some at a time: memory stays flat."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from kalends.cli.context import Call
from kalends.domain.errors import N_
from kalends.views import activities

# People are shown so many at most, unless they ask for all: the columns of these are aligned.
MOST = 1_000

_Item = TypeVar("_Item")


def with_refs(
    call: Call, found: Iterable[_Item], id_of: Callable[[_Item], str], *, known_at: int
) -> Iterator[tuple[_Item, str]]:
    """Yield each with the shortest beginning of its activity's id."""
    coming = iter(found)
    while some := list(islice(coming, MOST)):
        refs = activities.refs(call.views, map(id_of, some), known_at=known_at)
        for each in some:
            yield each, refs[id_of(each)]


def write(
    call: Call,
    found: Iterator[_Item],
    show: Callable[[Sequence[_Item]], None],
    *,
    whole: bool = True,
) -> int:
    """Show them some at a time; unless `whole`, only the first, and say when there are more.

    Return how many were shown.
    """
    shown = 0
    while some := list(islice(found, MOST)):
        show(some)
        shown += len(some)
        if not whole and next(found, None) is not None:
            more = N_("There are more than these {count}; --all lists every one.")
            call.talk(more, count=shown)
            break
    return shown
