"""The schemas of what the API answers, made from the types that its handlers return."""

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from kalends.presentation import json_shapes
from kalends.presentation.json_types import EventShape
from kalends.web.api.call import Created, Document, Handler
from kalends.web.api.outcomes import LineEvent
from kalends.web.api.outputs import LineShape
from kalends.web.api.problem_types import Conflict, Problem
from kalends.web.api.routes import ROUTES, Route

_JSON, _PROBLEM = "application/json", "application/problem+json"
_SAYS = {200: "What was asked for.", 201: "Something was recorded or made."}
_STATUS = {Document: 200, Created: 201}
# What holds the state of an event, which is another for each topic.
_OF_EVENTS = (EventShape, LineEvent, LineShape)
_Schemas = dict[str, Any]


def schemas(bodies: Iterable[Any]) -> tuple[dict[Any, _Schemas], _Schemas]:
    """Return the schema of each type, those of the bodies among them, and all that they name."""
    documents = list(dict.fromkeys(_documents()))
    states = json_shapes.state_types()
    kinds = [*bodies, *documents, Problem, Conflict, *_OF_EVENTS, *states.values()]
    shapes, components = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    by_kind = dict(zip(kinds, shapes, strict=True))
    for kind in documents:
        schema = _named(components, by_kind[kind])
        schema["properties"] = {"ok": {"const": True}, **schema["properties"]}
        schema["required"] = ["ok", *schema["required"]]
    for kind in _OF_EVENTS:
        _named(components, by_kind[kind])["oneOf"] = [
            {"properties": {"topic": {"const": topic}, "state": by_kind[state]}}
            for topic, state in states.items()
        ]
    return by_kind, components


def responses(route: Route, by_kind: dict[Any, _Schemas]) -> _Schemas:
    """Return what a route answers, by status."""
    found: _Schemas = {}
    for status, kinds in answers_of(route.handler).items():
        shapes = [by_kind[kind] for kind in kinds]
        schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
        found[str(status)] = _response(_SAYS[status], _JSON, schema)
    if route.records:
        found["409"] = _response("It does not fit what stands now.", _PROBLEM, by_kind[Conflict])
    return {**found, "default": _response("What is wrong.", _PROBLEM, by_kind[Problem])}


def answers_of(handler: Handler) -> dict[int, list[Any]]:
    """Return the types of the documents that a handler returns, by status."""
    return {
        _STATUS[get_origin(answer)]: list(_members(*get_args(answer)))
        for answer in _members(get_type_hints(handler)["return"])
    }


def _documents() -> Iterator[Any]:
    """Yield the types of all documents that the API answers with."""
    for methods in ROUTES.values():
        for route in methods.values():
            for kinds in answers_of(route.handler).values():
                yield from kinds


def _members(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def _named(components: _Schemas, shape: _Schemas) -> _Schemas:
    schema: _Schemas = components[shape["$ref"].rpartition("/")[2]]
    return schema


def _response(description: str, media_type: str, schema: _Schemas) -> _Schemas:
    return {"description": description, "content": {media_type: {"schema": schema}}}
