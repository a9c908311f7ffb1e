"""Where the workspace is, and what it trusts; nothing that published bytes depend on."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kalends.domain.errors import FormatError, MachineError, WorkspaceNotFoundError

NAME = "kalends.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A folder that holds a campaign: its parts, and the language its people read."""

    root: Path
    language: str | None = None

    @property
    def database(self) -> Path:
        """Return the event store's file."""
        return self.root / "events" / "kalends.db"

    @property
    def journal(self) -> Path:
        """Return the log as text."""
        return self.root / "events" / "journal.jsonl"

    @property
    def feeds(self) -> Path:
        """Return the folder of what is published."""
        return self.root / "feeds"

    @property
    def cache(self) -> Path:
        """Return the folder of what can be built again at any time."""
        return self.root / ".kalends"


def find(start: Path) -> Workspace:
    """Return the workspace of a folder: the nearest one upwards that holds `kalends.toml`.

    Raises `WorkspaceNotFoundError`, or `FormatError` when the file is no TOML.
    """
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / NAME).is_file():
            return load(candidate)
    raise WorkspaceNotFoundError(name=start)


def load(root: Path) -> Workspace:
    """Return the workspace of this very folder."""
    try:
        told = tomllib.loads((root / NAME).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(detail=f"{NAME}: {error}") from None
    except OSError as error:
        raise MachineError(detail=f"{NAME}: {error}") from None
    language = told.get("language")
    return Workspace(root=root, language=language if language in {"en", "zh"} else None)
