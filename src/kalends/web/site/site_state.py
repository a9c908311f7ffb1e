"""Notes, beside a written site, what its files were made from."""

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from kalends import config
from kalends.application.readers.site_changes import SiteState
from kalends.web.operations.options import WebOptions

_ENDINGS = {".py", ".html", ".svg", ".css", ".js", ".mjs", ".mo"}
_FIELDS = ("position", "mark", "day", "signed", "has_events", "made_by")


def made_by(options: WebOptions) -> str:
    """Return what is another for another program, other settings of the site or other keys."""
    found = hashlib.sha256(repr((options.public_url, options.public_log)).encode())
    settings = Path(options.folder) / config.NAME
    found.update(settings.read_bytes() if settings.exists() else b"")
    root = Path(str(files("kalends")))
    for path in sorted(root.rglob("*")):
        if path.suffix in _ENDINGS:
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def written(state: SiteState) -> bytes:
    """Return a state as it is kept."""
    fields = {name: getattr(state, name) for name in _FIELDS}
    return f"{json.dumps(fields, indent=1)}\n".encode()


def read(content: bytes) -> SiteState | None:
    """Return a state that was kept; None for anything else."""
    try:
        fields: Mapping[str, Any] = json.loads(content)
        types = {name: type(fields[name]) for name in _FIELDS}
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    if types != SiteState.__annotations__ or len(fields) != len(_FIELDS):
        return None
    return SiteState(**fields)
