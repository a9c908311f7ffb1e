"""Gives `msgspec`, loaded without a library that it takes where there is one, and does not need.

From Python 3.11 on, `typing` has all that it takes of `typing_extensions`. To load that takes a
twentieth of the time of `kalends add`.
"""

import sys
from typing import Any

__all__ = ["msgspec"]

_NAME = "typing_extensions"
_modules: dict[str, Any] = sys.modules
_is_hidden = not {_NAME, "msgspec"} & _modules.keys()
if _is_hidden:
    _modules[_NAME] = None  # an import of it fails, and msgspec takes `typing`
try:
    import msgspec
finally:
    if _is_hidden:
        del _modules[_NAME]
