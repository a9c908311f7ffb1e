"""Compile the catalogues when the program is built or installed for editing."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Make `kalends.mo` beside each `kalends.po`, and let it into the wheel."""

    def initialize(
        self,
        version: str,  # noqa: ARG002 - hatchling's own signature
        build_data: dict[str, Any],
    ) -> None:
        """Compile; hatchling calls it before it collects the files."""
        root = Path(self.root)
        for source in sorted(root.glob("src/kalends/words/*/LC_MESSAGES/kalends.po")):
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
            compiled = source.with_suffix(".mo")
            with compiled.open("wb") as file:
                write_mo(file, catalogue)
            build_data["artifacts"].append(f"/{compiled.relative_to(root).as_posix()}")
