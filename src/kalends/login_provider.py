"""The OpenID Connect provider named in `kalends.toml`, where people log in."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kalends.domain.errors import SettingError

# The variable that holds the secret of this program at the provider.
SECRET = "KALENDS_OIDC_SECRET"  # noqa: S105 - the name of it
# These come before the settings of the same names in kalends.toml.
_VARIABLES = {"issuer": "KALENDS_OIDC_ISSUER", "client_id": "KALENDS_OIDC_CLIENT_ID"}
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class LoginProvider(NamedTuple):
    """A provider of OpenID Connect: its address, our name there, and what people call it."""

    issuer: str
    client_id: str
    name: str


def provider_in(settings: Any, environ: Mapping[str, str]) -> LoginProvider | None:
    """Return the provider of the section `[oidc]`, None without one; raises `SettingError`."""
    if not isinstance(settings, dict):
        raise SettingError(name="oidc")
    for name in settings:
        if name not in {*_VARIABLES, "name"}:
            raise SettingError(name=f"[oidc] {name}")
    given = {
        **settings,
        **{name: environ[key] for name, key in _VARIABLES.items() if environ.get(key)},
    }
    if not given:
        return None
    issuer, client_id = given.get("issuer"), given.get("client_id")
    if not isinstance(issuer, str) or not is_secure(issuer):
        raise SettingError(name="[oidc] issuer")
    if not isinstance(client_id, str) or not client_id.strip():
        raise SettingError(name="[oidc] client_id")
    called = given.get("name", urlsplit(issuer).netloc)
    if not isinstance(called, str) or not called.strip():
        raise SettingError(name="[oidc] name")
    return LoginProvider(issuer, client_id, called)


def is_secure(address: Any) -> bool:
    """Return whether this is an https address, or one of this machine, where nobody listens."""
    if not isinstance(address, str) or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    return has_host and (parts.scheme == "https" or is_here)
