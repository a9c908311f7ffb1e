"""Logs people in through an OpenID Connect provider: code, PKCE, state and nonce.

All three are made of one secret that a cookie keeps for ten minutes, so nothing is kept here.
What comes back is believed only if the provider has signed it, for us, now, and for this login.
"""

import base64
import hmac
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from threading import BoundedSemaphore
from typing import Any

from kalends import login_provider
from kalends.application.access.secrets_folder import check_closed, file_in, shown_path
from kalends.config import WorkspaceFolder
from kalends.domain.errors import (
    DiskError,
    LoginRefusedError,
    NoOidcError,
    ProviderUnreachableError,
)
from kalends.login_provider import LoginProvider, is_secure
from kalends.words import os_error_message

_SECRET_FILE = "oidc.secret"  # noqa: S105 - the name of it
# Signatures that only the provider can make; never "none", and none with a shared secret.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_SCOPE = "openid email"
_LEEWAY = 60
# How long to wait for the provider, in seconds; how much of it is read, and kept for how long.
_PATIENCE = (5, 10)
_MOST_BYTES = 1 << 19
_KEPT_SECONDS = 3_600
# What libraries raise for answers that are not of the shape that they expect.
_NONSENSE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
# So many wait for the provider at a time: nobody else may wait because it is slow.
_MOST_WAITING = 2


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as the provider knows them; `email` only where it has verified it."""

    subject: str
    email: str | None = None


class Oidc:
    """Our side of logging in at a provider; several threads may use it."""

    def __init__(
        self, here: WorkspaceFolder, provider: LoginProvider, now: Callable[[], datetime]
    ) -> None:
        """Take the workspace's folder, the provider and the clock."""
        self.provider = provider
        self._here, self._now = here, now
        self._known: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, dict[str, Any]] | None = None
        self._waiting = BoundedSemaphore(_MOST_WAITING)

    def begin(self, secret: str, back: str) -> str:
        """Return the provider's address for a login that comes back to an address of ours.

        Raises `NoOidcError`, `ProviderUnreachableError`, `OpenSecretsError`.
        """
        with self._waited(), self._session(back) as session:
            address, _ = session.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=_part(secret, "state"),
                nonce=_part(secret, "nonce"),
                code_verifier=_part(secret, "verifier"),
            )
        return str(address)

    def finish(self, secret: str, back: str, query: Mapping[str, str]) -> Identity:
        """Return who has logged in, from what the provider sent back.

        Raises `LoginRefusedError` for anything that is not as it must be, and what `begin` raises.
        """
        state = query.get("state", "").encode()
        if not secret or not hmac.compare_digest(state, _part(secret, "state").encode()):
            raise LoginRefusedError(name=self.provider.name)
        issuer = query.get("iss", self.provider.issuer)  # RFC 9207
        if issuer != self.provider.issuer or not query.get("code"):
            raise LoginRefusedError(name=self.provider.name)
        with self._waited():
            token = self._token(secret, back, query["code"])
            return self._identity(token, _part(secret, "nonce"))

    def _token(self, secret: str, back: str, code: str) -> dict[str, Any]:
        """Return what the provider gives for a code, to whoever knows the verifier."""
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - an extra
        from requests import RequestException  # noqa: PLC0415

        try:
            with self._session(back) as session:
                found = session.fetch_token(
                    self._metadata()["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=_part(secret, "verifier"),
                    allow_redirects=False,
                )
        except (AuthlibBaseError, RequestException, *_NONSENSE):
            raise LoginRefusedError(name=self.provider.name) from None
        return dict(found)

    def _identity(self, token: dict[str, Any], nonce: str) -> Identity:
        """Return whom an ID token names, if its signature and all its claims are right."""
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - an extra
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        provider, text = self.provider, token.get("id_token")

        def keys(kid: object) -> KeySet:
            found: Any = self._key_set(kid)
            return KeySet.import_key_set(found)

        try:
            signed = jwt.decode(
                text if isinstance(text, str) else "",
                lambda found: keys(found.headers().get("kid")),
                algorithms=_ALGORITHMS,
            )
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                {
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client_id},
                    "sub": {"essential": True},
                },
                {
                    "nonce": nonce,
                    "client_id": provider.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(int(self._now().timestamp()), _LEEWAY)
        except (JoseError, *_NONSENSE):
            raise LoginRefusedError(name=provider.name) from None
        subject, email = claims["sub"], claims.get("email")
        if not isinstance(subject, str) or not subject:
            raise LoginRefusedError(name=provider.name)
        is_verified = isinstance(email, str) and claims.get("email_verified") is True
        return Identity(subject, email if is_verified else None)

    def _metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself, not older than an hour."""
        now = self._now().timestamp()
        if self._known is None or not 0 <= now - self._known[0] < _KEPT_SECONDS:
            issuer = self.provider.issuer
            found = self._read(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            are_secure = all(is_secure(found.get(name)) for name in endpoints)
            if found.get("issuer") != issuer or not are_secure:
                raise ProviderUnreachableError(name=self.provider.name)
            self._known = now, found
        return self._known[1]

    def _key_set(self, kid: object) -> dict[str, Any]:
        """Return the provider's keys; they are read again for one that is new, once a minute."""
        now = self._now().timestamp()
        age = _KEPT_SECONDS if self._keys is None else now - self._keys[0]
        if self._keys is None or not 0 <= age < _KEPT_SECONDS or (
            age >= _LEEWAY and kid not in _kids(self._keys[1])
        ):  # fmt: skip
            self._keys = now, self._read(self._metadata()["jwks_uri"])
        return self._keys[1]

    def _read(self, address: str) -> dict[str, Any]:
        """Return a document of the provider; raises `ProviderUnreachableError`."""
        import requests  # noqa: PLC0415 - an extra

        try:
            with requests.get(
                address, timeout=_PATIENCE, allow_redirects=False, stream=True
            ) as answer:
                answer.raise_for_status()
                content = answer.raw.read(_MOST_BYTES, decode_content=True)
            found = json.loads(content)
        except (requests.RequestException, OSError, ValueError, RecursionError):
            raise ProviderUnreachableError(name=self.provider.name) from None
        if not isinstance(found, dict):
            raise ProviderUnreachableError(name=self.provider.name)
        return found

    def _session(self, back: str) -> Any:
        from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - an extra

        secret = _client_secret(self._here)
        return OAuth2Session(
            self.provider.client_id,
            secret,
            token_endpoint_auth_method="none" if secret is None else "client_secret_basic",
            code_challenge_method="S256",
            scope=_SCOPE,
            redirect_uri=back,
            default_timeout=_PATIENCE,
        )

    def _waited(self) -> "_Waiting":
        _check_libraries()
        return _Waiting(self._waiting, self.provider.name)


class _Waiting:
    """Lets only some wait for a provider; raises `ProviderUnreachableError` for others."""

    def __init__(self, places: BoundedSemaphore, name: str) -> None:
        self._places, self._name = places, name

    def __enter__(self) -> None:
        if not self._places.acquire(blocking=False):
            raise ProviderUnreachableError(name=self._name)

    def __exit__(self, *_: object) -> None:
        self._places.release()


def check_login(here: WorkspaceFolder) -> None:
    """Raise `NoOidcError`, `OpenSecretsError` or `DiskError` if nobody could log in so."""
    _check_libraries()
    _client_secret(here)


def _check_libraries() -> None:
    if find_spec("authlib") is None or find_spec("requests") is None:
        raise NoOidcError


def _client_secret(here: WorkspaceFolder) -> str | None:
    """Return our secret at the provider; None where we are known there without one."""
    given = os.environ.get(login_provider.SECRET)
    if given:
        return given
    path = file_in(here, _SECRET_FILE)
    try:
        check_closed(path)
        return path.read_text("utf-8", "replace").strip() or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DiskError(name=shown_path(path), detail=os_error_message(error)) from None


def _part(secret: str, name: str) -> str:
    """Return one of the values of a login; none of them tells another or the secret."""
    digest = hmac.digest(secret.encode("utf-8", "replace"), name.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _kids(keys: Mapping[str, Any]) -> set[object]:
    found: set[object] = set()
    for key in keys.get("keys", ()):
        with suppress(AttributeError, TypeError):
            found.add(key.get("kid"))
    return found
