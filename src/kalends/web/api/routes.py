"""The addresses of the API: which methods each has, and what answers them."""

from dataclasses import dataclass

from kalends.domain.errors import PageNotFoundError
from kalends.web.api import changes, files, reads, subscriptions, views, whole_log
from kalends.web.api.call import Handler
from kalends.web.api.inputs import NewCommands
from kalends.web.http.bodies import USUAL, Bounds

PREFIX = "/api/v1"
# A whole roster, or the rows of a large file.
_LARGE = Bounds(32_000_000, 120.0)


@dataclass(frozen=True, slots=True)
class Route:
    """What answers a method at an address.

    `records` says whether it may append; `repeated` answers what was recorded before. The body
    has these bounds. Of what is not `is_keyed`, no part is ever recorded twice. What `is_beside`
    the record is not part of its history. A long body is read as a `shape` before it is read as
    anything else: JSON of any other shape takes many times its length in memory.
    """

    handler: Handler
    records: bool = False
    repeated: Handler = changes.repeated
    bounds: Bounds = USUAL
    is_keyed: bool = True
    is_beside: bool = False
    shape: type | None = None


_NAMES = {"{id}", "{name}", "{mark}"}
_READS: dict[str, Handler] = {
    "/activities": reads.activities,
    "/activities/{id}": reads.activity,
    "/departments": reads.departments,
    "/changes": reads.changed,
    "/log": whole_log.log,
    "/search": views.search,
    "/activities/{id}/explanation": views.explanation,
    "/departments/{name}": views.department,
    "/departments/{name}/history": views.history,
    "/events": views.events,
    "/late": views.late,
    "/report": views.report,
    "/diff": views.diff,
    "/campaign": views.campaign,
    "/feeds": views.feeds,
    "/feeds/{name}": views.feed,
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
    "/read/date": {"POST": Route(views.date)},
    "/undo": {"POST": Route(changes.undo, records=True)},
}
ROUTES["/commands"] = {
    "POST": Route(
        whole_log.carried_out,
        records=True,
        repeated=whole_log.repeated,
        bounds=_LARGE,
        shape=NewCommands,
    )
}
for _address, _handler in (
    ("/import/activities", files.activities),
    ("/import/departments", files.roster),
):
    ROUTES[_address] = {"POST": Route(_handler, records=True, bounds=_LARGE, is_keyed=False)}
ROUTES["/audit"] = {"GET": Route(whole_log.proofs, is_beside=True)}
ROUTES["/activities"]["POST"] = Route(changes.add, records=True)
_SUBSCRIPTIONS: dict[str, dict[str, Handler]] = {
    "/webhooks": {"GET": subscriptions.webhooks, "POST": subscriptions.new_webhook},
    "/webhooks/{mark}": {"GET": subscriptions.webhook},
    "/webhooks/{mark}/pause": {"POST": subscriptions.pause_webhook},
    "/webhooks/{mark}/resume": {"POST": subscriptions.resume_webhook},
    "/webhooks/{mark}/revoke": {"POST": subscriptions.revoke("webhook")},
    "/digests": {"GET": subscriptions.digests, "POST": subscriptions.new_digest},
    "/digests/{mark}": {"GET": subscriptions.digest},
    "/digests/{mark}/pause": {"POST": subscriptions.pause_digest},
    "/digests/{mark}/resume": {"POST": subscriptions.resume_digest},
    "/digests/{mark}/revoke": {"POST": subscriptions.revoke("digest")},
}
for _address, _handlers in _SUBSCRIPTIONS.items():
    ROUTES[_address] = {how: Route(each, is_beside=True) for how, each in _handlers.items()}


def methods_at(path: str) -> tuple[dict[str, Route], tuple[str, ...]]:
    """Return what answers each method at a path, and the parts of the path that are names.

    Raises `PageNotFoundError`.
    """
    parts = path.removeprefix(PREFIX).split("/")
    for template, found in ROUTES.items():
        wanted = template.split("/")
        if len(wanted) == len(parts) and path.startswith(f"{PREFIX}/"):
            pairs = list(zip(wanted, parts, strict=True))
            if all(part == want or (want in _NAMES and part) for want, part in pairs):
                return found, tuple(part for want, part in pairs if want in _NAMES)
    raise PageNotFoundError(name=path)
