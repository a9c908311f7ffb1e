"""A request to the API, whose body was read; and what is read of its headers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec

from kalends.application.access.permissions import Caller
from kalends.application.queries.filter_text import FilterText
from kalends.application.recording.keyed_request import KeyedRequest
from kalends.domain.errors import BadAddressError, BadHeaderError, KalendsError, MediaTypeError
from kalends.domain.value import replace as replace_in
from kalends.intake.files.json_errors import THE_LINE, format_error_of
from kalends.intake.files.json_lines import check_document
from kalends.web.http.asgi import Header
from kalends.web.http.query import Query, decoded, read_query
from kalends.words import Message

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_VERSION = re.compile(r'"([1-9][0-9]{0,8})"')
_BEARER = re.compile(r"bearer +(\S{1,200})", re.IGNORECASE)
_LANGUAGE = re.compile(r"(zh|en)\b|\*", re.IGNORECASE)
_QUALITY = re.compile(r";\s*q=([01](?:\.[0-9]{0,3})?)")
_NUMBER = re.compile(r"[0-9]{1,6}")
_YES = {"1", "true"}
_JSON = "application/json"

_Body = TypeVar("_Body")


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What was asked; `path` is below the API's own address, `host` is the client's."""

    method: str
    path: str
    query_string: bytes
    headers: Mapping[str, str]
    host: str
    body: bytes = b""

    def with_body(self, body: bytes) -> "ApiRequest":
        """Return the same request with its body."""
        return replace(self, body=body)

    @property
    def query(self) -> Query:
        """Return the words of the address; raises `BadAddressError`."""
        return read_query(decoded(self.query_string))

    def asks(self, name: str) -> bool:
        """Return whether the address says yes to something."""
        return any(value in _YES for value in self.values(name)[-1:])

    def values(self, name: str) -> list[str]:
        """Return the values of a word of the address; raises `BadAddressError`."""
        pairs = parse_qsl(decoded(self.query_string), keep_blank_values=True)
        return [value for word, value in pairs if word == name]

    @property
    def words(self) -> FilterText:
        """Return the filters of the address, with the handles; raises `BadAddressError`."""
        return replace_in(self.query.words, by=tuple(self.values("by")))

    def last(self, name: str) -> str | None:
        """Return the last value of a word of the address; raises `BadAddressError`."""
        return next(iter(self.values(name)[-1:]), "").strip() or None

    def number(self, name: str, usual: int) -> int:
        """Return a whole number of the address, or the usual one; raises `BadAddressError`."""
        text = self.last(name)
        if text is not None and not _NUMBER.fullmatch(text):
            raise BadAddressError(detail=f"{name}={text[:80]}")
        return usual if text is None else int(text)

    @property
    def token(self) -> str | None:
        """Return the secret that comes with it; None without one."""
        found = _BEARER.fullmatch(self.headers.get("authorization", "").strip())
        return None if found is None else found[1]

    @property
    def language(self) -> str | None:
        """Return the language that the client wants most; None if it does not say."""
        best, wanted = 0.0, None
        for part in self.headers.get("accept-language", "").split(","):
            found, quality = _LANGUAGE.match(part.strip()), _QUALITY.search(part)
            weight = float(quality[1]) if quality else 1.0
            if found is not None and found[1] and weight > best:
                best, wanted = weight, found[1].lower()
        return wanted

    def keyed(self, caller: Caller) -> KeyedRequest | None:
        """Return it with its idempotency key, None without one; raises `BadHeaderError`."""
        key = self.headers.get("idempotency-key")
        if key is None:
            return None
        if not _KEY.fullmatch(key):
            raise BadHeaderError(name="Idempotency-Key", found=key)
        content = msgspec.json.encode(self.decoded(dict[str, object]), order="sorted")
        match = self.headers.get("if-match", "")
        asked = [self.method, self.path, self.query_string.decode("latin-1"), match]
        return KeyedRequest(caller.actor, key, msgspec.json.encode(asked) + content)

    @property
    def expected(self) -> int | None:
        """Return the version that the client saw; None for any; raises `BadHeaderError`."""
        text = self.headers.get("if-match", "*").strip()
        if text == "*":
            return None
        found = _VERSION.fullmatch(text)
        if found is None:
            raise BadHeaderError(name="If-Match", found=text)
        return int(found[1])

    def check_unconditional(self) -> None:
        """Raise `BadHeaderError` if it names a version where no activity is addressed.

        If it were passed over, whoever sends it would believe that nothing can be overwritten.
        """
        if self.expected is not None:
            raise BadHeaderError(name="If-Match", found=self.headers["if-match"])

    def decoded(self, kind: type[_Body]) -> _Body:
        """Return the body as an object of this kind; one that is empty is an empty object.

        Raises `MediaTypeError`, or a `FormatError`.
        """
        if not self.body.strip():
            return _decoded(b"{}", kind)
        found = self.headers.get("content-type", "")
        if found.partition(";")[0].strip().lower() != _JSON:
            raise MediaTypeError(found=found or "-")
        return _decoded(self.body, kind)


def _decoded(body: bytes, kind: type[_Body]) -> _Body:
    try:
        # First what stops at the first thing that is wrong, and keeps nothing else.
        found = msgspec.json.decode(body, type=kind)
        check_document(body)
    except KalendsError:
        raise
    except msgspec.DecodeError as error:
        refused = format_error_of(error, body)
        if refused.fields.get("name") is THE_LINE:
            refused.fields["name"] = Message("the body")
        raise refused from None
    return found


def headers_of(headers: list[Header]) -> dict[str, str]:
    """Return headers by name; one that comes several times is a list (RFC 9110, section 5.3)."""
    found: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found
