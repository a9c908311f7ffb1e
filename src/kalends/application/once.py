"""A property that is made once, even where several threads ask for it first."""

from functools import cached_property
from typing import Any, TypeVar

from typing_extensions import override

_T = TypeVar("_T")


class once(cached_property[_T]):  # noqa: N801 - a decorator
    """Like `cached_property`; its class has a reentrant lock, `_lock`."""

    @override
    def __get__(self, instance: Any, owner: type[Any] | None = None) -> _T:  # type: ignore[override]
        with instance._lock:  # noqa: SLF001 - the lock of its own class
            made: _T = super().__get__(instance, owner)
            return made
