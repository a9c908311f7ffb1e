"""A cached property that several threads can read for the first time at once."""

from functools import cached_property
from typing import Any, TypeVar

from kalends.domain.overriding import override

_T = TypeVar("_T")


class once(cached_property[_T]):  # noqa: N801 - a decorator
    """Like `cached_property`, but computed under the instance's reentrant `_lock`."""

    @override
    def __get__(self, instance: Any, owner: type[Any] | None = None) -> _T:  # type: ignore[override]
        with instance._lock:  # noqa: SLF001 - the lock of its own class
            made: _T = super().__get__(instance, owner)
            return made
