"""Where a log is kept: in the workspace's SQLite file, or in a PostgreSQL schema."""

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE = "sqlite"
SCHEMA = "kalends"
_SCHEMES = {"postgresql", "postgres"}
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
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
