"""The API as an OpenAPI document (3.1), made from its table of addresses and from its types."""

import re
from functools import cache
from typing import Any

import msgspec

from kalends.application.recording.importing import Wanted
from kalends.domain.details import STATUSES
from kalends.web.api import answer_schemas, inputs
from kalends.web.api.routes import PREFIX, ROUTES, Route

# What the body of each request may say: one of several types.
BODIES: dict[str, tuple[type, ...]] = {
    "/read": (inputs.Sentence,),
    "/read/date": (inputs.Phrase,),
    "/activities": (inputs.NewSentence, inputs.NewActivity),
    "/undo": (inputs.LastAct,),
    "/commands": (inputs.NewCommands,),
    "/activities/{id}/held": (inputs.Nothing,),
    "/activities/{id}/move": (inputs.NewDate,),
    "/activities/{id}/cancel": (inputs.Reason,),
    "/activities/{id}/reinstate": (inputs.Reason,),
    "/activities/{id}/correct": (inputs.NewDetails,),
    "/activities/{id}/retract": (inputs.Reason,),
    "/activities/{id}/withhold": (inputs.Reason,),
    "/activities/{id}/release": (inputs.MaybeReason,),
    "/webhooks": (inputs.NewWebhook,),
    "/digests": (inputs.NewDigest,),
    **{
        f"/{kind}/{{mark}}/{name}": (body,)
        for kind in ("webhooks", "digests")
        for name, body in (
            ("pause", inputs.Nothing),
            ("resume", inputs.ResumeFrom),
            ("revoke", inputs.Nothing),
        )
    },
}
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_DAYS = {"type": "integer", "minimum": 0, "maximum": 999_999}
_STATUS = {"type": "string", "enum": list(STATUSES)}
_FILTERS = {
    **dict.fromkeys(("dept", "tag", "place", "from", "to", "by"), _TEXT),
    "status": _STATUS,
}
_WORDS: dict[str, dict[str, Any]] = {
    "/activities": {**_FILTERS, "skip": _NUMBER},
    "/changes": {**_FILTERS, "after": _NUMBER},
    "/log": {"after": _NUMBER},
    "/search": {**_FILTERS, "q": _TEXT, "skip": _NUMBER},
    "/departments/{name}/history": {**_FILTERS, "skip": _NUMBER},
    "/events": {**_FILTERS, "after": _NUMBER},
    "/late": {**_FILTERS, "days": _DAYS, "skip": _NUMBER},
    "/report": {**_FILTERS, "days": _DAYS},
    "/diff": {**_FILTERS, "since": _TEXT, "until": _TEXT, "skip": _NUMBER},
}
_YES = {"type": "string", "enum": ["1"]}
# What the addresses take whose body is a file.
_FILES: dict[str, dict[str, Any]] = {
    "/import/activities": {
        "name": _TEXT,
        "sheet": _TEXT,
        **dict.fromkeys(Wanted.__dataclass_fields__, _YES),
    },
    "/import/departments": {},
}
# Bodies that can be left out.
_EMPTY = {inputs.Nothing, inputs.MaybeReason, inputs.LastAct, inputs.ResumeFrom}
# What takes a key though it is no part of the record.
_KEYED = {"/webhooks", "/digests"}
_KEY = {"type": "string", "pattern": "^[!-~]{1,200}$"}
_VERSION = {"type": "string", "pattern": r'^(\*|"[1-9][0-9]{0,8}")$'}


@cache
def document(root: str) -> bytes:
    """Return the document of an API that stands below a path."""
    kinds = list(dict.fromkeys(kind for some in BODIES.values() for kind in some))
    by_kind, schemas = answer_schemas.schemas(kinds)
    paths = {
        address: {
            method.lower(): _operation(address, method, by_kind, route)
            for method, route in methods.items()
        }
        for address, methods in ROUTES.items()
    }
    made = {
        "openapi": "3.1.0",
        "info": {"title": "Kalends", "version": "1"},
        "servers": [{"url": f"{root}{PREFIX}"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return msgspec.json.encode(made)


def _operation(
    address: str, method: str, by_kind: dict[type, Any], route: Route
) -> dict[str, Any]:
    records = route.records
    named = re.findall(r"\{(\w+)\}", address)
    name = {"type": "string", "minLength": 1}
    parameters = [_parameter(each, "path", name) for each in named]
    made: dict[str, Any] = {
        "parameters": parameters,
        "responses": answer_schemas.responses(route, by_kind),
    }
    if method == "GET":
        words = {**_WORDS.get(address, {}), **({} if route.is_beside else {"known_at": _TEXT})}
        parameters += [_parameter(word, "query", how) for word, how in words.items()]
        return made
    if records:
        parameters.append(_parameter("dry_run", "query", _YES))
    if address in _FILES:
        beside = _FILES[address].items()
        parameters += [_parameter(word, "query", how) for word, how in beside]
        binary = {"schema": {"type": "string", "format": "binary"}}
        content: dict[str, Any] = {"application/octet-stream": binary}
        made["requestBody"] = {"required": True, "content": content}
        return made
    if records or address in _KEYED:
        parameters.append(_parameter("Idempotency-Key", "header", _KEY))
    if records and address == "/activities":
        parameters.append(_parameter("allow_duplicates", "query", _YES))
    if records and named:
        parameters.append(_parameter("If-Match", "header", _VERSION))
    kinds = [by_kind[kind] for kind in BODIES[address]]
    schema = kinds[0] if len(kinds) == 1 else {"oneOf": kinds}
    needs_body = not set(BODIES[address]) <= _EMPTY
    content = {"application/json": {"schema": schema}}
    made["requestBody"] = {"required": needs_body, "content": content}
    return made


def _parameter(name: str, place: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}
