"""Where a log is kept: in the workspace's SQLite file, or in a PostgreSQL schema."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from kalends.domain.errors import PasswordInAddressError, SettingError, StoreAddressError
from kalends.domain.patterns import Pattern
from kalends.words import Message

SQLITE = "sqlite"
SCHEMA = "kalends"
# The environment variable that comes before `url` in kalends.toml, and may hold a password.
VARIABLE = "KALENDS_STORE_URL"
NAMING = Message("schemas and roles are named with a-z, 0-9 and _, and begin with a letter")
_SCHEMES = {"postgresql", "postgres"}
_SCHEMA = Pattern(r"[a-z_][a-z0-9_]{0,62}")
# Settings of libpq that are secret, or that would read a secret from the workspace.
_SECRET = {"password", "sslpassword"}


class StoreAddress(NamedTuple):
    """The address of a PostgreSQL server and database, and the schema of one campaign in it."""

    url: str
    schema: str = SCHEMA

    @property
    def name(self) -> str:
        """Return the name to use in messages: hosts, database and schema, never a password."""
        parts = urlsplit(self.url)
        hosts = unquote(parts.netloc.rpartition("@")[2]) or dict(parse_qsl(parts.query)).get(
            "host", ""
        )
        database = unquote(parts.path.strip("/"))
        return f"postgresql://{hosts}/{database}#{self.schema}"


def is_address(url: str) -> bool:
    """Return whether this is a URL of a PostgreSQL database; whether it exists is not asked."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_plain = url.isprintable() and " " not in url
    return parts.scheme in _SCHEMES and url.startswith(f"{parts.scheme}://") and is_plain


def is_schema(name: str) -> bool:
    """Return whether a campaign can be kept in a schema of this name; `pg_…` is PostgreSQL's."""
    return bool(_SCHEMA.fullmatch(name)) and not name.startswith("pg_")


def has_password(url: str) -> bool:
    """Return whether a URL contains a password, or another secret."""
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0]
    return ":" in user or any(
        key in _SECRET for key, _ in parse_qsl(parts.query, keep_blank_values=True)
    )


def checked(url: str, schema: str = SCHEMA, *, may_have_password: bool = False) -> StoreAddress:
    """Return an address; raises `StoreAddressError`, `PasswordInAddressError`."""
    if not is_address(url):
        raise StoreAddressError(detail=Message("it does not begin with postgresql://"))
    if has_password(url) and not may_have_password:
        raise PasswordInAddressError
    if not is_schema(schema):
        raise StoreAddressError(detail=NAMING)
    return StoreAddress(url, schema)


def address_in(settings: Any, environ: Mapping[str, str]) -> StoreAddress | None:
    """Return where a log is kept, None for SQLite: `[store]` of kalends.toml, or the environment.

    Raises `SettingError`, and what `checked` raises.
    """
    if not isinstance(settings, dict) or not all(isinstance(v, str) for v in settings.values()):
        raise SettingError(name="store")
    unknown = sorted(settings.keys() - {"url", "schema"})
    if unknown:
        raise SettingError(name=f"[store] {unknown[0]}")
    url, schema = settings.get("url"), settings.get("schema", SCHEMA)
    if url is not None and url != SQLITE:
        checked(url, schema)
    chosen = environ.get(VARIABLE) or url
    if chosen == SQLITE or not (chosen or settings):
        return None
    if not chosen:
        raise SettingError(name="[store] url")
    return checked(chosen, schema, may_have_password=True)
