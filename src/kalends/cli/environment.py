"""What the user's environment says: the language, and where their settings are."""

import os
import re
import sys
from pathlib import Path

import click


def settings_folder() -> Path:
    """Return the user's configuration folder, which holds the private keys.

    An empty or relative XDG_CONFIG_HOME is ignored, as the XDG base directory specification says.
    """
    if not Path(os.environ.get("XDG_CONFIG_HOME", "")).is_absolute():
        os.environ.pop("XDG_CONFIG_HOME", None)
    return Path(click.get_app_dir("kalends")).absolute()


def chosen_language() -> str | None:
    """Return the language that the user wants in every workspace, None if none was chosen."""
    chosen = os.environ.get("KALENDS_LANG", "").lower()[:2]
    return chosen if chosen in {"en", "zh"} else None


def says_no_language() -> bool:
    """Return whether the machine speaks no language in particular, as many servers do."""
    return re.match(r"(?:C|POSIX)?(?:\.|$)", _locale() or "") is not None


def environment_language() -> str:
    """Return `zh` if the machine speaks Chinese, else `en`."""
    first = _locale()
    return "zh" if first is not None and first.lower().startswith(("zh", "chinese")) else "en"


def _locale() -> str | None:
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), None)
    if first is None and sys.platform == "win32":
        import locale  # noqa: PLC0415 - where no variable is set

        first = locale.getlocale()[0]
    return first
