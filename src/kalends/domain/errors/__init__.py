"""Every refusal and every failure, each with what happened and what to do about it.

Each topic has a module. Import every error from here. The modules of what most commands never do
are loaded when one of their errors is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kalends.domain.errors.activities import *
from kalends.domain.errors.base import *
from kalends.domain.errors.campaigns import *
from kalends.domain.errors.dates import *
from kalends.domain.errors.departments import *
from kalends.domain.errors.logs import *
from kalends.domain.errors.proofs import *
from kalends.domain.errors.sentences import *
from kalends.domain.errors.text import *
from kalends.domain.errors.workspaces import *

if TYPE_CHECKING:
    from kalends.domain.errors.access import *
    from kalends.domain.errors.api import *
    from kalends.domain.errors.feeds import *
    from kalends.domain.errors.files import *
    from kalends.domain.errors.remote import *
    from kalends.domain.errors.stores import *
    from kalends.domain.errors.web import *
    from kalends.domain.errors.webhooks import *
else:
    _SELDOM = ("files", "stores", "feeds", "access", "remote", "web", "api", "webhooks")

    def __getattr__(name: str) -> Any:
        """Return an error of a module that was not loaded yet."""
        if not name.startswith("_"):
            for topic in _SELDOM:
                module = import_module(f"{__name__}.{topic}")
                if name in vars(module):
                    return vars(module)[name]
        raise AttributeError(name)

    def __dir__() -> list[str]:
        """Return the names of all errors."""
        modules = (import_module(f"{__name__}.{topic}") for topic in _SELDOM)
        names = {*globals(), *(name for module in modules for name in vars(module))}
        return sorted(name for name in names if not name.startswith("_"))
