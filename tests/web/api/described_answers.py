"""Compares what the API answers with what its OpenAPI document says of the answer, key by key."""

import json
import re
from datetime import date, datetime
from http import HTTPStatus

from kalends.web.api.openapi import document
from kalends.web.api.routes import PREFIX, methods_at

_KINDS = {
    "null": type(None), "boolean": bool, "integer": int, "number": float, "string": str,
    "array": list, "object": dict,
}  # fmt: skip
_FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}
# One of these says what stands now, where a request does not fit it.
_STANDING = {"activity", "departments", "campaign", "events"}
# Words that say nothing of a value; any other word that is not known here is a fault.
_REMARKS = {"title", "description", "default"}


class DescribedAnswers:
    """The document, and what was met of it: addresses with their statuses, and named schemas.

    It is stricter than the document, which lets later versions add keys: a key that the
    document does not name is a fault here.
    """

    def __init__(self):
        self.document = json.loads(document(""))
        self.statuses, self.schemas = set(), set()

    def check(self, response):
        """Raise if an answer is not as described; look only at those of the API."""
        path = response.request.url.path
        if not path.startswith(PREFIX) or path.endswith("/openapi.json"):
            return
        response.read()
        if response.request.method == "HEAD" or "zstd" in response.headers.values():
            return  # there is nothing to read, or nothing that this client reads
        if response.status_code == HTTPStatus.CONFLICT:
            assert response.json().keys() & _STANDING, f"{path}: nothing of what stands now"
        said = self._said(response, path)
        media_type = response.headers["content-type"].partition(";")[0]
        assert list(said["content"]) == [media_type], (path, response.status_code)
        self.fit(response.json(), said["content"][media_type]["schema"], path)

    def _said(self, response, path):
        """Return what the document says of the answers with this status at this address."""
        status, method = str(response.status_code), response.request.method
        try:
            methods, names = methods_at(path)
        except Exception:  # noqa: BLE001 - an address that the API does not have
            return self._problem()
        if method not in methods:
            return self._problem()
        template = next(
            template
            for template in self.document["paths"]
            if _filled(template, names) == path.removeprefix(PREFIX)
        )
        said = self.document["paths"][template][method.lower()]["responses"]
        self.statuses.add((template, method, status if status in said else "default"))
        assert status in said or int(status) >= 400, (path, status)
        return said.get(status, said["default"])

    def _problem(self):
        return self.document["paths"]["/activities"]["get"]["responses"]["default"]

    def fit(self, value, schema, place):
        """Raise if a value does not fit a schema, or holds a key that the schema does not name."""
        schema = dict(schema)
        if "$ref" in schema:
            name = schema.pop("$ref").rpartition("/")[2]
            assert not schema
            self.fit(value, self.document["components"]["schemas"][name], f"{place} ({name})")
            self.schemas.add(name)
            return
        for word, wanted in sorted(schema.items(), key=lambda pair: pair[0] != "type"):
            if word not in _REMARKS:
                getattr(self, "_" + word.lower())(value, wanted, place, schema)

    def fits(self, value, schema):
        """Return whether a value fits a schema."""
        try:
            self.fit(value, schema, "")
        except AssertionError:
            return False
        return True

    def _type(self, value, wanted, place, _):
        kind = bool if isinstance(value, bool) else _KINDS[wanted]  # a bool is an int in Python
        assert isinstance(value, kind), f"{place}: {value!r} is no {wanted}"
        assert kind is not bool or wanted == "boolean", f"{place}: {value!r} is no {wanted}"

    def _properties(self, value, wanted, place, schema):
        is_open = "additionalProperties" in schema or "type" not in schema
        assert is_open or value.keys() <= wanted.keys(), (place, value.keys() - wanted.keys())
        for key in value.keys() & wanted.keys():
            self.fit(value[key], wanted[key], f"{place}.{key}")

    def _additionalproperties(self, value, wanted, place, schema):
        for key in value.keys() - schema.get("properties", {}).keys():
            assert wanted is not False, f"{place}.{key}"
            if wanted is not True:
                self.fit(value[key], wanted, f"{place}.{key}")

    def _propertynames(self, value, wanted, place, _):
        for key in value:
            self.fit(key, wanted, place)

    def _required(self, value, wanted, place, _):
        assert value.keys() >= {*wanted}, (place, {*wanted} - value.keys())

    def _items(self, value, wanted, place, schema):
        first = len(schema.get("prefixItems", ()))
        assert wanted is not False or len(value) <= first, place
        for each in value[first:]:
            self.fit(each, wanted, f"{place}[]")

    def _prefixitems(self, value, wanted, place, _):
        for each, how in zip(value, wanted, strict=False):
            self.fit(each, how, f"{place}[]")

    def _anyof(self, value, wanted, place, _):
        assert any(self.fits(value, each) for each in wanted), f"{place}: {value!r}"

    def _oneof(self, value, wanted, place, _):
        fitting = sum(self.fits(value, each) for each in wanted)
        assert fitting == 1, f"{place}: {fitting} fit {value!r}"

    def _const(self, value, wanted, place, _):
        assert (value, type(value)) == (wanted, type(wanted)), f"{place}: {value!r}"

    def _enum(self, value, wanted, place, _):
        assert value in wanted, f"{place}: {value!r}"

    def _pattern(self, value, wanted, place, _):
        assert re.search(wanted, value), f"{place}: {value!r}"

    def _format(self, value, wanted, *_):
        if wanted in _FORMATS:
            _FORMATS[wanted](value)

    def _minimum(self, value, wanted, place, _):
        assert value >= wanted, f"{place}: {value!r}"

    def _maximum(self, value, wanted, place, _):
        assert value <= wanted, f"{place}: {value!r}"

    def _minlength(self, value, wanted, place, _):
        assert len(value) >= wanted, f"{place}: {value!r}"

    def _minitems(self, value, wanted, place, _):
        assert len(value) >= wanted, f"{place}: {value!r}"

    def _maxitems(self, value, wanted, place, _):
        assert len(value) <= wanted, f"{place}: {value!r}"


def _filled(template, names):
    """Return a template with the names that an address gave."""
    waiting = iter(names)
    return re.sub(r"\{\w+\}", lambda _: next(waiting, "\0"), template)


DESCRIBED = DescribedAnswers()
