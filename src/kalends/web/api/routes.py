"""The addresses of the API: which methods each has, and what answers them."""

from dataclasses import dataclass

from kalends.domain.errors import PageNotFoundError
from kalends.web.api import changes, reads, whole_log
from kalends.web.api.call import Handler
from kalends.web.bodies import USUAL, Bounds

PREFIX = "/api/v1"
# A whole roster, or the rows of a large file.
_LARGE = Bounds(32_000_000, 120.0)


@dataclass(frozen=True, slots=True)
class Route:
    """What answers a method at an address.

    `records` says whether it may append; `repeated` answers what was recorded before. The body
    has these bounds.
    """

    handler: Handler
    records: bool = False
    repeated: Handler = changes.repeated
    bounds: Bounds = USUAL


_READS: dict[str, Handler] = {
    "/activities": reads.activities,
    "/activities/{id}": reads.activity,
    "/departments": reads.departments,
    "/changes": reads.changed,
    "/log": whole_log.log,
}
_CHANGES: dict[str, Handler] = {
    "held": changes.held,
    "move": changes.move,
    "cancel": changes.cancel,
    "reinstate": changes.reinstate,
    "correct": changes.correct,
    "retract": changes.retract,
    "withhold": changes.withhold,
    "release": changes.release,
}
ROUTES: dict[str, dict[str, Route]] = {
    **{path: {"GET": Route(handler)} for path, handler in _READS.items()},
    **{
        f"/activities/{{id}}/{name}": {"POST": Route(handler, records=True)}
        for name, handler in _CHANGES.items()
    },
    "/read": {"POST": Route(reads.read)},
    "/undo": {"POST": Route(changes.undo, records=True)},
}
ROUTES["/commands"] = {
    "POST": Route(whole_log.carried_out, records=True, repeated=whole_log.repeated, bounds=_LARGE)
}
ROUTES["/activities"]["POST"] = Route(changes.add, records=True)


def methods_at(path: str) -> tuple[dict[str, Route], tuple[str, ...]]:
    """Return what answers each method at a path, and the parts of the path that are names.

    Raises `PageNotFoundError`.
    """
    parts = path.removeprefix(PREFIX).split("/")
    for template, found in ROUTES.items():
        wanted = template.split("/")
        if len(wanted) == len(parts) and path.startswith(f"{PREFIX}/"):
            pairs = list(zip(wanted, parts, strict=True))
            if all(part == want or (want == "{id}" and part) for want, part in pairs):
                return found, tuple(part for want, part in pairs if want == "{id}")
    raise PageNotFoundError(name=path)
