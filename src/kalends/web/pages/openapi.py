"""What programs may ask for, as an OpenAPI document (3.1): made from the tables of addresses."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from kalends.domain.details import STATUSES
from kalends.feeds.chosen import CANCELLED
from kalends.web.pages.files import WebFile
from kalends.web.pages.page_reader import Reader

_Words = Mapping[str, Mapping[str, Any]]
_WORDS: _Words = {
    "dept": {"type": "string"},
    "tag": {"type": "string"},
    "place": {"type": "string"},
    "status": {"type": "string", "enum": list(STATUSES)},
    "from": {"type": "string"},
    "to": {"type": "string"},
    "known_at": {"type": "string"},
}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_MORE: Mapping[str, _Words] = {
    "/agenda": {"skip": _NUMBER},
    "/departments/{name}": {"skip": _NUMBER},
    "/tags/{tag}": {"skip": _NUMBER},
    "/search": {"q": {"type": "string"}, "skip": _NUMBER},
    "/changes": {"after": _NUMBER, "before": _NUMBER},
}
_DOCUMENT = {
    "type": "object",
    "required": ["ok", "known_at"],
    "properties": {"ok": {"const": True}, "known_at": {"type": "integer", "minimum": 0}},
}
_TEXT = {"type": "string"}
_NAME: Mapping[str, Any] = {"type": "string", "minLength": 1}
_ERROR = {
    "type": "object",
    "required": ["ok", "error"],
    "properties": {
        "ok": {"const": False},
        "error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": {"code": _TEXT, "message": _TEXT, "hint": _TEXT},
        },
    },
}


def openapi(reader: Reader, addresses: Iterable[str]) -> WebFile:
    """Return the document; `addresses` are those of the pages that have data."""
    paths: dict[str, Any] = {}
    for address in addresses:
        plain = address.replace("*}", "}")
        words = {**_WORDS, **_MORE.get(plain, {})}
        name = "/index.json" if plain == "/" else f"{plain}.json"
        paths[name] = _path(plain, words, "application/json", _DOCUMENT)
    words = {name: how for name, how in _WORDS.items() if name != "known_at"}
    words["cancelled"] = {"type": "string", "enum": list(CANCELLED)}
    paths["/feeds/{name}.ics"] = _path("{name}", words, "text/calendar", _TEXT)
    document = {
        "openapi": "3.1.0",
        "info": {"title": reader.record.campaign.settings.title, "version": "1"},
        "servers": [{"url": reader.links.whole("")}],
        "paths": paths,
    }
    return WebFile(msgspec.json.encode(document), "application/json")


def _path(
    address: str, words: _Words, media_type: str, schema: Mapping[str, Any]
) -> dict[str, Any]:
    named = re.findall(r"\{(\w+)\}", address)
    error: dict[str, Any] = {"application/json": {"schema": _ERROR}}
    if media_type != "application/json":
        error = {"text/plain": {"schema": _TEXT}}
    parameters: list[dict[str, Any]] = [
        {"name": each, "in": "path", "required": True, "schema": _NAME} for each in named
    ]
    parameters += [
        {"name": name, "in": "query", "required": False, "schema": {**how}}
        for name, how in words.items()
    ]
    return {
        "get": {
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": "What was asked for.",
                    "content": {media_type: {"schema": schema}},
                },
                "304": {"description": "Nothing is new."},
                "308": {"description": "It has another address."},
                "default": {"description": "What is wrong.", "content": error},
            },
        }
    }
