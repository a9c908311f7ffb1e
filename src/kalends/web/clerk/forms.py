"""The addresses to which forms of these pages are sent: whatever else is sent is not looked at."""

import re

from kalends.application.roster.department_forms import ACTIONS
from kalends.web.clerk import actions, roster, roster_file, settings
from kalends.web.http.bodies import Bounds

# Who sends these has no session yet; all others carry the secret of one.
OF_NOBODY = ("/login", "/login/{code}")
FORMS = (
    *OF_NOBODY,
    "/logout",
    "/record",
    "/record/reading",
    "/record/undo",
    *(f"/record/{{id}}/{name}" for name in actions.NAMES),
    settings.PATH,
    roster_file.PATH,
    f"{roster.ROOT}/new",
    *(f"{roster.ROOT}/{{code}}/{name}" for name in ACTIONS),
)
# A roster, in a file or as a field of a form.
_LARGE = Bounds(1_000_000, 60.0)


def _pattern(template: str) -> str:
    return re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))


_SENT_TO = re.compile("|".join(map(_pattern, FORMS)))


def bounds_of(path: str) -> Bounds | None:
    """Return the bounds of a form that may be longer than usual; None for any other."""
    return _LARGE if path == roster_file.PATH else None


def takes_form(path: str) -> bool:
    """Return whether a form of ours is sent to a path."""
    return _SENT_TO.fullmatch(path) is not None
