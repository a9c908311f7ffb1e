"""Gives `msgspec`, loaded without what it takes along and few of us need.

From Python 3.11 on, `typing` has all that it takes of `typing_extensions`. What describes types
(`msgspec.inspect`, JSON Schema) is loaded when it is called. All that takes a twelfth of the time
of `kalends add`.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["msgspec"]

_HIDDEN = "typing_extensions"
_DESCRIBING = ("msgspec.inspect", "msgspec._json_schema")
_modules: dict[str, Any] = sys.modules


def _later(name: str) -> ModuleType:
    """Return what stands for a module: its functions load it when they are called."""
    module = ModuleType(name)
    for function in ("schema", "schema_components"):
        setattr(module, function, _calling(name, function))
    return module


def _calling(name: str, function: str) -> Any:
    def call(*args: Any, **how: Any) -> Any:
        return getattr(import_module(name), function)(*args, **how)

    return call


if "msgspec" in _modules:
    import msgspec
else:
    _hides = _HIDDEN not in _modules
    if _hides:
        _modules[_HIDDEN] = None  # an import of it fails, and msgspec takes `typing`
    _modules.update((name, _later(name)) for name in _DESCRIBING)
    try:
        import msgspec
    finally:
        for name in (*_DESCRIBING, *([_HIDDEN] if _hides else ())):
            del _modules[name]
    del msgspec.inspect  # whoever imports it later gets all of it
