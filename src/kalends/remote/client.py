"""Asks a server over HTTP, and asks again where that does no harm."""

import http.client
import json
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from kalends.domain.errors import (
    AnswerLostError,
    CertificateError,
    MachineError,
    OtherServerError,
    PerhapsRecordedError,
    RedirectError,
    ServerSilentError,
)
from kalends.remote.address import ServerAddress
from kalends.remote.problems import error_of
from kalends.words import Message, os_error_message

API = "/api/v1"
# Seconds to wait for a connection, and for an answer.
_CONNECTING, _ANSWERING = 10, 60
# Seconds before each further try, if a connection breaks or the server is busy.
_PAUSES = (0.2, 1.0, 3.0)
_MOST_BYTES = 1 << 28
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_FAULTS = range(500, 600)
_PROBLEM = "application/problem+json"
_CUT_OFF = Message("its answer was cut off")
_NOT_JSON = Message("it sends no JSON")
_NO_TLS = Message("it speaks http, not https")
_Request = tuple[str, str, bytes | None, dict[str, str]]


class _Failed(NamedTuple):
    """Why there is no answer, and whether the server may have begun to do what was asked.

    `error` is what the server itself says of it, where it has begun.
    """

    detail: str
    has_begun: bool
    is_worth_another: bool = True
    error: PerhapsRecordedError | None = None


class Client:
    """Asks one server with one token.

    `pause` waits for some seconds; `language` is the language in which it should speak.
    """

    def __init__(
        self,
        address: ServerAddress,
        token: str,
        *,
        language: str,
        pause: Callable[[float], object],
    ) -> None:
        """Set what to ask with; nothing is opened yet."""
        self.address = address
        self._pause = pause
        self._connection: http.client.HTTPConnection | None = None
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Accept-Language": language,
            "User-Agent": "kalends",
        }

    def get(self, path: str, **words: object) -> bytes:
        """Return the document at an address of the API; raises a `KalendsError`."""
        query = f"?{urlencode(words)}" if words else ""
        return self._asked("GET", f"{path}{query}", None, {})

    def post(self, path: str, body: Mapping[str, Any], *, key: str) -> bytes:
        """Return what the server answers when it has recorded something.

        The key lets it record once, however often it is asked. Raises a `KalendsError`;
        `AnswerLostError` if nobody knows whether it was recorded.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._asked("POST", path, msgspec.json.encode(body), headers)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _asked(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        request = method, f"{self.address.path}{API}{path}", body, {**self._headers, **headers}
        is_in_doubt, failed = False, _Failed("", has_begun=False)
        for pause in (0, *_PAUSES):
            if pause:
                self.close()
                self._pause(pause)
            try:
                found = self._tried(request)
            except MachineError as error:
                if not is_in_doubt:
                    raise
                found = _Failed(str(error), has_begun=True, is_worth_another=False)
            if isinstance(found, bytes):
                return found
            failed = found
            is_in_doubt = is_in_doubt or (failed.has_begun and method != "GET")
            if not failed.is_worth_another:
                break
        if failed.error is not None:
            raise failed.error
        kind = AnswerLostError if is_in_doubt else ServerSilentError
        raise kind(name=self.address.name, detail=failed.detail)

    def _tried(self, request: _Request) -> "bytes | _Failed":
        """Return the document, or why there is none; raise what is wrong for certain."""
        has_begun = False
        try:
            connection = self._connected()
            has_begun = True
            connection.request(*request)
            answer = connection.getresponse()
            body = _unpacked(answer)
        except ssl.SSLCertVerificationError as error:
            name = self.address.name
            raise CertificateError(name=name, detail=error.verify_message) from None
        except OSError as error:
            if getattr(error, "reason", "") == "WRONG_VERSION_NUMBER":
                return _Failed(_NO_TLS, has_begun=False, is_worth_another=False)
            # Nobody waits several times as long for a machine that is not there.
            is_away = isinstance(error, TimeoutError) and not has_begun
            return _Failed(os_error_message(error), has_begun, not is_away)
        except http.client.HTTPException:
            return _Failed(_CUT_OFF, has_begun)
        is_problem = answer.headers.get_content_type() == _PROBLEM
        if answer.status in _BUSY or (answer.status in _FAULTS and not is_problem):
            is_refused = answer.status == HTTPStatus.TOO_MANY_REQUESTS
            unsure = PerhapsRecordedError() if _is_unsure(body) else None
            return _Failed(f"HTTP {answer.status}", not is_refused, error=unsure)
        return self._checked(answer, body)

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            _, host, port, _ = self.address
            if self.address.scheme == "https":
                made: http.client.HTTPConnection = http.client.HTTPSConnection(
                    host, port, timeout=_CONNECTING, context=ssl.create_default_context()
                )
            else:
                made = http.client.HTTPConnection(host, port, timeout=_CONNECTING)
            made.connect()
            made.sock.settimeout(_ANSWERING)
            made.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connection = made
        return self._connection

    def _checked(self, answer: http.client.HTTPResponse, body: bytes) -> bytes:
        """Return the document of an answer; raise what it says is wrong."""
        name = self.address.name
        if 300 <= answer.status < 400:  # noqa: PLR2004 - the statuses that redirect
            raise RedirectError(name=name, place=answer.headers.get("location", "-"))
        media_type = answer.headers.get_content_type()
        if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
            if media_type != "application/json":
                raise OtherServerError(name=name, detail=_NOT_JSON)
            return body
        if media_type != _PROBLEM:
            raise OtherServerError(name=name, detail=f"HTTP {answer.status}")
        try:
            problem = json.loads(body)
            raise error_of(problem, name)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise OtherServerError(name=name, detail=_NOT_JSON) from None


def _is_unsure(body: bytes) -> bool:
    """Return whether a problem says that something may be recorded, or not."""
    try:
        return bool(json.loads(body)["code"] == PerhapsRecordedError.code)
    except (ValueError, KeyError, TypeError):
        return False


def _unpacked(answer: http.client.HTTPResponse) -> bytes:
    """Return the body of an answer; raises `OSError` or `HTTPException` if it is cut off.

    No more than any answer of ours has: a server must not fill the memory.
    """
    body = answer.read(_MOST_BYTES)
    if answer.headers.get("content-encoding") != "gzip":
        return body
    try:
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        unpacked = unpacking.decompress(body, _MOST_BYTES)
    except zlib.error:
        raise http.client.IncompleteRead(body) from None
    if not unpacking.eof:
        raise http.client.IncompleteRead(body)
    return unpacked
